import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, body_of, once } from "@/api/client";
import { grant_support_access as limits } from "@/api/limits";
import { cursor_member, page_size, paged } from "@/api/paging";
import type { components } from "@/api/schema";
import { useCan } from "@/app/session";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import { Button } from "@/ui/button";
import { CopyableId } from "@/ui/copyable_id";
import { DataTable } from "@/ui/data_table";
import { NumberField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { Note } from "@/ui/note";
import { Dialog } from "@/ui/overlays";
import { Section } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { EmptyState } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { toast } from "@/ui/toast";

type Grant = components["schemas"]["SupportAccess"];

const words = texts.settings.support;
const usual_hours = 24;

const grants_query = (tenant_id: string) =>
    paged<Grant>(["support-access", tenant_id], (cursor) =>
        body_of(
            api.GET("/api/v1/tenants/{tenant_id}/support-access", {
                params: { path: { tenant_id }, query: { limit: page_size, ...cursor_member(cursor) } },
            }),
        ),
    );

function state_of({ revoked_at, expires_at }: Grant): "revoked" | "expired" | "active" {
    if (revoked_at) return "revoked";
    return Date.parse(expires_at) <= Date.now() ? "expired" : "active";
}

const columns: Column<Grant>[] = [
    { id: "created", header: words.columns.created, cell: (one) => <RelativeTime time={one.created_at} /> },
    { id: "state", header: words.columns.state, cell: (one) => <Status state={state_of(one)} /> },
    {
        id: "ends",
        header: words.columns.ends,
        cell: (one) => <RelativeTime time={one.revoked_at ?? one.expires_at} />,
    },
    { id: "by", header: words.columns.by, cell: (one) => <CopyableId id={one.granted_by} />, width: "36%" },
];

export function SupportAccess({ tenant_id }: { tenant_id: string }) {
    const can_write = useCan()("support_access.write");
    const client = useQueryClient();
    const query = useInfiniteQuery(grants_query(tenant_id));
    const [is_granting, set_granting] = useState(false);
    const changed = () => client.invalidateQueries({ queryKey: ["support-access"] });
    const revoking = useMutation({
        mutationFn: (grant_id: string) =>
            api.DELETE("/api/v1/tenants/{tenant_id}/support-access/{grant_id}", {
                params: { path: { tenant_id, grant_id } },
            }),
        onSuccess: async () => {
            await changed();
            toast(words.revoked);
        },
    });
    const grant = can_write && (
        <Button kind="primary" icon="plus" onClick={() => set_granting(true)}>
            {words.grant}
        </Button>
    );
    return (
        <Section
            title={texts.settings.tabs.support}
            about={words.about}
            actions={(query.data?.length ?? 0) > 0 && grant}
        >
            {revoking.error && (
                <div className="mb-3">
                    <Note tone="bad">{revoking.error.message}</Note>
                </div>
            )}
            <DataTable
                label={texts.settings.tabs.support}
                query={query}
                columns={columns}
                row_id={(one) => one.id}
                row_actions={(one) =>
                    can_write &&
                    state_of(one) === "active" && (
                        <Button
                            kind="quiet"
                            size="small"
                            icon="cross"
                            aria-label={words.revoke}
                            is_busy={revoking.isPending}
                            onClick={() => revoking.mutate(one.id)}
                        />
                    )
                }
                empty={
                    <EmptyState icon="shield" title={words.empty} action={grant}>
                        {words.empty_about}
                    </EmptyState>
                }
            />
            <Dialog
                is_open={is_granting}
                close={() => set_granting(false)}
                title={words.grant}
                description={words.grant_about}
            >
                <GrantForm
                    tenant_id={tenant_id}
                    done={async () => {
                        set_granting(false);
                        await changed();
                        toast(words.granted);
                    }}
                />
            </Dialog>
        </Section>
    );
}

function GrantForm({ tenant_id, done }: { tenant_id: string; done: () => Promise<void> }) {
    const form = useForm({
        limits: { hours: { ...limits.hours, required: true } },
        initial: { hours: usual_hours as number | null },
        send: async ({ hours }) => {
            await api.POST("/api/v1/tenants/{tenant_id}/support-access", {
                params: { path: { tenant_id }, header: once() },
                body: { hours: hours ?? usual_hours },
            });
            await done();
        },
    });
    return (
        <Form form={form} action={words.grant}>
            <NumberField {...form.field("hours")} label={words.hours} unit={words.hours_unit} />
        </Form>
    );
}
