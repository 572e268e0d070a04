// What the pages before signing in ask of the API. Its document has no types for answers that are one of several.
import { api, body_of, once } from "@/api/client";
import type { components, operations } from "@/api/schema";
import type { SignedIn } from "@/api/session_store";

type Body<Name extends keyof operations> = operations[Name] extends {
    requestBody?: { content: { "application/json": infer Content } };
}
    ? Content
    : never;

export type SignInAnswer =
    | ({ status: "signed_in" } & SignedIn)
    // `token` is for the second step, within five minutes.
    | { status: "second_factor"; token: string };

export type OfferedInvitation = components["schemas"]["OfferedInvitation"];

export async function sign_in(body: Body<"log_in">): Promise<SignInAnswer> {
    return (await body_of(api.POST("/api/v1/auth/login", { body }))) as SignInAnswer;
}

export async function second_step(body: Body<"second_step">): Promise<SignedIn> {
    return (await body_of(api.POST("/api/v1/auth/second-factor", { body }))) as SignedIn;
}

export async function set_up(body: Body<"set_up">): Promise<SignedIn> {
    return (await body_of(api.POST("/api/v1/auth/setup", { body }))) as SignedIn;
}

export type SignOnAnswer = Body<"finish_single_sign_on">;
export type BegunSignOn = { transaction: string; url: string; organization: string; provider: string };

export async function begin_single_sign_on(body: Body<"begin_single_sign_on">): Promise<BegunSignOn> {
    return (await body_of(api.POST("/api/v1/auth/single-sign-on", { body }))) as BegunSignOn;
}

export async function finish_single_sign_on(body: SignOnAnswer): Promise<SignedIn> {
    return (await body_of(api.POST("/api/v1/auth/single-sign-on/finish", { body }))) as SignedIn;
}

export const sign_up = (body: Body<"sign_up">) =>
    body_of(api.POST("/api/v1/auth/signup", { body, params: { header: once() } }));

export const verify = (token: string) => body_of(api.POST("/api/v1/auth/verify", { body: { token } }));

export const forgot = (body: Body<"forgot_password">) => api.POST("/api/v1/auth/forgot", { body });

export const reset = (body: Body<"reset_password">) => api.POST("/api/v1/auth/reset", { body });

export const look_at_invitation = (token: string) => body_of(api.POST("/api/v1/invitations/look", { body: { token } }));

export async function accept_invitation(body: Body<"accept_invitation">): Promise<SignedIn> {
    return (await body_of(api.POST("/api/v1/invitations/accept", { body }))) as SignedIn;
}
