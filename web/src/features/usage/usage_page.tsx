import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useMe } from "@/app/session";
import { texts } from "@/texts";
import { Chart } from "@/ui/chart";
import { DataTable } from "@/ui/data_table";
import { count, duration_of, share } from "@/ui/formats";
import { Note } from "@/ui/note";
import { PageHeader, Section } from "@/ui/page";
import { EmptyState, ErrorState, Loading } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { usage_query, type Usage } from "./queries";
import { Quotas } from "./quotas";
import { requests_by_day } from "./requests_chart";

const words = texts.records.usage;
const first_refusal = 400;

interface EndpointTotal {
    endpoint: string;
    requests: number;
    failed: number;
    total_us: number;
    share: number;
}

function totals_of({ requests }: Usage): EndpointTotal[] {
    const totals = new Map<string, EndpointTotal>();
    for (const one of requests) {
        const total = totals.get(one.endpoint) ?? {
            endpoint: one.endpoint,
            requests: 0,
            failed: 0,
            total_us: 0,
            share: 0,
        };
        total.requests += one.requests;
        total.total_us += one.total_us;
        if (one.status >= first_refusal) total.failed += one.requests;
        totals.set(one.endpoint, total);
    }
    const all = [...totals.values()].reduce((sum, one) => sum + one.requests, 0);
    return [...totals.values()]
        .map((one) => ({ ...one, share: one.requests / all }))
        .sort((one, other) => other.requests - one.requests);
}

const columns: Column<EndpointTotal>[] = [
    {
        id: "endpoint",
        header: words.endpoint,
        cell: (one) => <span className="font-mono text-small">{one.endpoint}</span>,
        text: (one) => one.endpoint,
        order: (one) => one.endpoint,
        width: "40%",
    },
    {
        id: "requests",
        header: words.requests_count,
        cell: (one) => count(one.requests),
        order: (one) => one.requests,
        is_number: true,
    },
    { id: "share", header: words.share, cell: (one) => share(one.share), order: (one) => one.share, is_number: true },
    {
        id: "failed",
        header: words.failed,
        cell: (one) => count(one.failed),
        order: (one) => one.failed,
        is_number: true,
    },
    {
        id: "mean",
        header: words.mean,
        cell: (one) => duration_of(one.total_us / one.requests / 1000),
        order: (one) => one.total_us / one.requests,
        is_number: true,
    },
];

export function Component() {
    const tenant_id = useMe()?.tenant_id;
    const { data, error, refetch } = useQuery(usage_query);
    const chart = useMemo(() => data && requests_by_day(data), [data]);
    const totals = useMemo(() => data && totals_of(data), [data]);
    return (
        <>
            <PageHeader title={words.title} about={words.about} />
            {tenant_id && (
                <Section title={words.quotas}>
                    <Quotas tenant_id={tenant_id} />
                </Section>
            )}
            {error ? (
                <ErrorState error={error} retry={() => void refetch()} />
            ) : (
                <>
                    <Section title={words.requests}>
                        {data && !data.is_complete && (
                            <div className="mb-3">
                                <Note tone="caution">{words.incomplete}</Note>
                            </div>
                        )}
                        {chart ? <Chart data={chart} /> : <Loading lines={1} height={274} />}
                    </Section>
                    <Section title={words.by_endpoint}>
                        <DataTable
                            label={words.by_endpoint}
                            query={{ data: totals, error: null, isPending: !totals, refetch }}
                            columns={columns}
                            row_id={(one) => one.endpoint}
                            empty={<EmptyState icon="usage" title={words.none} />}
                        />
                    </Section>
                </>
            )}
        </>
    );
}
