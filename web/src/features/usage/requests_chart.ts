// Requests by day as a chart: those that did what they should, and those that were refused or failed.
import { texts } from "@/texts";
import type { ChartData } from "@/ui/chart";
import type { Usage } from "./queries";

const first_refusal = 400;
const day_ms = 86_400_000;

function days_between(from: string, to: string): string[] {
    const days: string[] = [];
    for (let at = Date.parse(from); at <= Date.parse(to); at += day_ms)
        days.push(new Date(at).toISOString().slice(0, 10));
    return days;
}

function label_of(day: string): string {
    return new Date(day).toLocaleDateString(navigator.language, { day: "numeric", month: "short", timeZone: "UTC" });
}

export function requests_by_day({ from, to, requests }: Usage, is_last_open: boolean): ChartData {
    const days = days_between(from, to);
    const sum_of = (wanted: (status: number) => boolean) =>
        days.map((day) =>
            requests.filter((one) => one.day === day && wanted(one.status)).reduce((sum, one) => sum + one.requests, 0),
        );
    return {
        title: texts.records.usage.requests,
        unit: texts.records.usage.requests_unit,
        kind: "bars",
        is_last_open,
        categories: days.map(label_of),
        series: [
            { name: texts.records.audit.done, colour: "accent", values: sum_of((status) => status < first_refusal) },
            { name: texts.records.usage.failed, colour: "bad", values: sum_of((status) => status >= first_refusal) },
        ],
    };
}
