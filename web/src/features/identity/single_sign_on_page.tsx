import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Link, useNavigate } from "react-router";
import { begin_session } from "@/app/session";
import { texts } from "@/texts";
import { Button, ButtonLink } from "@/ui/button";
import { TextField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { Loading } from "@/ui/states";
import { AccountFrame } from "./frame";
import { kept_invitation } from "./link_token";
import { begin_single_sign_on, finish_single_sign_on, type BegunSignOn, type SignOnAnswer } from "./requests";

const kept_place = "mainstay.single_sign_on"; // the token of the sign-in, in the tab that began it

// What the provider sent the browser back with. It does not stay in the address bar or the history.
function taken_answer(): SignOnAnswer | null {
    const came = new URLSearchParams(location.search);
    const state = came.get("state");
    if (!state) return null;
    history.replaceState(history.state, "", location.pathname);
    const answer: SignOnAnswer = { transaction: sessionStorage.getItem(kept_place) ?? "none", state };
    for (const name of ["code", "iss", "error"] as const) {
        const value = came.get(name);
        if (value) answer[name] = value;
    }
    return answer;
}

export function Component() {
    const [answer] = useState(taken_answer);
    return answer ? <Return answer={answer} /> : <Beginning />;
}

function Return({ answer }: { answer: SignOnAnswer }) {
    const words = texts.account.single_sign_on;
    const navigate = useNavigate();
    const { data, error } = useQuery({
        queryKey: ["single_sign_on", answer.state],
        queryFn: () => finish_single_sign_on(answer),
        retry: false,
        staleTime: Infinity,
    });
    useEffect(() => {
        if (!data) return;
        sessionStorage.removeItem(kept_place);
        begin_session(data);
        void navigate(kept_invitation.read() ? "/invitation" : "/home", { replace: true });
    }, [data, navigate]);
    if (!error)
        return (
            <AccountFrame title={words.title}>
                <Loading lines={2} />
            </AccountFrame>
        );
    return (
        <AccountFrame title={words.failed_title} about={error.message}>
            <ButtonLink to="/login" kind="primary">
                {texts.account.to_sign_in}
            </ButtonLink>
        </AccountFrame>
    );
}

function Beginning() {
    const words = texts.account.single_sign_on;
    const [begun, set_begun] = useState<BegunSignOn | null>(null);
    const form = useForm({
        limits: { organization: { required: true, minLength: 1, maxLength: 254 } },
        initial: { organization: "" },
        send: async ({ organization }) => {
            const answer = await begin_single_sign_on(
                organization.includes("@") ? { email: organization } : { organization },
            );
            sessionStorage.setItem(kept_place, answer.transaction);
            set_begun(answer);
        },
        hidden: { "/email": words.no_address },
    });
    const links = (
        <Link className="link" to="/login">
            {words.by_password}
        </Link>
    );
    if (begun)
        return (
            <AccountFrame
                title={words.way_title}
                about={words.way(begun.organization, begun.provider, new URL(begun.url).host)}
                below={links}
            >
                <div className="flex items-center gap-2">
                    <Button kind="primary" onClick={() => location.assign(begun.url)}>
                        {words.action}
                    </Button>
                    <Button kind="quiet" onClick={() => set_begun(null)}>
                        {words.not_yours}
                    </Button>
                </div>
            </AccountFrame>
        );
    return (
        <AccountFrame title={words.title} about={words.about} below={links}>
            <Form form={form} action={words.action} is_wide_action>
                <TextField {...form.field("organization")} label={words.organization} autocomplete="email" />
            </Form>
        </AccountFrame>
    );
}
