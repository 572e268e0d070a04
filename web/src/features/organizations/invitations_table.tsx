import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useCan } from "@/app/session";
import { texts } from "@/texts";
import { Button } from "@/ui/button";
import { DataTable, type ListQuery } from "@/ui/data_table";
import { Note } from "@/ui/note";
import { ConfirmDialog, Menu } from "@/ui/overlays";
import { RelativeTime } from "@/ui/relative_time";
import { EmptyState } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { toast } from "@/ui/toast";
import { resend_invitation, revoke_invitation, type Invitation } from "./queries";

const words = texts.team;

const columns: Column<Invitation>[] = [
    {
        id: "email",
        header: words.columns.email,
        cell: (one) => one.email,
        text: (one) => one.email,
        order: (one) => one.email,
        width: "40%",
    },
    { id: "role", header: words.columns.role, cell: (one) => texts.account.roles[one.role], order: (one) => one.role },
    {
        id: "created",
        header: texts.common.created,
        cell: (one) => <RelativeTime time={one.created_at} />,
        order: (one) => one.created_at,
    },
    {
        id: "expires",
        header: words.columns.expires,
        cell: (one) => <RelativeTime time={one.expires_at} />,
        order: (one) => one.expires_at,
    },
];

export function InvitationsTable({ tenant_id, query }: { tenant_id: string; query: ListQuery<Invitation> }) {
    const client = useQueryClient();
    const can_write = useCan()("members.write");
    const [revoked, set_revoked] = useState<Invitation | null>(null);
    const changed = () => client.invalidateQueries({ queryKey: ["invitations", tenant_id] });
    const resend = useMutation({
        mutationFn: (id: string) => resend_invitation(tenant_id, id),
        onSuccess: async () => {
            await changed();
            toast(words.resent);
        },
    });
    const actions = (one: Invitation) => (
        <Menu
            trigger={
                <Button
                    kind="quiet"
                    size="small"
                    icon="more"
                    aria-label={`${texts.common.more_actions}: ${one.email}`}
                />
            }
            groups={[
                [{ label: words.resend, act: () => resend.mutate(one.id) }],
                [{ label: words.revoke, act: () => set_revoked(one), is_dangerous: true }],
            ]}
        />
    );
    return (
        <>
            {resend.error && (
                <div className="mb-4">
                    <Note tone="bad">{resend.error.message}</Note>
                </div>
            )}
            <DataTable
                label={words.tabs.invitations}
                query={query}
                columns={columns}
                row_id={(one) => one.id}
                {...(can_write ? { row_actions: actions } : {})}
                empty={
                    <EmptyState icon="mail" title={words.no_invitations}>
                        {words.no_invitations_about}
                    </EmptyState>
                }
            />
            <ConfirmDialog
                is_open={revoked !== null}
                close={() => set_revoked(null)}
                title={`${words.revoke}: ${revoked?.email ?? ""}`}
                consequences={words.revoke_about}
                action={words.revoke}
                act={async () => {
                    if (!revoked) return;
                    await revoke_invitation(tenant_id, revoked.id);
                    await changed();
                    toast(words.revoked);
                }}
            />
        </>
    );
}
