import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, body_of, once } from "@/api/client";
import { cursor_member, page_size, paged } from "@/api/paging";
import type { components, operations } from "@/api/schema";

export type Tenant = components["schemas"]["Tenant"];
export type Queue = components["schemas"]["Queue"];
export type JobOfTenant = components["schemas"]["JobOfTenant"];
export type MailHead = components["schemas"]["MailHead"];

export type Account = components["schemas"]["Account"];
export type UserDetail = components["schemas"]["UserDetail"];
export type PlaceInTenant = components["schemas"]["PlaceInTenant"];
export type Dashboard = components["schemas"]["Dashboard"];
type NewUser = operations["create_user"]["requestBody"]["content"]["application/json"];
type UserFilter = NonNullable<operations["list_users"]["parameters"]["query"]>;

export const system_health_query = queryOptions({
    queryKey: ["admin", "health"],
    queryFn: () => body_of(api.GET("/api/admin/system/health")),
});

export const dashboard_query = queryOptions({
    queryKey: ["admin", "dashboard"],
    queryFn: () => body_of(api.GET("/api/admin/dashboard/stats")),
});

export const users_query = (filter: UserFilter) => ({
    ...paged<Account>(["admin", "users", filter], (cursor) =>
        body_of(
            api.GET("/api/admin/users", {
                params: { query: { limit: page_size, ...filter, ...cursor_member(cursor) } },
            }),
        ),
    ),
    // What was found stays until what is looked for now is there.
    placeholderData: keepPreviousData,
});

export const user_query = (user_id: string) =>
    queryOptions({
        queryKey: ["admin", "user", user_id],
        queryFn: () => body_of(api.GET("/api/admin/users/{user_id}", { params: { path: { user_id } } })),
    });

export const create_user = (body: NewUser) =>
    body_of(api.POST("/api/admin/users", { params: { header: once() }, body }));

export const set_user_status = (user_id: string, status: Account["status"]) =>
    body_of(
        api.PATCH("/api/admin/users/{user_id}/status", {
            params: { path: { user_id }, header: once() },
            body: { status },
        }),
    );

export const delete_user = (user_id: string) =>
    api.DELETE("/api/v1/admin/users/{user_id}", { params: { path: { user_id } } });

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
