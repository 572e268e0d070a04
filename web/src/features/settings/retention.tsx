import { useQuery, useQueryClient } from "@tanstack/react-query";
import { OwnRetentionDays_limits } from "@/api/limits";
import { useFreshSignIn } from "@/app/fresh_sign_in";
import { texts } from "@/texts";
import { NumberField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { count } from "@/ui/formats";
import { Note } from "@/ui/note";
import { KeyFacts, Section } from "@/ui/page";
import { ErrorState, Loading } from "@/ui/states";
import { toast } from "@/ui/toast";
import { entitlements_query, retention_query, set_retention, type Retention } from "./tenancy_queries";

const words = texts.settings.retention;
const flag = "own_retention";

export function RetentionSettings({ tenant_id }: { tenant_id: string }) {
    const plan = useQuery(entitlements_query);
    const { data, error, refetch } = useQuery(retention_query(tenant_id));
    if (error) return <ErrorState error={error} retry={() => void refetch()} />;
    if (!data || !plan.data) return <Loading lines={4} />;
    const said = (days: number) => `${count(days)} ${words.days}`;
    return (
        <Section title={texts.settings.tabs.retention} about={words.about}>
            <KeyFacts
                facts={[
                    { label: words.audit, value: said(data.in_force.audit_days) },
                    { label: words.events, value: said(data.in_force.events_days) },
                    { label: words.usage, value: said(data.in_force.usage_days) },
                ]}
            />
            {plan.data.entitlements.flags[flag] ? (
                <RetentionForm tenant_id={tenant_id} retention={data} />
            ) : (
                <Note tone="info">{words.not_in_plan}</Note>
            )}
        </Section>
    );
}

function RetentionForm({ tenant_id, retention: { own, installation } }: { tenant_id: string; retention: Retention }) {
    const client = useQueryClient();
    const { freshly, dialog } = useFreshSignIn();
    const form = useForm({
        limits: OwnRetentionDays_limits,
        initial: {
            audit_days: own.audit_days ?? null,
            events_days: own.events_days ?? null,
            usage_days: own.usage_days ?? null,
        },
        send: async (values) => {
            await freshly(() => set_retention(tenant_id, values));
            await client.invalidateQueries({ queryKey: ["retention"] });
            toast(words.saved);
        },
    });
    return (
        <>
            <Form form={form} action={words.save}>
                <NumberField
                    {...form.field("audit_days")}
                    label={words.audit}
                    help={words.audit_help(count(installation.audit_days))}
                    unit={words.days}
                    is_optional
                />
                <NumberField
                    {...form.field("events_days")}
                    label={words.events}
                    help={words.events_help(count(installation.events_days))}
                    unit={words.days}
                    is_optional
                />
                <NumberField
                    {...form.field("usage_days")}
                    label={words.usage}
                    help={words.usage_help(count(installation.usage_days))}
                    unit={words.days}
                    is_optional
                />
            </Form>
            {dialog}
        </>
    );
}
