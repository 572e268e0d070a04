// The token of a mailed or printed link. It does not stay in the address bar or the history.
import { useState } from "react";

const invitation_place = "mainstay.invitation";

function taken(from: string): string {
    const token = new URLSearchParams(from).get("token") ?? "";
    if (token) history.replaceState(history.state, "", location.pathname);
    return token;
}

export function useFragmentToken(): string {
    return useState(() => taken(location.hash.slice(1)))[0];
}

export function useQueryToken(): string {
    return useState(() => taken(location.search))[0];
}

// Kept in the tab while the invited person signs in.
export const kept_invitation = {
    read: () => sessionStorage.getItem(invitation_place) ?? "",
    keep: (token: string) => sessionStorage.setItem(invitation_place, token),
    drop: () => sessionStorage.removeItem(invitation_place),
};
