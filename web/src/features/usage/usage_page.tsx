import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { useMe } from "@/app/session";
import { useActorNames } from "@/features/audit/actor_names";
import { texts } from "@/texts";
import { Button } from "@/ui/button";
import { Chart } from "@/ui/chart";
import { DataTable } from "@/ui/data_table";
import { count, duration_of, share } from "@/ui/formats";
import { Note } from "@/ui/note";
import { PageHeader, Section } from "@/ui/page";
import { csv_of, save_text } from "@/ui/save_file";
import { EmptyState, ErrorState, Loading } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { is_open, useTimeRange } from "@/ui/time_range";
import { totals_by, type By, type Total } from "./breakdown";
import { usage_query, type Usage } from "./queries";
import { Quotas } from "./quotas";
import { requests_by_day } from "./requests_chart";

const words = texts.records.usage;
const breakdowns: By[] = ["endpoint", "credential", "status"];

function columns_by(by: By, said: (name: string) => string): Column<Total>[] {
    return [
        {
            id: "name",
            header: words.by[by],
            cell: (one) => (
                <span className="font-mono text-small" title={one.name}>
                    {said(one.name)}
                </span>
            ),
            text: (one) => said(one.name),
            order: (one) => said(one.name),
            width: "40%",
        },
        {
            id: "requests",
            header: words.requests_count,
            cell: (one) => count(one.requests),
            order: (one) => one.requests,
            is_number: true,
        },
        {
            id: "share",
            header: words.share,
            cell: (one) => share(one.share),
            order: (one) => one.share,
            is_number: true,
        },
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
}

export function Component() {
    const tenant_id = useMe()?.tenant_id;
    const [range, picker] = useTimeRange("month", ["week", "month", "quarter"]);
    const { data, error, refetch } = useQuery(usage_query(range));
    const chart = useMemo(() => data && requests_by_day(data, is_open(range)), [data, range]);
    return (
        <>
            <PageHeader title={words.title} about={words.about} />
            {tenant_id && (
                <Section title={words.quotas}>
                    <Quotas tenant_id={tenant_id} />
                </Section>
            )}
            <Section title={words.requests} actions={picker}>
                {error ? (
                    <ErrorState error={error} retry={() => void refetch()} />
                ) : chart ? (
                    <Chart data={chart} />
                ) : (
                    <Loading lines={1} height={274} />
                )}
                {data && !data.is_complete && (
                    <div className="mt-3">
                        <Note tone="caution">{words.incomplete}</Note>
                    </div>
                )}
            </Section>
            {!error && <Breakdown usage={data} refetch={refetch} />}
        </>
    );
}

function Breakdown({ usage, refetch }: { usage: Usage | undefined; refetch: () => unknown }) {
    const [params, set_params] = useSearchParams();
    const named = useActorNames();
    const by = breakdowns.find((one) => one === params.get("by")) ?? "endpoint";
    const totals = useMemo(() => usage && totals_by(by, usage), [by, usage]);
    const columns = useMemo(
        () => columns_by(by, by === "credential" ? (id) => named(id) || words.no_credential : (name) => name),
        [by, named],
    );
    function choose(value: string) {
        set_params(
            (before) => {
                before.set("by", value);
                return before;
            },
            { replace: true },
        );
    }
    function save() {
        const rows = (totals ?? []).map((one) => [
            one.name,
            String(one.requests),
            String(one.failed),
            (one.total_us / one.requests / 1000).toFixed(3),
        ]);
        const head = [words.by[by], words.requests_count, words.failed, `${words.mean} (ms)`];
        save_text(`${words.breakdown} ${by}.csv`, "text/csv", csv_of([head, ...rows]));
    }
    return (
        <Section
            title={words.breakdown}
            actions={
                <Button icon="download" disabled={!totals?.length} onClick={save}>
                    {texts.common.download_csv}
                </Button>
            }
        >
            <DataTable
                key={by}
                label={words.breakdown}
                query={{ data: totals, error: null, isPending: !totals, refetch }}
                columns={columns}
                row_id={(one) => one.name}
                search={words.search}
                facets={[
                    {
                        label: words.breakdown,
                        value: by,
                        change: choose,
                        choices: breakdowns.map((value) => ({ value, label: words.by[value] })),
                    },
                ]}
                empty={<EmptyState icon="usage" title={words.none} />}
            />
        </Section>
    );
}
