import { useState } from "react";
import { texts } from "@/texts";
import { Badge } from "@/ui/badge";
import { DataTable } from "@/ui/data_table";
import { EmptyState } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { fidelity_tone } from "./fidelity";
import type { Assessment, MigrationObject } from "./queries";

const words = texts.migrations.objects;

const columns: Column<MigrationObject>[] = [
    {
        id: "name",
        header: words.columns.name,
        cell: (one) => <span className="font-mono text-small">{one.name}</span>,
        text: (one) => `${one.name} ${one.file}`,
        order: (one) => one.name,
        width: "28%",
    },
    { id: "kind", header: words.columns.kind, cell: (one) => one.kind, order: (one) => one.kind },
    {
        id: "becomes",
        header: words.columns.becomes,
        cell: (one) => words.classes[one.object_class] ?? one.object_class,
        order: (one) => one.object_class,
    },
    {
        id: "fidelity",
        header: words.columns.fidelity,
        cell: (one) => one.fidelity && <Badge tone={fidelity_tone(one.fidelity)}>{one.fidelity}</Badge>,
        order: (one) => one.fidelity,
    },
    {
        id: "place",
        header: words.columns.place,
        cell: (one) => (
            <span className="font-mono text-small text-soft">
                {one.file}:{one.line}
            </span>
        ),
        order: (one) => one.line,
    },
    {
        id: "reason",
        header: words.columns.reason,
        cell: (one) => <span title={one.reason}>{one.reason}</span>,
        is_left_out_narrow: true,
        width: "22%",
    },
];

export function ObjectsTable({ assessment }: { assessment: Assessment | null }) {
    const [chosen, set_chosen] = useState("");
    const objects = assessment?.objects ?? [];
    const classes = [...new Set(objects.map((one) => one.object_class))];
    return (
        <DataTable
            label={texts.migrations.detail.tabs.objects}
            query={{
                data: chosen ? objects.filter((one) => one.object_class === chosen) : objects,
                error: null,
                isPending: false,
                refetch: () => undefined,
            }}
            columns={columns}
            row_id={(one) => `${one.kind} ${one.name} ${one.file} ${one.line}`}
            search={words.search}
            facets={[
                {
                    label: words.columns.becomes,
                    value: chosen,
                    change: set_chosen,
                    choices: [
                        { value: "", label: texts.common.all },
                        ...classes.map((value) => ({ value, label: words.classes[value] ?? value })),
                    ],
                },
            ]}
            empty={<EmptyState icon="migrate" title={texts.migrations.detail.no_lineage} />}
        />
    );
}
