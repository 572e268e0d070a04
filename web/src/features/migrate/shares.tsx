// How a whole is made up, as bars under their names.
import { texts } from "@/texts";
import { count, share } from "@/ui/formats";
import { Panel } from "@/ui/page";

export function Shares({ title, shares }: { title: string; shares: Record<string, unknown> }) {
    const rows = Object.entries(shares).filter(
        (row): row is [string, number] => typeof row[1] === "number" && row[1] > 0,
    );
    const total = rows.reduce((sum, [, value]) => sum + value, 0);
    return (
        <Panel>
            <h3 className="mb-2">{title}</h3>
            <dl className="flex flex-col gap-2">
                {rows.map(([name, value]) => (
                    <div key={name} className="grid grid-cols-[1fr_auto] gap-x-4">
                        <dt>{texts.migrations.objects.classes[name] ?? name}</dt>
                        <dd className="text-soft tabular-nums">
                            {count(value)} · {share(value / total)}
                        </dd>
                        <dd className="col-span-2 mt-0.5 h-1.5 rounded-full bg-hover" aria-hidden="true">
                            <div
                                className="h-full rounded-full bg-accent"
                                style={{ width: `${(100 * value) / total}%` }}
                            />
                        </dd>
                    </div>
                ))}
            </dl>
        </Panel>
    );
}
