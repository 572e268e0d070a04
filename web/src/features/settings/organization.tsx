import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { TenantSettings_limits, update_tenant } from "@/api/limits";
import { useFreshSignIn } from "@/app/fresh_sign_in";
import { useCan } from "@/app/session";
import { tenant_query, type Tenant } from "@/features/organizations/queries";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import { Button } from "@/ui/button";
import { CopyableId } from "@/ui/copyable_id";
import { SelectField, TextArea, TextField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { from_now } from "@/ui/formats";
import { Note } from "@/ui/note";
import { ConfirmDialog } from "@/ui/overlays";
import { KeyFacts, Section } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { ErrorState, Loading } from "@/ui/states";
import { toast } from "@/ui/toast";
import { entries_of } from "@/ui/validation";
import { change_tenant, delete_tenant, restore_tenant } from "./tenancy_queries";

const words = texts.settings.organization;
const coordinated_time = "UTC";
const time_zones = [
    coordinated_time,
    ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== coordinated_time),
];

export function Organization({ tenant_id }: { tenant_id: string }) {
    const can = useCan();
    const { data, error, refetch } = useQuery(tenant_query(tenant_id));
    if (error) return <ErrorState error={error} retry={() => void refetch()} />;
    if (!data) return <Loading lines={4} />;
    return (
        <>
            <KeyFacts
                facts={[
                    { label: texts.common.id, value: <CopyableId id={data.id} /> },
                    { label: words.name, value: data.name },
                    { label: words.plan, value: data.plan },
                    { label: words.status, value: <Status state={data.status} /> },
                    { label: words.region, value: data.region ?? texts.common.none },
                    { label: texts.common.created, value: <RelativeTime time={data.created_at} /> },
                ]}
            />
            {can("tenants.write") && <TenantForm key={data.id} tenant={data} />}
            {can("tenants.own") && <End tenant={data} />}
        </>
    );
}

function TenantForm({ tenant }: { tenant: Tenant }) {
    const client = useQueryClient();
    const form = useForm({
        limits: {
            name: { ...update_tenant.name, required: true },
            slug: { ...update_tenant.slug, required: true },
            time_zone: TenantSettings_limits.time_zone,
            language: TenantSettings_limits.language,
            support_email: TenantSettings_limits.support_email,
        },
        initial: {
            name: tenant.name,
            slug: tenant.slug,
            time_zone: tenant.settings.time_zone ?? coordinated_time,
            language: tenant.settings.language ?? "",
            support_email: tenant.settings.support_email ?? "",
            allowed_origins: tenant.settings.allowed_origins?.join("\n") ?? "",
        },
        send: async ({ name, slug, time_zone, language, support_email, allowed_origins }) => {
            const settings = {
                time_zone,
                allowed_origins: entries_of(allowed_origins),
                ...(language ? { language } : {}),
                ...(support_email ? { support_email } : {}),
            };
            await change_tenant(tenant.id, { name, slug, settings });
            await client.invalidateQueries({ queryKey: ["tenants"] });
            toast(words.saved);
        },
    });
    // A zone that the server knows and this browser does not is kept.
    const zones = time_zones.includes(form.values.time_zone) ? time_zones : [form.values.time_zone, ...time_zones];
    return (
        <div className="mb-8">
            <Form form={form} action={words.save}>
                <TextField {...form.field("name")} label={words.name} />
                <TextField {...form.field("slug")} label={words.slug} help={words.slug_help} is_code />
                <SelectField
                    {...form.field("time_zone")}
                    label={words.time_zone}
                    help={words.time_zone_help}
                    choices={zones.map((value) => ({ value, label: value }))}
                />
                <TextField {...form.field("language")} label={words.language} help={words.language_help} is_optional />
                <TextField
                    {...form.field("support_email")}
                    label={words.support_email}
                    help={words.support_email_help}
                    type="email"
                    is_optional
                />
                <TextArea
                    {...form.field("allowed_origins")}
                    label={words.origins}
                    help={words.origins_help}
                    rows={2}
                    is_code
                    is_optional
                />
            </Form>
        </div>
    );
}

function End({ tenant }: { tenant: Tenant }) {
    const client = useQueryClient();
    const { freshly, dialog } = useFreshSignIn();
    const [is_asked, set_asked] = useState(false);
    const [refusal, set_refusal] = useState<Error | null>(null);
    const changed = () => client.invalidateQueries({ queryKey: ["tenants"] });
    async function restore() {
        set_refusal(null);
        try {
            await freshly(() => restore_tenant(tenant.id));
            await changed();
            toast(words.restored);
        } catch (thrown) {
            set_refusal(thrown as Error);
        }
    }
    return (
        <Section title={words.remove_section} about={tenant.deletes_at ? undefined : words.remove_about}>
            {refusal && <Note tone="bad">{refusal.message}</Note>}
            {tenant.deletes_at ? (
                <Note tone="caution" action={<Button onClick={() => void restore()}>{words.restore}</Button>}>
                    {words.deletes(from_now(tenant.deletes_at))}
                </Note>
            ) : (
                <Button onClick={() => set_asked(true)}>{words.remove}</Button>
            )}
            <ConfirmDialog
                is_open={is_asked}
                close={() => set_asked(false)}
                title={words.remove_title(tenant.name)}
                consequences={words.remove_about}
                action={words.remove}
                typed={tenant.slug}
                act={async () => {
                    await freshly(() => delete_tenant(tenant.id));
                    await changed();
                    toast(words.removed);
                }}
            />
            {dialog}
        </Section>
    );
}
