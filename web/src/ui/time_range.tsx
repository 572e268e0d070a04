// Of which time something is shown: one of the usual lengths up to now, or days of one's own. It stands in the address,
// so that it can be sent to somebody. Days are of UTC, as the server counts them.
import { useMemo, type ReactNode } from "react";
import { useSearchParams } from "react-router";
import { texts } from "@/texts";
import { names } from "./class_names";

const day_ms = 86_400_000;
const hour_ms = 3_600_000;
const days_of = { day: 1, week: 7, month: 30, quarter: 90 };

export type Length = keyof typeof days_of;

export interface TimeRange {
    length: Length | "own";
    // The first and the last day, both within it.
    from: string;
    to: string;
}

const day_at = (moment: number) => new Date(moment).toISOString().slice(0, 10);
const is_day = (text: string | null): text is string => text !== null && !Number.isNaN(Date.parse(text));
const is_length = (text: string | null): text is Length => text !== null && text in days_of;

function range_of(params: URLSearchParams, first: Length): TimeRange {
    const [wanted, from, to] = [params.get("range"), params.get("from"), params.get("to")];
    if (wanted === "own" && is_day(from) && is_day(to) && from <= to) return { length: "own", from, to };
    return last_days(is_length(wanted) ? wanted : first);
}

export function last_days(length: Length): TimeRange {
    const now = Date.now();
    return { length, from: day_at(now - (length === "day" ? 1 : days_of[length] - 1) * day_ms), to: day_at(now) };
}

// For what is asked by moments: whole hours of the last day, else whole days, never past now.
export function moments_of({ length, from, to }: TimeRange): { from: string; to: string } {
    const now = Date.now();
    const start = length === "day" ? Math.floor((now - day_ms) / hour_ms) * hour_ms : Date.parse(from);
    return {
        from: new Date(start).toISOString(),
        to: new Date(Math.min(now, Date.parse(to) + day_ms)).toISOString(),
    };
}

// Whether the last day is today, so that it goes on.
export const is_open = ({ to }: TimeRange) => to >= day_at(Date.now());

export function useTimeRange(first: Length, lengths: Length[]): [TimeRange, ReactNode] {
    const [params, set_params] = useSearchParams();
    const range = useMemo(() => range_of(params, first), [params, first]);
    const choose = (changes: Record<string, string>) =>
        set_params(
            (before) => {
                for (const [name, value] of Object.entries(changes)) before.set(name, value);
                return before;
            },
            { replace: true },
        );
    const own = { range: "own", from: range.from, to: range.to };
    const picker = (
        <div className="flex flex-wrap items-center gap-1" role="group" aria-label={texts.time.range}>
            {lengths.map((length) => (
                <Chip
                    key={length}
                    label={texts.time.lengths[length]}
                    is_chosen={range.length === length}
                    choose={() => choose({ range: length })}
                />
            ))}
            <Chip label={texts.time.own} is_chosen={range.length === "own"} choose={() => choose(own)} />
            {range.length === "own" && (
                <span className="flex items-center gap-1">
                    <Day
                        label={texts.time.from}
                        value={range.from}
                        max={range.to}
                        change={(from) => choose({ from })}
                    />
                    <span className="text-soft">–</span>
                    <Day label={texts.time.to} value={range.to} min={range.from} change={(to) => choose({ to })} />
                </span>
            )}
        </div>
    );
    return [range, picker];
}

function Chip({ label, is_chosen, choose }: { label: string; is_chosen: boolean; choose: () => void }) {
    return (
        <button
            type="button"
            aria-pressed={is_chosen}
            onClick={choose}
            className={names(
                "h-7 rounded-full border px-2.5 text-small font-medium",
                is_chosen ? "border-accent bg-accent-soft text-accent" : "text-soft hover:bg-hover hover:text-text",
            )}
        >
            {label}
        </button>
    );
}

interface DayProps {
    label: string;
    value: string;
    min?: string;
    max?: string;
    change: (day: string) => void;
}

function Day({ label, value, change, ...limits }: DayProps) {
    return (
        <input
            type="date"
            aria-label={label}
            value={value}
            {...limits}
            onChange={(event) => event.target.value && change(event.target.value)}
            className="h-7 rounded-base border border-line-strong bg-panel px-1.5 text-small"
        />
    );
}
