// How it goes or went: the phases as they happen, beside what was found and what came of it.
import { texts } from "@/texts";
import { CopyableId } from "@/ui/copyable_id";
import { count, duration, share } from "@/ui/formats";
import { Note } from "@/ui/note";
import { KeyFacts, Section, type Fact } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { Phases } from "@/ui/timeline";
import { phases_of, type Progress } from "./progress";
import { has_ended, type MigrationDetail } from "./queries";
import { Shares } from "./shares";

const words = texts.migrations.detail;

function facts_of(migration: MigrationDetail, progress: Progress): Fact[] {
    const { assessment, evaluation } = migration;
    return [
        { label: texts.common.id, value: <CopyableId id={migration.id} /> },
        { label: texts.migrations.form.target, value: "DuckDB" },
        { label: texts.migrations.columns.created, value: <RelativeTime time={migration.created_at} /> },
        {
            label: texts.migrations.columns.took,
            value: migration.finished_at ? duration(migration.created_at, migration.finished_at) : "–",
        },
        {
            label: words.models_ran,
            value: `${count(progress.completed_models)} / ${count(progress.total_models)}`,
        },
        { label: words.score, value: evaluation ? share(evaluation.score) : "–" },
        ...(assessment
            ? [
                  {
                      label: words.input,
                      value: words.input_said(assessment.tables, assessment.views, assessment.modules),
                  },
                  { label: words.rows, value: count(assessment.rows) },
                  { label: words.columns, value: count(assessment.columns) },
                  { label: words.constraints, value: count(assessment.constraints) },
              ]
            : []),
        ...(evaluation
            ? [
                  {
                      label: words.tests,
                      value: words.tests_said(
                          evaluation.tests_passed,
                          evaluation.tests_warned,
                          evaluation.tests_failed,
                      ),
                  },
              ]
            : []),
    ];
}

// Shares of a whole, each said with its number; bars begin at nothing.
interface Props {
    migration: MigrationDetail;
    progress: Progress;
    is_connected: boolean;
}

export function Overview({ migration, progress, is_connected }: Props) {
    const { evaluation } = migration;
    return (
        <>
            {migration.error && (
                <div className="mb-4">
                    <Note tone="bad">{migration.error}</Note>
                </div>
            )}
            <KeyFacts facts={facts_of(migration, progress)} />
            <div className="grid gap-6 lg:grid-cols-2">
                <Section
                    title={words.phases}
                    actions={
                        !has_ended(migration.status) && (
                            <span className="text-small text-soft" role="status">
                                {is_connected ? words.live : words.reconnecting}
                            </span>
                        )
                    }
                >
                    <Phases phases={phases_of(migration, progress)} />
                </Section>
                {evaluation && (
                    <Section title={words.outcome}>
                        <div className="grid gap-4">
                            <Shares title={words.classes} shares={evaluation.objects_by_class} />
                            <Shares title={words.fidelities} shares={evaluation.models_by_fidelity} />
                        </div>
                    </Section>
                )}
            </div>
        </>
    );
}
