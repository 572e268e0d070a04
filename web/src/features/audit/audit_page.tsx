import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { api, body_of, send } from "@/api/client";
import { cursor_member, page_size, paged } from "@/api/paging";
import type { components } from "@/api/schema";
import { texts } from "@/texts";
import { Button } from "@/ui/button";
import { Diff } from "@/ui/code_view";
import { CopyableId } from "@/ui/copyable_id";
import { DataTable } from "@/ui/data_table";
import { full_moment } from "@/ui/formats";
import { Note } from "@/ui/note";
import { Dialog } from "@/ui/overlays";
import { KeyFacts, PageHeader } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { save_blob } from "@/ui/save_file";
import { EmptyState } from "@/ui/states";
import { Status } from "@/ui/badge";
import type { Column } from "@/ui/table_model";
import { is_open, moments_of, useTimeRange, type TimeRange } from "@/ui/time_range";
import { useActorNames } from "./actor_names";

type Line = components["schemas"]["AuditLine"];

const words = texts.records.audit;

const lines_query = (range: TimeRange) =>
    paged<Line>(["audit", range], (cursor) => {
        const query = {
            limit: page_size,
            order: "newest_first" as const,
            ...times_of(range),
            ...cursor_member(cursor),
        };
        return body_of(api.GET("/api/v1/audit", { params: { query } }));
    });

// Up to now is what has no end, so that what is done next is in it, too.
function times_of(range: TimeRange): { from: string; to?: string } {
    const { from, to } = moments_of(range);
    return is_open(range) ? { from } : { from, to };
}

const columns_with = (named: (id: string) => string): Column<Line>[] => [
    {
        id: "action",
        header: words.columns.action,
        cell: (line) => <span className="font-mono text-small">{line.action}</span>,
        text: (line) => `${line.action} ${named(line.actor_id)} ${line.actor_id} ${line.object_id} ${line.code}`,
        order: (line) => line.action,
        width: "24%",
    },
    {
        id: "status",
        header: words.columns.status,
        cell: (line) => <Status state={line.code ? "failed" : "completed"} label={line.code || words.done} />,
    },
    {
        id: "actor",
        header: words.columns.actor,
        cell: (line) => {
            const name = named(line.actor_id);
            const is_id = name === line.actor_id;
            return (
                <span className={is_id ? "font-mono text-small" : ""} title={line.actor_id}>
                    {name || "–"}
                </span>
            );
        },
        order: (line) => named(line.actor_id),
        width: "22%",
    },
    {
        id: "object",
        header: words.columns.object,
        cell: (line) => <span className="font-mono text-small">{line.object_id || "–"}</span>,
        width: "22%",
        is_left_out_narrow: true,
    },
    {
        id: "time",
        header: words.columns.time,
        cell: (line) => <RelativeTime time={line.created_at} />,
        order: (line) => line.created_at,
    },
];

export function Component() {
    const [range, picker] = useTimeRange("month", ["day", "week", "month", "quarter"]);
    const query = useInfiniteQuery(lines_query(range));
    const named = useActorNames();
    const columns = useMemo(() => columns_with(named), [named]);
    const [opened, set_opened] = useState<Line | null>(null);
    const exporting = useMutation({
        mutationFn: async () =>
            save_blob(
                "audit.csv",
                await (await send(`/api/v1/audit/export?${new URLSearchParams(times_of(range)).toString()}`)).blob(),
            ),
    });
    return (
        <>
            <PageHeader
                title={words.title}
                about={words.about}
                actions={
                    <Button icon="download" is_busy={exporting.isPending} onClick={() => exporting.mutate()}>
                        {words.export}
                    </Button>
                }
            />
            {exporting.error && (
                <div className="mb-4">
                    <Note tone="bad">{exporting.error.message}</Note>
                </div>
            )}
            <div className="mb-3">{picker}</div>
            <DataTable
                label={words.title}
                query={query}
                columns={columns}
                row_id={(line) => line.id}
                search={words.search}
                row_actions={(line) => (
                    <Button
                        kind="quiet"
                        size="small"
                        icon="right"
                        aria-label={`${words.detail}: ${line.action}`}
                        onClick={() => set_opened(line)}
                    />
                )}
                empty={<EmptyState icon="audit" title={words.empty} />}
            />
            <Dialog is_open={opened !== null} close={() => set_opened(null)} title={opened?.action ?? ""} is_wide>
                {opened && <LineDetail line={opened} />}
            </Dialog>
        </>
    );
}

const written = (value: unknown) => (value === undefined || value === null ? "" : JSON.stringify(value, null, 2));

function LineDetail({ line }: { line: Line }) {
    const [before, after] = [written(line.before), written(line.after)];
    return (
        <>
            <KeyFacts
                facts={[
                    { label: words.columns.time, value: full_moment(line.created_at) },
                    { label: words.columns.status, value: line.code || line.status },
                    { label: words.columns.actor, value: line.actor_id ? <CopyableId id={line.actor_id} /> : "–" },
                    ...(line.impersonator_id
                        ? [{ label: words.impersonator, value: <CopyableId id={line.impersonator_id} /> }]
                        : []),
                    { label: words.columns.object, value: line.object_id ? <CopyableId id={line.object_id} /> : "–" },
                    { label: words.columns.address, value: line.remote_address || "–" },
                    { label: texts.common.request, value: line.request_id ? <CopyableId id={line.request_id} /> : "–" },
                ]}
            />
            {before || after ? (
                <Diff title={`${words.before} – ${words.after}`} before={before} after={after} />
            ) : (
                <p className="text-soft">{words.no_change}</p>
            )}
        </>
    );
}
