import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { useCan } from "@/app/session";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import { ButtonLink } from "@/ui/button";
import { DataTable } from "@/ui/data_table";
import { count, duration, share } from "@/ui/formats";
import { PageHeader } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { EmptyState } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { migrations_query, type Migration } from "./queries";
import { TrySample } from "./try_sample";

const words = texts.migrations;
const statuses: Migration["status"][] = ["running", "completed", "failed", "cancelled"];

const columns: Column<Migration>[] = [
    {
        id: "project",
        header: words.columns.project,
        cell: (one) => one.project_name,
        text: (one) => one.project_name,
        order: (one) => one.project_name,
    },
    { id: "status", header: words.columns.status, cell: (one) => <Status state={one.status} />, width: "14%" },
    {
        id: "models",
        header: words.columns.models,
        cell: (one) => `${count(one.completed_models)} / ${count(one.total_models)}`,
        order: (one) => one.total_models,
        is_number: true,
        width: "14%",
    },
    {
        id: "score",
        header: words.columns.score,
        cell: (one) => (one.finished_at ? share(one.score) : "–"),
        order: (one) => one.score,
        is_number: true,
        width: "10%",
    },
    {
        id: "took",
        header: words.columns.took,
        cell: (one) => (one.finished_at ? duration(one.created_at, one.finished_at) : "–"),
        is_number: true,
        width: "12%",
        is_left_out_narrow: true,
    },
    {
        id: "created",
        header: words.columns.created,
        cell: (one) => <RelativeTime time={one.created_at} />,
        order: (one) => one.created_at,
        width: "16%",
    },
];

export function Component() {
    const can_write = useCan()("migrations.write");
    const [params, set_params] = useSearchParams();
    const status = statuses.find((one) => one === params.get("status"));
    const query = useInfiniteQuery({
        ...migrations_query(status ? { status } : {}),
        // A running one moves on without anybody looking at its page.
        refetchInterval: ({ state }) =>
            state.data?.pages.some(({ items }) => items.some((one) => one.finished_at == null)) ? 2000 : false,
    });
    const create = can_write && (
        <ButtonLink to="/migrations/new" kind="primary" icon="plus">
            {words.create}
        </ButtonLink>
    );
    return (
        <>
            <PageHeader title={words.title} actions={create} />
            <DataTable
                label={words.title}
                query={query}
                columns={columns}
                row_id={(one) => one.id}
                row_url={(one) => `/migrations/${one.id}`}
                search={words.search}
                facets={[
                    {
                        label: words.facet_status,
                        value: status ?? "",
                        change: (value) => set_params(value ? { status: value } : {}),
                        choices: [
                            { value: "", label: texts.common.all },
                            ...statuses.map((value) => ({ value, label: value })),
                        ],
                    },
                ]}
                empty={
                    <EmptyState
                        icon="migrate"
                        title={words.empty}
                        action={
                            can_write && (
                                <span className="flex flex-wrap justify-center gap-2">
                                    {create}
                                    <TrySample />
                                </span>
                            )
                        }
                    >
                        {words.empty_about}
                    </EmptyState>
                }
            />
        </>
    );
}
