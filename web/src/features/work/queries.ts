import { queryOptions } from "@tanstack/react-query";
import { api, body_of, once } from "@/api/client";
import { cursor_member, page_size, paged } from "@/api/paging";
import type { components } from "@/api/schema";

type Job = components["schemas"]["Job"];
export type JobSummary = components["schemas"]["JobSummary"];
export type RunSummary = components["schemas"]["RunSummary"];
export type RunDetail = components["schemas"]["RunDetail"];
export type RunStep = components["schemas"]["RunStep"];
export type Schedule = components["schemas"]["Schedule"];

export const jobs_query = (filter: { state?: Job["state"] }) =>
    paged<JobSummary>(["jobs", filter], (cursor) =>
        body_of(
            api.GET("/api/v1/jobs", { params: { query: { limit: page_size, ...filter, ...cursor_member(cursor) } } }),
        ),
    );

export const job_query = (job_id: string) =>
    queryOptions({
        queryKey: ["job", job_id],
        queryFn: () => body_of(api.GET("/api/v1/jobs/{job_id}", { params: { path: { job_id } } })),
    });

export const cancel_job = (job_id: string) =>
    api.POST("/api/v1/jobs/{job_id}/cancel", { params: { path: { job_id }, header: once() } });

export const retry_job = (job_id: string) =>
    api.POST("/api/v1/jobs/{job_id}/retry", { params: { path: { job_id }, header: once() } });

export const runs_query = (filter: { state?: RunSummary["state"] }) =>
    paged<RunSummary>(["runs", filter], (cursor) =>
        body_of(
            api.GET("/api/v1/workflow-runs", {
                params: { query: { limit: page_size, ...filter, ...cursor_member(cursor) } },
            }),
        ),
    );

export const run_query = (run_id: string) =>
    queryOptions({
        queryKey: ["run", run_id],
        queryFn: () => body_of(api.GET("/api/v1/workflow-runs/{run_id}", { params: { path: { run_id } } })),
    });

export const run_steps_query = (run_id: string) =>
    queryOptions({
        queryKey: ["run", run_id, "steps"],
        queryFn: () => body_of(api.GET("/api/v1/workflow-runs/{run_id}/steps", { params: { path: { run_id } } })),
    });

export const cancel_run = (run_id: string) =>
    api.POST("/api/v1/workflow-runs/{run_id}/cancel", { params: { path: { run_id }, header: once() } });

export const retry_run = (run_id: string) =>
    api.POST("/api/v1/workflow-runs/{run_id}/retry", { params: { path: { run_id }, header: once() } });

export const schedules_query = paged<Schedule>(["schedules"], (cursor) =>
    body_of(api.GET("/api/v1/schedules", { params: { query: { limit: page_size, ...cursor_member(cursor) } } })),
);

type ScheduleAct = "pause" | "resume" | "run";

export const act_on_schedule = (schedule_id: string, act: ScheduleAct) =>
    api.POST(`/api/v1/schedules/{schedule_id}/${act}`, { params: { path: { schedule_id }, header: once() } });
