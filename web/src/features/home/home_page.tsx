import { queryOptions, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Link } from "react-router";
import { api, body_of } from "@/api/client";
import { useCan, useMe } from "@/app/session";
import { migrations_query } from "@/features/migrate/queries";
import { usage_query } from "@/features/usage/queries";
import { Quotas } from "@/features/usage/quotas";
import { requests_by_day } from "@/features/usage/requests_chart";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import { Chart } from "@/ui/chart";
import { count } from "@/ui/formats";
import { PageHeader, Panel, Section } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { EmptyState, ErrorState, Loading } from "@/ui/states";
import { last_days } from "@/ui/time_range";
import { FirstSteps } from "./first_steps";

const words = texts.home;
const recent = 5;

const readiness_query = queryOptions({ queryKey: ["ready"], queryFn: () => body_of(api.GET("/ready")) });
const health_query = queryOptions({ queryKey: ["health"], queryFn: () => body_of(api.GET("/health")) });

export function Component() {
    const can = useCan();
    const tenant_id = useMe()?.tenant_id;
    return (
        <>
            <PageHeader title={words.title} />
            <FirstSteps />
            <div className="grid gap-x-6 lg:grid-cols-[3fr_2fr]">
                <div className="min-w-0">
                    {can("migrations.read") && <RecentMigrations />}
                    {can("usage.read") && <Requests />}
                </div>
                <div className="min-w-0">
                    {can("usage.read") && tenant_id && (
                        <Section title={words.quotas}>
                            <Quotas tenant_id={tenant_id} />
                        </Section>
                    )}
                    <HealthFacts />
                </div>
            </div>
        </>
    );
}

function RecentMigrations() {
    const { data, error, refetch } = useInfiniteQuery(migrations_query({}));
    const all = (
        <Link to="/migrations" className="link">
            {words.all_migrations}
        </Link>
    );
    return (
        <Section title={words.recent} actions={all}>
            <Panel is_padded={false}>
                {error ? (
                    <ErrorState error={error} retry={() => void refetch()} />
                ) : !data ? (
                    <Loading lines={recent} height={44} />
                ) : data.length === 0 ? (
                    <EmptyState icon="migrate" title={words.no_migrations} />
                ) : (
                    <ul>
                        {data.slice(0, recent).map((one) => (
                            <li key={one.id} className="border-b last:border-b-0">
                                <Link
                                    to={`/migrations/${one.id}`}
                                    className="flex h-11 items-center gap-4 px-4 hover:bg-hover focus-visible:-outline-offset-2"
                                >
                                    <span className="min-w-0 grow truncate font-medium">{one.project_name}</span>
                                    <Status state={one.status} />
                                    <span className="hidden w-20 text-right text-soft tabular-nums sm:block">
                                        {count(one.completed_models)} / {count(one.total_models)}
                                    </span>
                                    <span className="w-24 text-right text-soft">
                                        <RelativeTime time={one.created_at} />
                                    </span>
                                </Link>
                            </li>
                        ))}
                    </ul>
                )}
            </Panel>
        </Section>
    );
}

function Requests() {
    const { data, error, refetch } = useQuery(usage_query(last_days("month")));
    const chart = useMemo(() => data && requests_by_day(data, true), [data]);
    return (
        <Section title={words.usage} about={words.usage_about}>
            {error ? (
                <ErrorState error={error} retry={() => void refetch()} />
            ) : chart ? (
                <Chart data={chart} />
            ) : (
                <Loading lines={1} height={274} />
            )}
        </Section>
    );
}

function HealthFacts() {
    const ready = useQuery(readiness_query);
    const health = useQuery(health_query).data;
    return (
        <Section title={words.health}>
            {ready.error ? (
                <ErrorState error={ready.error} retry={() => void ready.refetch()} />
            ) : (
                <Panel>
                    <dl className="grid grid-cols-[1fr_auto] items-center justify-items-start gap-y-2 [&>dd]:justify-self-end">
                        <dt className="text-soft">{words.database}</dt>
                        <dd>{ready.data ? <Status state="ok" label={ready.data.database} /> : "–"}</dd>
                        <dt className="text-soft">{words.redis}</dt>
                        <dd>{ready.data?.redis === "ok" ? <Status state="ok" /> : (ready.data?.redis ?? "–")}</dd>
                        <dt className="text-soft">{words.version}</dt>
                        <dd className="tabular-nums">{health?.version ?? "–"}</dd>
                    </dl>
                </Panel>
            )}
        </Section>
    );
}
