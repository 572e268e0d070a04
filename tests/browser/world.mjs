// What the cases share: a server with sample data, a browser, people who are signed in. What a page reports against its
// policy, and what it throws, fails the case in which it happened.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Server } from "./server.mjs";

const require = createRequire(new URL("../../web/package.json", import.meta.url));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

export const wide = { width: 1440, height: 900 };
export const narrow = { width: 360, height: 740 };
export const password = "harbour lights at nine";
const patience_ms = 60_000; // on a machine that does much else
const flags = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

export class World {
    constructor(server, browser, screenshots) {
        this.server = server;
        this.browser = browser;
        this.screenshots = screenshots;
        this.contexts = [];
        this.reports = [];
        this.kept = new Map();
    }

    static async start(program, screenshots) {
        const server = await Server.start(program);
        const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: flags });
        return new World(server, browser, screenshots);
    }

    async stop() {
        await this.browser.close();
        await this.server.stop();
    }

    // A tab of its own, as `state` (of signed_in) or as nobody.
    async page({ state, size = wide, scheme = "light" } = {}) {
        const context = await this.browser.newContext({
            baseURL: this.server.address,
            viewport: size,
            colorScheme: scheme,
            reducedMotion: "reduce",
            locale: "en-GB",
            permissions: ["clipboard-read", "clipboard-write"],
            ...(state ? { storageState: state } : {}),
        });
        context.setDefaultTimeout(patience_ms);
        this.contexts.push(context);
        const page = await context.newPage();
        page.on("pageerror", (error) => this.reports.push(`the page threw ${error.message}`));
        page.on("console", (message) => {
            if (/Content.Security.Policy|Warning:/i.test(message.text())) this.reports.push(message.text());
        });
        return page;
    }

    async after_case() {
        await Promise.all(this.contexts.splice(0).map((context) => context.close()));
        const reports = this.reports.splice(0);
        if (reports.length > 0) throw new Error(reports.join("\n"));
    }

    // Made once, whichever case asks first.
    once(name, make) {
        if (!this.kept.has(name)) this.kept.set(name, make());
        return this.kept.get(name);
    }

    // The first account, made in the browser with the link of the console.
    operator() {
        return this.once("operator", async () => {
            const page = await this.page();
            await page.goto(this.server.set_up_path);
            await fill(page, {
                "Your name": "Ada Holm",
                "E-mail": "ada@example.com",
                Password: password,
                Organization: "Acme Freight",
            });
            await page.getByRole("button", { name: "Create account" }).click();
            await page.getByRole("heading", { name: "Home", exact: true }).waitFor();
            const address = page.url();
            const state = await page.context().storageState();
            return { state, address, email: "ada@example.com", password };
        });
    }

    // An account of its own by signing up and following the mailed link, as a storage state; owner of an organization that nobody else has.
    async owner(name) {
        const email = `${name.toLowerCase().replaceAll(" ", ".")}@example.com`;
        await this.server.ask("POST", "/api/v1/auth/signup", {
            name,
            email,
            password,
            organization: `${name}'s company`,
        });
        const link = await this.server.mailed_link(email, "/verify");
        await this.server.ask("POST", "/api/v1/auth/verify", { token: link.split("#token=")[1] });
        return { ...(await this.signed_in(email)), email, password, name };
    }

    // Signs in without the page for it, which has its own cases; in the tenant, where one is named.
    async signed_in(email, tenant) {
        const page = await this.page();
        const reply = await page.request.post("/api/v1/auth/login", { data: { email, password } });
        expect_that(reply.ok(), `${email} cannot sign in: ${await reply.text()}`);
        const { cookies } = await page.context().storageState();
        const kept = [{ name: "mainstay.signed_in", value: await reply.text() }];
        if (tenant) kept.push({ name: "mainstay.tenant", value: tenant });
        return { state: { cookies, origins: [{ origin: this.server.address, localStorage: kept }] } };
    }

    // The operator in the organization with the sample migration, which has ended.
    sampled() {
        return this.once("sampled", async () => {
            const { state, email } = await this.operator();
            const page = await this.page({ state });
            await page.goto("/home");
            const tenant = await page.evaluate(async () => {
                const { items } = await (await fetch("/api/v1/tenants")).json();
                return items.find((one) => one.name.includes("sample")).id;
            });
            const again = await this.signed_in(email, tenant);
            const look = await this.page({ state: again.state });
            await look.goto("/migrations");
            await look.getByText("completed", { exact: true }).nth(1).waitFor({ timeout: 60_000 });
            const migration = await look.getByRole("link", { name: "harbour_and_vale" }).getAttribute("href");
            return { ...again, tenant, migration };
        });
    }

    // Looks right to axe, does not scroll sideways; kept as a picture. Gives what is wrong.
    async look(page, name) {
        await page.evaluate(axe);
        const found = await page.evaluate(
            (runOnly) => globalThis.axe.run({ runOnly, resultTypes: ["violations"] }),
            ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
        );
        await page.screenshot({ path: join(this.screenshots, `${name}.png`) });
        const faults = found.violations.map(
            ({ id, help, nodes }) =>
                `${name}: ${id}: ${help}: ${nodes
                    .slice(0, 3)
                    .map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`)
                    .join(" | ")}`,
        );
        const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        if (overflow > 0) faults.push(`${name}: the page is ${overflow} px wider than the window`);
        return faults;
    }

    // Each of `[path, name, ready]` in both widths and both schemes; `ready` waits for what the page must show.
    async look_everywhere(pages, state) {
        const faults = [];
        const modes = [wide, narrow].flatMap((size) => ["light", "dark"].map((scheme) => ({ size, scheme })));
        await Promise.all(
            modes.map(async ({ size, scheme }) => {
                const page = await this.page({ state, size, scheme });
                for (const [path, name, ready] of pages) {
                    await page.goto(path);
                    await ready(page);
                    faults.push(...(await this.look(page, `${name}-${size.width}-${scheme}`)));
                }
            }),
        );
        if (faults.length > 0) throw new Error(faults.join("\n"));
    }
}

export async function fill(page, values) {
    for (const [label, value] of Object.entries(values)) await page.getByLabel(label, { exact: true }).fill(value);
}

export function expect_that(is_true, otherwise) {
    if (!is_true) throw new Error(otherwise);
}
