// What a table is told of its columns, and what it shows of its items: those that are searched for, in the order that
// is asked for. Written so that a hundred thousand items are searched between two frames.
import { useMemo, useState, type ReactNode } from "react";

export interface Column<Item> {
    id: string;
    header: string;
    cell: (item: Item) => ReactNode;
    // What the search reads; a column without it is not searched.
    text?: (item: Item) => string;
    // What the column is sorted by, once the whole list is there.
    order?: (item: Item) => string | number;
    // Numbers stand at the end of their column.
    is_number?: boolean;
    // Of the whole, such as "30%"; the others share what is left.
    width?: string;
    // Left out of the cards of a phone.
    is_left_out_narrow?: boolean;
}

type Direction = "ascending" | "descending";

export interface TableModel<Item> {
    rows: Item[];
    searched: string;
    search: (text: string) => void;
    sorted: { id: string; direction: Direction } | null;
    // Ascending, descending, as it came.
    sort: (id: string) => void;
}

// What is read of an item is read once.
function useHaystacks<Item extends object>(items: Item[], columns: Column<Item>[]): (item: Item) => string {
    const known = useMemo(() => {
        const readers = columns.flatMap(({ text }) => (text ? [text] : []));
        return { readers, texts: new WeakMap<Item, string>() };
    }, [columns]);
    return useMemo(() => {
        const { readers, texts } = known;
        for (const item of items)
            if (!texts.has(item)) texts.set(item, readers.map((read) => read(item).toLowerCase()).join("\n"));
        return (item: Item) => texts.get(item) ?? "";
    }, [items, known]);
}

function in_order<Item>(items: Item[], order: (item: Item) => string | number, direction: Direction): Item[] {
    const sign = direction === "ascending" ? 1 : -1;
    const keyed = items.map((item) => {
        const key = order(item);
        return { item, key: typeof key === "string" ? key.toLowerCase() : key };
    });
    keyed.sort((one, other) => (one.key < other.key ? -sign : one.key > other.key ? sign : 0));
    return keyed.map(({ item }) => item);
}

export function useTableModel<Item extends object>(
    items: Item[],
    columns: Column<Item>[],
    can_sort: boolean,
): TableModel<Item> {
    const [wanted_order, set_order] = useState<TableModel<Item>["sorted"]>(null);
    const [searched, search] = useState("");
    const haystack = useHaystacks(items, columns);
    const sorted = can_sort ? wanted_order : null;
    const found = useMemo(() => {
        const wanted = searched.trim().toLowerCase();
        return wanted ? items.filter((item) => haystack(item).includes(wanted)) : items;
    }, [items, haystack, searched]);
    const rows = useMemo(() => {
        const order = columns.find(({ id }) => id === sorted?.id)?.order;
        return sorted && order ? in_order(found, order, sorted.direction) : found;
    }, [found, columns, sorted]);
    function sort(id: string) {
        if (sorted?.id !== id) set_order({ id, direction: "ascending" });
        else set_order(sorted.direction === "ascending" ? { id, direction: "descending" } : null);
    }
    return { rows, searched, search, sorted, sort };
}
