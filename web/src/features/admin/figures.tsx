// How much there is, and how much of it was new of late.
import { useMemo } from "react";
import { texts } from "@/texts";
import { Chart, type ChartData } from "@/ui/chart";
import { count } from "@/ui/formats";
import { Section } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import type { Dashboard } from "./queries";

const words = texts.admin;

function label_of(day: string): string {
    return new Date(day).toLocaleDateString(navigator.language, { day: "numeric", month: "short", timeZone: "UTC" });
}

function requests_of({ requests }: Dashboard): ChartData {
    return {
        title: words.requests,
        unit: words.requests_unit,
        kind: "bars",
        is_last_open: true,
        categories: requests.map(({ day }) => label_of(day)),
        series: [
            {
                name: texts.records.audit.done,
                colour: "accent",
                values: requests.map((day) => day.requests - day.failures),
            },
            { name: texts.records.usage.failed, colour: "bad", values: requests.map((day) => day.failures) },
        ],
    };
}

function sign_ups_of({ people }: Dashboard): ChartData {
    return {
        title: words.sign_ups,
        unit: words.sign_ups_unit,
        kind: "bars",
        is_last_open: true,
        categories: people.sign_ups.map(({ day_at }) => label_of(day_at)),
        series: [{ name: words.sign_ups, colour: "accent", values: people.sign_ups.map(({ users }) => users) }],
    };
}

function Figure({ label, value, about }: { label: string; value: number; about: string }) {
    return (
        <div className="rounded-base border bg-panel p-4">
            <dt className="text-soft">{label}</dt>
            <dd className="text-display font-semibold tabular-nums">{count(value)}</dd>
            <dd className="text-small text-soft">{about}</dd>
        </div>
    );
}

export function Figures({ of: dashboard }: { of: Dashboard }) {
    const { tenants, people, work, counted_at } = dashboard;
    const requests = useMemo(() => requests_of(dashboard), [dashboard]);
    const sign_ups = useMemo(() => sign_ups_of(dashboard), [dashboard]);
    const all_tenants = tenants.trial + tenants.active + tenants.suspended + tenants.deleting;
    return (
        <Section
            title={words.figures}
            about={
                <>
                    {words.counted} <RelativeTime time={counted_at} empty={texts.common.never} />
                </>
            }
        >
            <dl className="mb-4 grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
                <Figure
                    label={words.stats.tenants}
                    value={all_tenants}
                    about={`${words.stats.trial(count(tenants.trial))}, ${words.stats.suspended(count(tenants.suspended))}`}
                />
                <Figure
                    label={words.stats.users}
                    value={people.users}
                    about={words.stats.seen(count(people.seen_in_day), count(people.seen_in_month))}
                />
                <Figure
                    label={words.stats.keys}
                    value={people.api_keys}
                    about={words.stats.customer_keys(count(people.customer_keys))}
                />
                <Figure
                    label={words.stats.work}
                    value={work.due}
                    about={words.stats.work_about(count(work.running), count(work.dead))}
                />
            </dl>
            <div className="grid gap-4 xl:grid-cols-2">
                {[requests, sign_ups].map((chart) => (
                    <div key={chart.title}>
                        <h3 className="mb-2 font-medium">{chart.title}</h3>
                        <Chart data={chart} />
                    </div>
                ))}
            </div>
        </Section>
    );
}
