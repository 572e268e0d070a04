import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCan } from "@/app/session";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import { Button } from "@/ui/button";
import { DataTable } from "@/ui/data_table";
import { count } from "@/ui/formats";
import { KeyFacts, PageHeader, Panel, Section } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { ErrorState } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { pause_queue, queues_query, readiness_query, type Queue } from "./queries";

const words = texts.admin;
const rereading_ms = 5000;

const columns: Column<Queue>[] = [
    {
        id: "queue",
        header: words.queue_columns.queue,
        cell: (one) => (
            <span className="flex items-center gap-2">
                {one.queue} {one.paused_at && <Status state="paused" />}
            </span>
        ),
        order: (one) => one.queue,
        width: "30%",
    },
    {
        id: "due",
        header: words.queue_columns.due,
        cell: (one) => count(one.due),
        order: (one) => one.due,
        is_number: true,
    },
    {
        id: "running",
        header: words.queue_columns.running,
        cell: (one) => count(one.running),
        order: (one) => one.running,
        is_number: true,
    },
    {
        id: "later",
        header: words.queue_columns.later,
        cell: (one) => count(one.later),
        order: (one) => one.later,
        is_number: true,
    },
    {
        id: "parked",
        header: words.queue_columns.parked,
        cell: (one) => count(one.parked),
        order: (one) => one.parked,
        is_number: true,
    },
    { id: "oldest", header: words.queue_columns.oldest, cell: (one) => <RelativeTime time={one.oldest_due_at} /> },
];

export function Component() {
    const client = useQueryClient();
    const can_write = useCan()("system.write");
    const ready = useQuery(readiness_query);
    const queues = useQuery({ ...queues_query, refetchInterval: rereading_ms });
    const pausing = useMutation({
        mutationFn: ({ queue, is_paused }: { queue: string; is_paused: boolean }) => pause_queue(queue, is_paused),
        onSuccess: () => client.invalidateQueries({ queryKey: ["admin", "queues"] }),
    });
    return (
        <>
            <PageHeader title={words.title} about={words.about} />
            {ready.error ? (
                <ErrorState error={ready.error} retry={() => void ready.refetch()} />
            ) : (
                <KeyFacts
                    facts={[
                        { label: words.ready, value: ready.data ? <Status state={ready.data.status} /> : "–" },
                        { label: texts.home.database, value: ready.data?.database ?? "–" },
                        { label: texts.home.redis, value: ready.data?.redis ?? "–" },
                    ]}
                />
            )}
            <Section title={words.queues}>
                <DataTable
                    label={words.queues}
                    query={queues}
                    columns={columns}
                    row_id={(one) => one.queue}
                    {...(can_write
                        ? {
                              row_actions: (one: Queue) => (
                                  <Button
                                      kind="quiet"
                                      size="small"
                                      icon={one.paused_at ? "right" : "cross"}
                                      aria-label={`${one.paused_at ? words.resume : words.pause}: ${one.queue}`}
                                      onClick={() => pausing.mutate({ queue: one.queue, is_paused: !one.paused_at })}
                                  />
                              ),
                          }
                        : {})}
                    empty={
                        <Panel>
                            <p className="text-soft">{words.queues_none}</p>
                        </Panel>
                    }
                />
            </Section>
        </>
    );
}
