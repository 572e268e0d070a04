import { useState } from "react";
import { Link } from "react-router";
import { sign_up as limits } from "@/api/limits";
import { texts } from "@/texts";
import { ButtonLink } from "@/ui/button";
import { Form, useForm } from "@/ui/form";
import { AccountFrame } from "./frame";
import { empty_account, NewAccountFields } from "./new_account_fields";
import { sign_up } from "./requests";

export function Component() {
    const words = texts.account.sign_up;
    const [sent_to, set_sent_to] = useState("");
    const form = useForm({
        limits,
        initial: empty_account,
        send: async (values) => set_sent_to((await sign_up(values)).email),
    });
    if (sent_to)
        return (
            <AccountFrame title={words.sent_title} about={words.sent(sent_to)}>
                <ButtonLink to="/login" kind="primary">
                    {texts.account.to_sign_in}
                </ButtonLink>
            </AccountFrame>
        );
    return (
        <AccountFrame
            title={words.title}
            about={words.about}
            below={
                <Link className="link" to="/login">
                    {words.have_one}
                </Link>
            }
        >
            <Form form={form} action={texts.account.create} is_wide_action>
                <NewAccountFields form={form} />
            </Form>
        </AccountFrame>
    );
}
