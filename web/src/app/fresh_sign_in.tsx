// What asks for a sign-in of the last minutes: the password is asked for, and then it is done.
import { useState, type ReactNode } from "react";
import { api, body_of } from "@/api/client";
import { ApiError } from "@/api/problem";
import { keep_signed_in, type SignedIn } from "@/api/session_store";
import { texts } from "@/texts";
import { TextField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { Dialog } from "@/ui/overlays";

const words = texts.settings.fresh;

// The session has a new cookie afterwards, and with it another token for its changes.
async function confirm_password(password: string): Promise<void> {
    keep_signed_in((await body_of(api.POST("/api/v1/auth/confirm", { body: { password } }))) as SignedIn);
}

interface Waiting {
    go_on: () => void;
    give_up: () => void;
}

interface FreshSignIn {
    // Gives what the act gives; throws the refusal where the password is not said.
    freshly: <Result>(act: () => Promise<Result>) => Promise<Result>;
    // Stands outside of any form.
    dialog: ReactNode;
}

export function useFreshSignIn(): FreshSignIn {
    const [waiting, set_waiting] = useState<Waiting | null>(null);

    async function freshly<Result>(act: () => Promise<Result>): Promise<Result> {
        try {
            return await act();
        } catch (refusal) {
            if (!(refusal instanceof ApiError && refusal.code === "fresh_sign_in_required")) throw refusal;
            await new Promise<void>((go_on, reject) => set_waiting({ go_on, give_up: () => reject(refusal) }));
            return act();
        }
    }

    function leave(how: keyof Waiting) {
        waiting?.[how]();
        set_waiting(null);
    }
    const dialog = (
        <Dialog is_open={waiting !== null} close={() => leave("give_up")} title={words.title} description={words.about}>
            <SayPassword done={() => leave("go_on")} />
        </Dialog>
    );
    return { freshly, dialog };
}

function SayPassword({ done }: { done: () => void }) {
    const form = useForm({
        limits: { password: { required: true } },
        initial: { password: "" },
        send: async ({ password }) => {
            await confirm_password(password);
            done();
        },
    });
    return (
        <Form form={form} action={words.action}>
            <TextField
                {...form.field("password")}
                label={words.password}
                type="password"
                autocomplete="current-password"
            />
        </Form>
    );
}
