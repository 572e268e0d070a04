import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { useCan } from "@/app/session";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import { ButtonLink } from "@/ui/button";
import { DataTable } from "@/ui/data_table";
import { PageHeader } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { EmptyState } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { state_of } from "./key_state";
import { keys_query, revoke_key, type Key, type KeyFilter } from "./queries";

const words = texts.keys;

const columns: Column<Key>[] = [
    {
        id: "name",
        header: words.columns.name,
        cell: (key) => key.name,
        text: (key) => key.name,
        order: (key) => key.name,
    },
    {
        id: "prefix",
        header: words.columns.prefix,
        cell: (key) => <span className="font-mono text-small">{key.prefix}…</span>,
        text: (key) => `${key.prefix} ${key.owner ?? ""}`,
        width: "18%",
        is_left_out_narrow: true,
    },
    {
        id: "audience",
        header: words.columns.audience,
        cell: (key) => words.audience[key.audience],
        order: (key) => key.audience,
        width: "14%",
    },
    {
        id: "used",
        header: words.columns.last_used,
        cell: (key) => <RelativeTime time={key.last_used_at} empty={texts.common.never} />,
        order: (key) => key.last_used_at ?? "",
        width: "14%",
    },
    {
        id: "created",
        header: words.columns.created,
        cell: (key) => <RelativeTime time={key.created_at} />,
        order: (key) => key.created_at,
        width: "14%",
        is_left_out_narrow: true,
    },
    {
        id: "state",
        header: words.columns.state,
        cell: (key) => <Status state={state_of(key)} label={words.states[state_of(key)]} />,
        order: (key) => state_of(key),
        width: "12%",
    },
];

function filter_of(params: URLSearchParams): KeyFilter {
    const audience = params.get("audience");
    const is_revoked = params.get("revoked");
    return {
        ...(audience === "api" || audience === "customer" ? { audience } : {}),
        ...(is_revoked === "true" || is_revoked === "false" ? { is_revoked: is_revoked === "true" } : {}),
    };
}

export function Component() {
    const can = useCan();
    const client = useQueryClient();
    const [params, set_params] = useSearchParams();
    const query = useInfiniteQuery(keys_query(filter_of(params)));
    const choose = (name: string) => (value: string) =>
        set_params((before) => {
            if (value) before.set(name, value);
            else before.delete(name);
            return before;
        });
    const create = can("keys.write") && (
        <ButtonLink to="/keys/new" kind="primary" icon="plus">
            {words.create}
        </ButtonLink>
    );
    return (
        <>
            <PageHeader title={words.title} actions={create} />
            <DataTable
                label={words.title}
                query={query}
                columns={columns}
                row_id={(key) => key.id}
                row_url={(key) => `/keys/${key.id}`}
                search={words.search}
                facets={[
                    {
                        label: words.facets.state,
                        value: params.get("revoked") ?? "",
                        change: choose("revoked"),
                        choices: [
                            { value: "", label: texts.common.all },
                            { value: "false", label: words.facets.in_force },
                            { value: "true", label: words.facets.revoked },
                        ],
                    },
                    {
                        label: words.facets.audience,
                        value: params.get("audience") ?? "",
                        change: choose("audience"),
                        choices: [
                            { value: "api", label: words.audience.api },
                            { value: "customer", label: words.audience.customer },
                        ].concat(params.get("audience") ? [{ value: "", label: texts.common.clear }] : []),
                    },
                ]}
                bulk={
                    can("keys.write")
                        ? [
                              {
                                  label: words.revoke,
                                  is_for: (key) => state_of(key) !== "revoked",
                                  act: (key) => revoke_key(key.id),
                                  changed: () => client.invalidateQueries({ queryKey: ["keys"] }),
                                  consequences: words.revoke_about,
                              },
                          ]
                        : []
                }
                empty={
                    <EmptyState icon="key" title={words.empty} action={create}>
                        {words.empty_about}
                    </EmptyState>
                }
            />
        </>
    );
}
