import { queryOptions } from "@tanstack/react-query";
import { api, body_of, once } from "@/api/client";
import { cursor_member, page_size, paged } from "@/api/paging";
import type { components, operations } from "@/api/schema";
import { moments_of, type TimeRange } from "@/ui/time_range";

export type Key = components["schemas"]["Key"];
export type CreatedKey = components["schemas"]["CreatedKey"];
export type KeyUsage = components["schemas"]["KeyUsage"];
export type KeyChanges = operations["update_key"]["requestBody"]["content"]["application/json"];
type CreditsBody = NonNullable<operations["set_key_credits"]["requestBody"]>["content"]["application/json"];
type NewKey = operations["create_key"]["requestBody"]["content"]["application/json"];

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

export const key_usage_query = (key_id: string, range: TimeRange) =>
    queryOptions({
        queryKey: ["key", key_id, "usage", range],
        queryFn: () => {
            const by: "hour" | "day" = range.length === "day" ? "hour" : "day";
            const query = { ...moments_of(range), by };
            return body_of(api.GET("/api/v1/keys/{key_id}/usage", { params: { path: { key_id }, query } }));
        },
    });

export const create_key = (body: NewKey) => body_of(api.POST("/api/v1/keys", { params: { header: once() }, body }));

export const change_key = (key_id: string, body: KeyChanges) =>
    body_of(api.PUT("/api/v1/keys/{key_id}", { params: { path: { key_id }, header: once() }, body }));

export const set_credits = (key_id: string, body: CreditsBody) =>
    body_of(api.PUT("/api/v1/keys/{key_id}/credits", { params: { path: { key_id }, header: once() }, body }));

export const add_credits = (key_id: string, amount: number) =>
    body_of(
        api.POST("/api/v1/keys/{key_id}/credits/add", {
            params: { path: { key_id }, header: once() },
            body: { amount },
        }),
    );

export const rotate_key = (key_id: string, overlap_s: number) =>
    body_of(
        api.POST("/api/v1/keys/{key_id}/rotate", {
            params: { path: { key_id }, header: once() },
            body: { overlap_s },
        }),
    );

export const revoke_key = (key_id: string) => api.DELETE("/api/v1/keys/{key_id}", { params: { path: { key_id } } });
