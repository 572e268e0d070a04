// One model: its SQL with what is to be said of it, and how its tests went.
import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { texts } from "@/texts";
import { Badge, Status } from "@/ui/badge";
import { CodeView, SideBySide, type Diagnostic } from "@/ui/code_view";
import { CopyableId } from "@/ui/copyable_id";
import { count, share } from "@/ui/formats";
import { KeyFacts, PageHeader, Panel, Section } from "@/ui/page";
import { ErrorState, Loading } from "@/ui/states";
import { severity_tone } from "./assessment_report";
import { fidelity_tone } from "./fidelity";
import { migration_query, model_query, type MigrationModelDetail, type ModelDiagnostic } from "./queries";

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
            <div className="mb-6">
                <SideBySide
                    left={
                        model.source ? (
                            <CodeView
                                code={model.source.text}
                                language="sql"
                                title={`${model.source.file}:${model.source.line}`}
                                first_line={model.source.line}
                                diagnostics={model.diagnostics.map(said_of)}
                            />
                        ) : (
                            <Panel>
                                <p className="text-soft">{words.no_source}</p>
                            </Panel>
                        )
                    }
                    right={<CodeView code={model.sql} language="sql" title={model.path} />}
                />
            </div>
            <div className="grid gap-x-6 xl:grid-cols-2">
                <div className="min-w-0">
                    <Diagnostics of={model} />
                </div>
                <div className="min-w-0">
                    <Tests model={model} />
                </div>
            </div>
        </>
    );
}

function said_of({ code, severity, title, message, help, line, column }: ModelDiagnostic): Diagnostic {
    const place = words.column(column);
    return {
        line,
        tone: severity_tone(severity),
        text: [`${code} ${title} (${place})`, message, help].filter(Boolean).join("\n"),
    };
}

// What the engine said, and what the translation says where no source is there to say it beside.
function Diagnostics({ of: { errors, diagnostics, source } }: { of: MigrationModelDetail }) {
    const apart = source ? [] : diagnostics.map((one) => `${one.file}:${one.line} ${said_of(one).text}`);
    const all = [...errors.map((error) => error.trim()), ...apart];
    const is_clean = all.length === 0 && diagnostics.length === 0;
    return (
        <Section title={words.diagnostics}>
            {all.length === 0 ? (
                <p className="text-soft">{is_clean ? words.no_diagnostics : words.at_lines(diagnostics.length)}</p>
            ) : (
                <ul className="flex flex-col gap-2">
                    {all.map((text, index) => (
                        <li key={index}>
                            <pre
                                tabIndex={0}
                                className="overflow-x-auto rounded-base border bg-panel p-3 font-mono text-small whitespace-pre-wrap"
                            >
                                {text}
                            </pre>
                        </li>
                    ))}
                </ul>
            )}
        </Section>
    );
}

function Tests({ model }: { model: MigrationModelDetail }) {
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
