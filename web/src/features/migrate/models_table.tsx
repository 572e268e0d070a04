import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { texts } from "@/texts";
import { Badge, Status } from "@/ui/badge";
import { DataTable } from "@/ui/data_table";
import { count } from "@/ui/formats";
import { EmptyState } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { fidelity_tone } from "./fidelity";
import { models_query, type MigrationModel } from "./queries";

const words = texts.migrations.models;
const layers: MigrationModel["type"][] = ["staging", "intermediate", "marts"];

const columns: Column<MigrationModel>[] = [
    {
        id: "name",
        header: words.columns.name,
        cell: (model) => <span className="font-mono text-small">{model.name}</span>,
        text: (model) => model.name,
        order: (model) => model.name,
        width: "30%",
    },
    { id: "layer", header: words.columns.layer, cell: (model) => model.type, order: (model) => model.type },
    {
        id: "status",
        header: words.columns.status,
        cell: (model) => <Status state={model.status} />,
        order: (model) => model.status,
    },
    {
        id: "fidelity",
        header: words.columns.fidelity,
        cell: (model) => <Badge tone={fidelity_tone(model.fidelity)}>{model.fidelity}</Badge>,
        order: (model) => model.fidelity,
        width: "14%",
    },
    {
        id: "rows",
        header: words.columns.rows,
        cell: (model) => count(model.output_rows),
        order: (model) => model.output_rows,
        is_number: true,
        width: "9%",
        is_left_out_narrow: true,
    },
    {
        id: "tests",
        header: words.columns.tests,
        cell: (model) => `${model.tests.filter((test) => test.has_passed).length} / ${model.tests.length}`,
        order: (model) => model.tests.length,
        is_number: true,
        width: "9%",
    },
    {
        id: "origin",
        header: words.columns.origin,
        cell: (model) => model.origin,
        text: (model) => model.origin,
        order: (model) => model.origin,
        width: "18%",
        is_left_out_narrow: true,
    },
];

export function ModelsTable({ migration_id }: { migration_id: string }) {
    const [layer, set_layer] = useState("");
    const query = useInfiniteQuery(models_query(migration_id));
    // Few hundred at most: all of them, so that search and order are over all.
    const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
    useEffect(() => {
        if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
    const shown = layer ? query.data?.filter((model) => model.type === layer) : query.data;
    return (
        <DataTable
            label={texts.migrations.detail.tabs.models}
            query={{ ...query, data: shown }}
            columns={columns}
            row_id={(model) => model.id}
            row_url={(model) => `/migrations/${migration_id}/models/${model.id}`}
            search={words.search}
            facets={[
                {
                    label: words.facets.layer,
                    value: layer,
                    change: set_layer,
                    choices: [
                        { value: "", label: texts.common.all },
                        ...layers.map((value) => ({ value, label: value })),
                    ],
                },
            ]}
            empty={<EmptyState icon="migrate" title={texts.migrations.detail.no_models} />}
        />
    );
}
