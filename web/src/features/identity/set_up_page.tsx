import { useNavigate } from "react-router";
import { set_up as limits } from "@/api/limits";
import { begin_session } from "@/app/session";
import { texts } from "@/texts";
import { Form, useForm } from "@/ui/form";
import { AccountFrame } from "./frame";
import { useQueryToken } from "./link_token";
import { empty_account, NewAccountFields } from "./new_account_fields";
import { set_up } from "./requests";

export function Component() {
    const words = texts.account.setup;
    const token = useQueryToken();
    const navigate = useNavigate();
    const form = useForm({
        limits,
        initial: empty_account,
        send: async (values) => {
            begin_session(await set_up({ ...values, token }));
            void navigate("/home", { replace: true });
        },
        hidden: { "/token": words.needs_link },
    });
    return (
        <AccountFrame title={words.title} about={words.about}>
            <Form form={form} action={words.action} is_wide_action>
                <NewAccountFields form={form} />
            </Form>
        </AccountFrame>
    );
}
