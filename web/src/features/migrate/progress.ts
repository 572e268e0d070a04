// How far a migration is shown to be: as far as it ever was while it ran, by what was read of it and what the stream told.
// (After a kill an agent begins its phase anew, and its counts with it.)
import { texts } from "@/texts";
import { duration } from "@/ui/formats";
import type { Phase } from "@/ui/timeline";
import { has_ended, type Migration, type MigrationDetail } from "./queries";

const phase_order = ["assessment", "planning", "execution", "testing", "rebuilding", "evaluation", "complete"] as const;

export type Progress = Pick<Migration, "status" | "phase" | "total_models" | "completed_models" | "failed_models">;

function is_further(one: Progress, other: Progress): boolean {
    const [ahead, behind] = [phase_order.indexOf(one.phase), phase_order.indexOf(other.phase)];
    if (ahead !== behind) return ahead > behind;
    return one.completed_models + one.failed_models > other.completed_models + other.failed_models;
}

export function progress_of(shown: Progress, read: MigrationDetail, told: Progress | null): Progress {
    if (has_ended(read.status)) return read;
    const first = shown.status === "running" ? shown : read;
    const news = told?.status === "running" ? [read, told] : [read];
    return news.reduce<Progress>((furthest, one) => (is_further(one, furthest) ? one : furthest), first);
}

export function phases_of(read: MigrationDetail, progress: Progress): Phase[] {
    const words = texts.migrations;
    const current = phase_order.indexOf(progress.phase);
    return phase_order
        .filter((name) => name !== "complete")
        .map((name): Phase | null => {
            const record = read.phases.findLast((one) => one.phase === name);
            const at = phase_order.indexOf(name);
            const is_current = at === current && progress.status === "running";
            // Nothing had to be rebuilt.
            if (name === "rebuilding" && !record && at < current) return null;
            const base = { name: words.phases[name], about: words.phase_about[name] };
            if (is_current && name === "testing" && progress.total_models > 0) {
                const done = progress.completed_models + progress.failed_models;
                return {
                    ...base,
                    step: "running",
                    progress: done / progress.total_models,
                    progress_text: words.detail.progress(done, progress.total_models),
                };
            }
            if (is_current) return { ...base, step: "running" };
            if (record?.error && at >= current) return { ...base, step: "failed", error: record.error };
            if (record) {
                const took = duration(record.started_at, record.finished_at);
                const tries = record.attempt > 1 ? ` · ${words.detail.attempt(record.attempt)}` : "";
                return { ...base, step: "done", took: took + tries };
            }
            return { ...base, step: at < current ? "done" : "waiting" };
        })
        .filter((phase) => phase !== null);
}
