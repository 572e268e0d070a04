// What a tab must know of its session besides the cookie, which scripts cannot read.

// Of the answer to signing in; `tenants` are those in which the user works, the first being the default.
export interface SignedIn {
    csrf_token: string;
    tenants: string[];
    user: { id: string; email: string; name: string; is_operator: boolean };
}

const signed_in_place = "mainstay.signed_in";
const tenant_place = "mainstay.tenant";

export function signed_in(): SignedIn | null {
    const kept = localStorage.getItem(signed_in_place);
    return kept === null ? null : (JSON.parse(kept) as SignedIn);
}

export function keep_signed_in(answer: SignedIn): void {
    localStorage.setItem(signed_in_place, JSON.stringify(answer));
}

export function forget_session(): void {
    localStorage.removeItem(signed_in_place);
    localStorage.removeItem(tenant_place);
}

// The tenant that requests act in; without one, the server takes the user's first.
export function chosen_tenant(): string | null {
    return localStorage.getItem(tenant_place);
}

export function choose_tenant(id: string): void {
    localStorage.setItem(tenant_place, id);
}
