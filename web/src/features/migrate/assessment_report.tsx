// What an assessment found, in the words of a reader who decides: how much there is, what becomes of it, what is left to
// people, and what may differ.
import { texts } from "@/texts";
import { Badge } from "@/ui/badge";
import { count } from "@/ui/formats";
import type { Tone } from "@/ui/note";
import { KeyFacts, Panel, Section } from "@/ui/page";
import { ObjectsTable } from "./objects_table";
import type { Assessment } from "./queries";
import { Shares } from "./shares";

const words = texts.migrations.report;
const tones: Record<string, Tone> = { error: "bad", warning: "caution", note: "info" };

export const severity_tone = (severity: string): "bad" | "caution" | "info" =>
    severity === "error" ? "bad" : severity === "warning" ? "caution" : "info";

function classes_of({ objects }: Assessment): Record<string, number> {
    const classes: Record<string, number> = {};
    for (const { object_class } of objects) classes[object_class] = (classes[object_class] ?? 0) + 1;
    return classes;
}

export function AssessmentReport({ of: assessment, has_objects }: { of: Assessment; has_objects?: boolean }) {
    // A migration that was assessed before these were told of has neither.
    const { effort = { small: 0, medium: 0, large: 0 }, findings } = assessment;
    const left = effort.small + effort.medium + effort.large;
    return (
        <>
            <KeyFacts
                facts={[
                    { label: words.tables, value: count(assessment.tables) },
                    { label: words.columns, value: count(assessment.columns) },
                    { label: words.views, value: count(assessment.views) },
                    { label: words.modules, value: count(assessment.modules) },
                    { label: words.constraints, value: count(assessment.constraints) },
                    { label: words.rows, value: count(assessment.rows) },
                ]}
            />
            <Section title={texts.migrations.detail.outcome_expected}>
                <div className="grid items-start gap-4 lg:grid-cols-2">
                    <Shares title={words.classes} shares={classes_of(assessment)} />
                    {left > 0 ? (
                        <Shares
                            title={words.effort(count(left))}
                            shares={{
                                [words.sizes.small]: effort.small,
                                [words.sizes.medium]: effort.medium,
                                [words.sizes.large]: effort.large,
                            }}
                        />
                    ) : (
                        <Panel>
                            <h3 className="mb-2">{words.effort("0")}</h3>
                            <p className="text-soft">{words.no_effort}</p>
                        </Panel>
                    )}
                </div>
            </Section>
            {findings && (
                <Section title={words.findings} about={words.findings_about}>
                    <Findings of={findings} />
                </Section>
            )}
            {has_objects && (
                <Section title={texts.migrations.detail.tabs.objects}>
                    <ObjectsTable assessment={assessment} />
                </Section>
            )}
        </>
    );
}

function Findings({ of: findings }: { of: NonNullable<Assessment["findings"]> }) {
    if (findings.length === 0) return <p className="text-soft">{words.no_findings}</p>;
    return (
        <Panel is_padded={false}>
            <ul>
                {findings.map((one) => (
                    <li key={one.code} className="border-b px-4 py-2.5 last:border-b-0">
                        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                            <span className="w-20">
                                <Badge tone={tones[one.severity] ?? "plain"}>{one.severity}</Badge>
                            </span>
                            <span className="min-w-0 grow font-medium">{one.title}</span>
                            <span className="font-mono text-small text-soft">{one.code}</span>
                            <span className="w-24 text-right text-soft tabular-nums">{words.places(one.places)}</span>
                        </div>
                        {one.help && <p className="mt-1 text-soft sm:ml-23">{one.help}</p>}
                    </li>
                ))}
            </ul>
        </Panel>
    );
}
