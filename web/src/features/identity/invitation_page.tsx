import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { sign_up } from "@/api/limits";
import { ApiError } from "@/api/problem";
import { signed_in } from "@/api/session_store";
import { begin_session } from "@/app/session";
import { texts } from "@/texts";
import { ButtonLink } from "@/ui/button";
import { TextField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { Loading } from "@/ui/states";
import { AccountFrame } from "./frame";
import { kept_invitation, useFragmentToken } from "./link_token";
import { accept_invitation, look_at_invitation, type OfferedInvitation } from "./requests";

export function Component() {
    const words = texts.account.invitation;
    const from_link = useFragmentToken();
    const [token] = useState(() => from_link || kept_invitation.read());
    const { data: offer, error } = useQuery({
        queryKey: ["invitation", token],
        queryFn: () => look_at_invitation(token),
    });
    if (error)
        return (
            <AccountFrame title={words.broken_title}>
                <p>{error instanceof ApiError && !token ? texts.account.needs_mail_link : error.message}</p>
            </AccountFrame>
        );
    if (!offer)
        return (
            <AccountFrame title={words.title}>
                <Loading lines={3} />
            </AccountFrame>
        );
    const is_signed_in = signed_in() !== null;
    const about = words.offer(offer.tenant_name, offer.email, texts.account.roles[offer.role]);
    if (offer.has_account && !is_signed_in) {
        kept_invitation.keep(token);
        return (
            <AccountFrame title={words.title} about={`${about} ${words.sign_in_first}`}>
                <ButtonLink to="/login" kind="primary">
                    {texts.account.to_sign_in}
                </ButtonLink>
            </AccountFrame>
        );
    }
    return (
        <AccountFrame title={words.title} about={is_signed_in ? `${about} ${words.joins}` : about}>
            <Acceptance token={token} offer={offer} is_signed_in={is_signed_in} />
        </AccountFrame>
    );
}

interface AcceptanceProps {
    token: string;
    offer: OfferedInvitation;
    is_signed_in: boolean;
}

function Acceptance({ token, is_signed_in }: AcceptanceProps) {
    const navigate = useNavigate();
    const { name, password } = sign_up;
    const form = useForm({
        limits: is_signed_in ? {} : { name, password },
        initial: { name: "", password: "" },
        send: async (values) => {
            const answer = await accept_invitation(is_signed_in ? { token } : { token, ...values });
            kept_invitation.drop();
            begin_session(answer);
            void navigate("/home", { replace: true });
        },
        hidden: { "/token": texts.account.needs_mail_link },
    });
    return (
        <Form form={form} action={texts.account.invitation.action} is_wide_action>
            {!is_signed_in && (
                <>
                    <TextField {...form.field("name")} label={texts.account.name} autocomplete="name" />
                    <TextField
                        {...form.field("password")}
                        label={texts.account.password}
                        help={texts.account.password_help}
                        type="password"
                        autocomplete="new-password"
                    />
                </>
            )}
        </Form>
    );
}
