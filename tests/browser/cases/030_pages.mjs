import { expect_that } from "../world.mjs";

const heading = (name) => (page) => page.getByRole("heading", { name, exact: true, level: 1 }).waitFor();
const shown = (text) => (page) => page.getByText(text).first().waitFor();

const most_bytes = { newcomer: 200_000, list: 270_000 };

export const cases = [
    [
        "A newcomer's first page takes less than 200 kB over the wire, a list not much more, and the second time nothing",
        async (world) => {
            const { state } = await world.sampled();
            async function bytes_of_visit(page, path, text) {
                const requests = [];
                const note = (request) => requests.push(request);
                page.on("requestfinished", note);
                await page.goto(path);
                await page.getByText(text).first().waitFor();
                await page.evaluate(() => document.fonts.ready.then(() => undefined));
                page.off("requestfinished", note);
                const sizes = await Promise.all(requests.map((request) => request.sizes()));
                return sizes.reduce((sum, one) => sum + one.responseBodySize + one.responseHeadersSize, 0);
            }
            const newcomer = await bytes_of_visit(await world.page(), "/login", "Forgot your password?");
            const page = await world.page({ state });
            const list = await bytes_of_visit(page, "/migrations", "harbour_and_vale");
            const again = await bytes_of_visit(page, "/migrations", "harbour_and_vale");
            console.log(`       sign-in ${newcomer} bytes, a list ${list}, again ${again}`);
            expect_that(newcomer < most_bytes.newcomer, "the sign-in page is too large");
            expect_that(list < most_bytes.list, "the list is too large");
            expect_that(again < list / 10, "the browser keeps too little");
        },
    ],
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
