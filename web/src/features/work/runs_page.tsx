import { useInfiniteQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import { DataTable } from "@/ui/data_table";
import { duration } from "@/ui/formats";
import { PageHeader } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { EmptyState } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { runs_query, type RunSummary } from "./queries";

const words = texts.work.runs;
const states: RunSummary["state"][] = ["running", "waiting", "completed", "failed", "cancelled"];

const columns: Column<RunSummary>[] = [
    {
        id: "graph",
        header: words.columns.graph,
        cell: (run) => run.graph,
        text: (run) => `${run.graph} ${run.node}`,
        order: (run) => run.graph,
        width: "26%",
    },
    { id: "state", header: words.columns.state, cell: (run) => <Status state={run.state} /> },
    { id: "node", header: words.columns.node, cell: (run) => <span className="font-mono text-small">{run.node}</span> },
    {
        id: "steps",
        header: words.columns.steps,
        cell: (run) => run.steps,
        order: (run) => run.steps,
        is_number: true,
        width: "10%",
    },
    {
        id: "took",
        header: words.columns.took,
        cell: (run) => (run.finished_at ? duration(run.created_at, run.finished_at) : "–"),
        is_number: true,
        width: "12%",
        is_left_out_narrow: true,
    },
    {
        id: "created",
        header: words.columns.created,
        cell: (run) => <RelativeTime time={run.created_at} />,
        order: (run) => run.created_at,
    },
];

export function Component() {
    const [params, set_params] = useSearchParams();
    const state = states.find((one) => one === params.get("state"));
    const query = useInfiniteQuery(runs_query(state ? { state } : {}));
    return (
        <>
            <PageHeader title={words.title} />
            <DataTable
                label={words.title}
                query={query}
                columns={columns}
                row_id={(run) => run.id}
                row_url={(run) => `/runs/${run.id}`}
                search={words.search}
                facets={[
                    {
                        label: texts.work.state,
                        value: state ?? "",
                        change: (value) => set_params(value ? { state: value } : {}),
                        choices: [
                            { value: "", label: texts.common.all },
                            ...states.map((value) => ({ value, label: value })),
                        ],
                    },
                ]}
                empty={
                    <EmptyState icon="runs" title={words.empty}>
                        {words.empty_about}
                    </EmptyState>
                }
            />
        </>
    );
}
