import { queryOptions } from "@tanstack/react-query";
import { api, body_of, once } from "@/api/client";
import { cursor_member, page_size, paged } from "@/api/paging";
import type { components } from "@/api/schema";
import { signed_in } from "@/api/session_store";

export type Tenant = components["schemas"]["Tenant"];
export type Colleague = components["schemas"]["Colleague"];
export type Invitation = components["schemas"]["Invitation"];
export type Role = Colleague["role"];

const most_tenants = 200;

// Those in which the user works. An operator's list has every tenant; which of them are theirs, signing in told.
export const own_tenants_query = queryOptions({
    queryKey: ["tenants", "own"],
    queryFn: async () => {
        const { items } = await body_of(api.GET("/api/v1/tenants", { params: { query: { limit: most_tenants } } }));
        const own = signed_in();
        return own?.user.is_operator ? items.filter((tenant) => own.tenants.includes(tenant.id)) : items;
    },
});

export const tenant_query = (tenant_id: string) =>
    queryOptions({
        queryKey: ["tenants", tenant_id],
        queryFn: () => body_of(api.GET("/api/v1/tenants/{tenant_id}", { params: { path: { tenant_id } } })),
    });

export const colleagues_query = (tenant_id: string) =>
    paged<Colleague>(["members", tenant_id], (cursor) =>
        body_of(
            api.GET("/api/v1/tenants/{tenant_id}/members", {
                params: { path: { tenant_id }, query: { limit: page_size, ...cursor_member(cursor) } },
            }),
        ),
    );

export const invitations_query = (tenant_id: string) =>
    paged<Invitation>(["invitations", tenant_id], (cursor) =>
        body_of(
            api.GET("/api/v1/tenants/{tenant_id}/invitations", {
                params: { path: { tenant_id }, query: { limit: page_size, ...cursor_member(cursor) } },
            }),
        ),
    );

export const invite = (tenant_id: string, body: { email: string; role: Role }) =>
    body_of(
        api.POST("/api/v1/tenants/{tenant_id}/invitations", {
            params: { path: { tenant_id }, header: once() },
            body,
        }),
    );

export const resend_invitation = (tenant_id: string, invitation_id: string) =>
    api.POST("/api/v1/tenants/{tenant_id}/invitations/{invitation_id}/resend", {
        params: { path: { tenant_id, invitation_id }, header: once() },
    });

export const revoke_invitation = (tenant_id: string, invitation_id: string) =>
    api.DELETE("/api/v1/tenants/{tenant_id}/invitations/{invitation_id}", {
        params: { path: { tenant_id, invitation_id } },
    });

export const change_member = (tenant_id: string, member_id: string, body: { role?: Role; is_active?: boolean }) =>
    api.PATCH("/api/v1/tenants/{tenant_id}/members/{member_id}", {
        params: { path: { tenant_id, member_id } },
        body,
    });

export const remove_member = (tenant_id: string, member_id: string) =>
    api.DELETE("/api/v1/tenants/{tenant_id}/members/{member_id}", {
        params: { path: { tenant_id, member_id } },
    });
