import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";
import { useCan } from "@/app/session";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import { Button, ButtonLink } from "@/ui/button";
import { CopyableId } from "@/ui/copyable_id";
import { SelectField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { count, duration_of } from "@/ui/formats";
import { ConfirmDialog, Dialog } from "@/ui/overlays";
import { KeyFacts, PageHeader, type Fact } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { ErrorState, Loading } from "@/ui/states";
import { toast } from "@/ui/toast";
import { Credits } from "./credits";
import { KeyUsageSection } from "./key_usage";
import { state_of } from "./key_state";
import { key_query, revoke_key, rotate_key, type Key } from "./queries";
import { ShownOnce } from "./shown_once";

const words = texts.keys;
const overlaps: Record<string, number> = { none: 0, hour: 3_600, day: 86_400, week: 604_800 };

export function Component() {
    const { key_id = "" } = useParams();
    const { data: key, error, refetch } = useQuery(key_query(key_id));
    if (error) return <ErrorState error={error} retry={() => void refetch()} />;
    if (!key) return <Loading lines={8} />;
    return <KeyDetail key={key.id} of={key} />;
}

type Opened = "rotate" | "revoke" | null;

function KeyDetail({ of: key }: { of: Key }) {
    const can = useCan();
    const client = useQueryClient();
    const [opened, set_opened] = useState<Opened>(null);
    const [secret, set_secret] = useState<string | null>(null);
    const state = state_of(key);
    const changed = () =>
        Promise.all([
            client.invalidateQueries({ queryKey: ["key", key.id] }),
            client.invalidateQueries({ queryKey: ["keys"] }),
        ]);
    const actions = can("keys.write") && state !== "revoked" && (
        <>
            <ButtonLink to={`/keys/${key.id}/edit`}>{words.form.edit}</ButtonLink>
            <Button icon="refresh" onClick={() => set_opened("rotate")}>
                {words.rotate}
            </Button>
            <Button onClick={() => set_opened("revoke")}>{words.revoke}</Button>
        </>
    );
    return (
        <>
            <PageHeader
                title={key.name}
                above={{ label: words.title, to: "/keys" }}
                status={<Status state={state} label={words.states[state]} />}
                actions={actions}
            />
            <KeyFacts facts={facts_of(key)} />
            {key.audience === "customer" && <Credits of={key} can_write={can("keys.write") && state !== "revoked"} />}
            {key.audience === "customer" && <KeyUsageSection key_id={key.id} />}
            <Dialog
                is_open={opened === "rotate"}
                close={() => set_opened(null)}
                title={words.rotate_title}
                description={words.rotate_about}
            >
                <Rotation
                    key_id={key.id}
                    done={async (made) => {
                        set_opened(null);
                        set_secret(made);
                        await changed();
                    }}
                />
            </Dialog>
            <ConfirmDialog
                is_open={opened === "revoke"}
                close={() => set_opened(null)}
                title={words.revoke_title(key.name)}
                consequences={words.revoke_about}
                action={words.revoke_action}
                act={async () => {
                    await revoke_key(key.id);
                    await changed();
                    toast(words.revoked);
                }}
            />
            <ShownOnce secret={secret} close={() => set_secret(null)} />
        </>
    );
}

function Rotation({ key_id, done }: { key_id: string; done: (secret: string) => Promise<void> }) {
    const form = useForm({
        limits: {},
        initial: { overlap: "day" },
        send: async ({ overlap }) => done((await rotate_key(key_id, overlaps[overlap] ?? 0)).key),
    });
    return (
        <Form form={form} action={words.rotate_action}>
            <SelectField
                {...form.field("overlap")}
                label={words.overlap}
                choices={Object.entries(words.overlaps).map(([value, label]) => ({ value, label }))}
            />
        </Form>
    );
}

function list_of(values: readonly string[] | undefined, otherwise: string): string {
    return values && values.length > 0 ? values.join(", ") : otherwise;
}

function facts_of(key: Key): Fact[] {
    const limits = key.limits?.map((limit) => words.limit(count(limit.count), duration_of(limit.period_s * 1000)));
    return [
        { label: texts.common.id, value: <CopyableId id={key.id} /> },
        { label: words.columns.prefix, value: <span className="font-mono text-small">{key.prefix}…</span> },
        { label: words.columns.audience, value: words.audience[key.audience] },
        key.audience === "api"
            ? { label: words.facts.scopes, value: list_of(key.scopes, texts.common.none) }
            : { label: words.facts.permissions, value: list_of(key.permissions, texts.common.none) },
        { label: words.facts.owner, value: key.owner ?? texts.common.none },
        { label: words.facts.limits, value: list_of(limits, texts.common.none) },
        { label: words.facts.addresses, value: list_of(key.allowed_addresses, words.facts.anywhere) },
        { label: words.columns.last_used, value: <RelativeTime time={key.last_used_at} empty={texts.common.never} /> },
        { label: words.facts.expires, value: <RelativeTime time={key.expires_at} empty={words.facts.no_end} /> },
        { label: texts.common.created, value: <RelativeTime time={key.created_at} /> },
        { label: words.facts.created_by, value: <CopyableId id={key.created_by} /> },
    ];
}
