import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "react-router";
import { useCan } from "@/app/session";
import { texts } from "@/texts";
import { Badge, Status } from "@/ui/badge";
import { CodeView } from "@/ui/code_view";
import { CopyableId } from "@/ui/copyable_id";
import { duration } from "@/ui/formats";
import { Note } from "@/ui/note";
import { KeyFacts, PageHeader, Panel, Section } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { ErrorState, Loading } from "@/ui/states";
import { Timeline, type TimelineEntry } from "@/ui/timeline";
import { ActButtons } from "./act_buttons";
import { cancel_run, retry_run, run_query, run_steps_query, type RunDetail, type RunStep } from "./queries";

const words = texts.work.runs;
const open_states = ["pending", "running", "waiting"];
const rereading_ms = 2000;

function entry_of(step: RunStep): TimelineEntry {
    const way = step.next ? words.led_to(step.next) : words.ended;
    return {
        id: String(step.number),
        title: (
            <>
                {step.node}
                {step.attempt > 1 && <span className="font-normal text-soft"> · {words.attempt(step.attempt)}</span>}
            </>
        ),
        detail: step.error ?? way,
        time: step.started_at,
        took: duration(step.started_at, step.finished_at),
        step: step.error ? "failed" : "done",
    };
}

export function Component() {
    const { run_id = "" } = useParams();
    const { data, error, refetch } = useQuery({
        ...run_query(run_id),
        refetchInterval: ({ state }) =>
            state.data && open_states.includes(state.data.run.state) ? rereading_ms : false,
    });
    if (error) return <ErrorState error={error} retry={() => void refetch()} />;
    if (!data) return <Loading lines={8} />;
    return <Detail detail={data} />;
}

function Detail({ detail: { run, waits } }: { detail: RunDetail }) {
    const client = useQueryClient();
    const can_write = useCan()("runs.write");
    const is_open = open_states.includes(run.state);
    const steps = useQuery({ ...run_steps_query(run.id), refetchInterval: is_open ? rereading_ms : false });
    return (
        <>
            <PageHeader
                title={run.graph}
                above={{ label: words.title, to: "/runs" }}
                status={<Status state={run.state} />}
                actions={
                    <ActButtons
                        can_cancel={can_write && is_open}
                        can_retry={can_write && run.state === "failed"}
                        cancel={() => cancel_run(run.id)}
                        retry={() => retry_run(run.id)}
                        changed={() =>
                            Promise.all([
                                client.invalidateQueries({ queryKey: ["run", run.id] }),
                                client.invalidateQueries({ queryKey: ["runs"] }),
                            ])
                        }
                    />
                }
            />
            {run.error && (
                <div className="mb-4">
                    <Note tone="bad">{run.error}</Note>
                </div>
            )}
            <KeyFacts
                facts={[
                    { label: texts.common.id, value: <CopyableId id={run.id} /> },
                    { label: words.columns.node, value: <span className="font-mono text-small">{run.node}</span> },
                    { label: words.columns.created, value: <RelativeTime time={run.created_at} /> },
                    {
                        label: words.columns.took,
                        value: run.finished_at ? duration(run.created_at, run.finished_at) : "–",
                    },
                    {
                        label: texts.work.jobs.originator,
                        value: run.originator ? <CopyableId id={run.originator} /> : texts.work.jobs.program,
                    },
                    { label: words.columns.steps, value: run.steps },
                ]}
            />
            <div className="grid gap-6 lg:grid-cols-2">
                <Section title={words.steps}>
                    <Panel>
                        {steps.error ? (
                            <ErrorState error={steps.error} retry={() => void steps.refetch()} />
                        ) : !steps.data ? (
                            <Loading lines={5} />
                        ) : steps.data.items.length === 0 ? (
                            <p className="text-soft">{words.steps_none}</p>
                        ) : (
                            <Timeline entries={steps.data.items.map(entry_of)} />
                        )}
                    </Panel>
                </Section>
                <div className="min-w-0">
                    {waits.length > 0 && (
                        <Section title={words.waits}>
                            <Panel is_padded={false}>
                                <ul>
                                    {waits.map((wait) => (
                                        <li
                                            key={wait.id}
                                            className="flex items-center gap-3 border-b px-3 py-2 last:border-b-0"
                                        >
                                            <Badge tone="caution">{wait.kind}</Badge>
                                            <span className="min-w-0 grow truncate">{wait.name || wait.node}</span>
                                            <RelativeTime time={wait.due_at ?? wait.opened_at} />
                                        </li>
                                    ))}
                                </ul>
                            </Panel>
                        </Section>
                    )}
                    <CodeView code={JSON.stringify(run.data, null, 2)} language="json" title={words.data} />
                </div>
            </div>
        </>
    );
}
