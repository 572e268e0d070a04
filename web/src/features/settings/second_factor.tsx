// The second factor: set up by a QR code, put in force by its first code, with recovery codes that are shown once.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { encode } from "uqr";
import { confirm_second_factor as limits } from "@/api/limits";
import { useFreshSignIn } from "@/app/fresh_sign_in";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import { Button } from "@/ui/button";
import { CopyableId } from "@/ui/copyable_id";
import { TextField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { Note } from "@/ui/note";
import { ConfirmDialog, Dialog } from "@/ui/overlays";
import { Section } from "@/ui/page";
import { ErrorState, Loading } from "@/ui/states";
import { toast } from "@/ui/toast";
import {
    begin_second_factor,
    confirm_second_factor,
    new_recovery_codes,
    remove_second_factor,
    second_factor_query,
} from "./queries";

const words = texts.settings.factor;

type Begun = Awaited<ReturnType<typeof begin_second_factor>>;

export function SecondFactorSection() {
    const client = useQueryClient();
    const { data, error, refetch } = useQuery(second_factor_query);
    const [begun, set_begun] = useState<Begun | null>(null);
    const [codes, set_codes] = useState<string[]>([]);
    const [is_leaving, set_leaving] = useState(false);
    const [refusal, set_refusal] = useState<Error | null>(null);
    const { freshly, dialog } = useFreshSignIn();
    const changed = () => client.invalidateQueries({ queryKey: ["second-factor"] });

    async function attempt(act: () => Promise<void>) {
        set_refusal(null);
        try {
            await freshly(act);
        } catch (thrown) {
            set_refusal(thrown as Error);
        }
    }
    const begin = async () => set_begun(await begin_second_factor());
    const renew = async () => set_codes((await new_recovery_codes()).recovery_codes);
    const remove = async () => {
        await remove_second_factor();
        await changed();
        toast(words.removed);
    };

    if (error) return <ErrorState error={error} retry={() => void refetch()} />;
    if (!data) return <Loading lines={2} />;
    const is_on = Boolean(data.confirmed_at);
    return (
        <Section title={words.title} about={words.about}>
            {refusal && <Note tone="bad">{refusal.message}</Note>}
            <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
                <Status state={is_on ? "active" : "inactive"} label={is_on ? words.on : words.off} />
                {is_on && <span className="text-soft">{words.codes_left(data.recovery_codes_left)}</span>}
                {is_on ? (
                    <>
                        <Button onClick={() => void attempt(renew)}>{words.new_codes}</Button>
                        <Button onClick={() => set_leaving(true)}>{words.remove}</Button>
                    </>
                ) : (
                    <Button onClick={() => void attempt(begin)}>{words.begin}</Button>
                )}
            </div>
            <Dialog is_open={begun !== null} close={() => set_begun(null)} title={words.title} description={words.scan}>
                {begun && (
                    <Confirmation
                        begun={begun}
                        done={async (recovery_codes) => {
                            set_begun(null);
                            set_codes(recovery_codes);
                            await changed();
                        }}
                    />
                )}
            </Dialog>
            <Dialog
                is_open={codes.length > 0}
                close={() => set_codes([])}
                title={words.codes_title}
                description={words.codes_about}
            >
                <ul className="mb-4 grid grid-cols-2 gap-2 rounded-base border bg-ground p-3 font-mono text-small">
                    {codes.map((code) => (
                        <li key={code}>{code}</li>
                    ))}
                </ul>
                <Button kind="primary" onClick={() => set_codes([])}>
                    {words.have_them}
                </Button>
            </Dialog>
            <ConfirmDialog
                is_open={is_leaving}
                close={() => set_leaving(false)}
                title={words.remove_title}
                consequences={words.remove_about}
                action={words.remove}
                act={() => freshly(remove)}
            />
            {dialog}
        </Section>
    );
}

function QrCode({ text }: { text: string }) {
    const { data, size } = encode(text, { border: 2 });
    const squares = data.flatMap((row, y) => row.flatMap((is_dark, x) => (is_dark ? [`M${x} ${y}h1v1h-1z`] : [])));
    return (
        <svg
            viewBox={`0 0 ${size} ${size}`}
            width={192}
            height={192}
            role="img"
            aria-label={words.qr}
            shapeRendering="crispEdges"
        >
            <rect width={size} height={size} fill="#ffffff" />
            <path d={squares.join("")} fill="#000000" />
        </svg>
    );
}

function Confirmation({ begun, done }: { begun: Begun; done: (codes: string[]) => Promise<void> }) {
    const form = useForm({
        limits: { code: limits.code },
        initial: { code: "" },
        send: async ({ code }) => done((await confirm_second_factor(code.trim())).recovery_codes),
    });
    return (
        <div className="flex flex-col gap-4">
            <QrCode text={begun.uri} />
            <div className="text-small text-soft">
                {words.or_type} <CopyableId id={begun.secret} />
            </div>
            <Form form={form} action={words.confirm}>
                <TextField {...form.field("code")} label={words.code} autocomplete="one-time-code" is_code />
            </Form>
        </div>
    );
}
