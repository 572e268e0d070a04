// What an organization sets for all its people.
import { queryOptions } from "@tanstack/react-query";
import { api, body_of, once, send } from "@/api/client";
import type { components, operations } from "@/api/schema";

export type Domain = components["schemas"]["Domain"];
export type IdentityProvider = components["schemas"]["IdentityProvider"];
export type ProviderRole = components["schemas"]["ProviderRole"];
export type Retention = components["schemas"]["Retention"];
export type TenantExport = components["schemas"]["TenantExport"];
type BodyOf<Name extends keyof operations> =
    NonNullable<operations[Name]["requestBody"]> extends { content: { "application/json": infer Body } } ? Body : never;
export type ProviderChanges = BodyOf<"change_identity_provider">;
export type NewProvider = BodyOf<"create_identity_provider">;
export type OwnRetention = components["schemas"]["OwnRetentionDays"];

const most_domains = 100;
const rereading_ms = 3000;

export const change_tenant = (tenant_id: string, body: BodyOf<"update_tenant">) =>
    body_of(api.PATCH("/api/v1/tenants/{tenant_id}", { params: { path: { tenant_id }, header: once() }, body }));

export const delete_tenant = (tenant_id: string) =>
    api.DELETE("/api/v1/tenants/{tenant_id}", { params: { path: { tenant_id } } });

export const restore_tenant = (tenant_id: string) =>
    body_of(api.POST("/api/v1/tenants/{tenant_id}/restore", { params: { path: { tenant_id }, header: once() } }));

// Read anew as long as one of them waits to be proved.
export const domains_query = (tenant_id: string) =>
    queryOptions({
        queryKey: ["domains", tenant_id],
        queryFn: async () => {
            const params = { path: { tenant_id }, query: { limit: most_domains } };
            return (await body_of(api.GET("/api/v1/tenants/{tenant_id}/domains", { params }))).items;
        },
        refetchInterval: ({ state }) => (state.data?.some((one) => one.state === "pending") ? rereading_ms : false),
    });

export const add_domain = (tenant_id: string, name: string) =>
    body_of(
        api.POST("/api/v1/tenants/{tenant_id}/domains", {
            params: { path: { tenant_id }, header: once() },
            body: { name },
        }),
    );

export const verify_domain = (tenant_id: string, domain_id: string) =>
    body_of(
        api.POST("/api/v1/tenants/{tenant_id}/domains/{domain_id}/verify", {
            params: { path: { tenant_id, domain_id }, header: once() },
        }),
    );

export const remove_domain = (tenant_id: string, domain_id: string) =>
    api.DELETE("/api/v1/tenants/{tenant_id}/domains/{domain_id}", {
        params: { path: { tenant_id, domain_id }, header: once() },
    });

export const providers_query = (tenant_id: string) =>
    queryOptions({
        queryKey: ["identity-providers", tenant_id],
        queryFn: async () => {
            const params = { path: { tenant_id } };
            return (await body_of(api.GET("/api/v1/tenants/{tenant_id}/identity-providers", { params }))).items;
        },
    });

export const provider_query = (tenant_id: string, provider_id: string) =>
    queryOptions({
        queryKey: ["identity-providers", tenant_id, provider_id],
        queryFn: () =>
            body_of(
                api.GET("/api/v1/tenants/{tenant_id}/identity-providers/{provider_id}", {
                    params: { path: { tenant_id, provider_id } },
                }),
            ),
    });

export const create_provider = (tenant_id: string, body: NewProvider) =>
    body_of(
        api.POST("/api/v1/tenants/{tenant_id}/identity-providers", {
            params: { path: { tenant_id }, header: once() },
            body,
        }),
    );

export const change_provider = (tenant_id: string, provider_id: string, body: ProviderChanges) =>
    body_of(
        api.PATCH("/api/v1/tenants/{tenant_id}/identity-providers/{provider_id}", {
            params: { path: { tenant_id, provider_id }, header: once() },
            body,
        }),
    );

export const remove_provider = (tenant_id: string, provider_id: string) =>
    api.DELETE("/api/v1/tenants/{tenant_id}/identity-providers/{provider_id}", {
        params: { path: { tenant_id, provider_id }, header: once() },
    });

export const entitlements_query = queryOptions({
    queryKey: ["entitlements"],
    queryFn: () => body_of(api.GET("/api/v1/entitlements")),
});

export const retention_query = (tenant_id: string) =>
    queryOptions({
        queryKey: ["retention", tenant_id],
        queryFn: () => body_of(api.GET("/api/v1/tenants/{tenant_id}/retention", { params: { path: { tenant_id } } })),
    });

export const set_retention = (tenant_id: string, own: OwnRetention) =>
    body_of(
        api.PUT("/api/v1/tenants/{tenant_id}/retention", {
            params: { path: { tenant_id }, header: once() },
            body: { own },
        }),
    );

const is_being_made = (one: TenantExport) => one.status === "pending" || one.status === "running";

export const exports_query = (tenant_id: string) =>
    queryOptions({
        queryKey: ["exports", tenant_id],
        queryFn: async () => {
            const params = { path: { tenant_id } };
            return (await body_of(api.GET("/api/v1/tenants/{tenant_id}/exports", { params }))).items;
        },
        refetchInterval: ({ state }) => (state.data?.some(is_being_made) ? rereading_ms : false),
    });

export const create_export = (tenant_id: string) =>
    body_of(api.POST("/api/v1/tenants/{tenant_id}/exports", { params: { path: { tenant_id }, header: once() } }));

export const download_export = async (tenant_id: string, export_id: string) =>
    (await send(`/api/v1/tenants/${tenant_id}/exports/${export_id}/download`)).blob();
