import { change_password as limits } from "@/api/limits";
import { texts } from "@/texts";
import { TextField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { Section } from "@/ui/page";
import { toast } from "@/ui/toast";
import { change_password } from "./queries";
import { SecondFactorSection } from "./second_factor";

const words = texts.settings.password;

export function Security() {
    const form = useForm({
        limits,
        initial: { old_password: "", password: "" },
        send: async (values) => {
            await change_password(values);
            form.set({ old_password: "", password: "" });
            toast(words.saved);
        },
    });
    return (
        <>
            <SecondFactorSection />
            <Section title={words.title}>
                <Form form={form} action={words.save}>
                    <TextField
                        {...form.field("old_password")}
                        label={words.old}
                        type="password"
                        autocomplete="current-password"
                    />
                    <TextField
                        {...form.field("password")}
                        label={words.new}
                        help={texts.account.password_help}
                        type="password"
                        autocomplete="new-password"
                    />
                </Form>
            </Section>
        </>
    );
}
