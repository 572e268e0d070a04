import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useCan } from "@/app/session";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import { Button } from "@/ui/button";
import { DataTable } from "@/ui/data_table";
import { Menu } from "@/ui/overlays";
import { PageHeader } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { EmptyState } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { toast } from "@/ui/toast";
import { Note } from "@/ui/note";
import { act_on_schedule, schedules_query, type Schedule } from "./queries";

const words = texts.work.schedules;

const columns: Column<Schedule>[] = [
    {
        id: "name",
        header: words.columns.name,
        cell: (one) => one.name,
        text: (one) => one.name,
        order: (one) => one.name,
        width: "22%",
    },
    {
        id: "when",
        header: words.columns.when,
        cell: (one) => <span title={one.description}>{one.description}</span>,
        width: "24%",
    },
    { id: "makes", header: words.columns.makes, cell: (one) => one.job_kind ?? one.graph ?? "–" },
    { id: "next", header: words.columns.next, cell: (one) => <RelativeTime time={one.next_runs[0]} /> },
    {
        id: "last",
        header: words.columns.last,
        cell: (one) => <RelativeTime time={one.last_fired_at} empty={texts.common.never} />,
        is_left_out_narrow: true,
    },
    {
        id: "state",
        header: words.columns.state,
        cell: (one) => (
            <Status state={one.paused_at ? "paused" : "active"} label={one.paused_at ? words.paused : words.active} />
        ),
    },
];

export function Component() {
    const query = useInfiniteQuery(schedules_query);
    const client = useQueryClient();
    const can_write = useCan()("schedules.write");
    const act = useMutation({
        mutationFn: ({ id, what }: { id: string; what: "pause" | "resume" | "run" }) => act_on_schedule(id, what),
        onSuccess: async (_reply, { what }) => {
            await client.invalidateQueries({ queryKey: ["schedules"] });
            if (what === "run") toast(words.asked);
        },
    });
    const actions = (one: Schedule) => (
        <Menu
            trigger={<Button kind="quiet" size="small" icon="more" aria-label={texts.common.more_actions} />}
            groups={[
                [
                    { label: words.run, act: () => act.mutate({ id: one.id, what: "run" }) },
                    one.paused_at
                        ? { label: words.resume, act: () => act.mutate({ id: one.id, what: "resume" }) }
                        : { label: words.pause, act: () => act.mutate({ id: one.id, what: "pause" }) },
                ],
            ]}
        />
    );
    return (
        <>
            <PageHeader title={words.title} />
            {act.error && (
                <div className="mb-4">
                    <Note tone="bad">{act.error.message}</Note>
                </div>
            )}
            <DataTable
                label={words.title}
                query={query}
                columns={columns}
                row_id={(one) => one.id}
                search={words.search}
                {...(can_write ? { row_actions: actions } : {})}
                empty={
                    <EmptyState icon="clock" title={words.empty}>
                        {words.empty_about}
                    </EmptyState>
                }
            />
        </>
    );
}
