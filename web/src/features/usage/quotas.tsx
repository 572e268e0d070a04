// How much of each of the month's quotas is used.
import { useQuery } from "@tanstack/react-query";
import { texts } from "@/texts";
import { bytes, count } from "@/ui/formats";
import { names } from "@/ui/class_names";
import { Panel } from "@/ui/page";
import { ErrorState, Loading } from "@/ui/states";
import { quotas_query, type TenantUsage } from "./queries";

const words = texts.records.usage;
const warning_share = 0.8;
const no_limit = -1;

export function Quotas({ tenant_id }: { tenant_id: string }) {
    const { data, error, refetch } = useQuery(quotas_query(tenant_id));
    if (error) return <ErrorState error={error} retry={() => void refetch()} />;
    if (!data) return <Loading lines={3} />;
    return (
        <Panel>
            <dl className="flex flex-col gap-3">
                {data.quotas.map((quota) => (
                    <QuotaRow key={quota.quota} quota={quota} />
                ))}
            </dl>
        </Panel>
    );
}

function QuotaRow({ quota: { quota, used, limit } }: { quota: TenantUsage["quotas"][number] }) {
    const said = quota.endsWith("_bytes") ? bytes : count;
    const part = limit === no_limit ? 0 : Math.min(1, limit === 0 ? 1 : used / limit);
    return (
        <div className="grid grid-cols-[1fr_auto] gap-x-4">
            <dt>{words.quota_names[quota] ?? quota.replaceAll("_", " ")}</dt>
            <dd className="text-soft tabular-nums">
                {said(used)} / {limit === no_limit ? words.no_limit : said(limit)}
            </dd>
            {limit !== no_limit && (
                <dd className="col-span-2 mt-1 h-1.5 rounded-full bg-hover" aria-hidden="true">
                    <div
                        className={names(
                            "h-full rounded-full",
                            part >= 1 ? "bg-bad" : part >= warning_share ? "bg-caution" : "bg-accent",
                        )}
                        style={{ width: `${part * 100}%` }}
                    />
                </dd>
            )}
        </div>
    );
}
