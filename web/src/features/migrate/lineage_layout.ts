// Places of a lineage: what is read stands left of what reads it, in columns by the longest way from a source; within a
// column near what it reads, so that few lines cross.
import type { Assessment } from "./queries";

export const node_size = { width: 220, height: 26 };
const gaps = { column: 70, row: 10 };
const rounds_of_ordering = 4;

export interface Node {
    name: string;
    kind: string;
    x: number;
    y: number;
}

export interface Layout {
    nodes: Node[];
    edges: { from: Node; to: Node }[];
    width: number;
    height: number;
}

type Edges = Assessment["lineage"];

function depths_of(edges: Edges): Map<string, number> {
    const reads = new Map<string, string[]>();
    for (const { from, to } of edges) reads.set(to, [...(reads.get(to) ?? []), from]);
    const depths = new Map<string, number>();
    // A cycle ends where it was entered.
    const open = new Set<string>();
    const depth_of = (name: string): number => {
        const known = depths.get(name);
        if (known !== undefined) return known;
        if (open.has(name)) return 0;
        open.add(name);
        const depth = Math.max(0, ...(reads.get(name) ?? []).map((one) => depth_of(one) + 1));
        open.delete(name);
        depths.set(name, depth);
        return depth;
    };
    for (const { from, to } of edges) {
        depth_of(from);
        depth_of(to);
    }
    return depths;
}

// By the mean place of its neighbours in the columns beside it, going back and forth.
function order(columns: string[][], edges: Edges): void {
    const neighbours = new Map<string, string[]>();
    for (const { from, to } of edges) {
        neighbours.set(from, [...(neighbours.get(from) ?? []), to]);
        neighbours.set(to, [...(neighbours.get(to) ?? []), from]);
    }
    for (let round = 0; round < rounds_of_ordering; ++round) {
        const place = new Map(
            columns.flatMap((column) => column.map((name, at) => [name, at / column.length] as const)),
        );
        const mean = (name: string) => {
            const near = neighbours.get(name) ?? [];
            return near.reduce((sum, one) => sum + (place.get(one) ?? 0), 0) / Math.max(1, near.length);
        };
        for (const column of columns) column.sort((one, other) => mean(one) - mean(other));
    }
}

export function layout_of({ lineage, objects }: Assessment): Layout {
    const edges = lineage.filter(({ from, to }) => from !== to);
    const kinds = new Map(objects.map(({ name, kind }) => [name, kind]));
    const columns: string[][] = [];
    for (const [name, depth] of depths_of(edges)) (columns[depth] ??= []).push(name);
    order(columns, edges);
    const rows = Math.max(0, ...columns.map((column) => column.length));
    const height = rows * (node_size.height + gaps.row);
    const nodes = new Map<string, Node>();
    columns.forEach((column, depth) => {
        const step = height / column.length;
        column.forEach((name, at) => {
            const x = depth * (node_size.width + gaps.column);
            nodes.set(name, { name, kind: kinds.get(name) ?? "", x, y: (at + 0.5) * step - node_size.height / 2 });
        });
    });
    return {
        nodes: [...nodes.values()],
        edges: edges.flatMap((edge) => {
            const from = nodes.get(edge.from);
            const to = nodes.get(edge.to);
            return from && to ? [{ from, to }] : [];
        }),
        width: columns.length * (node_size.width + gaps.column) - gaps.column,
        height,
    };
}

// What a node reads and what reads it, directly or not, and the node itself.
export function related_to(name: string, edges: Layout["edges"]): Set<string> {
    const related = new Set<string>();
    for (const forward of [true, false]) {
        const open = [name];
        const seen = new Set<string>();
        for (let next = open.pop(); next !== undefined; next = open.pop()) {
            if (seen.has(next)) continue;
            seen.add(next);
            for (const { from, to } of edges) {
                if (forward && from.name === next) open.push(to.name);
                if (!forward && to.name === next) open.push(from.name);
            }
        }
        for (const one of seen) related.add(one);
    }
    return related;
}
