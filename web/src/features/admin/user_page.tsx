import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import { useFreshSignIn } from "@/app/fresh_sign_in";
import { useCan, useMe } from "@/app/session";
import { texts } from "@/texts";
import { Badge, Status } from "@/ui/badge";
import { Button } from "@/ui/button";
import { CopyableId } from "@/ui/copyable_id";
import { DataTable } from "@/ui/data_table";
import { count } from "@/ui/formats";
import { ConfirmDialog } from "@/ui/overlays";
import { KeyFacts, PageHeader, Section } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { EmptyState, ErrorState, Loading } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { toast } from "@/ui/toast";
import { ActAs } from "./act_as";
import { delete_user, set_user_status, user_query, type PlaceInTenant, type UserDetail } from "./queries";

const words = texts.admin.user;

const columns: Column<PlaceInTenant>[] = [
    {
        id: "tenant",
        header: words.columns.tenant,
        cell: (one) => (
            <Link className="link" to={`/admin/tenants/${one.tenant_id}`}>
                {one.tenant_name}
            </Link>
        ),
        width: "34%",
    },
    { id: "status", header: words.columns.status, cell: (one) => <Status state={one.tenant_status} /> },
    { id: "role", header: words.columns.role, cell: (one) => texts.account.roles[one.role] },
    {
        id: "active",
        header: words.columns.member,
        cell: (one) => <Status state={one.is_active ? "active" : "inactive"} />,
    },
    { id: "joined", header: words.columns.joined, cell: (one) => <RelativeTime time={one.joined_at} /> },
];

export function Component() {
    const { user_id = "" } = useParams();
    const { data, error, refetch } = useQuery(user_query(user_id));
    if (error) return <ErrorState error={error} retry={() => void refetch()} />;
    if (!data) return <Loading lines={8} />;
    return <Detail of={data} refetch={refetch} />;
}

type Opened = "suspend" | "delete" | null;

function Detail({ of: detail, refetch }: { of: UserDetail; refetch: () => unknown }) {
    const { user, has_second_factor, sessions, tenants } = detail;
    const can = useCan();
    const can_write = can("system.write");
    const can_act = can("users.impersonate") && !user.is_operator && tenants.some((one) => one.is_active);
    const is_own = useMe()?.actor_id === user.id;
    const client = useQueryClient();
    const navigate = useNavigate();
    const { freshly, dialog } = useFreshSignIn();
    const [opened, set_opened] = useState<Opened>(null);
    const is_suspended = user.status === "suspended";
    const next = is_suspended ? words.activate : words.suspend;
    return (
        <>
            <PageHeader
                title={user.name}
                above={{ label: texts.admin.users.title, to: "/admin/users" }}
                status={
                    <>
                        <Status state={user.status} />
                        {user.is_operator && <Badge tone="operator">{texts.shell.operator}</Badge>}
                    </>
                }
                actions={
                    can_write &&
                    !is_own && (
                        <>
                            {can_act && <ActAs of={detail} />}
                            <Button onClick={() => set_opened("suspend")}>{next}</Button>
                            <Button onClick={() => set_opened("delete")}>{words.remove}</Button>
                        </>
                    )
                }
            />
            <KeyFacts
                facts={[
                    { label: texts.common.id, value: <CopyableId id={user.id} /> },
                    { label: texts.admin.users.columns.email, value: user.email },
                    {
                        label: words.verified,
                        value: <RelativeTime time={user.email_verified_at} empty={texts.common.never} />,
                    },
                    { label: words.second_factor, value: has_second_factor ? words.on : words.off },
                    { label: words.sessions, value: count(sessions) },
                    {
                        label: texts.admin.users.columns.seen,
                        value: <RelativeTime time={user.last_seen_at} empty={texts.common.never} />,
                    },
                    { label: texts.common.created, value: <RelativeTime time={user.created_at} /> },
                ]}
            />
            <Section title={words.tenants}>
                <DataTable
                    label={words.tenants}
                    query={{ data: tenants, error: null, isPending: false, refetch }}
                    columns={columns}
                    row_id={(one) => one.tenant_id}
                    empty={<EmptyState icon="building" title={words.no_tenants} />}
                />
            </Section>
            <ConfirmDialog
                is_open={opened === "suspend"}
                close={() => set_opened(null)}
                title={`${next}: ${user.name}`}
                consequences={is_suspended ? words.activate_about : words.suspend_about}
                action={next}
                act={async () => {
                    await set_user_status(user.id, is_suspended ? "active" : "suspended");
                    await client.invalidateQueries({ queryKey: ["admin"] });
                    toast(is_suspended ? words.activated : words.suspended);
                }}
            />
            <ConfirmDialog
                is_open={opened === "delete"}
                close={() => set_opened(null)}
                title={words.remove_title(user.name)}
                consequences={words.remove_about}
                action={words.remove}
                typed={user.email}
                act={async () => {
                    await freshly(() => delete_user(user.id));
                    void navigate("/admin/users", { replace: true });
                    await client.invalidateQueries({ queryKey: ["admin", "users"] });
                    toast(words.removed);
                }}
            />
            {dialog}
        </>
    );
}
