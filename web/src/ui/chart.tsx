// A chart with what stands behind it: exact values on hover, the same as a table, and as CSV. ECharts itself is loaded
// when the first chart comes into sight of the program.
import { lazy, Suspense, useState } from "react";
import { texts } from "@/texts";
import { Button } from "./button";
import { count } from "./formats";
import { csv_of, save_text } from "./save_file";

export type ChartColour = "accent" | "good" | "caution" | "bad" | "info" | "soft";

export interface ChartSeries {
    name: string;
    colour: ChartColour;
    values: number[];
}

export interface ChartData {
    // In words, for those who do not see it, and the CSV file's name.
    title: string;
    unit: string;
    categories: string[];
    series: ChartSeries[];
    kind: "bars" | "line";
    // The last category is a period that has not ended.
    is_last_open?: boolean;
}

const Canvas = lazy(() => import("./chart_canvas"));
const height = 220;

function rows_of({ categories, series }: ChartData): string[][] {
    const rows = categories.map((category, index) => [
        category,
        ...series.map(({ values }) => String(values[index] ?? 0)),
    ]);
    return [["", ...series.map(({ name }) => name)], ...rows];
}

export function Chart({ data }: { data: ChartData }) {
    const [is_table, set_table] = useState(false);
    const total = data.series.flatMap(({ values }) => values).reduce((sum, value) => sum + value, 0);
    return (
        <figure className="rounded-base border bg-panel p-3">
            <figcaption className="mb-1 flex items-center justify-between gap-2">
                <span className="text-small text-soft">
                    <span className="text-base font-medium text-text tabular-nums">{count(total)}</span> {data.unit}
                </span>
                <span className="flex gap-1">
                    <Button kind="quiet" size="small" aria-pressed={is_table} onClick={() => set_table(!is_table)}>
                        {is_table ? texts.common.chart : texts.common.table}
                    </Button>
                    <Button
                        kind="quiet"
                        size="small"
                        icon="download"
                        onClick={() => save_text(`${data.title}.csv`, "text/csv", csv_of(rows_of(data)))}
                    >
                        {texts.common.download_csv}
                    </Button>
                </span>
            </figcaption>
            {is_table ? (
                <Values data={data} />
            ) : (
                <div role="img" aria-label={`${data.title}: ${count(total)} ${data.unit}`} style={{ height }}>
                    <Suspense fallback={null}>
                        <Canvas data={data} height={height} />
                    </Suspense>
                </div>
            )}
        </figure>
    );
}

function Values({ data }: { data: ChartData }) {
    return (
        <div className="overflow-auto" style={{ maxHeight: height }} tabIndex={0} role="region" aria-label={data.title}>
            <table className="w-full tabular-nums">
                <thead>
                    <tr className="text-small text-soft">
                        <th scope="col" className="text-left font-medium">
                            <span className="sr-only">{data.title}</span>
                        </th>
                        {data.series.map(({ name }) => (
                            <th key={name} scope="col" className="text-right font-medium">
                                {name}
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody>
                    {data.categories.map((category, index) => (
                        <tr key={category} className="border-t">
                            <th scope="row" className="py-0.5 text-left font-normal">
                                {category}
                            </th>
                            {data.series.map(({ name, values }) => (
                                <td key={name} className="text-right">
                                    {count(values[index] ?? 0)}
                                </td>
                            ))}
                        </tr>
                    ))}
                </tbody>
            </table>
        </div>
    );
}
