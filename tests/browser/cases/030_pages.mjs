const heading = (name) => (page) => page.getByRole("heading", { name, exact: true, level: 1 }).waitFor();
const shown = (text) => (page) => page.getByText(text).first().waitFor();

export const cases = [
    [
        "Each page has no fault that axe finds and fits its window, in both widths and schemes",
        async (world) => {
            const { state, migration, tenant } = await world.sampled();
            await world.look_everywhere(
                [
                    ["/home", "home", shown("harbour_and_vale")],
                    ["/migrations", "migrations", shown("harbour_and_vale")],
                    ["/migrations/new", "new-migration", heading("New migration")],
                    [migration, "migration", shown("What becomes of the objects")],
                    [`${migration}?tab=models`, "models", shown("stg_catalog__brands")],
                    [`${migration}?tab=objects`, "objects", shown("Catalog.Brand")],
                    [`${migration}?tab=lineage`, "lineage", shown("Zoom in")],
                    ["/keys", "keys", heading("API keys")],
                    ["/keys/new", "new-key", heading("New key")],
                    ["/usage", "usage", shown("By endpoint")],
                    ["/jobs", "jobs", heading("Jobs")],
                    ["/runs", "runs", shown("completed")],
                    ["/schedules", "schedules", heading("Schedules")],
                    ["/team", "team", shown("Ada Holm")],
                    ["/audit", "audit", heading("Audit log")],
                    ["/settings", "settings", shown("Save profile")],
                    ["/settings?tab=security", "security", shown("Change password")],
                    ["/settings?tab=sessions", "sessions", shown("this one")],
                    ["/settings?tab=organization", "organization", shown("Save organization")],
                    ["/admin", "admin", heading("Administration")],
                    ["/admin/tenants", "admin-tenants", shown("Acme Freight")],
                    [`/admin/tenants/${tenant}`, "admin-tenant", shown("Save tenant")],
                    ["/admin/jobs", "admin-jobs", heading("All jobs")],
                    ["/admin/mails", "admin-mails", heading("Mails")],
                    ["/ui", "parts", heading("Parts")],
                ],
                state,
            );
        },
    ],
];
