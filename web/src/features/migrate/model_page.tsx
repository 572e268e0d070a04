// One model: its SQL with what is to be said of it, and how its tests went.
import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { texts } from "@/texts";
import { Badge, Status } from "@/ui/badge";
import { CodeView } from "@/ui/code_view";
import { CopyableId } from "@/ui/copyable_id";
import { count, share } from "@/ui/formats";
import { KeyFacts, PageHeader, Panel, Section } from "@/ui/page";
import { ErrorState, Loading } from "@/ui/states";
import { fidelity_tone } from "./fidelity";
import { migration_query, model_query, type MigrationModel } from "./queries";

const words = texts.migrations.model;

export function Component() {
    const { migration_id = "", model_id = "" } = useParams();
    const migration = useQuery(migration_query(migration_id)).data;
    const { data: model, error, refetch } = useQuery(model_query(migration_id, model_id));
    if (error) return <ErrorState error={error} retry={() => void refetch()} />;
    if (!model) return <Loading lines={10} />;
    return (
        <>
            <PageHeader
                title={model.name}
                above={{
                    label: migration?.project_name ?? texts.migrations.title,
                    to: `/migrations/${migration_id}?tab=models`,
                }}
                status={
                    <>
                        <Status state={model.status} />
                        <Badge tone={fidelity_tone(model.fidelity)}>{model.fidelity}</Badge>
                    </>
                }
            />
            <KeyFacts
                facts={[
                    { label: texts.migrations.models.columns.origin, value: model.origin },
                    { label: texts.migrations.models.columns.layer, value: model.type },
                    { label: words.path, value: <CopyableId id={model.path} /> },
                    { label: texts.migrations.columns.score, value: share(model.score) },
                    { label: words.read, value: count(model.input_rows) },
                    { label: words.gave, value: count(model.output_rows) },
                ]}
            />
            <div className="grid gap-6 xl:grid-cols-[3fr_2fr]">
                <div className="min-w-0">
                    <CodeView code={model.sql} language="sql" title={model.path} />
                </div>
                <div className="min-w-0">
                    <Diagnostics errors={model.errors} />
                    <Tests model={model} />
                </div>
            </div>
        </>
    );
}

function Diagnostics({ errors }: { errors: string[] }) {
    return (
        <Section title={words.diagnostics}>
            {errors.length === 0 ? (
                <p className="text-soft">{words.no_diagnostics}</p>
            ) : (
                <ul className="flex flex-col gap-2">
                    {errors.map((error) => (
                        <li key={error}>
                            <pre
                                tabIndex={0}
                                className="overflow-x-auto rounded-base border bg-panel p-3 font-mono text-small whitespace-pre-wrap"
                            >
                                {error.trim()}
                            </pre>
                        </li>
                    ))}
                </ul>
            )}
        </Section>
    );
}

function Tests({ model }: { model: MigrationModel }) {
    if (model.tests.length === 0)
        return (
            <Section title={words.tests}>
                <p className="text-soft">{words.no_tests}</p>
            </Section>
        );
    return (
        <Section title={words.tests}>
            <Panel is_padded={false}>
                <ul>
                    {model.tests.map((test) => (
                        <li key={test.name} className="border-b px-3 py-2 last:border-b-0">
                            <div className="flex items-center justify-between gap-3">
                                <span className="min-w-0 font-mono text-small break-all">{test.name}</span>
                                {test.has_passed ? (
                                    <Status state="passed" label={words.passed} />
                                ) : (
                                    <Status
                                        state={test.is_warning ? "waiting" : "failed"}
                                        label={test.is_warning ? words.warned : words.failed}
                                    />
                                )}
                            </div>
                            {!test.has_passed && (
                                <p className="mt-1 text-small text-soft">
                                    {test.error || words.failing(count(test.failing_rows))}
                                </p>
                            )}
                        </li>
                    ))}
                </ul>
            </Panel>
        </Section>
    );
}
