import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { create_invitation } from "@/api/limits";
import { useCan, useMe } from "@/app/session";
import { texts } from "@/texts";
import { Button } from "@/ui/button";
import { SelectField, TextField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { Dialog } from "@/ui/overlays";
import { PageHeader, Tabs } from "@/ui/page";
import { toast } from "@/ui/toast";
import { InvitationsTable } from "./invitations_table";
import { MembersTable } from "./members_table";
import { colleagues_query, invitations_query, invite, type Role } from "./queries";

const words = texts.team;
const givable_roles: Role[] = ["org_admin", "billing_admin", "support_agent", "user"];

export function Component() {
    const tenant_id = useMe()?.tenant_id;
    return tenant_id ? <Team tenant_id={tenant_id} /> : null;
}

function Team({ tenant_id }: { tenant_id: string }) {
    const can_write = useCan()("members.write");
    const [params, set_params] = useSearchParams();
    const members = useInfiniteQuery(colleagues_query(tenant_id));
    const invitations = useInfiniteQuery(invitations_query(tenant_id));
    const is_inviting = params.has("invite");
    const tab = params.get("tab") ?? "members";
    const show = (next: Record<string, string>) => set_params(next, { replace: true });
    return (
        <>
            <PageHeader
                title={words.title}
                actions={
                    can_write && (
                        <Button kind="primary" icon="plus" onClick={() => show({ tab, invite: "" })}>
                            {words.invite}
                        </Button>
                    )
                }
            />
            <Tabs
                label={words.title}
                value={tab}
                change={(value) => show({ tab: value })}
                tabs={[
                    {
                        value: "members",
                        label: words.tabs.members,
                        content: <MembersTable tenant_id={tenant_id} query={members} />,
                    },
                    {
                        value: "invitations",
                        label: words.tabs.invitations,
                        content: <InvitationsTable tenant_id={tenant_id} query={invitations} />,
                    },
                ]}
            />
            <Dialog
                is_open={is_inviting}
                close={() => show({ tab })}
                title={words.invite_title}
                description={words.invite_about}
            >
                <InviteForm tenant_id={tenant_id} done={() => show({ tab: "invitations" })} />
            </Dialog>
        </>
    );
}

function InviteForm({ tenant_id, done }: { tenant_id: string; done: () => void }) {
    const client = useQueryClient();
    const [role, set_role] = useState<Role>("user");
    const form = useForm({
        limits: { email: create_invitation.email },
        initial: { email: "" },
        send: async ({ email }) => {
            await invite(tenant_id, { email, role });
            await client.invalidateQueries({ queryKey: ["invitations"] });
            toast(words.invited(email));
            done();
        },
    });
    return (
        <Form form={form} action={words.invite_action}>
            <TextField {...form.field("email")} label={words.email} type="email" />
            <RoleField value={role} change={set_role} />
        </Form>
    );
}

export function RoleField({ value, change }: { value: Role; change: (role: Role) => void }) {
    return (
        <SelectField
            name="role"
            label={words.role}
            help={words.role_about[value]}
            value={value}
            change={(chosen) => change(givable_roles.find((role) => role === chosen) ?? "user")}
            fault={undefined}
            limit={{}}
            choices={givable_roles.map((role) => ({ value: role, label: texts.account.roles[role] }))}
        />
    );
}
