// How often a customer's key was checked: what was valid, and what was refused and why.
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { texts } from "@/texts";
import { Chart, type ChartColour, type ChartData } from "@/ui/chart";
import { Select } from "@/ui/fields";
import { Panel, Section } from "@/ui/page";
import { EmptyState, ErrorState, Loading } from "@/ui/states";
import { key_usage_query, type KeyUsage } from "./queries";

const words = texts.keys;
const ranges = {
    day: { by: "hour", days: 1, step_ms: 3_600_000 },
    month: { by: "day", days: 30, step_ms: 86_400_000 },
} as const;
type Range = keyof typeof ranges;

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

function chart_of({ from, to, items }: KeyUsage, range: Range): ChartData {
    const { by, step_ms } = ranges[range];
    const start = Math.floor(new Date(from).getTime() / step_ms) * step_ms;
    const times: number[] = [];
    for (let at = start; at < new Date(to).getTime(); at += step_ms) times.push(at);
    const outcomes = [...new Set(items.map((item) => item.outcome))];
    return {
        title: words.usage,
        unit: words.verifications,
        kind: "bars",
        is_last_open: true,
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
    const [range, set_range] = useState<Range>("day");
    const { by, days } = ranges[range];
    const { data, error, refetch } = useQuery(key_usage_query(key_id, by, days));
    const chart = useMemo(() => data && chart_of(data, range), [data, range]);
    return (
        <Section
            title={words.usage}
            about={words.usage_about}
            actions={
                <span className="w-36">
                    <Select
                        aria-label={words.usage}
                        value={range}
                        change={(value) => set_range(value === "month" ? "month" : "day")}
                        choices={[
                            { value: "day", label: words.range_day },
                            { value: "month", label: words.range_month },
                        ]}
                    />
                </span>
            }
        >
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
