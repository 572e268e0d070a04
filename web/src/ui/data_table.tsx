// A list: rows of 36 px of which only those in sight exist, a head that stays, cards on a phone, more by cursor. A row
// with an address of its own is a link over its whole length.
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef, useState, type ReactNode } from "react";
import { Link } from "react-router";
import { texts } from "@/texts";
import { BulkBar, Tick, type BulkAction, type Selection } from "./bulk_bar";
import { Button } from "./button";
import { names } from "./class_names";
import { FilterRow, type Facet } from "./filter_row";
import { Icon } from "./icons";
import { useIsNarrow } from "./media";
import { EmptyState, ErrorState, Loading } from "./states";
import { useTableModel, type Column, type TableModel } from "./table_model";

const row_height = 36;
const card_height = 84;
const rows_beyond_sight = 12;

// What useInfiniteQuery and useQuery give, as far as a table needs it.
export interface ListQuery<Item> {
    data: Item[] | undefined;
    error: Error | null;
    isPending: boolean;
    refetch: () => unknown;
    hasNextPage?: boolean;
    isFetchingNextPage?: boolean;
    fetchNextPage?: () => unknown;
}

interface Props<Item> {
    label: string;
    query: ListQuery<Item>;
    columns: Column<Item>[];
    row_id: (item: Item) => string;
    row_url?: (item: Item) => string;
    search?: string;
    // Where the server searches: what is typed, and what to do with it. Else what is loaded is searched.
    server_search?: { searched: string; search: (text: string) => void };
    facets?: Facet[];
    empty: ReactNode;
    row_actions?: (item: Item) => ReactNode;
    // What can be done with several rows at once; not on a phone.
    bulk?: BulkAction<Item>[];
}

const no_items: never[] = [];
const no_ids: ReadonlySet<string> = new Set();

export function DataTable<Item extends object>(props: Props<Item>) {
    const { label, query, columns, search, server_search, facets = [], empty } = props;
    const items = query.data ?? no_items;
    const has_more = query.hasNextPage ?? false;
    const model = useTableModel<Item>(items, columns, !has_more);
    const is_narrow = useIsNarrow();
    const [ids, set_ids] = useState<ReadonlySet<string>>(no_ids);
    const bulk = is_narrow ? undefined : props.bulk;
    const selection = bulk?.length ? { ids, set: set_ids } : null;
    const { searched, search: search_for } = server_search ?? model;
    const is_filtered = searched !== "" || facets.some((facet) => facet.value !== "");

    if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />;
    if (!query.isPending && items.length === 0 && !is_filtered) return empty;
    return (
        <>
            {(search !== undefined || facets.length > 0) && (
                <FilterRow
                    placeholder={search}
                    searched={searched}
                    search={search_for}
                    facets={facets}
                    note={model.searched ? texts.common.of_loaded(model.rows.length, items.length) : null}
                />
            )}
            {bulk && selection && <BulkBar actions={bulk} items={items} row_id={props.row_id} selection={selection} />}
            <div className="overflow-hidden rounded-base border bg-panel">
                {query.isPending ? (
                    <Loading lines={8} height={is_narrow ? card_height : row_height} />
                ) : model.rows.length === 0 ? (
                    <EmptyState icon="search" title={texts.common.nothing_matches}>
                        {has_more && texts.common.nothing_matches_loaded}
                    </EmptyState>
                ) : is_narrow ? (
                    <Cards {...props} model={model} />
                ) : (
                    <Rows {...props} model={model} label={label} selection={selection} can_sort={!has_more} />
                )}
                {has_more && (
                    <div className="flex justify-center border-t p-2">
                        <Button
                            size="small"
                            is_busy={query.isFetchingNextPage ?? false}
                            onClick={() => void query.fetchNextPage?.()}
                        >
                            {texts.common.load_more}
                        </Button>
                    </div>
                )}
            </div>
        </>
    );
}

type BodyProps<Item> = Props<Item> & { model: TableModel<Item> };
type RowsProps<Item> = BodyProps<Item> & { selection: Selection | null; can_sort: boolean };

// With or without it, as a set of its own.
function ticked(ids: ReadonlySet<string>, id: string, is_ticked: boolean): ReadonlySet<string> {
    const next = new Set(ids);
    if (is_ticked) next.add(id);
    else next.delete(id);
    return next;
}

function useRowsInSight(total: number, height: number) {
    const frame = useRef<HTMLDivElement>(null);
    const virtualizer = useVirtualizer({
        count: total,
        getScrollElement: () => frame.current,
        estimateSize: () => height,
        overscan: rows_beyond_sight,
        initialRect: { width: 0, height: 900 },
    });
    const seen = virtualizer.getVirtualItems();
    const before = seen[0]?.start ?? 0;
    const after = virtualizer.getTotalSize() - (seen.at(-1)?.end ?? 0);
    return { frame, seen, before, after };
}

// Over the whole row, so that a press anywhere and the keyboard go the same way.
function RowLink({ to, children }: { to: string; children: ReactNode }) {
    return (
        <Link
            to={to}
            className="font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
            {children}
        </Link>
    );
}

