import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useCan, useMe } from "@/app/session";
import { texts } from "@/texts";
import { Badge, Status } from "@/ui/badge";
import { Button } from "@/ui/button";
import { DataTable, type ListQuery } from "@/ui/data_table";
import { Form, useForm } from "@/ui/form";
import { ConfirmDialog, Dialog, Menu } from "@/ui/overlays";
import { RelativeTime } from "@/ui/relative_time";
import { EmptyState } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { toast } from "@/ui/toast";
import { change_member, remove_member, type Colleague, type Role } from "./queries";
import { RoleField } from "./team_page";

const words = texts.team;

function columns_for(own_id: string | undefined): Column<Colleague>[] {
    return [
        {
            id: "name",
            header: words.columns.name,
            cell: (one) => (
                <span className="flex items-center gap-2">
                    <span className="truncate font-medium">{one.name}</span>
                    {one.user_id === own_id && <Badge>{words.you}</Badge>}
                </span>
            ),
            text: (one) => `${one.name} ${one.email}`,
            order: (one) => one.name,
            width: "26%",
        },
        { id: "email", header: words.columns.email, cell: (one) => one.email, order: (one) => one.email, width: "28%" },
        {
            id: "role",
            header: words.columns.role,
            cell: (one) => texts.account.roles[one.role],
            order: (one) => one.role,
        },
        {
            id: "state",
            header: words.columns.state,
            cell: (one) => (
                <Status
                    state={one.is_active ? "active" : "inactive"}
                    label={one.is_active ? words.active : words.inactive}
                />
            ),
        },
        {
            id: "joined",
            header: words.columns.joined,
            cell: (one) => <RelativeTime time={one.joined_at} />,
            order: (one) => one.joined_at,
        },
    ];
}

interface Props {
    tenant_id: string;
    query: ListQuery<Colleague>;
}

type Asked = { about: Colleague; what: "role" | "remove" | "deactivate" } | null;

export function MembersTable({ tenant_id, query }: Props) {
    const client = useQueryClient();
    const can_write = useCan()("members.write");
    const own_id = useMe()?.actor_id;
    const [asked, set_asked] = useState<Asked>(null);
    const close = () => set_asked(null);
    const changed = () => client.invalidateQueries({ queryKey: ["members", tenant_id] });

    async function set_active(one: Colleague, is_active: boolean) {
        await change_member(tenant_id, one.id, { is_active });
        await changed();
    }
    const actions = (one: Colleague) =>
        one.role !== "owner" &&
        one.user_id !== own_id && (
            <Menu
                trigger={
                    <Button
                        kind="quiet"
                        size="small"
                        icon="more"
                        aria-label={`${texts.common.more_actions}: ${one.name}`}
                    />
                }
                groups={[
                    [
                        { label: words.change_role, act: () => set_asked({ about: one, what: "role" }) },
                        one.is_active
                            ? { label: words.deactivate, act: () => set_asked({ about: one, what: "deactivate" }) }
                            : { label: words.reactivate, act: () => void set_active(one, true) },
                    ],
                    [{ label: words.remove, act: () => set_asked({ about: one, what: "remove" }), is_dangerous: true }],
                ]}
            />
        );
    return (
        <>
            <DataTable
                label={words.tabs.members}
                query={query}
                columns={columns_for(own_id)}
                row_id={(one) => one.id}
                search={words.search}
                {...(can_write ? { row_actions: actions } : {})}
                empty={<EmptyState icon="team" title={words.about} />}
            />
            <Dialog
                is_open={asked?.what === "role"}
                close={close}
                title={words.change_role}
                description={words.change_role_about}
            >
                {asked && (
                    <RoleForm
                        member={asked.about}
                        save={async (role) => {
                            await change_member(tenant_id, asked.about.id, { role });
                            await changed();
                            toast(words.role_changed);
                            close();
                        }}
                    />
                )}
            </Dialog>
            <ConfirmDialog
                is_open={asked?.what === "deactivate"}
                close={close}
                title={`${words.deactivate}: ${asked?.about.name ?? ""}`}
                consequences={words.deactivate_about}
                action={words.deactivate}
                act={async () => {
                    if (asked) await set_active(asked.about, false);
                }}
            />
            <ConfirmDialog
                is_open={asked?.what === "remove"}
                close={close}
                title={words.remove_title(asked?.about.name ?? "")}
                consequences={words.remove_about}
                action={words.remove}
                act={async () => {
                    if (!asked) return;
                    await remove_member(tenant_id, asked.about.id);
                    await changed();
                    toast(words.removed);
                }}
            />
        </>
    );
}

function RoleForm({ member, save }: { member: Colleague; save: (role: Role) => Promise<void> }) {
    const [role, set_role] = useState(member.role);
    const form = useForm({ limits: {}, initial: {}, send: () => save(role) });
    return (
        <Form form={form} action={words.change_role}>
            <RoleField value={role} change={set_role} />
        </Form>
    );
}
