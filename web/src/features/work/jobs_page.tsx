import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { useCan } from "@/app/session";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import { DataTable } from "@/ui/data_table";
import { PageHeader } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { EmptyState } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { cancel_job, jobs_query, retry_job, type JobSummary } from "./queries";

const words = texts.work.jobs;
const states: JobSummary["state"][] = ["waiting", "running", "completed", "dead", "cancelled"];

const columns: Column<JobSummary>[] = [
    {
        id: "kind",
        header: words.columns.kind,
        cell: (job) => <span className="font-mono text-small">{job.kind}</span>,
        text: (job) => `${job.kind} ${job.queue}`,
        order: (job) => job.kind,
        width: "30%",
    },
    { id: "state", header: words.columns.state, cell: (job) => <Status state={job.state} /> },
    { id: "queue", header: words.columns.queue, cell: (job) => job.queue, order: (job) => job.queue },
    {
        id: "attempts",
        header: words.columns.attempts,
        cell: (job) => job.attempts,
        order: (job) => job.attempts,
        is_number: true,
        width: "10%",
    },
    {
        id: "created",
        header: words.columns.created,
        cell: (job) => <RelativeTime time={job.created_at} />,
        order: (job) => job.created_at,
    },
    {
        id: "error",
        header: words.columns.error,
        cell: (job) => <span title={job.last_error ?? ""}>{job.last_error ?? "–"}</span>,
        width: "22%",
        is_left_out_narrow: true,
    },
];

export function Component() {
    const can_write = useCan()("jobs.write");
    const client = useQueryClient();
    const changed = () => client.invalidateQueries({ queryKey: ["jobs"] });
    const [params, set_params] = useSearchParams();
    const state = states.find((one) => one === params.get("state"));
    const query = useInfiniteQuery(jobs_query(state ? { state } : {}));
    return (
        <>
            <PageHeader title={words.title} />
            <DataTable
                label={words.title}
                query={query}
                columns={columns}
                row_id={(job) => job.id}
                row_url={(job) => `/jobs/${job.id}`}
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
                bulk={
                    can_write
                        ? [
                              {
                                  label: texts.work.retry,
                                  icon: "refresh",
                                  is_for: (job) => job.state === "dead" || job.state === "cancelled",
                                  act: (job) => retry_job(job.id),
                                  changed,
                              },
                              {
                                  label: texts.work.cancel,
                                  is_for: (job) => job.state === "waiting" || job.state === "running",
                                  act: (job) => cancel_job(job.id),
                                  changed,
                                  consequences: texts.work.cancel_about,
                              },
                          ]
                        : []
                }
                empty={
                    <EmptyState icon="jobs" title={words.empty}>
                        {words.empty_about}
                    </EmptyState>
                }
            />
        </>
    );
}
