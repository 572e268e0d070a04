// Who did something, by name: colleagues and keys, as far as the reader may look at them.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useCan, useMe } from "@/app/session";
import { keys_query } from "@/features/keys/queries";
import { colleagues_query } from "@/features/organizations/queries";

// Gives the id itself where it has no name.
export function useActorNames(): (id: string) => string {
    const can = useCan();
    const tenant_id = useMe()?.tenant_id ?? "";
    const people = useInfiniteQuery({
        ...colleagues_query(tenant_id),
        enabled: tenant_id !== "" && can("members.read"),
    }).data;
    const keys = useInfiniteQuery({ ...keys_query({}), enabled: can("keys.read") }).data;
    return useMemo(() => {
        const names = new Map<string, string>();
        for (const one of people ?? []) names.set(one.user_id, one.name);
        for (const key of keys ?? []) names.set(key.id, key.name);
        return (id: string) => names.get(id) ?? id;
    }, [people, keys]);
}
