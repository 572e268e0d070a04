// Every test of every model, those that failed first.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import { DataTable } from "@/ui/data_table";
import { count } from "@/ui/formats";
import { EmptyState } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { models_query, type MigrationModel } from "./queries";

const words = texts.migrations.tests;

type Outcome = "failed" | "warned" | "passed";
const outcomes: Outcome[] = ["failed", "warned", "passed"];
const states: Record<Outcome, string> = { failed: "failed", warned: "waiting", passed: "passed" };

interface Test {
    model: MigrationModel;
    name: string;
    outcome: Outcome;
    failing_rows: number;
    error: string;
}

function tests_of(models: MigrationModel[]): Test[] {
    return models
        .flatMap((model) =>
            model.tests.map(({ name, has_passed, is_warning, failing_rows, error }): Test => {
                const outcome = has_passed ? "passed" : is_warning ? "warned" : "failed";
                return { model, name, outcome, failing_rows, error };
            }),
        )
        .sort((one, other) => outcomes.indexOf(one.outcome) - outcomes.indexOf(other.outcome));
}

const columns: Column<Test>[] = [
    {
        id: "name",
        header: words.columns.name,
        cell: (one) => <span className="font-mono text-small">{one.name}</span>,
        text: (one) => `${one.name} ${one.model.name}`,
        order: (one) => one.name,
        width: "46%",
    },
    {
        id: "model",
        header: words.columns.model,
        cell: (one) => <span className="font-mono text-small">{one.model.name}</span>,
        order: (one) => one.model.name,
    },
    {
        id: "outcome",
        header: words.columns.outcome,
        cell: (one) => (
            <span title={one.error}>
                <Status state={states[one.outcome]} label={texts.migrations.model[one.outcome]} />
            </span>
        ),
        order: (one) => outcomes.indexOf(one.outcome),
        width: "12%",
    },
    {
        id: "rows",
        header: words.columns.rows,
        cell: (one) => (one.outcome === "passed" ? "–" : count(one.failing_rows)),
        order: (one) => one.failing_rows,
        is_number: true,
        width: "12%",
    },
];

export function TestsTable({ migration_id }: { migration_id: string }) {
    const query = useInfiniteQuery(models_query(migration_id));
    const [chosen, set_chosen] = useState("");
    const { data: models, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
    // The tests of a page of models alone would say little.
    useEffect(() => {
        if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
    }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
    const tests = useMemo(() => models && tests_of(models), [models]);
    const number_of = (outcome: Outcome) => tests?.filter((one) => one.outcome === outcome).length ?? 0;
    return (
        <DataTable
            label={texts.migrations.detail.tabs.tests}
            query={{
                data: chosen ? tests?.filter((one) => one.outcome === chosen) : tests,
                error: query.error,
                isPending: query.isPending,
                refetch: query.refetch,
            }}
            columns={columns}
            row_id={(one) => `${one.model.id} ${one.name}`}
            row_url={(one) => `/migrations/${migration_id}/models/${one.model.id}`}
            search={words.search}
            facets={[
                {
                    label: words.columns.outcome,
                    value: chosen,
                    change: set_chosen,
                    choices: [
                        { value: "", label: texts.common.all },
                        ...outcomes.map((value) => ({
                            value,
                            label: `${texts.migrations.model[value]} ${count(number_of(value))}`,
                        })),
                    ],
                },
            ]}
            empty={<EmptyState icon="check" title={words.none} />}
        />
    );
}
