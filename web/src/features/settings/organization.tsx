import { useQuery, useQueryClient } from "@tanstack/react-query";
import { update_tenant } from "@/api/limits";
import { useCan } from "@/app/session";
import { tenant_query, type Tenant } from "@/features/organizations/queries";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import { CopyableId } from "@/ui/copyable_id";
import { TextField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { KeyFacts } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { ErrorState, Loading } from "@/ui/states";
import { toast } from "@/ui/toast";
import { change_tenant } from "./queries";

const words = texts.settings.organization;

export function Organization({ tenant_id }: { tenant_id: string }) {
    const can_write = useCan()("tenants.write");
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
            {can_write && <TenantForm key={data.id} tenant={data} />}
        </>
    );
}

function TenantForm({ tenant }: { tenant: Tenant }) {
    const client = useQueryClient();
    const form = useForm({
        limits: { name: { ...update_tenant.name, required: true }, slug: { ...update_tenant.slug, required: true } },
        initial: { name: tenant.name, slug: tenant.slug },
        send: async (values) => {
            await change_tenant(tenant.id, values);
            await client.invalidateQueries({ queryKey: ["tenants"] });
            toast(words.saved);
        },
    });
    return (
        <Form form={form} action={words.save}>
            <TextField {...form.field("name")} label={words.name} />
            <TextField {...form.field("slug")} label={words.slug} help={words.slug_help} is_code />
        </Form>
    );
}
