import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "react-router";
import { useCan } from "@/app/session";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import type { BulkAction } from "@/ui/bulk_bar";
import { Button } from "@/ui/button";
import { DataTable } from "@/ui/data_table";
import { Note } from "@/ui/note";
import { Menu } from "@/ui/overlays";
import { PageHeader } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { EmptyState } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { act_on_job, jobs_query, type JobOfTenant } from "./queries";

const words = texts.admin.jobs;
const headers = texts.work.jobs.columns;
const states: JobOfTenant["state"][] = ["waiting", "running", "dead", "cancelled"];

const columns: Column<JobOfTenant>[] = [
    {
        id: "kind",
        header: headers.kind,
        cell: (job) => <span className="font-mono text-small">{job.kind}</span>,
        text: (job) => `${job.kind} ${job.queue} ${job.tenant_id}`,
        order: (job) => job.kind,
        width: "22%",
    },
    { id: "state", header: headers.state, cell: (job) => <Status state={job.state} /> },
    {
        id: "tenant",
        header: headers.tenant,
        cell: (job) => <span className="font-mono text-small">{job.tenant_id}</span>,
        width: "22%",
    },
    { id: "attempts", header: headers.attempts, cell: (job) => job.attempts, is_number: true, width: "8%" },
    {
        id: "created",
        header: headers.created,
        cell: (job) => <RelativeTime time={job.created_at} />,
        order: (job) => job.created_at,
    },
    {
        id: "error",
        header: headers.error,
        cell: (job) => <span title={job.last_error ?? ""}>{job.last_error ?? "–"}</span>,
        width: "22%",
        is_left_out_narrow: true,
    },
];

export function Component() {
    const client = useQueryClient();
    const can_write = useCan()("system.write");
    const [params, set_params] = useSearchParams();
    const state = states.find((one) => one === params.get("state"));
    const query = useInfiniteQuery(jobs_query(state));
    const act = useMutation({
        mutationFn: ({ id, what }: { id: string; what: "retry" | "cancel" }) => act_on_job(id, what),
        onSuccess: () => changed(),
    });
    const changed = () => client.invalidateQueries({ queryKey: ["admin", "jobs"] });
    const bulk: BulkAction<JobOfTenant>[] = [
        {
            label: texts.work.retry,
            icon: "refresh",
            is_for: (job) => job.state === "dead" || job.state === "cancelled",
            act: (job) => act_on_job(job.id, "retry"),
            changed,
        },
        {
            label: texts.work.cancel,
            is_for: (job) => job.state === "waiting" || job.state === "running",
            act: (job) => act_on_job(job.id, "cancel"),
            changed,
            consequences: texts.work.cancel_about,
        },
    ];
    const actions = (job: JobOfTenant) => (
        <Menu
            trigger={
                <Button
                    kind="quiet"
                    size="small"
                    icon="more"
                    aria-label={`${texts.common.more_actions}: ${job.kind}`}
                />
            }
            groups={[
                job.state === "dead" || job.state === "cancelled"
                    ? [{ label: texts.work.retry, act: () => act.mutate({ id: job.id, what: "retry" }) }]
                    : [
                          {
                              label: texts.work.cancel,
                              act: () => act.mutate({ id: job.id, what: "cancel" }),
                              is_dangerous: true,
                          },
                      ],
            ]}
        />
    );
    return (
        <>
            <PageHeader title={words.title} about={words.about} />
            {act.error && (
                <div className="mb-4">
                    <Note tone="bad">{act.error.message}</Note>
                </div>
            )}
            <DataTable
                label={words.title}
                query={query}
                columns={columns}
                row_id={(job) => job.id}
                search={texts.work.jobs.search}
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
                {...(can_write ? { row_actions: actions, bulk } : {})}
                empty={<EmptyState icon="jobs" title={words.empty} />}
            />
        </>
    );
}
