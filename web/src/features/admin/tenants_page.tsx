import { useInfiniteQuery } from "@tanstack/react-query";
import { texts } from "@/texts";
import { Badge, Status } from "@/ui/badge";
import { CopyableId } from "@/ui/copyable_id";
import { DataTable } from "@/ui/data_table";
import { PageHeader } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { EmptyState } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { tenants_query, type Tenant } from "./queries";

const words = texts.admin.tenants;

const columns: Column<Tenant>[] = [
    {
        id: "name",
        header: words.columns.name,
        cell: (one) => one.name,
        text: (one) => `${one.name} ${one.id} ${one.slug}`,
        order: (one) => one.name,
        width: "32%",
    },
    { id: "plan", header: words.columns.plan, cell: (one) => <Badge>{one.plan}</Badge>, order: (one) => one.plan },
    {
        id: "status",
        header: words.columns.status,
        cell: (one) => <Status state={one.status} />,
        order: (one) => one.status,
    },
    {
        id: "id",
        header: texts.common.id,
        cell: (one) => (
            <span className="relative z-[1]">
                <CopyableId id={one.id} />
            </span>
        ),
        width: "26%",
        is_left_out_narrow: true,
    },
    {
        id: "created",
        header: words.columns.created,
        cell: (one) => <RelativeTime time={one.created_at} />,
        order: (one) => one.created_at,
    },
];

export function Component() {
    const query = useInfiniteQuery(tenants_query);
    return (
        <>
            <PageHeader title={words.title} about={words.about} />
            <DataTable
                label={words.title}
                query={query}
                columns={columns}
                row_id={(one) => one.id}
                row_url={(one) => `/admin/tenants/${one.id}`}
                search={words.search}
                empty={<EmptyState icon="building" title={words.title} />}
            />
        </>
    );
}
