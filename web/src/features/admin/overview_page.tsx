import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCan } from "@/app/session";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import { Button } from "@/ui/button";
import { DataTable } from "@/ui/data_table";
import { count } from "@/ui/formats";
import { PageHeader, Panel, Section } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { ErrorState, Loading } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { Figures } from "./figures";
import { dashboard_query, pause_queue, queues_query, system_health_query, type Queue } from "./queries";

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
    const health = useQuery({ ...system_health_query, refetchInterval: rereading_ms });
    const dashboard = useQuery(dashboard_query);
    const queues = useQuery({ ...queues_query, refetchInterval: rereading_ms });
    const pausing = useMutation({
        mutationFn: ({ queue, is_paused }: { queue: string; is_paused: boolean }) => pause_queue(queue, is_paused),
        onSuccess: () => client.invalidateQueries({ queryKey: ["admin", "queues"] }),
    });
    return (
        <>
            <PageHeader
                title={words.title}
                about={words.about}
                status={health.data && <Status state={health.data.state} />}
            />
            <Section title={words.health}>
                {health.error ? (
                    <ErrorState error={health.error} retry={() => void health.refetch()} />
                ) : health.data ? (
                    <Panel is_padded={false}>
                        <ul>
                            {health.data.parts.map((part) => (
                                <li
                                    key={part.name}
                                    className="flex min-h-9 flex-wrap items-center gap-x-4 border-b px-4 py-1.5 last:border-b-0"
                                >
                                    <span className="w-40 font-medium">{part.name.replaceAll("_", " ")}</span>
                                    <span className="w-24">
                                        <Status state={part.state} />
                                    </span>
                                    <span className="min-w-0 text-soft">{part.says}</span>
                                </li>
                            ))}
                        </ul>
                    </Panel>
                ) : (
                    <Loading lines={6} />
                )}
            </Section>
            {dashboard.error ? (
                <ErrorState error={dashboard.error} retry={() => void dashboard.refetch()} />
            ) : dashboard.data ? (
                <Figures of={dashboard.data} />
            ) : (
                <Loading lines={4} />
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
