// Who is signed in, in which tenant, and what they may do there.
import { queryOptions, useQuery } from "@tanstack/react-query";
import { api, body_of } from "@/api/client";
import type { components } from "@/api/schema";
import { forget_session, keep_signed_in, type SignedIn } from "@/api/session_store";
import { query_client } from "./query_client";

type Me = components["schemas"]["Me"];

export const me_query = queryOptions({
    queryKey: ["me"],
    queryFn: () => body_of(api.GET("/api/v1/me")),
    staleTime: Infinity,
});

export function useMe(): Me | undefined {
    return useQuery(me_query).data;
}

// Whether the role has a permission; what it lacks is not shown at all.
export function useCan(): (permission: string) => boolean {
    const permissions = useMe()?.permissions ?? [];
    return (permission) => permissions.includes(permission);
}

export function begin_session(answer: SignedIn): void {
    query_client.clear();
    forget_session();
    keep_signed_in(answer);
}

export function end_session(): void {
    forget_session();
    query_client.clear();
}

// The way back to where somebody was when the session ended; never to another site.
export function way_back(search: string): string {
    const back = new URLSearchParams(search).get("back") ?? "";
    return /^\/(?![/\\])/.test(back) ? back : "/home";
}
