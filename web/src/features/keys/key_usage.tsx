// How often a customer's key was checked: what was valid, and what was refused and why.
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { texts } from "@/texts";
import { Chart, type ChartColour, type ChartData } from "@/ui/chart";
import { Panel, Section } from "@/ui/page";
import { EmptyState, ErrorState, Loading } from "@/ui/states";
import { is_open, useTimeRange, type TimeRange } from "@/ui/time_range";
import { key_usage_query, type KeyUsage } from "./queries";

const words = texts.keys;
const steps_ms = { hour: 3_600_000, day: 86_400_000 };

const colours: Record<string, ChartColour> = {
    valid: "accent",
    rate_limited: "caution",
    credits_exhausted: "info",
    expired: "soft",
    disabled: "soft",
};

function label_of(at: number, by: "hour" | "day"): string {
    const format: Intl.DateTimeFormatOptions =
        by === "hour" ? { hour: "2-digit", minute: "2-digit" } : { day: "numeric", month: "short" };
    return new Date(at).toLocaleString(navigator.language, { ...format, timeZone: "UTC" });
}

function chart_of({ from, to, items }: KeyUsage, range: TimeRange): ChartData {
    const by = range.length === "day" ? "hour" : "day";
    const step_ms = steps_ms[by];
    const start = Math.floor(new Date(from).getTime() / step_ms) * step_ms;
    const times: number[] = [];
    for (let at = start; at < new Date(to).getTime(); at += step_ms) times.push(at);
    const outcomes = [...new Set(items.map((item) => item.outcome))];
    return {
        title: words.usage,
        unit: words.verifications,
        kind: "bars",
        is_last_open: is_open(range),
        categories: times.map((at) => label_of(at, by)),
        series: outcomes.map((outcome) => {
            const values = times.map(() => 0);
            for (const item of items)
                if (item.outcome === outcome)
                    values[Math.floor((new Date(item.at).getTime() - start) / step_ms)] = item.verifications;
            return { name: outcome.replaceAll("_", " "), colour: colours[outcome] ?? "bad", values };
        }),
    };
}

export function KeyUsageSection({ key_id }: { key_id: string }) {
    const [range, picker] = useTimeRange("day", ["day", "week", "month", "quarter"]);
    const { data, error, refetch } = useQuery(key_usage_query(key_id, range));
    const chart = useMemo(() => data && chart_of(data, range), [data, range]);
    return (
        <Section title={words.usage} about={words.usage_about} actions={picker}>
            {error ? (
                <ErrorState error={error} retry={() => void refetch()} />
            ) : !chart ? (
                <Loading lines={1} height={260} />
            ) : chart.series.length === 0 ? (
                <Panel>
                    <EmptyState icon="usage" title={words.usage_none} />
                </Panel>
            ) : (
                <Chart data={chart} />
            )}
        </Section>
    );
}
