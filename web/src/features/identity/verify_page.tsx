import { useState } from "react";
import { texts } from "@/texts";
import { ButtonLink } from "@/ui/button";
import { Form, useForm } from "@/ui/form";
import { AccountFrame } from "./frame";
import { useFragmentToken } from "./link_token";
import { verify } from "./requests";

// A press is asked for: programs that look at mails follow links, too.
export function Component() {
    const words = texts.account.verify;
    const token = useFragmentToken();
    const [verified, set_verified] = useState("");
    const form = useForm({
        limits: {},
        initial: {},
        send: async () => set_verified((await verify(token)).email),
        hidden: { "/token": texts.account.needs_mail_link },
    });
    if (verified)
        return (
            <AccountFrame title={words.done_title} about={words.done(verified)}>
                <ButtonLink to="/home" kind="primary">
                    {words.go_on}
                </ButtonLink>
            </AccountFrame>
        );
    return (
        <AccountFrame title={words.title} about={words.about}>
            <Form form={form} action={words.action} is_wide_action />
        </AccountFrame>
    );
}
