// The places of the sidebar, each with the permission without which it is absent.
import type { IconName } from "@/ui/icons";
import { texts } from "@/texts";

export interface Place {
    to: string;
    label: string;
    icon: IconName;
    permission: string;
    // Outside the dashboard, in a page of its own.
    is_apart?: boolean;
}

export interface PlaceGroup {
    label: string;
    places: Place[];
    is_operators?: boolean;
}

const { groups, places } = texts.shell;

const place_groups: PlaceGroup[] = [
    {
        label: groups.products,
        places: [{ to: "/migrations", label: places.migrations, icon: "migrate", permission: "migrations.read" }],
    },
    {
        label: groups.workspace,
        places: [
            { to: "/home", label: places.home, icon: "home", permission: "me.read" },
            { to: "/usage", label: places.usage, icon: "usage", permission: "usage.read" },
            { to: "/jobs", label: places.jobs, icon: "jobs", permission: "jobs.read" },
            { to: "/runs", label: places.runs, icon: "runs", permission: "runs.read" },
            { to: "/schedules", label: places.schedules, icon: "clock", permission: "schedules.read" },
        ],
    },
    {
        label: groups.build,
        places: [
            { to: "/keys", label: places.keys, icon: "key", permission: "keys.read" },
            { to: "/docs", label: places.reference, icon: "book", permission: "me.read", is_apart: true },
        ],
    },
    {
        label: groups.settings,
        places: [
            { to: "/team", label: places.team, icon: "team", permission: "members.read" },
            { to: "/audit", label: places.audit, icon: "audit", permission: "audit.read" },
            { to: "/settings", label: places.settings, icon: "settings", permission: "me.read" },
        ],
    },
    {
        label: groups.operator,
        is_operators: true,
        places: [
            { to: "/admin", label: places.admin, icon: "shield", permission: "system.read" },
            { to: "/admin/users", label: places.admin_users, icon: "team", permission: "system.read" },
            { to: "/admin/tenants", label: places.admin_tenants, icon: "building", permission: "system.read" },
            { to: "/admin/jobs", label: places.admin_jobs, icon: "jobs", permission: "system.read" },
            { to: "/admin/mails", label: places.admin_mails, icon: "mail", permission: "system.read" },
        ],
    },
];

// What stands in the bar of a phone, beside the sheet with the rest.
export const main_places = ["/home", "/migrations", "/keys", "/usage"];

export function places_for(can: (permission: string) => boolean): PlaceGroup[] {
    return place_groups
        .map((group) => ({ ...group, places: group.places.filter((place) => can(place.permission)) }))
        .filter((group) => group.places.length > 0);
}
