import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useFreshSignIn } from "@/app/fresh_sign_in";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import { Button } from "@/ui/button";
import { CopyableId } from "@/ui/copyable_id";
import { DataTable } from "@/ui/data_table";
import { bytes, count } from "@/ui/formats";
import { Note } from "@/ui/note";
import { Section } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { save_blob } from "@/ui/save_file";
import { EmptyState } from "@/ui/states";
import type { Column } from "@/ui/table_model";
import { toast } from "@/ui/toast";
import { create_export, download_export, exports_query, type TenantExport } from "./tenancy_queries";

const words = texts.settings.archive;
const digest_shown = 12;
const said = (value: number | null | undefined, how: (value: number) => string) =>
    value === null || value === undefined ? "–" : how(value);

const columns: Column<TenantExport>[] = [
    { id: "created", header: words.columns.created, cell: (one) => <RelativeTime time={one.created_at} /> },
    {
        id: "status",
        header: words.columns.status,
        cell: (one) => (
            <span title={one.error ?? undefined}>
                <Status state={one.status} />
            </span>
        ),
    },
    { id: "rows", header: words.columns.rows, cell: (one) => said(one.row_count, count), is_number: true },
    { id: "files", header: words.columns.files, cell: (one) => said(one.file_count, count), is_number: true },
    { id: "size", header: words.columns.size, cell: (one) => said(one.bytes, bytes), is_number: true },
    {
        id: "sha256",
        header: words.columns.sha256,
        cell: (one) =>
            one.sha256 ? <CopyableId id={one.sha256} shown={`${one.sha256.slice(0, digest_shown)}…`} /> : "–",
        is_left_out_narrow: true,
    },
];

export function Archive({ tenant_id }: { tenant_id: string }) {
    const client = useQueryClient();
    const { freshly, dialog } = useFreshSignIn();
    const query = useQuery(exports_query(tenant_id));
    const making = useMutation({
        mutationFn: () => freshly(() => create_export(tenant_id)),
        onSuccess: async () => {
            await client.invalidateQueries({ queryKey: ["exports"] });
            toast(words.created);
        },
    });
    const loading = useMutation({
        mutationFn: async ({ id, created_at }: TenantExport) =>
            save_blob(`archive-${created_at.slice(0, 10)}.zip`, await freshly(() => download_export(tenant_id, id))),
    });
    const refusal = making.error ?? loading.error;
    const make = (
        <Button kind="primary" icon="plus" is_busy={making.isPending} onClick={() => making.mutate()}>
            {words.create}
        </Button>
    );
    return (
        <Section
            title={texts.settings.tabs.archive}
            about={words.about}
            actions={(query.data?.length ?? 0) > 0 && make}
        >
            {refusal && (
                <div className="mb-3">
                    <Note tone="bad">{refusal.message}</Note>
                </div>
            )}
            <DataTable
                label={texts.settings.tabs.archive}
                query={query}
                columns={columns}
                row_id={(one) => one.id}
                row_actions={(one) =>
                    one.status === "completed" && (
                        <Button
                            kind="quiet"
                            size="small"
                            icon="download"
                            is_busy={loading.isPending && loading.variables.id === one.id}
                            aria-label={`${words.download}: ${one.created_at}`}
                            onClick={() => loading.mutate(one)}
                        />
                    )
                }
                empty={
                    <EmptyState icon="download" title={words.empty} action={make}>
                        {words.empty_about}
                    </EmptyState>
                }
            />
            {dialog}
        </Section>
    );
}
