// What the dashboard costs its readers, beside the aims: bytes, requests and time until a page can be used, and the
// longest task while a long list is scrolled and searched. Figures are of this machine at this moment.
//
// Usage: node tests/browser/measure.mjs --program build/release/mainstay [--rows 100000]
import { parseArgs } from "node:util";
import { World } from "./world.mjs";

const { values: options } = parseArgs({
    options: { program: { type: "string" }, rows: { type: "string", default: "100000" } },
});
if (!options.program) throw new Error("--program is needed");

const aims = { bytes: 200_000, task_ms: 50 };
const at_once = 32;
const page_size = 100; // of the dashboard's lists
const wait_ms = 600_000;
const rows = Number(options.rows);

const pages = [
    ["sign-in", "/login", "Forgot your password?"],
    ["home", "/home", "harbour_and_vale"],
    ["migrations", "/migrations", "harbour_and_vale"],
    ["keys", "/keys", "New key"],
    ["usage", "/usage", "Quotas this month"],
    ["audit", "/audit", "Audit log"],
    ["settings", "/settings", "Save profile"],
];

// One visit by somebody who was never there.
async function visit(world, state, path, text) {
    const page = await world.page(state ? { state } : {});
    const requests = [];
    page.on("requestfinished", (request) => requests.push(request));
    const started = performance.now();
    await page.goto(path);
    await page.getByText(text).first().waitFor();
    const ready_ms = performance.now() - started;
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    const sizes = await Promise.all(requests.map((request) => request.sizes()));
    const bytes = sizes.reduce((sum, one) => sum + one.responseBodySize + one.responseHeadersSize, 0);
    await page.context().close();
    return { bytes, requests: requests.length, ready_ms };
}

// By a key, since people are limited to what people do.
async function make_keys(world, page, wanted) {
    const secret = await page.evaluate(async () => {
        const headers = {
            "Content-Type": "application/json",
            "X-Tenant-Id": localStorage.getItem("mainstay.tenant"),
            "X-CSRF-Token": JSON.parse(localStorage.getItem("mainstay.signed_in")).csrf_token,
        };
        const body = JSON.stringify({ name: "measure", scopes: ["admin"] });
        return (await (await fetch("/api/v1/keys", { method: "POST", headers, body })).json()).key;
    });
    let next = 0;
    async function work() {
        while (next < wanted) {
            const key = { name: `program ${next++}`, scopes: ["read"] };
            await world.server.ask("POST", "/api/v1/keys", key, { Authorization: `Bearer ${secret}` });
        }
    }
    await Promise.all(Array.from({ length: at_once }, work));
}

// The longest of the tasks that held the page up while `act` ran.
async function longest_task(page, act) {
    await page.evaluate(() => {
        globalThis.longest = 0;
        globalThis.watch ??= new PerformanceObserver((list) => {
            for (const { duration } of list.getEntries()) globalThis.longest = Math.max(globalThis.longest, duration);
        });
        globalThis.watch.observe({ type: "longtask" });
    });
    await act();
    await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
    return page.evaluate(() => globalThis.longest);
}

async function measure_list(world, state) {
    const page = await world.page({ state });
    page.context().setDefaultTimeout(wait_ms);
    await page.goto("/keys");
    await make_keys(world, page, rows);
    await page.reload();
    await page.getByText("program ").first().waitFor();
    // As somebody would who presses "Load more" until there is nothing more.
    await page.evaluate(async () => {
        const button = () => [...document.querySelectorAll("button")].find((one) => one.innerText === "Load more");
        for (let waited = 0; waited < 100;) {
            const more = button();
            if (more && !more.disabled) more.click();
            waited = more ? 0 : waited + 1;
            await new Promise((done) => setTimeout(done, 5));
        }
    });
    const list = page.getByRole("region", { name: "API keys" });
    const scrolled = await longest_task(page, () =>
        list.evaluate(async (element) => {
            const end = element.scrollHeight;
            for (let step = 0; step <= 100; ++step) {
                element.scrollTop = (end * step) / 100;
                await new Promise((done) => requestAnimationFrame(done));
            }
        }),
    );
    const count = await list.locator("table").getAttribute("aria-rowcount");
    const searched = await longest_task(page, () =>
        page.getByRole("searchbox").pressSequentially("program 4711", { delay: 60 }),
    );
    await page.context().close();
    return { count: Number(count) - 1, scrolled, searched };
}

const against = (value, aim, unit) => `${Math.round(value)} ${unit} (aim ${aim}${value > aim ? ", missed" : ""})`;

const world = await World.start(options.program, "build/screenshots");
try {
    const { state } = await world.sampled();
    for (const [name, path, text] of pages) {
        const { bytes, requests, ready_ms } = await visit(world, path === "/login" ? null : state, path, text);
        console.log(
            `${name.padEnd(11)} ${against(bytes, aims.bytes, "bytes")}, ${requests} requests, ` +
                `${Math.round(ready_ms)} ms until it can be used`,
        );
    }
    const { count, scrolled, searched } = await measure_list(world, state);
    const pages_loaded = Math.ceil(count / page_size);
    console.log(`a list of ${count} rows in ${pages_loaded} pages, longest task:`);
    console.log(`  scrolled  ${against(scrolled, aims.task_ms, "ms")}`);
    console.log(`  searched  ${against(searched, aims.task_ms, "ms")}`);
} finally {
    await world.stop();
}
