// What happened, in order; and the phases of what is going on.
import type { ReactNode } from "react";
import { names } from "./class_names";
import { clock_time, full_moment } from "./formats";
import { Icon } from "./icons";
import { Spinner } from "./spinner";

export type Step = "done" | "running" | "failed" | "waiting";

export interface TimelineEntry {
    id: string;
    title: ReactNode;
    detail?: ReactNode;
    time: string;
    // How long it took, said at the right.
    took?: string;
    step?: Step;
}

const dots: Record<Step, string> = {
    done: "bg-good-soft text-good",
    running: "bg-info-soft text-info",
    failed: "bg-bad-soft text-bad",
    waiting: "bg-hover text-soft",
};

function StepDot({ step }: { step: Step }) {
    return (
        <span className={names("grid size-5 shrink-0 place-items-center rounded-full", dots[step])}>
            {step === "done" && <Icon name="check" size={12} />}
            {step === "failed" && <Icon name="cross" size={12} />}
            {step === "running" && <Spinner />}
            {step === "waiting" && <span className="size-1.5 rounded-full bg-current" />}
        </span>
    );
}

export function Timeline({ entries }: { entries: TimelineEntry[] }) {
    return (
        <ol>
            {entries.map(({ id, title, detail, time, took, step = "done" }, index) => (
                <li key={id} className="flex gap-3">
                    <div className="flex flex-col items-center">
                        <StepDot step={step} />
                        {index < entries.length - 1 && <span className="w-px grow bg-line" />}
                    </div>
                    <div className="min-w-0 grow pb-4">
                        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                            <span className="font-medium">{title}</span>
                            <span className="text-small text-soft tabular-nums">
                                <time dateTime={time} title={full_moment(time)}>
                                    {clock_time(time)}
                                </time>
                                {took && ` · ${took}`}
                            </span>
                        </div>
                        {detail && <div className="mt-0.5 break-words text-soft">{detail}</div>}
                    </div>
                </li>
            ))}
        </ol>
    );
}

export interface Phase {
    name: string;
    about: string;
    step: Step;
    took?: string;
    error?: string;
    // From 0 to 1, of a running phase that knows.
    progress?: number;
    progress_text?: string;
}

function ProgressBar({ value, label }: { value: number; label: string }) {
    return (
        <div
            role="progressbar"
            aria-label={label}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(value * 100)}
            className="h-1.5 overflow-hidden rounded-full bg-hover"
        >
            <div className="h-full rounded-full bg-accent transition-[width]" style={{ width: `${value * 100}%` }} />
        </div>
    );
}

export function Phases({ phases }: { phases: Phase[] }) {
    return (
        <ol className="overflow-hidden rounded-base border bg-panel">
            {phases.map((phase) => (
                <li key={phase.name} className="flex items-start gap-3 border-b px-4 py-2.5 last:border-b-0">
                    <StepDot step={phase.step} />
                    <div className="min-w-0 grow">
                        <div className="flex items-baseline justify-between gap-4">
                            <span className={names("font-medium", phase.step === "waiting" && "text-soft")}>
                                {phase.name}
                            </span>
                            <span className="text-small whitespace-nowrap text-soft tabular-nums">
                                {phase.progress_text ?? phase.took}
                            </span>
                        </div>
                        <div className="text-small text-soft">{phase.about}</div>
                        {phase.progress !== undefined && (
                            <div className="mt-2">
                                <ProgressBar value={phase.progress} label={phase.name} />
                            </div>
                        )}
                        {phase.error && <div className="mt-1 text-small break-words text-bad">{phase.error}</div>}
                    </div>
                </li>
            ))}
        </ol>
    );
}
