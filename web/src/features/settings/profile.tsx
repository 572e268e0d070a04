import { update_me } from "@/api/limits";
import { signed_in } from "@/api/session_store";
import { texts } from "@/texts";
import { TextField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { toast } from "@/ui/toast";
import { change_profile } from "./queries";

const words = texts.settings.profile;

export function Profile() {
    const user = signed_in()?.user;
    const form = useForm({
        limits: { name: { ...update_me.name, required: true }, email: { ...update_me.email, required: true } },
        initial: { name: user?.name ?? "", email: user?.email ?? "", password: "" },
        send: async ({ name, email, password }) => {
            await change_profile(email === user?.email ? { name } : { name, email, password });
            form.set({ password: "" });
            toast(words.saved);
        },
    });
    const has_new_address = form.values.email !== user?.email;
    return (
        <Form form={form} action={words.save}>
            <TextField {...form.field("name")} label={words.name} autocomplete="name" />
            <TextField {...form.field("email")} label={words.email} help={words.email_help} type="email" />
            {has_new_address && (
                <TextField
                    {...form.field("password")}
                    label={texts.account.password}
                    help={words.password_help}
                    type="password"
                    autocomplete="current-password"
                />
            )}
        </Form>
    );
}
