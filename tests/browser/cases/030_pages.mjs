import { expect_that } from "../world.mjs";

const heading = (name) => (page) => page.getByRole("heading", { name, exact: true, level: 1 }).waitFor();
const shown = (text) => (page) => page.getByText(text).first().waitFor();

const most_bytes = { newcomer: 200_000, list: 255_000 };

// The addresses of a detail of each kind, of what the sample data has, and of a key that is made for it.
async function one_of_each(world, state, migration) {
    const page = await world.page({ state });
    await page.goto("/home");
    const found = await page.evaluate(async (migration) => {
        const signed_in = JSON.parse(localStorage.getItem("mainstay.signed_in"));
        const headers = {
            "Content-Type": "application/json",
            "X-Tenant-Id": localStorage.getItem("mainstay.tenant"),
            "X-CSRF-Token": signed_in.csrf_token,
        };
        const ask = async (path, more = {}) => (await fetch(path, { headers, ...more })).json();
        const first = async (path) => (await ask(path)).items[0]?.id;
        const invitation = { email: "nia@example.com", role: "user" }; // a mail, which is a job
        const tenant = localStorage.getItem("mainstay.tenant");
        await ask(`/api/v1/tenants/${tenant}/invitations`, { method: "POST", body: JSON.stringify(invitation) });
        const key = { name: "a customer's", audience: "customer", prefix: "hv" };
        return {
            model: await first(`/api/v1${migration}/models?limit=1`),
            key: (await ask("/api/v1/keys", { method: "POST", body: JSON.stringify(key) })).id,
            job: await first("/api/v1/jobs?limit=1"),
            run: await first("/api/v1/workflow-runs?limit=1"),
            mail: await first("/api/v1/admin/mails?limit=1"),
            user: signed_in.user.id,
        };
    }, migration);
    return {
        model: `${migration}/models/${found.model}`,
        key: `/keys/${found.key}`,
        job: `/jobs/${found.job}`,
        run: `/runs/${found.run}`,
        mail: `/admin/mails/${found.mail}`,
        user: found.user,
    };
}

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
            const { model, key, job, run, mail, user } = await one_of_each(world, state, migration);
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
                    ["/usage", "usage", shown("Breakdown")],
                    ["/jobs", "jobs", heading("Jobs")],
                    ["/runs", "runs", shown("completed")],
                    ["/schedules", "schedules", heading("Schedules")],
                    ["/team", "team", shown("Ada Holm")],
                    ["/audit", "audit", heading("Audit log")],
                    ["/settings", "settings", shown("Save profile")],
                    ["/settings?tab=security", "security", shown("Change password")],
                    ["/settings?tab=sessions", "sessions", shown("this one")],
                    ["/settings?tab=organization", "organization", shown("Save organization")],
                    ["/settings?tab=domains", "domains", shown("No domain yet")],
                    ["/settings?tab=sign_on", "sign-on", shown("No provider yet")],
                    ["/settings/identity-providers/new", "new-provider", heading("New provider")],
                    ["/settings?tab=support", "support", shown("Nobody was let in")],
                    ["/settings?tab=retention", "retention", shown("Your plan keeps")],
                    ["/settings?tab=archive", "archive", shown("No archive")],
                    [`${migration}?tab=tests`, "tests", shown("Rows that break it")],
                    [`${migration}?tab=report`, "report", shown("What may differ")],
                    [model, "model", shown("Rows given")],
                    [key, "key", shown("Made by")],
                    [`${key}/edit`, "edit-key", shown("Save key")],
                    [job, "job", shown("Caused by")],
                    [run, "run", shown("Steps")],
                    [mail, "admin-mail", shown("Kind")],
                    ["/admin", "admin", shown("New users by day")],
                    ["/admin/users", "admin-users", shown("ada@example.com")],
                    [`/admin/users/${user}`, "admin-user", shown("Where they work")],
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
