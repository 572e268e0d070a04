// What a table is told of its columns, and the model that TanStack Table makes of it.
import {
    getCoreRowModel,
    getFilteredRowModel,
    getSortedRowModel,
    useReactTable,
    type ColumnDef,
    type Row,
    type SortingState,
    type Table,
} from "@tanstack/react-table";
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

export interface TableModel<Item> {
    table: Table<Item>;
    rows: Row<Item>[];
    searched: string;
    search: (text: string) => void;
}

export function useTableModel<Item extends object>(
    items: Item[],
    columns: Column<Item>[],
    can_sort: boolean,
): TableModel<Item> {
    const [sorting, set_sorting] = useState<SortingState>([]);
    const [searched, search] = useState("");
    const definitions = useMemo(
        () =>
            columns.map((column): ColumnDef<Item> => ({
                id: column.id,
                header: column.header,
                accessorFn: (item) => column.order?.(item) ?? column.text?.(item) ?? "",
                enableSorting: column.order !== undefined,
                sortingFn: "auto",
            })),
        [columns],
    );
    const table = useReactTable({
        data: items,
        columns: definitions,
        state: { sorting: can_sort ? sorting : [], globalFilter: searched },
        onSortingChange: set_sorting,
        onGlobalFilterChange: search,
        enableSorting: can_sort,
        globalFilterFn: (row, _column, wanted: string) =>
            columns.some((column) => column.text?.(row.original).toLowerCase().includes(wanted.trim().toLowerCase())),
        getColumnCanGlobalFilter: () => true,
        getCoreRowModel: getCoreRowModel(),
        getFilteredRowModel: getFilteredRowModel(),
        getSortedRowModel: getSortedRowModel(),
    });
    return { table, rows: table.getRowModel().rows, searched, search };
}
