import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "react-router";
import { update_any_tenant } from "@/api/limits";
import { useCan } from "@/app/session";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import { CopyableId } from "@/ui/copyable_id";
import { SelectField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { KeyFacts, PageHeader, Section } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { ErrorState, Loading } from "@/ui/states";
import { toast } from "@/ui/toast";
import { change_tenant, tenant_query, type Tenant } from "./queries";

const words = texts.admin.tenant;
const { plan: plan_limit, status: status_limit } = update_any_tenant;
// A tenant is given up to deletion by its owner, or by the API: no form does so by the way.
const statuses = status_limit.choices.filter((status) => status !== "deleting");

export function Component() {
    const { tenant_id = "" } = useParams();
    const can_write = useCan()("system.write");
    const { data, error, refetch } = useQuery(tenant_query(tenant_id));
    if (error) return <ErrorState error={error} retry={() => void refetch()} />;
    if (!data) return <Loading lines={6} />;
    return (
        <>
            <PageHeader
                title={data.name}
                above={{ label: texts.admin.tenants.title, to: "/admin/tenants" }}
                status={<Status state={data.status} />}
            />
            <KeyFacts
                facts={[
                    { label: texts.common.id, value: <CopyableId id={data.id} /> },
                    { label: texts.settings.organization.slug, value: data.slug },
                    { label: words.plan, value: data.plan },
                    { label: words.region, value: data.region ?? texts.common.none },
                    { label: texts.common.created, value: <RelativeTime time={data.created_at} /> },
                ]}
            />
            {can_write && (
                <Section title={words.change}>
                    <TenantForm key={data.id} tenant={data} />
                </Section>
            )}
        </>
    );
}

function TenantForm({ tenant }: { tenant: Tenant }) {
    const client = useQueryClient();
    const form = useForm<{ plan: string; status: string }>({
        limits: {},
        initial: { plan: tenant.plan, status: tenant.status },
        send: async ({ plan, status }) => {
            await change_tenant(tenant.id, {
                plan: plan_limit.choices.find((one) => one === plan) ?? tenant.plan,
                status: statuses.find((one) => one === status) ?? tenant.status,
            });
            await client.invalidateQueries({ queryKey: ["admin"] });
            toast(words.saved);
        },
    });
    const choices = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
    return (
        <Form form={form} action={words.save}>
            <SelectField {...form.field("plan")} label={words.plan} choices={choices(plan_limit.choices)} />
            <SelectField
                {...form.field("status")}
                label={words.status}
                help={words.status_help}
                choices={choices(statuses)}
            />
        </Form>
    );
}
