import { queryOptions } from "@tanstack/react-query";
import { api, body_of, once } from "@/api/client";
import { cursor_member, page_size, paged } from "@/api/paging";
import type { components, operations } from "@/api/schema";

export type Key = components["schemas"]["Key"];
export type CreatedKey = components["schemas"]["CreatedKey"];
export type KeyUsage = components["schemas"]["KeyUsage"];
export type NewKey = operations["create_key"]["requestBody"]["content"]["application/json"];

export interface KeyFilter {
    audience?: Key["audience"];
    is_revoked?: boolean;
}

export const keys_query = (filter: KeyFilter) =>
    paged<Key>(["keys", filter], (cursor) =>
        body_of(
            api.GET("/api/v1/keys", { params: { query: { limit: page_size, ...filter, ...cursor_member(cursor) } } }),
        ),
    );

export const key_query = (key_id: string) =>
    queryOptions({
        queryKey: ["key", key_id],
        queryFn: () => body_of(api.GET("/api/v1/keys/{key_id}", { params: { path: { key_id } } })),
    });

export const key_usage_query = (key_id: string, by: "hour" | "day", days: number) =>
    queryOptions({
        queryKey: ["key", key_id, "usage", by, days],
        queryFn: () => {
            const from = new Date(Date.now() - days * 86_400_000).toISOString();
            return body_of(
                api.GET("/api/v1/keys/{key_id}/usage", { params: { path: { key_id }, query: { from, by } } }),
            );
        },
    });

export const create_key = (body: NewKey) => body_of(api.POST("/api/v1/keys", { params: { header: once() }, body }));

export const rotate_key = (key_id: string, overlap_s: number) =>
    body_of(
        api.POST("/api/v1/keys/{key_id}/rotate", {
            params: { path: { key_id }, header: once() },
            body: { overlap_s },
        }),
    );

export const revoke_key = (key_id: string) => api.DELETE("/api/v1/keys/{key_id}", { params: { path: { key_id } } });
