import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type DragEvent } from "react";
import { useNavigate } from "react-router";
import { create_migration as limits } from "@/api/limits";
import { ApiError } from "@/api/problem";
import { texts } from "@/texts";
import { Button } from "@/ui/button";
import { names } from "@/ui/class_names";
import { TextField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { bytes } from "@/ui/formats";
import { Icon } from "@/ui/icons";
import { Note } from "@/ui/note";
import { PageHeader } from "@/ui/page";
import { Loading } from "@/ui/states";
import { AssessmentReport } from "./assessment_report";
import { assessment_query, start_with_files } from "./queries";
import { TrySample } from "./try_sample";

const words = texts.migrations.form;

// What dbt takes for a project's name.
function project_name_of(file_name: string): string {
    const name = file_name
        .replace(/\.[^.]+$/, "")
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, "_")
        .replace(/^[_0-9]+|_+$/g, "");
    return name || "project";
}

interface Values {
    project_name: string;
    files: File[];
}

export function Component() {
    const navigate = useNavigate();
    const client = useQueryClient();
    const form = useForm<Values>({
        limits: { project_name: limits.project_name, files: { required: true } },
        initial: { project_name: "", files: [] },
        send: async ({ project_name, files }) => {
            const { id } = await start_with_files(project_name, files);
            await client.invalidateQueries({ queryKey: ["migrations"] });
            void navigate(`/migrations/${id}`, { replace: true });
        },
    });
    const { files, project_name } = form.values;
    function take(chosen: FileList | null) {
        const added = [...(chosen ?? [])];
        const [first] = added;
        if (!first) return;
        const others = files.filter((file) => !added.some((one) => one.name === file.name));
        form.set({ files: [...others, ...added], project_name: project_name || project_name_of(first.name) });
    }
    return (
        <>
            <PageHeader
                title={words.title}
                above={{ label: texts.migrations.title, to: "/migrations" }}
                about={texts.migrations.about}
                actions={<TrySample />}
            />
            <Form form={form} action={words.action}>
                <DropArea take={take} fault={form.field("files").fault} />
                {files.length > 0 && (
                    <FileList
                        files={files}
                        remove={(file) => form.set({ files: files.filter((one) => one !== file) })}
                    />
                )}
                <TextField {...form.field("project_name")} label={words.project} help={words.project_help} is_code />
            </Form>
            {files.length > 0 && <Preview files={files} />}
        </>
    );
}

// Before anything is started: what is in the files, and what would become of it.
function Preview({ files }: { files: File[] }) {
    const { data, error, isFetching } = useQuery(assessment_query(files));
    return (
        <div className="mt-8 border-t pt-6">
            <h2 className="mb-3 text-large">{words.assessment}</h2>
            {isFetching ? (
                <Loading lines={4} />
            ) : error ? (
                <Note tone="caution" request_id={error instanceof ApiError ? error.request_id : ""}>
                    {error.message}
                </Note>
            ) : (
                data && <AssessmentReport of={data} has_objects />
            )}
        </div>
    );
}

function DropArea({ take, fault }: { take: (files: globalThis.FileList | null) => void; fault: string | undefined }) {
    const input = useRef<HTMLInputElement>(null);
    const [is_over, set_over] = useState(false);
    const hover = (over: boolean) => (event: DragEvent) => {
        event.preventDefault();
        set_over(over);
    };
    return (
        <div
            onDragEnter={hover(true)}
            onDragOver={hover(true)}
            onDragLeave={hover(false)}
            onDrop={(event) => {
                hover(false)(event);
                take(event.dataTransfer.files);
            }}
            className={names(
                "flex flex-col items-center gap-2 rounded-base border border-dashed px-4 py-8 text-center",
                is_over ? "border-accent bg-accent-soft" : "border-line-strong bg-panel",
            )}
        >
            <span className="text-accent">
                <Icon name="upload" size={20} />
            </span>
            <div className="font-medium text-balance">{words.drop}</div>
            <div className="text-small text-balance text-soft">{words.drop_about}</div>
            <input
                ref={input}
                type="file"
                multiple
                name="files"
                accept=".sql,.zip,.json,.txt"
                aria-label={words.choose}
                className="sr-only"
                tabIndex={-1}
                onChange={(event) => {
                    take(event.target.files);
                    event.target.value = "";
                }}
            />
            <Button onClick={() => input.current?.click()}>{words.choose}</Button>
            {fault && <div className="text-small text-bad">{fault}</div>}
        </div>
    );
}

function FileList({ files, remove }: { files: File[]; remove: (file: File) => void }) {
    return (
        <ul className="rounded-base border bg-panel">
            {files.map((file) => (
                <li key={file.name} className="flex h-9 items-center gap-2 border-b pr-1 pl-3 last:border-b-0">
                    <Icon name="audit" />
                    <span className="min-w-0 grow truncate font-mono text-small">{file.name}</span>
                    <span className="text-small text-soft tabular-nums">{bytes(file.size)}</span>
                    <Button
                        kind="quiet"
                        size="small"
                        icon="cross"
                        aria-label={words.remove(file.name)}
                        onClick={() => remove(file)}
                    />
                </li>
            ))}
        </ul>
    );
}
