import { useState } from "react";
import { Link, useLocation, useNavigate } from "react-router";
import { log_in, second_step as second_step_limits } from "@/api/limits";
import type { SignedIn } from "@/api/session_store";
import { begin_session, way_back } from "@/app/session";
import { texts } from "@/texts";
import { Button } from "@/ui/button";
import { TextField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { Note } from "@/ui/note";
import { AccountFrame } from "./frame";
import { kept_invitation } from "./link_token";
import { second_step, sign_in } from "./requests";

export function Component() {
    const [next_token, set_next_token] = useState("");
    const { search } = useLocation();
    const navigate = useNavigate();

    function enter(answer: SignedIn) {
        begin_session(answer);
        void navigate(kept_invitation.read() ? "/invitation" : way_back(search), { replace: true });
    }

    if (next_token) return <SecondStep token={next_token} enter={enter} start_again={() => set_next_token("")} />;
    return <FirstStep has_ended={search.includes("back=")} enter={enter} go_on={set_next_token} />;
}

interface FirstStepProps {
    has_ended: boolean;
    enter: (answer: SignedIn) => void;
    go_on: (token: string) => void;
}

function FirstStep({ has_ended, enter, go_on }: FirstStepProps) {
    const words = texts.account.sign_in;
    const form = useForm({
        limits: log_in,
        initial: { email: "", password: "" },
        send: async (values) => {
            const answer = await sign_in(values);
            if (answer.status === "second_factor") go_on(answer.token);
            else enter(answer);
        },
    });
    const links = (
        <>
            <Link className="link" to="/single-sign-on">
                {words.single_sign_on}
            </Link>
            <Link className="link" to="/forgot">
                {words.forgot}
            </Link>
            <Link className="link" to="/signup">
                {words.sign_up}
            </Link>
        </>
    );
    return (
        <AccountFrame title={words.title} below={links}>
            {has_ended && !form.summary && (
                <div className="mb-4">
                    <Note tone="info">{words.ended}</Note>
                </div>
            )}
            <Form form={form} action={words.action} is_wide_action>
                <TextField {...form.field("email")} label={texts.account.email} type="email" autocomplete="username" />
                <TextField
                    {...form.field("password")}
                    label={texts.account.password}
                    type="password"
                    autocomplete="current-password"
                />
            </Form>
        </AccountFrame>
    );
}

interface SecondStepProps {
    token: string;
    enter: (answer: SignedIn) => void;
    start_again: () => void;
}

function SecondStep({ token, enter, start_again }: SecondStepProps) {
    const words = texts.account.second_step;
    const form = useForm({
        limits: { code: second_step_limits.code },
        initial: { code: "" },
        send: async ({ code }) => enter(await second_step({ token, code: code.trim() })),
    });
    return (
        <AccountFrame title={words.title} about={words.about}>
            <Form
                form={form}
                action={words.action}
                other={
                    <Button kind="quiet" onClick={start_again}>
                        {words.back}
                    </Button>
                }
            >
                <TextField
                    {...form.field("code")}
                    label={words.code}
                    help={words.code_help}
                    autocomplete="one-time-code"
                    is_code
                />
            </Form>
        </AccountFrame>
    );
}
