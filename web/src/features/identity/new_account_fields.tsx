// The fields of whoever makes an account, by whichever way.
import type { FormState } from "@/ui/form";
import { texts } from "@/texts";
import { TextField } from "@/ui/fields";

interface NewAccount {
    name: string;
    email: string;
    password: string;
    organization: string;
}

export const empty_account: NewAccount = { name: "", email: "", password: "", organization: "" };

export function NewAccountFields({ form }: { form: FormState<NewAccount> }) {
    const words = texts.account;
    return (
        <>
            <TextField {...form.field("name")} label={words.name} autocomplete="name" />
            <TextField {...form.field("email")} label={words.email} type="email" autocomplete="username" />
            <TextField
                {...form.field("password")}
                label={words.password}
                help={words.password_help}
                type="password"
                autocomplete="new-password"
            />
            <TextField {...form.field("organization")} label={words.organization} autocomplete="organization" />
        </>
    );
}
