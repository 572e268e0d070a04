import { useState } from "react";
import { reset_password } from "@/api/limits";
import { end_session } from "@/app/session";
import { texts } from "@/texts";
import { ButtonLink } from "@/ui/button";
import { TextField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { AccountFrame } from "./frame";
import { useFragmentToken } from "./link_token";
import { reset } from "./requests";

export function Component() {
    const words = texts.account.reset;
    const token = useFragmentToken();
    const [is_done, set_done] = useState(false);
    const form = useForm({
        limits: reset_password,
        initial: { password: "" },
        send: async ({ password }) => {
            await reset({ token, password });
            end_session();
            set_done(true);
        },
        hidden: { "/token": texts.account.needs_mail_link },
    });
    if (is_done)
        return (
            <AccountFrame title={words.done_title} about={words.done}>
                <ButtonLink to="/login" kind="primary">
                    {texts.account.to_sign_in}
                </ButtonLink>
            </AccountFrame>
        );
    return (
        <AccountFrame title={words.title} about={words.about}>
            <Form form={form} action={words.action} is_wide_action>
                <TextField
                    {...form.field("password")}
                    label={texts.account.new_password}
                    help={texts.account.password_help}
                    type="password"
                    autocomplete="new-password"
                />
            </Form>
        </AccountFrame>
    );
}
