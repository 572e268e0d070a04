import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { send } from "@/api/client";
import { useLive } from "@/app/live";
import { useCan } from "@/app/session";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import { Button } from "@/ui/button";
import { ConfirmDialog } from "@/ui/overlays";
import { PageHeader, Tabs } from "@/ui/page";
import { EmptyState, ErrorState, Loading } from "@/ui/states";
import { save_blob } from "@/ui/save_file";
import { toast } from "@/ui/toast";
import { AssessmentReport } from "./assessment_report";
import { LineageGraph } from "./lineage_graph";
import { ModelsTable } from "./models_table";
import { ObjectsTable } from "./objects_table";
import { TestsTable } from "./tests_table";
import { Overview } from "./overview";
import { progress_of, type Progress } from "./progress";
import {
    cancel_migration,
    has_ended,
    migration_query,
    remove_migration,
    retry_migration,
    type MigrationDetail,
} from "./queries";

const words = texts.migrations.detail;
const rereading_pause_ms = 400;

// What the stream told last. Each event also has the migration read anew, but not more often than it can be seen.
function useProgress(migration_id: string, is_open: boolean) {
    const client = useQueryClient();
    const [told, set_told] = useState<Progress | null>(null);
    const reading = useRef<ReturnType<typeof setTimeout>>(undefined);
    const is_connected = useLive(is_open ? `/api/v1/migrations/${migration_id}/events` : null, ({ data }) => {
        set_told(data as Progress);
        reading.current ??= setTimeout(() => {
            reading.current = undefined;
            void client.invalidateQueries({ queryKey: ["migration", migration_id] });
            void client.invalidateQueries({ queryKey: ["migrations"] });
        }, rereading_pause_ms);
    });
    return { told, is_connected };
}

export function Component() {
    const { migration_id = "" } = useParams();
    const { data, error, refetch } = useQuery(migration_query(migration_id));
    if (error) return <ErrorState error={error} retry={() => void refetch()} />;
    if (!data) return <Loading lines={10} />;
    return <Detail key={data.id} migration={data} />;
}

function Detail({ migration }: { migration: MigrationDetail }) {
    const [params, set_params] = useSearchParams();
    const { told, is_connected } = useProgress(migration.id, !has_ended(migration.status));
    const [shown, set_shown] = useState<Progress>(migration);
    const progress = progress_of(shown, migration, told);
    if (progress !== shown) set_shown(progress);
    const tabs = words.tabs;
    return (
        <>
            <PageHeader
                title={migration.project_name}
                above={{ label: texts.migrations.title, to: "/migrations" }}
                status={<Status state={progress.status} />}
                actions={<Actions migration={migration} />}
            />
            <Tabs
                label={migration.project_name}
                value={params.get("tab") ?? "overview"}
                change={(tab) => set_params(tab === "overview" ? {} : { tab }, { replace: true })}
                tabs={[
                    {
                        value: "overview",
                        label: tabs.overview,
                        content: <Overview migration={migration} progress={progress} is_connected={is_connected} />,
                    },
                    {
                        value: "models",
                        label: tabs.models,
                        count: progress.total_models,
                        content: <ModelsTable migration_id={migration.id} />,
                    },
                    {
                        value: "tests",
                        label: tabs.tests,
                        content: <TestsTable migration_id={migration.id} />,
                    },
                    {
                        value: "report",
                        label: tabs.report,
                        content: migration.assessment ? (
                            <AssessmentReport of={migration.assessment} />
                        ) : (
                            <EmptyState icon="audit" title={words.no_report} />
                        ),
                    },
                    {
                        value: "objects",
                        label: tabs.objects,
                        count: migration.assessment?.objects.length ?? 0,
                        content: <ObjectsTable assessment={migration.assessment ?? null} />,
                    },
                    {
                        value: "lineage",
                        label: tabs.lineage,
                        content: <LineageGraph assessment={migration.assessment ?? null} />,
                    },
                ]}
            />
        </>
    );
}

type Asked = "cancel" | "remove" | null;

function Actions({ migration }: { migration: MigrationDetail }) {
    const can_write = useCan()("migrations.write");
    const client = useQueryClient();
    const navigate = useNavigate();
    const [asked, set_asked] = useState<Asked>(null);
    const is_over = has_ended(migration.status);
    const changed = () => client.invalidateQueries({ queryKey: ["migration", migration.id] });

    async function download() {
        const reply = await send(`/api/v1/migrations/${migration.id}/download`);
        save_blob(`${migration.project_name}.zip`, await reply.blob());
    }
    async function retry() {
        await retry_migration(migration.id);
        await changed();
        toast(words.retried);
    }
    return (
        <>
            {can_write && is_over && migration.status !== "completed" && (
                <Button icon="refresh" onClick={() => void retry()}>
                    {words.retry}
                </Button>
            )}
            {can_write && !is_over && <Button onClick={() => set_asked("cancel")}>{words.cancel}</Button>}
            {can_write && is_over && <Button onClick={() => set_asked("remove")}>{words.remove}</Button>}
            {migration.status === "completed" && (
                <Button kind="primary" icon="download" onClick={() => void download()}>
                    {words.download}
                </Button>
            )}
            <ConfirmDialog
                is_open={asked === "cancel"}
                close={() => set_asked(null)}
                title={words.cancel_title}
                consequences={words.cancel_about}
                action={words.cancel_title}
                act={async () => {
                    await cancel_migration(migration.id);
                    await changed();
                }}
            />
            <ConfirmDialog
                is_open={asked === "remove"}
                close={() => set_asked(null)}
                title={words.remove_title(migration.project_name)}
                consequences={words.remove_about}
                action={words.remove}
                typed={migration.project_name}
                act={async () => {
                    await remove_migration(migration.id);
                    await client.invalidateQueries({ queryKey: ["migrations"] });
                    toast(words.removed);
                    void navigate("/migrations", { replace: true });
                }}
            />
        </>
    );
}
