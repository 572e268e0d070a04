import { useQuery } from "@tanstack/react-query";
import { useCan } from "@/app/session";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import { ButtonLink } from "@/ui/button";
import { CopyableId } from "@/ui/copyable_id";
import { DataTable } from "@/ui/data_table";
import { KeyFacts, Section } from "@/ui/page";
import { EmptyState } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { provider_state } from "./provider_state";
import { providers_query, type IdentityProvider } from "./tenancy_queries";

const words = texts.settings.sign_on;

const columns: Column<IdentityProvider>[] = [
    { id: "name", header: words.columns.name, cell: (one) => one.name, order: (one) => one.name, width: "24%" },
    {
        id: "issuer",
        header: words.columns.issuer,
        cell: (one) => <span className="font-mono text-small">{one.issuer}</span>,
        width: "36%",
    },
    { id: "domains", header: words.columns.domains, cell: (one) => one.domains.join(", ") || texts.common.none },
    {
        id: "state",
        header: words.columns.state,
        cell: (one) => <Status {...provider_state(one)} />,
        width: "14%",
    },
];

export function SignOn({ tenant_id }: { tenant_id: string }) {
    const query = useQuery(providers_query(tenant_id));
    const add = useCan()("identity_providers.write") && (
        <ButtonLink to="/settings/identity-providers/new" kind="primary" icon="plus">
            {words.add}
        </ButtonLink>
    );
    return (
        <Section title={texts.settings.tabs.sign_on} about={words.about} actions={(query.data?.length ?? 0) > 0 && add}>
            <KeyFacts
                facts={[{ label: words.redirect, value: <CopyableId id={`${location.origin}/single-sign-on`} /> }]}
            />
            <DataTable
                label={texts.settings.tabs.sign_on}
                query={query}
                columns={columns}
                row_id={(one) => one.id}
                row_url={(one) => `/settings/identity-providers/${one.id}`}
                empty={
                    <EmptyState icon="shield" title={words.empty} action={add}>
                        {words.empty_about}
                    </EmptyState>
                }
            />
        </Section>
    );
}
