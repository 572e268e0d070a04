// Which object reads which, to be moved and zoomed. A press on one leaves only what it has to do with in full colour.
import { useEffect, useMemo, useRef, useState, type PointerEvent } from "react";
import { texts } from "@/texts";
import { Button } from "@/ui/button";
import { names } from "@/ui/class_names";
import { EmptyState } from "@/ui/states";
import { layout_of, node_size, related_to, type Layout, type Node } from "./lineage_layout";
import type { Assessment } from "./queries";

const words = texts.migrations.lineage;
const closest = 2.5;
const farthest = 0.1;
const zoom_step = 1.25;

interface View {
    x: number;
    y: number;
    scale: number;
}

const limited = (scale: number) => Math.min(closest, Math.max(farthest, scale));

function fitting(layout: Layout, frame: { width: number; height: number }): View {
    const scale = limited(Math.min((frame.width - 32) / layout.width, (frame.height - 32) / layout.height, 1));
    return {
        scale,
        x: Math.max(16, (frame.width - layout.width * scale) / 2),
        y: Math.max(16, (frame.height - layout.height * scale) / 2),
    };
}

// The point below `at` stays where it is.
function zoomed(view: View, factor: number, at: { x: number; y: number }): View {
    const scale = limited(view.scale * factor);
    const ratio = scale / view.scale;
    return { scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
}

export function LineageGraph({ assessment }: { assessment: Assessment | null }) {
    const layout = useMemo(() => (assessment ? layout_of(assessment) : null), [assessment]);
    if (!layout || layout.nodes.length === 0)
        return <EmptyState icon="runs" title={texts.migrations.detail.no_lineage} />;
    return <Graph layout={layout} />;
}

function Graph({ layout }: { layout: Layout }) {
    const frame = useRef<HTMLDivElement>(null);
    const [view, set_view] = useState<View>({ x: 16, y: 16, scale: 0.5 });
    const [chosen, set_chosen] = useState<string | null>(null);
    const grip = useRef<{ x: number; y: number } | null>(null);
    const related = useMemo(() => (chosen ? related_to(chosen, layout.edges) : null), [chosen, layout]);

    const size = () => ({ width: frame.current?.clientWidth ?? 800, height: frame.current?.clientHeight ?? 500 });
    const fit = () => set_view(fitting(layout, size()));
    const zoom = (factor: number) =>
        set_view((before) => zoomed(before, factor, { x: size().width / 2, y: size().height / 2 }));

    useEffect(() => {
        const element = frame.current;
        if (!element) return undefined;
        set_view(fitting(layout, { width: element.clientWidth, height: element.clientHeight }));
        // React listens to wheels passively, and then the page would zoom as well.
        function turn(event: WheelEvent) {
            if (!event.ctrlKey && !event.metaKey) return;
            event.preventDefault();
            const at = { x: event.offsetX, y: event.offsetY };
            set_view((before) => zoomed(before, event.deltaY < 0 ? zoom_step : 1 / zoom_step, at));
        }
        element.addEventListener("wheel", turn, { passive: false });
        return () => element.removeEventListener("wheel", turn);
    }, [layout]);

    function drag(event: PointerEvent) {
        const held = grip.current;
        if (!held) return;
        const step = { x: event.clientX - held.x, y: event.clientY - held.y };
        grip.current = { x: event.clientX, y: event.clientY };
        set_view((before) => ({ ...before, x: before.x + step.x, y: before.y + step.y }));
    }

    return (
        <div>
            <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
                <p className="text-small text-soft">{words.legend}</p>
                <div className="flex gap-1">
                    <Button size="small" onClick={() => zoom(1 / zoom_step)}>
                        {words.zoom_out}
                    </Button>
                    <Button size="small" onClick={() => zoom(zoom_step)}>
                        {words.zoom_in}
                    </Button>
                    <Button size="small" onClick={fit}>
                        {words.fit}
                    </Button>
                </div>
            </div>
            <div
                ref={frame}
                className="h-[60dvh] min-h-80 cursor-grab touch-none overflow-hidden rounded-base border bg-panel active:cursor-grabbing"
                onPointerDown={(event) => {
                    grip.current = { x: event.clientX, y: event.clientY };
                }}
                onPointerMove={drag}
                onPointerUp={() => (grip.current = null)}
                onPointerLeave={() => (grip.current = null)}
            >
                <svg width="100%" height="100%" role="group" aria-label={texts.migrations.detail.tabs.lineage}>
                    <g transform={`translate(${view.x} ${view.y}) scale(${view.scale})`}>
                        {layout.edges.map(({ from, to }) => (
                            <Edge
                                key={`${from.name} ${to.name}`}
                                from={from}
                                to={to}
                                is_lit={related !== null && related.has(from.name) && related.has(to.name)}
                                is_dim={related !== null && !(related.has(from.name) && related.has(to.name))}
                            />
                        ))}
                        {layout.nodes.map((node) => (
                            <NodeBox
                                key={node.name}
                                node={node}
                                is_chosen={node.name === chosen}
                                is_dim={related !== null && !related.has(node.name)}
                                choose={() => set_chosen(node.name === chosen ? null : node.name)}
                            />
                        ))}
                    </g>
                </svg>
            </div>
        </div>
    );
}

interface EdgeProps {
    from: Node;
    to: Node;
    is_lit: boolean;
    is_dim: boolean;
}

function Edge({ from, to, is_lit, is_dim }: EdgeProps) {
    const start = { x: from.x + node_size.width, y: from.y + node_size.height / 2 };
    const end = { x: to.x, y: to.y + node_size.height / 2 };
    const bend = Math.max(30, (end.x - start.x) / 2);
    return (
        <path
            d={`M${start.x} ${start.y}C${start.x + bend} ${start.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`}
            fill="none"
            strokeWidth={is_lit ? 2 : 1}
            className={names(is_lit ? "stroke-accent" : "stroke-line-strong", is_dim ? "opacity-15" : "opacity-70")}
        />
    );
}

interface NodeProps {
    node: Node;
    is_chosen: boolean;
    is_dim: boolean;
    choose: () => void;
}

function NodeBox({ node, is_chosen, is_dim, choose }: NodeProps) {
    return (
        <g
            transform={`translate(${node.x} ${node.y})`}
            role="button"
            tabIndex={0}
            aria-pressed={is_chosen}
            aria-label={`${node.kind} ${node.name}`}
            onClick={choose}
            onKeyDown={(event) => {
                if (event.key !== "Enter" && event.key !== " ") return;
                event.preventDefault();
                choose();
            }}
            className={names("group cursor-pointer outline-none", is_dim && "opacity-25")}
        >
            <title>{`${node.kind} ${node.name}`}</title>
            <rect
                {...node_size}
                rx={4}
                className={names(
                    "group-focus-visible:stroke-accent group-focus-visible:stroke-2",
                    is_chosen
                        ? "fill-accent-soft stroke-accent"
                        : node.kind === "table"
                          ? "fill-ground stroke-line-strong"
                          : "fill-info-soft stroke-info",
                )}
            />
            {/* Cuts off what is longer than the box. */}
            <svg {...node_size}>
                <text x={8} y={17} className="fill-text font-mono text-[11px]">
                    {node.name}
                </text>
            </svg>
        </g>
    );
}
