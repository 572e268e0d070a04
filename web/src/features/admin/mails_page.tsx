import { useInfiniteQuery } from "@tanstack/react-query";
import { texts } from "@/texts";
import { DataTable } from "@/ui/data_table";
import { PageHeader } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { EmptyState } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { mails_query, type MailHead } from "./queries";

const words = texts.admin.mails;

const columns: Column<MailHead>[] = [
    {
        id: "subject",
        header: words.columns.subject,
        cell: (mail) => mail.subject,
        text: (mail) => `${mail.subject} ${mail.to}`,
        width: "44%",
    },
    { id: "to", header: words.columns.to, cell: (mail) => mail.to, order: (mail) => mail.to, width: "28%" },
    { id: "kind", header: words.columns.kind, cell: (mail) => mail.kind, order: (mail) => mail.kind },
    {
        id: "created",
        header: words.columns.created,
        cell: (mail) => <RelativeTime time={mail.created_at} />,
        order: (mail) => mail.created_at,
    },
];

export function Component() {
    const query = useInfiniteQuery(mails_query);
    return (
        <>
            <PageHeader title={words.title} about={words.about} />
            <DataTable
                label={words.title}
                query={query}
                columns={columns}
                row_id={(mail) => mail.id}
                row_url={(mail) => `/admin/mails/${mail.id}`}
                search={words.search}
                empty={
                    <EmptyState icon="mail" title={words.empty}>
                        {words.empty_about}
                    </EmptyState>
                }
            />
        </>
    );
}
