import { queryOptions } from "@tanstack/react-query";
import { api, body_of } from "@/api/client";
import type { components } from "@/api/schema";

export type Usage = components["schemas"]["Usage"];
export type TenantUsage = components["schemas"]["TenantUsage"];

// Of this month, which is what the API gives without dates.
export const usage_query = queryOptions({
    queryKey: ["usage"],
    queryFn: () => body_of(api.GET("/api/v1/usage")),
});

export const quotas_query = (tenant_id: string) =>
    queryOptions({
        queryKey: ["quotas", tenant_id],
        queryFn: () => body_of(api.GET("/api/v1/tenants/{tenant_id}/usage", { params: { path: { tenant_id } } })),
    });
