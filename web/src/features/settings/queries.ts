import { queryOptions } from "@tanstack/react-query";
import { api, body_of } from "@/api/client";
import type { components } from "@/api/schema";
import { keep_signed_in, signed_in, type SignedIn } from "@/api/session_store";

export type Session = components["schemas"]["Session"];

export const sessions_query = queryOptions({
    queryKey: ["sessions"],
    queryFn: async () => (await body_of(api.GET("/api/v1/auth/sessions"))).items,
});

export const end_one_session = (session_id: string) =>
    api.DELETE("/api/v1/auth/sessions/{session_id}", { params: { path: { session_id } } });

export const end_other_sessions = () => api.DELETE("/api/v1/auth/sessions");

export const second_factor_query = queryOptions({
    queryKey: ["second-factor"],
    queryFn: () => body_of(api.GET("/api/v1/me/second-factor")),
});

export const begin_second_factor = () => body_of(api.POST("/api/v1/me/second-factor"));

export const confirm_second_factor = (code: string) =>
    body_of(api.POST("/api/v1/me/second-factor/confirm", { body: { code } }));

export const new_recovery_codes = () => body_of(api.POST("/api/v1/me/second-factor/recovery-codes"));

export const remove_second_factor = () => api.DELETE("/api/v1/me/second-factor");

// The session has a new cookie afterwards, and with it another token for its changes.
export async function change_password(body: { old_password: string; password: string }): Promise<void> {
    keep_signed_in((await body_of(api.POST("/api/v1/auth/password", { body }))) as SignedIn);
}

export async function change_profile(body: { name: string; email?: string; password?: string }): Promise<void> {
    const user = await body_of(api.PATCH("/api/v1/me", { body }));
    const kept = signed_in();
    if (kept) keep_signed_in({ ...kept, user: { ...kept.user, name: user.name, email: user.email } });
}
