// Every address of the dashboard, each with its page, which is loaded when it is first wanted. The first parts of the
// addresses stand in src/app/pages.cpp, too, which answers them with this program.
import { createBrowserRouter, Outlet, type RouteObject } from "react-router";
import { texts } from "@/texts";
import { NoSuchPage, PageFailed } from "./failures";

const { places } = texts.shell;

const account_routes: RouteObject[] = [
    { path: "/", lazy: () => import("@/features/identity/landing_page") },
    { path: "/login", lazy: () => import("@/features/identity/sign_in_page") },
    { path: "/single-sign-on", lazy: () => import("@/features/identity/single_sign_on_page") },
    { path: "/signup", lazy: () => import("@/features/identity/sign_up_page") },
    { path: "/verify", lazy: () => import("@/features/identity/verify_page") },
    { path: "/forgot", lazy: () => import("@/features/identity/forgot_page") },
    { path: "/reset", lazy: () => import("@/features/identity/reset_page") },
    { path: "/invitation", lazy: () => import("@/features/identity/invitation_page") },
    { path: "/setup", lazy: () => import("@/features/identity/set_up_page") },
    { path: "/ui", lazy: () => import("@/features/gallery/gallery_page") },
];

const page_routes: RouteObject[] = [
    { path: "/home", handle: { crumb: places.home }, lazy: () => import("@/features/home/home_page") },
    {
        path: "/migrations",
        handle: { crumb: places.migrations },
        children: [
            { index: true, lazy: () => import("@/features/migrate/migrations_page") },
            { path: "new", lazy: () => import("@/features/migrate/new_migration_page") },
            { path: ":migration_id", lazy: () => import("@/features/migrate/migration_page") },
            { path: ":migration_id/models/:model_id", lazy: () => import("@/features/migrate/model_page") },
        ],
    },
    {
        path: "/keys",
        handle: { crumb: places.keys },
        children: [
            { index: true, lazy: () => import("@/features/keys/keys_page") },
            { path: "new", lazy: () => import("@/features/keys/new_key_page") },
            { path: ":key_id", lazy: () => import("@/features/keys/key_page") },
            { path: ":key_id/edit", lazy: () => import("@/features/keys/edit_key_page") },
        ],
    },
    { path: "/usage", handle: { crumb: places.usage }, lazy: () => import("@/features/usage/usage_page") },
    {
        path: "/jobs",
        handle: { crumb: places.jobs },
        children: [
            { index: true, lazy: () => import("@/features/work/jobs_page") },
            { path: ":job_id", lazy: () => import("@/features/work/job_page") },
        ],
    },
    {
        path: "/runs",
        handle: { crumb: places.runs },
        children: [
            { index: true, lazy: () => import("@/features/work/runs_page") },
            { path: ":run_id", lazy: () => import("@/features/work/run_page") },
        ],
    },
    {
        path: "/schedules",
        handle: { crumb: places.schedules },
        lazy: () => import("@/features/work/schedules_page"),
    },
    { path: "/team", handle: { crumb: places.team }, lazy: () => import("@/features/organizations/team_page") },
    { path: "/audit", handle: { crumb: places.audit }, lazy: () => import("@/features/audit/audit_page") },
    {
        path: "/settings",
        handle: { crumb: places.settings },
        children: [
            { index: true, lazy: () => import("@/features/settings/settings_page") },
            { path: "identity-providers/new", lazy: () => import("@/features/settings/new_provider_page") },
            { path: "identity-providers/:provider_id", lazy: () => import("@/features/settings/provider_page") },
        ],
    },
    {
        path: "/admin",
        handle: { crumb: texts.admin.title },
        children: [
            { index: true, lazy: () => import("@/features/admin/overview_page") },
            {
                path: "users",
                handle: { crumb: places.admin_users },
                children: [
                    { index: true, lazy: () => import("@/features/admin/users_page") },
                    { path: ":user_id", lazy: () => import("@/features/admin/user_page") },
                ],
            },
            {
                path: "tenants",
                handle: { crumb: places.admin_tenants },
                children: [
                    { index: true, lazy: () => import("@/features/admin/tenants_page") },
                    { path: ":tenant_id", lazy: () => import("@/features/admin/tenant_page") },
                ],
            },
            {
                path: "jobs",
                handle: { crumb: places.admin_jobs },
                lazy: () => import("@/features/admin/jobs_page"),
            },
            {
                path: "mails",
                handle: { crumb: places.admin_mails },
                children: [
                    { index: true, lazy: () => import("@/features/admin/mails_page") },
                    { path: ":mail_id", lazy: () => import("@/features/admin/mail_page") },
                ],
            },
        ],
    },
    { path: "*", element: <NoSuchPage /> },
];

export const router = createBrowserRouter([
    {
        errorElement: <PageFailed />,
        hydrateFallbackElement: <></>,
        children: [
            ...account_routes,
            {
                // Apart, since whoever signs in needs none of it yet.
                lazy: () => import("./shell"),
                children: [{ element: <Outlet />, errorElement: <PageFailed />, children: page_routes }],
            },
        ],
    },
]);
