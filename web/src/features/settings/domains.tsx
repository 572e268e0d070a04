import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { add_domain as limits } from "@/api/limits";
import { useCan } from "@/app/session";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import { Button } from "@/ui/button";
import { CopyableId } from "@/ui/copyable_id";
import { TextField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { Note } from "@/ui/note";
import { ConfirmDialog, Dialog } from "@/ui/overlays";
import { Panel, Section } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { EmptyState, ErrorState, Loading } from "@/ui/states";
import { toast } from "@/ui/toast";
import { add_domain, domains_query, remove_domain, verify_domain, type Domain } from "./tenancy_queries";

const words = texts.settings.domains;

export function Domains({ tenant_id }: { tenant_id: string }) {
    const can_write = useCan()("tenants.write");
    const client = useQueryClient();
    const { data, error, refetch } = useQuery(domains_query(tenant_id));
    const [is_adding, set_adding] = useState(false);
    const [leaving, set_leaving] = useState<Domain | null>(null);
    const changed = () => client.invalidateQueries({ queryKey: ["domains"] });
    const add = can_write && (
        <Button kind="primary" icon="plus" onClick={() => set_adding(true)}>
            {words.add}
        </Button>
    );
    if (error) return <ErrorState error={error} retry={() => void refetch()} />;
    if (!data) return <Loading lines={3} />;
    return (
        <Section title={texts.settings.tabs.domains} about={words.about} actions={data.length > 0 && add}>
            <Panel is_padded={false}>
                {data.length === 0 ? (
                    <EmptyState icon="building" title={words.empty} action={add}>
                        {words.empty_about}
                    </EmptyState>
                ) : (
                    <ul>
                        {data.map((domain) => (
                            <DomainRow
                                key={domain.id}
                                domain={domain}
                                tenant_id={tenant_id}
                                can_write={can_write}
                                changed={changed}
                                remove={() => set_leaving(domain)}
                            />
                        ))}
                    </ul>
                )}
            </Panel>
            <Dialog is_open={is_adding} close={() => set_adding(false)} title={words.add}>
                <NewDomain
                    tenant_id={tenant_id}
                    done={async () => {
                        set_adding(false);
                        await changed();
                        toast(words.added);
                    }}
                />
            </Dialog>
            <ConfirmDialog
                is_open={leaving !== null}
                close={() => set_leaving(null)}
                title={words.remove_title(leaving?.name ?? "")}
                consequences={words.remove_about}
                action={words.remove}
                act={async () => {
                    if (leaving) await remove_domain(tenant_id, leaving.id);
                    await changed();
                    toast(words.removed);
                }}
            />
        </Section>
    );
}

function NewDomain({ tenant_id, done }: { tenant_id: string; done: () => Promise<void> }) {
    const form = useForm({
        limits,
        initial: { name: "" },
        send: async ({ name }) => {
            await add_domain(tenant_id, name.trim().toLowerCase());
            await done();
        },
    });
    return (
        <Form form={form} action={words.add}>
            <TextField {...form.field("name")} label={words.name} help={words.name_help} is_code />
        </Form>
    );
}

interface DomainRowProps {
    domain: Domain;
    tenant_id: string;
    can_write: boolean;
    changed: () => Promise<void>;
    remove: () => void;
}

function DomainRow({ domain, tenant_id, can_write, changed, remove }: DomainRowProps) {
    const looking = useMutation({
        mutationFn: () => verify_domain(tenant_id, domain.id),
        onSuccess: async () => {
            await changed();
            toast(words.verifying);
        },
    });
    return (
        <li className="border-b px-4 py-3 last:border-b-0">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
                <span className="min-w-0 font-medium break-all">{domain.name}</span>
                <Status state={domain.state} />
                <span className="grow text-small text-soft">
                    {words.checked} <RelativeTime time={domain.checked_at} empty={words.not_checked} />
                </span>
                {can_write && (
                    <>
                        <Button
                            size="small"
                            icon="refresh"
                            is_busy={looking.isPending}
                            onClick={() => looking.mutate()}
                            aria-label={`${words.verify}: ${domain.name}`}
                        >
                            {words.verify}
                        </Button>
                        <Button size="small" onClick={remove} aria-label={`${words.remove}: ${domain.name}`}>
                            {words.remove}
                        </Button>
                    </>
                )}
            </div>
            {looking.error && (
                <div className="mt-2">
                    <Note tone="bad">{looking.error.message}</Note>
                </div>
            )}
            {domain.fault && (
                <div className="mt-2">
                    <Note tone="caution">{domain.fault}</Note>
                </div>
            )}
            {domain.state === "pending" && (
                <div className="mt-2">
                    <p className="text-soft">{words.record}</p>
                    <dl className="mt-1 grid gap-x-4 gap-y-1 sm:grid-cols-[auto_1fr]">
                        <dt className="text-soft">{words.record_name}</dt>
                        <dd className="min-w-0">
                            <CopyableId id={domain.record_name} />
                        </dd>
                        <dt className="text-soft">{words.record_value}</dt>
                        <dd className="min-w-0">
                            <CopyableId id={domain.record_value} />
                        </dd>
                    </dl>
                </div>
            )}
        </li>
    );
}
