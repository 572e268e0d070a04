// The part of a chart that needs ECharts, of which only what is used here is bundled.
import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, TooltipComponent } from "echarts/components";
import { init, use, type EChartsCoreOption } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { useIsDark } from "@/app/scheme";
import type { ChartColour, ChartData, ChartSeries } from "./chart";
import { compact_count, count } from "./formats";

use([BarChart, LineChart, GridComponent, TooltipComponent, CanvasRenderer]);

const widest_bar = 28;

// As the canvas needs them: resolved out of the variables of the theme that is on.
function colour_of(element: HTMLElement, name: string): string {
    element.style.color = `var(--${name})`;
    const colour = getComputedStyle(element).color;
    element.style.color = "";
    return colour;
}

function series_of(data: ChartData, one: ChartSeries, index: number, colour: (name: ChartColour) => string) {
    const is_last = index === data.series.length - 1;
    const own = colour(one.colour);
    if (data.kind === "line") return { type: "line", name: one.name, data: one.values, symbol: "none", color: own };
    const open_at = data.is_last_open ? one.values.length - 1 : -1;
    return {
        type: "bar",
        name: one.name,
        stack: "all",
        color: own,
        barMaxWidth: widest_bar,
        data: one.values.map((value, at) => ({
            value,
            itemStyle: {
                borderRadius: is_last ? [2, 2, 0, 0] : 0,
                // The period that has not ended is only outlined.
                ...(at === open_at && value > 0
                    ? { color: "transparent", borderColor: own, borderType: "dashed" }
                    : {}),
            },
        })),
    };
}

function options_of(data: ChartData, element: HTMLElement): EChartsCoreOption {
    const soft = colour_of(element, "soft");
    const line = colour_of(element, "line");
    const font = { color: soft, fontFamily: "Inter, sans-serif", fontSize: 12 };
    return {
        animation: false,
        grid: { left: 0, right: 8, top: 12, bottom: 0, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
        xAxis: {
            type: "category",
            data: data.categories,
            axisLine: { lineStyle: { color: line } },
            axisTick: { show: false },
            axisLabel: { ...font, hideOverlap: true },
        },
        yAxis: {
            type: "value",
            min: 0,
            minInterval: 1,
            splitNumber: 3,
            splitLine: { lineStyle: { color: line } },
            axisLabel: { ...font, formatter: (value: number) => compact_count(value) },
        },
        // Drawn, since the other kind writes styles into the page, which its policy forbids.
        tooltip: {
            trigger: "axis",
            renderMode: "richText",
            confine: true,
            axisPointer: { type: "shadow", shadowStyle: { opacity: 0.08 } },
            backgroundColor: colour_of(element, "raised"),
            borderColor: line,
            textStyle: { ...font, color: colour_of(element, "text") },
            valueFormatter: (value: unknown) => `${count(Number(value))} ${data.unit}`,
        },
        series: data.series.map((one, index) => series_of(data, one, index, (name) => colour_of(element, name))),
    };
}

export default function ChartCanvas({ data, height }: { data: ChartData; height: number }) {
    const place = useRef<HTMLDivElement>(null);
    const is_dark = useIsDark();
    useEffect(() => {
        const element = place.current;
        if (!element) return undefined;
        const chart = init(element);
        chart.setOption(options_of(data, element));
        const watch = new ResizeObserver(() => chart.resize());
        watch.observe(element);
        return () => {
            watch.disconnect();
            chart.dispose();
        };
    }, [data, is_dark]);
    return (
        <>
            <div ref={place} style={{ height: data.series.length > 1 ? height - 24 : height }} aria-hidden="true" />
            {data.series.length > 1 && <Legend series={data.series} />}
        </>
    );
}

const swatches: Record<ChartColour, string> = {
    accent: "bg-accent",
    good: "bg-good",
    caution: "bg-caution",
    bad: "bg-bad",
    info: "bg-info",
    soft: "bg-line-strong",
};

function Legend({ series }: { series: ChartSeries[] }) {
    return (
        <div className="flex h-6 items-end gap-4 overflow-hidden text-small text-soft">
            {series.map(({ name, colour }) => (
                <span key={name} className="flex items-center gap-1.5 whitespace-nowrap">
                    <span className={`size-2 rounded-[2px] ${swatches[colour]}`} />
                    {name}
                </span>
            ))}
        </div>
    );
}
