import { texts } from "@/texts";
import type { IdentityProvider } from "./tenancy_queries";

export function provider_state({ is_enabled, is_enforced }: IdentityProvider): { state: string; label: string } {
    const { states } = texts.settings.sign_on;
    if (!is_enabled) return { state: "inactive", label: states.off };
    return { state: "active", label: is_enforced ? states.enforced : states.on };
}
