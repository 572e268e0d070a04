import { queryOptions } from "@tanstack/react-query";
import { api, body_of, once } from "@/api/client";
import { cursor_member, page_size, paged } from "@/api/paging";
import type { components } from "@/api/schema";

export type Tenant = components["schemas"]["Tenant"];
export type Queue = components["schemas"]["Queue"];
export type JobOfTenant = components["schemas"]["JobOfTenant"];
export type MailHead = components["schemas"]["MailHead"];

export const readiness_query = queryOptions({
    queryKey: ["ready"],
    queryFn: () => body_of(api.GET("/ready")),
});

export const queues_query = queryOptions({
    queryKey: ["admin", "queues"],
    queryFn: async () => (await body_of(api.GET("/api/v1/admin/queues"))).items,
});

export const pause_queue = (queue: string, is_paused: boolean) =>
    api.POST(is_paused ? "/api/v1/admin/queues/{queue}/pause" : "/api/v1/admin/queues/{queue}/resume", {
        params: { path: { queue }, header: once() },
    });

export const tenants_query = paged<Tenant>(["admin", "tenants"], (cursor) =>
    body_of(api.GET("/api/v1/tenants", { params: { query: { limit: page_size, ...cursor_member(cursor) } } })),
);

export const tenant_query = (tenant_id: string) =>
    queryOptions({
        queryKey: ["admin", "tenant", tenant_id],
        queryFn: () => body_of(api.GET("/api/v1/tenants/{tenant_id}", { params: { path: { tenant_id } } })),
    });

export const change_tenant = (tenant_id: string, body: { plan: Tenant["plan"]; status: Tenant["status"] }) =>
    body_of(api.PATCH("/api/v1/admin/tenants/{tenant_id}", { params: { path: { tenant_id }, header: once() }, body }));

export const jobs_query = (state: JobOfTenant["state"] | undefined) =>
    paged<JobOfTenant>(["admin", "jobs", state], (cursor) =>
        body_of(
            api.GET("/api/v1/admin/jobs", {
                params: { query: { limit: page_size, ...(state ? { state } : {}), ...cursor_member(cursor) } },
            }),
        ),
    );

export const act_on_job = (job_id: string, act: "retry" | "cancel") =>
    api.POST(act === "retry" ? "/api/v1/admin/jobs/{job_id}/retry" : "/api/v1/admin/jobs/{job_id}/cancel", {
        params: { path: { job_id }, header: once() },
    });

export const mails_query = paged<MailHead>(["admin", "mails"], (cursor) =>
    body_of(api.GET("/api/v1/admin/mails", { params: { query: { limit: page_size, ...cursor_member(cursor) } } })),
);

export const mail_query = (mail_id: string) =>
    queryOptions({
        queryKey: ["admin", "mail", mail_id],
        queryFn: () => body_of(api.GET("/api/v1/admin/mails/{mail_id}", { params: { path: { mail_id } } })),
    });