function Rows<Item extends object>(props: RowsProps<Item>) {
    const { label, columns, row_id, row_url, row_actions, model, selection, can_sort } = props;
    const { frame, seen, before, after } = useRowsInSight(model.rows.length, row_height);
    const span = columns.length + (row_actions ? 1 : 0) + (selection ? 1 : 0);
    const shown = () => model.rows.map(row_id);
    return (
        <div
            ref={frame}
            className="max-h-[calc(100dvh-14rem)] overflow-auto"
            tabIndex={0}
            role="region"
            aria-label={label}
        >
            <table
                className="w-full min-w-160 table-fixed border-separate border-spacing-0"
                aria-rowcount={model.rows.length + 1}
            >
                <colgroup>
                    {selection && <col style={{ width: "40px" }} />}
                    {columns.map((column) => (
                        <col key={column.id} style={column.width ? { width: column.width } : undefined} />
                    ))}
                    {row_actions && <col style={{ width: "48px" }} />}
                </colgroup>
                <thead>
                    <tr>
                        {selection && (
                            <th scope="col" className="sticky top-0 z-10 h-8 border-b bg-panel pl-3 text-left">
                                <Tick
                                    label={texts.bulk.all}
                                    is_ticked={selection.ids.size > 0 && selection.ids.size >= model.rows.length}
                                    tick={(all) => selection.set(all ? new Set(shown()) : no_ids)}
                                />
                            </th>
                        )}
                        {columns.map((column) => {
                            const direction = model.sorted?.id === column.id ? model.sorted.direction : undefined;
                            return (
                                <th
                                    key={column.id}
                                    scope="col"
                                    aria-sort={direction}
                                    className={names(
                                        "sticky top-0 z-10 h-8 border-b bg-panel px-3 text-small font-medium text-soft",
                                        column.is_number ? "text-right" : "text-left",
                                    )}
                                >
                                    {column.order && can_sort ? (
                                        <button
                                            type="button"
                                            onClick={() => model.sort(column.id)}
                                            className="inline-flex items-center gap-1 hover:text-text"
                                        >
                                            {column.header}
                                            <span
                                                className={names(
                                                    direction === "ascending" && "rotate-180",
                                                    !direction && "opacity-40",
                                                )}
                                            >
                                                <Icon name="down" size={12} />
                                            </span>
                                        </button>
                                    ) : (
                                        column.header
                                    )}
                                </th>
                            );
                        })}
                        {row_actions && (
                            <th scope="col" className="sticky top-0 z-10 border-b bg-panel">
                                <span className="sr-only">{texts.common.more_actions}</span>
                            </th>
                        )}
                    </tr>
                </thead>
                <tbody>
                    {before > 0 && (
                        <tr aria-hidden="true">
                            <td colSpan={span} style={{ height: before }} />
                        </tr>
                    )}
                    {seen.map(({ index }) => {
                        const item = model.rows[index];
                        if (!item) return null;
                        return (
                            <tr key={row_id(item)} aria-rowindex={index + 2} className="group relative hover:bg-hover">
                                {selection && (
                                    <td className="h-9 border-b pl-3 group-last:border-b-0">
                                        <Tick
                                            label={texts.bulk.one(columns[0]?.text?.(item) ?? row_id(item))}
                                            is_ticked={selection.ids.has(row_id(item))}
                                            tick={(is) => selection.set(ticked(selection.ids, row_id(item), is))}
                                        />
                                    </td>
                                )}
                                {columns.map((column, at) => (
                                    <td
                                        key={column.id}
                                        className={names(
                                            "h-9 truncate border-b px-3 group-last:border-b-0",
                                            column.is_number && "text-right tabular-nums",
                                        )}
                                    >
                                        {at === 0 && row_url ? (
                                            <RowLink to={row_url(item)}>{column.cell(item)}</RowLink>
                                        ) : (
                                            column.cell(item)
                                        )}
                                    </td>
                                ))}
                                {row_actions && (
                                    <td className="border-b px-2 group-last:border-b-0">
                                        <span className="relative z-[1] flex justify-end">{row_actions(item)}</span>
                                    </td>
                                )}
                            </tr>
                        );
                    })}
                    {after > 0 && (
                        <tr aria-hidden="true">
                            <td colSpan={span} style={{ height: after }} />
                        </tr>
                    )}
                </tbody>
            </table>
        </div>
    );
}

function Cards<Item extends object>({ label, columns, row_id, row_url, row_actions, model }: BodyProps<Item>) {
    const { frame, seen, before, after } = useRowsInSight(model.rows.length, card_height);
    const [first, ...rest] = columns.filter((column) => !column.is_left_out_narrow);
    return (
        <div
            ref={frame}
            className="max-h-[calc(100dvh-14rem)] overflow-auto"
            tabIndex={0}
            role="region"
            aria-label={label}
        >
            <ul style={{ paddingTop: before, paddingBottom: after }}>
                {seen.map(({ index }) => {
                    const item = model.rows[index];
                    if (!item || !first) return null;
                    return (
                        <li
                            key={row_id(item)}
                            style={{ height: card_height }}
                            className="relative flex flex-col justify-center gap-1 overflow-hidden border-b px-3 last:border-b-0"
                        >
                            <div className="flex items-center justify-between gap-2">
                                <div className="min-w-0 truncate font-medium">
                                    {row_url ? (
                                        <RowLink to={row_url(item)}>{first.cell(item)}</RowLink>
                                    ) : (
                                        first.cell(item)
                                    )}
                                </div>
                                {row_actions && <div className="relative z-[1]">{row_actions(item)}</div>}
                            </div>
                            <div className="flex flex-wrap gap-x-4 gap-y-0.5 text-small">
                                {rest.map((column) => (
                                    <span key={column.id} className="max-w-full truncate">
                                        <span className="text-soft">{column.header}</span> {column.cell(item)}
                                    </span>
                                ))}
                            </div>
                        </li>
                    );
                })}
            </ul>
        </div>
    );
}
