import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { texts } from "@/texts";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { DataTable } from "@/ui/data_table";
import { Section } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { EmptyState } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { toast } from "@/ui/toast";
import { end_one_session, end_other_sessions, sessions_query, type Session } from "./queries";

const words = texts.settings.sessions;

// The part of a user agent that says most.
function browser_of(user_agent: string): string {
    const found = /(Firefox|Edg|OPR|Chrome|HeadlessChrome|Safari|curl)\/[\d.]+/.exec(user_agent);
    const system = /(Windows|Mac OS X|Android|iPhone|Linux)/.exec(user_agent);
    return [found?.[0] ?? user_agent, system?.[0]].filter(Boolean).join(", ");
}

const columns: Column<Session>[] = [
    {
        id: "browser",
        header: words.columns.browser,
        cell: (one) => (
            <span className="flex items-center gap-2" title={one.user_agent}>
                <span className="truncate">{browser_of(one.user_agent)}</span>
                {one.is_current && <Badge tone="accent">{words.current}</Badge>}
            </span>
        ),
        width: "40%",
    },
    {
        id: "address",
        header: words.columns.address,
        cell: (one) => <span className="font-mono text-small">{one.remote_address}</span>,
    },
    {
        id: "began",
        header: words.columns.began,
        cell: (one) => <RelativeTime time={one.created_at} />,
        is_left_out_narrow: true,
    },
    { id: "used", header: words.columns.used, cell: (one) => <RelativeTime time={one.last_used_at} /> },
];

export function Sessions() {
    const client = useQueryClient();
    const query = useQuery(sessions_query);
    const changed = () => client.invalidateQueries({ queryKey: ["sessions"] });
    const end_one = useMutation({
        mutationFn: end_one_session,
        onSuccess: async () => {
            await changed();
            toast(words.ended);
        },
    });
    const end_others = useMutation({
        mutationFn: end_other_sessions,
        onSuccess: async () => {
            await changed();
            toast(words.others_ended);
        },
    });
    const has_others = (query.data?.length ?? 0) > 1;
    return (
        <Section
            title={words.title}
            actions={
                has_others && (
                    <Button is_busy={end_others.isPending} onClick={() => end_others.mutate()}>
                        {words.end_others}
                    </Button>
                )
            }
        >
            <DataTable
                label={words.title}
                query={query}
                columns={columns}
                row_id={(one) => one.id}
                row_actions={(one) =>
                    !one.is_current && (
                        <Button
                            kind="quiet"
                            size="small"
                            icon="cross"
                            aria-label={`${words.end}: ${browser_of(one.user_agent)}`}
                            onClick={() => end_one.mutate(one.id)}
                        />
                    )
                }
                empty={<EmptyState icon="team" title={words.title} />}
            />
        </Section>
    );
}
