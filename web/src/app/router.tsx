// Every address of the dashboard, each with its page, which is loaded when it is first wanted. The first parts of the
// addresses stand in src/app/pages.cpp, too, which answers them with this program.
import { createBrowserRouter, Outlet, type RouteObject } from "react-router";
import { texts } from "@/texts";
import { NoSuchPage, PageFailed, Shell } from "./shell";

const { places } = texts.shell;

const account_routes: RouteObject[] = [
    { path: "/", lazy: () => import("@/features/identity/landing_page") },
    { path: "/login", lazy: () => import("@/features/identity/sign_in_page") },
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
                element: <Shell />,
                children: [{ element: <Outlet />, errorElement: <PageFailed />, children: page_routes }],
            },
        ],
    },
]);
