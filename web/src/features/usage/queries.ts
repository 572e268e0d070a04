import { queryOptions } from "@tanstack/react-query";
import { api, body_of } from "@/api/client";
import type { components } from "@/api/schema";

export type Usage = components["schemas"]["Usage"];
export type TenantUsage = components["schemas"]["TenantUsage"];

// Of whole days, which is how requests are counted.
export const usage_query = ({ from, to }: { from: string; to: string }) =>
    queryOptions({
        queryKey: ["usage", from, to],
        queryFn: () => body_of(api.GET("/api/v1/usage", { params: { query: { from, to } } })),
    });

export const quotas_query = (tenant_id: string) =>
    queryOptions({
        queryKey: ["quotas", tenant_id],
        queryFn: () => body_of(api.GET("/api/v1/tenants/{tenant_id}/usage", { params: { path: { tenant_id } } })),
    });
