import type { Key } from "./queries";

export type KeyState = "active" | "revoked" | "disabled" | "expired";

export function state_of(key: Key, now = Date.now()): KeyState {
    if (key.revoked_at) return "revoked";
    if (key.expires_at && new Date(key.expires_at).getTime() <= now) return "expired";
    return key.is_disabled ? "disabled" : "active";
}
