import { queryOptions } from "@tanstack/react-query";
import { api, body_of, once, send } from "@/api/client";
import { cursor_member, page_size, paged } from "@/api/paging";
import type { components } from "@/api/schema";

export type Migration = components["schemas"]["Migration"];
export type MigrationDetail = components["schemas"]["MigrationDetail"];
export type MigrationModel = components["schemas"]["MigrationModel"];
export type MigrationObject = components["schemas"]["MigrationObject"];
export type Assessment = components["schemas"]["MigrationAssessment"];

export type MigrationModelDetail = components["schemas"]["MigrationModelDetail"];
export type ModelDiagnostic = components["schemas"]["ModelDiagnostic"];

const endings = ["completed", "failed", "cancelled"];
export const has_ended = (status: string) => endings.includes(status);

export const migrations_query = (filter: { status?: Migration["status"] }) =>
    paged<Migration>(["migrations", filter], (cursor) =>
        body_of(
            api.GET("/api/v1/migrations", {
                params: { query: { limit: page_size, ...filter, ...cursor_member(cursor) } },
            }),
        ),
    );

export const migration_query = (migration_id: string) =>
    queryOptions({
        queryKey: ["migration", migration_id],
        queryFn: () => body_of(api.GET("/api/v1/migrations/{migration_id}", { params: { path: { migration_id } } })),
    });

export const models_query = (migration_id: string) =>
    paged<MigrationModel>(["migration", migration_id, "models"], (cursor) =>
        body_of(
            api.GET("/api/v1/migrations/{migration_id}/models", {
                params: { path: { migration_id }, query: { limit: page_size, ...cursor_member(cursor) } },
            }),
        ),
    );

export const model_query = (migration_id: string, model_id: string) =>
    queryOptions({
        queryKey: ["migration", migration_id, "model", model_id],
        queryFn: () =>
            body_of(
                api.GET("/api/v1/migrations/{migration_id}/models/{model_id}", {
                    params: { path: { migration_id, model_id } },
                }),
            ),
    });

// Files go as a form, which the API document describes in words alone.
async function send_files(address: string, files: File[], fields: Record<string, string>): Promise<unknown> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    for (const file of files) form.append("file", file);
    const reply = await send(address, { method: "POST", body: form, headers: once() });
    return reply.json();
}

// One JSON file is metadata; what is more, or something else, is scripts.
async function metadata_of(files: File[]): Promise<unknown> {
    const [first] = files;
    if (files.length !== 1 || !first?.name.toLowerCase().endsWith(".json")) return undefined;
    return JSON.parse(await first.text()) as unknown;
}

export async function start_with_files(project_name: string, files: File[]): Promise<Migration> {
    const metadata = await metadata_of(files);
    if (metadata !== undefined) return start_with(project_name, { metadata });
    return (await send_files("/api/v1/migrations", files, { project_name })) as Migration;
}

async function assess(files: File[]): Promise<Assessment> {
    const metadata = await metadata_of(files);
    if (metadata !== undefined) return body_of(api.POST("/api/v1/migrations/assessment", { body: { metadata } }));
    return (await send_files("/api/v1/migrations/assessment", files, {})) as Assessment;
}

// What would become of the files. It costs, and the same files give the same: it is asked once.
export const assessment_query = (files: File[]) =>
    queryOptions({
        queryKey: ["assessment", files.map(({ name, size, lastModified }) => [name, size, lastModified])],
        queryFn: () => assess(files),
        enabled: files.length > 0,
        retry: false,
        staleTime: Infinity,
    });

export const start_with = (project_name: string, input: { script: string } | { metadata: unknown }) =>
    body_of(
        api.POST("/api/v1/migrations", {
            params: { header: once() },
            body: { project_name, target: "duckdb", ...input },
        }),
    );

export const cancel_migration = (migration_id: string) =>
    api.POST("/api/v1/migrations/{migration_id}/cancel", {
        params: { path: { migration_id }, header: once() },
    });

export const retry_migration = (migration_id: string) =>
    api.POST("/api/v1/migrations/{migration_id}/retry", {
        params: { path: { migration_id }, header: once() },
    });

export const remove_migration = (migration_id: string) =>
    api.DELETE("/api/v1/migrations/{migration_id}", { params: { path: { migration_id } } });
