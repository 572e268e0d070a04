import { useState } from "react";
import { Link } from "react-router";
import { forgot_password } from "@/api/limits";
import { texts } from "@/texts";
import { TextField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { AccountFrame } from "./frame";
import { forgot } from "./requests";

export function Component() {
    const words = texts.account.forgot;
    const [sent_to, set_sent_to] = useState("");
    const form = useForm({
        limits: forgot_password,
        initial: { email: "" },
        send: async (values) => {
            await forgot(values);
            set_sent_to(values.email);
        },
    });
    const below = (
        <Link className="link" to="/login">
            {texts.account.to_sign_in}
        </Link>
    );
    if (sent_to)
        return (
            <AccountFrame title={words.done_title} below={below}>
                <p>{words.done(sent_to)}</p>
            </AccountFrame>
        );
    return (
        <AccountFrame title={words.title} about={words.about} below={below}>
            <Form form={form} action={words.action} is_wide_action>
                <TextField {...form.field("email")} label={texts.account.email} type="email" autocomplete="username" />
            </Form>
        </AccountFrame>
    );
}
