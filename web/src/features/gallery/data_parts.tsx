import { useState } from "react";
import { Status } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Chart, type ChartData } from "@/ui/chart";
import { CopyableId } from "@/ui/copyable_id";
import { DataTable } from "@/ui/data_table";
import { count, full_moment } from "@/ui/formats";
import { KeyFacts, Tabs } from "@/ui/page";
import { EmptyState } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { Part } from "./gallery_page";

interface Item {
    id: string;
    name: string;
    state: string;
    requests: number;
}

const many = 100_000;
const states = ["completed", "running", "failed", "waiting"];
const items: Item[] = Array.from({ length: many }, (_, index) => ({
    id: `job_${String(index).padStart(6, "0")}`,
    name: `Row ${index + 1}`,
    state: states[index % states.length] ?? "",
    requests: (index * 7919) % 10_007,
}));

const columns: Column<Item>[] = [
    { id: "name", header: "Name", cell: (item) => item.name, text: (item) => item.name, order: (item) => item.name },
    { id: "state", header: "State", cell: (item) => <Status state={item.state} />, width: "20%" },
    { id: "id", header: "Id", cell: (item) => <CopyableId id={item.id} />, text: (item) => item.id, width: "25%" },
    {
        id: "requests",
        header: "Requests",
        cell: (item) => count(item.requests),
        order: (item) => item.requests,
        is_number: true,
        width: "20%",
    },
];

const days = Array.from({ length: 14 }, (_, index) => `${index + 1} Nov`);
const chart: ChartData = {
    title: "Verifications",
    unit: "verifications",
    kind: "bars",
    categories: days,
    is_last_open: true,
    series: [
        { name: "valid", colour: "accent", values: days.map((_, index) => 120 + ((index * 37) % 90)) },
        { name: "refused", colour: "bad", values: days.map((_, index) => (index * 13) % 21) },
    ],
};

export function DataParts() {
    const [state, set_state] = useState("");
    const [tab, set_tab] = useState("table");
    const shown = state ? items.filter((item) => item.state === state) : items;
    const facets = [
        {
            label: "State",
            value: state,
            change: set_state,
            choices: [{ value: "", label: "All" }, ...states.map((value) => ({ value, label: value }))],
        },
    ];
    return (
        <>
            <Part title="Facts">
                <KeyFacts
                    facts={[
                        { label: "Id", value: <CopyableId id="mig_01m8q72zaee9v8hn4xj5djwvyp" /> },
                        { label: "Status", value: <Status state="completed" /> },
                        { label: "Models", value: "51" },
                        { label: "Created", value: full_moment("2026-11-30T21:51:59Z") },
                    ]}
                />
            </Part>
            <Part title="A list of 100,000 rows">
                <Tabs
                    label="Views"
                    value={tab}
                    change={set_tab}
                    tabs={[
                        {
                            value: "table",
                            label: "Rows",
                            count: shown.length,
                            content: (
                                <div className="[&_[role=region]]:max-h-96">
                                    <DataTable
                                        label="Rows"
                                        query={{ data: shown, error: null, isPending: false, refetch: () => undefined }}
                                        columns={columns}
                                        row_id={(item) => item.id}
                                        search="Search by name or id"
                                        facets={facets}
                                        empty={<EmptyState icon="jobs" title="No rows" />}
                                        row_actions={() => (
                                            <Button kind="quiet" size="small" icon="more" aria-label="More actions" />
                                        )}
                                    />
                                </div>
                            ),
                        },
                        { value: "chart", label: "Chart", content: <Chart data={chart} /> },
                    ]}
                />
            </Part>
            <Part title="Chart">
                <Chart data={chart} />
            </Part>
        </>
    );
}
