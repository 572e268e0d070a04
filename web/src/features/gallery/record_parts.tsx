import { CodeView, Diff, SideBySide } from "@/ui/code_view";
import { Phases, Timeline } from "@/ui/timeline";
import { Part } from "./gallery_page";

const source = `CREATE VIEW Sales.OpenOrder AS
SELECT o.OrderID, o.CustomerID, ISNULL(o.Discount, 0) AS Discount -- open ones alone
FROM Sales.[Order] AS o
WHERE o.ShippedAt IS NULL AND o.Total > 12.50;`;

const model = `with orders as (
    select * from {{ ref('stg_sales__orders') }}
)
select order_id, customer_id, coalesce(discount, 0) as discount
from orders
where shipped_at is null and total > 12.50`;

const yaml = `version: 2
models:
  - name: open_orders
    description: "Orders that were not shipped"
    columns:
      - name: order_id
        tests: [unique, not_null]`;

const json = `{
  "status": "completed",
  "models": 51,
  "tests": { "passed": 214, "failed": 0 },
  "error": null
}`;

export function TimeParts() {
    return (
        <Part title="Phases and timeline">
            <div className="grid gap-6 md:grid-cols-2">
                <Phases
                    phases={[
                        { name: "Assessment", about: "Counts every object of the input", step: "done", took: "12 ms" },
                        {
                            name: "Testing",
                            about: "Runs every model and every test",
                            step: "running",
                            progress: 0.4,
                            progress_text: "20 of 51 models",
                        },
                        {
                            name: "Rebuilding",
                            about: "Repairs by rule what failed",
                            step: "failed",
                            error: "The model open_orders has no column total.",
                        },
                        { name: "Evaluation", about: "Scores, the report, the zip", step: "waiting" },
                    ]}
                />
                <Timeline
                    entries={[
                        {
                            id: "1",
                            title: "Created",
                            detail: "Ada Holm, from 203.0.113.7",
                            time: "2026-11-30T21:51:59Z",
                        },
                        {
                            id: "2",
                            title: "Failed",
                            detail: "The worker was lost",
                            time: "2026-11-30T21:52:09Z",
                            step: "failed",
                        },
                        {
                            id: "3",
                            title: "Taken up again",
                            time: "2026-11-30T21:52:11Z",
                            took: "1.8 s",
                            step: "running",
                        },
                    ]}
                />
            </div>
        </Part>
    );
}

export function CodeParts() {
    return (
        <Part title="Code">
            <SideBySide
                left={
                    <CodeView
                        code={source}
                        language="sql"
                        title="Source"
                        diagnostics={[
                            { line: 2, tone: "caution", text: "ISNULL takes the type of its first argument." },
                        ]}
                    />
                }
                right={<CodeView code={model} language="sql" title="Model" />}
            />
            <div className="mt-4 grid gap-4 lg:grid-cols-3">
                <CodeView code={yaml} language="yaml" title="schema.yml" />
                <CodeView code={json} language="json" title="answer.json" />
                <Diff
                    title="What changed"
                    before={json}
                    after={json.replace("51", "52").replace('  "error": null\n', '  "error": null,\n  "score": 1\n')}
                />
            </div>
        </Part>
    );
}
