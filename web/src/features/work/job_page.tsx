import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "react-router";
import { useCan } from "@/app/session";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import { CodeView } from "@/ui/code_view";
import { CopyableId } from "@/ui/copyable_id";
import { Note } from "@/ui/note";
import { KeyFacts, PageHeader } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { ErrorState, Loading } from "@/ui/states";
import { ActButtons } from "./act_buttons";
import { cancel_job, job_query, retry_job } from "./queries";

const words = texts.work.jobs;

export function Component() {
    const { job_id = "" } = useParams();
    const client = useQueryClient();
    const can_write = useCan()("jobs.write");
    const { data: job, error, refetch } = useQuery(job_query(job_id));
    if (error) return <ErrorState error={error} retry={() => void refetch()} />;
    if (!job) return <Loading lines={8} />;
    return (
        <>
            <PageHeader
                title={job.kind}
                above={{ label: words.title, to: "/jobs" }}
                status={<Status state={job.state} />}
                actions={
                    <ActButtons
                        can_cancel={can_write && (job.state === "waiting" || job.state === "running")}
                        can_retry={can_write && (job.state === "dead" || job.state === "cancelled")}
                        cancel={() => cancel_job(job.id)}
                        retry={() => retry_job(job.id)}
                        changed={async () => {
                            await client.invalidateQueries({ queryKey: ["jobs"] });
                            await refetch();
                        }}
                    />
                }
            />
            {job.last_error && (
                <div className="mb-4">
                    <Note tone="bad">{job.last_error}</Note>
                </div>
            )}
            <KeyFacts
                facts={[
                    { label: texts.common.id, value: <CopyableId id={job.id} /> },
                    { label: words.columns.queue, value: job.queue },
                    { label: words.columns.attempts, value: job.attempts },
                    { label: words.priority, value: job.priority },
                    { label: words.columns.due, value: <RelativeTime time={job.run_at} /> },
                    { label: words.key, value: job.concurrency_key ?? texts.common.none },
                    {
                        label: words.originator,
                        value: job.originator ? <CopyableId id={job.originator} /> : words.program,
                    },
                    { label: texts.common.created, value: <RelativeTime time={job.created_at} /> },
                    { label: texts.common.finished, value: <RelativeTime time={job.finished_at} /> },
                ]}
            />
            {job.result !== undefined && job.result !== null && (
                <CodeView code={JSON.stringify(job.result, null, 2)} language="json" title={words.result} />
            )}
        </>
    );
}
