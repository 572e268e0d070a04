// Every account of the installation. The search is the server's: it finds by the beginning of an address or of a name.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { create_user as limits } from "@/api/limits";
import { useFreshSignIn } from "@/app/fresh_sign_in";
import { useCan } from "@/app/session";
import { texts } from "@/texts";
import { Badge, Status } from "@/ui/badge";
import { Button } from "@/ui/button";
import { DataTable } from "@/ui/data_table";
import { Switch, TextField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { Dialog } from "@/ui/overlays";
import { PageHeader } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { EmptyState } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { toast } from "@/ui/toast";
import { useLater } from "@/ui/later";
import { create_user, users_query, type Account } from "./queries";

const words = texts.admin.users;
const statuses: Account["status"][] = ["active", "suspended"];

const columns: Column<Account>[] = [
    {
        id: "name",
        header: words.columns.name,
        cell: (one) => (
            <span className="inline-flex items-center gap-2">
                {one.name} {one.is_operator && <Badge tone="operator">{texts.shell.operator}</Badge>}
            </span>
        ),
        width: "28%",
    },
    { id: "email", header: words.columns.email, cell: (one) => one.email, width: "30%" },
    { id: "status", header: words.columns.status, cell: (one) => <Status state={one.status} /> },
    {
        id: "seen",
        header: words.columns.seen,
        cell: (one) => <RelativeTime time={one.last_seen_at} empty={texts.common.never} />,
    },
    {
        id: "created",
        header: texts.common.created,
        cell: (one) => <RelativeTime time={one.created_at} />,
        is_left_out_narrow: true,
    },
];

export function Component() {
    const can_write = useCan()("system.write");
    const [params, set_params] = useSearchParams();
    const [searched, set_searched] = useState("");
    const [is_creating, set_creating] = useState(false);
    const status = statuses.find((one) => one === params.get("status"));
    const by = params.get("by") === "name" ? "name" : "email";
    const beginning = useLater(searched.trim());
    const query = useInfiniteQuery(
        users_query({ ...(beginning ? { [by]: beginning } : {}), ...(status ? { status } : {}) }),
    );
    const choose = (name: string) => (value: string) =>
        set_params(
            (before) => {
                if (value) before.set(name, value);
                else before.delete(name);
                return before;
            },
            { replace: true },
        );
    return (
        <>
            <PageHeader
                title={words.title}
                about={words.about}
                actions={
                    can_write && (
                        <Button kind="primary" icon="plus" onClick={() => set_creating(true)}>
                            {words.create}
                        </Button>
                    )
                }
            />
            <DataTable
                label={words.title}
                query={query}
                columns={columns}
                row_id={(one) => one.id}
                row_url={(one) => `/admin/users/${one.id}`}
                search={by === "name" ? words.search_name : words.search_email}
                server_search={{ searched, search: set_searched }}
                facets={[
                    {
                        label: words.search_by,
                        value: by,
                        change: choose("by"),
                        choices: [
                            { value: "email", label: words.columns.email },
                            { value: "name", label: words.columns.name },
                        ],
                    },
                    {
                        label: words.columns.status,
                        value: status ?? "",
                        change: choose("status"),
                        choices: [
                            { value: "", label: texts.common.all },
                            ...statuses.map((value) => ({ value, label: value })),
                        ],
                    },
                ]}
                empty={<EmptyState icon="team" title={words.title} />}
            />
            <NewUser is_open={is_creating} close={() => set_creating(false)} />
        </>
    );
}

function NewUser({ is_open, close }: { is_open: boolean; close: () => void }) {
    const { freshly, dialog } = useFreshSignIn();
    return (
        <>
            <Dialog is_open={is_open} close={close} title={words.new_title} description={words.new_about}>
                <NewUserForm freshly={freshly} />
            </Dialog>
            {dialog}
        </>
    );
}

function NewUserForm({ freshly }: { freshly: ReturnType<typeof useFreshSignIn>["freshly"] }) {
    const navigate = useNavigate();
    const form = useForm({
        limits,
        initial: { name: "", email: "", password: "", is_operator: false },
        send: async ({ password, ...rest }) => {
            const made = await freshly(() => create_user({ ...rest, ...(password ? { password } : {}) }));
            toast(words.created);
            void navigate(`/admin/users/${made.id}`);
        },
    });
    const { limit: _, ...operator } = form.field("is_operator");
    return (
        <Form form={form} action={words.create}>
            <TextField {...form.field("name")} label={words.columns.name} />
            <TextField {...form.field("email")} label={words.columns.email} type="email" />
            <TextField
                {...form.field("password")}
                label={texts.account.password}
                help={words.password_help}
                type="password"
                autocomplete="new-password"
                is_optional
            />
            <Switch {...operator} label={texts.shell.operator} help={words.operator_help} />
        </Form>
    );
}
