import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect_that, fill, password } from "../world.mjs";

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const heading = (page, name) => page.getByRole("heading", { name, exact: true }).waitFor();

// RFC 6238, with SHA-1, 30 s and six digits; `later` steps from now.
function totp(secret, later = 0) {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
    const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
    const hash = createHmac("sha1", key).update(counter).digest();
    const number = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
    return String(number % 1_000_000).padStart(6, "0");
}

export const cases = [
    [
        "A key is shown once, works, gets a new secret, and is revoked after its consequences were told",
        async (world) => {
            const { state } = await world.owner("Kim Oak");
            const page = await world.page({ state });
            await page.goto("/keys");
            await heading(page, "No key yet");
            await page.getByRole("link", { name: "New key" }).first().click();
            await press(page, "Create key");
            await page.getByText("This is needed.").waitFor();
            await fill(page, { Name: "nightly export" });
            await press(page, "Create key");
            const dialog = page.getByRole("dialog", { name: "Copy the key now" });
            const secret = await dialog.locator("code").innerText();
            const works = (key) => world.server.ask("GET", "/api/v1/me", undefined, { Authorization: `Bearer ${key}` });
            await works(secret);
            await dialog.getByRole("button", { name: "I have it" }).click();
            await heading(page, "nightly export");
            expect_that(!(await page.content()).includes(secret), "the key is still on the page");
            await press(page, "Rotate");
            await press(page, "Rotate key");
            const renewed = await page.getByRole("dialog", { name: "Copy the key now" }).locator("code").innerText();
            expect_that(renewed !== secret, "it is the same secret");
            await works(renewed);
            await press(page, "I have it");
            await press(page, "Revoke");
            await page.getByText("Programs that use it stop working.").waitFor();
            await press(page, "Revoke key");
            await page.getByText("revoked", { exact: true }).waitFor();
            expect_that((await page.getByRole("button", { name: "Rotate" }).count()) === 0, "it can still be rotated");
        },
    ],
    [
        "Scripts are dropped in, the migration is watched to its end, and the project is a zip",
        async (world) => {
            const { state } = await world.owner("Mia Dahl");
            const page = await world.page({ state });
            await page.goto("/migrations/new");
            const script = "CREATE TABLE dbo.item (id INT NOT NULL PRIMARY KEY, name NVARCHAR(40));\nGO\n";
            await page
                .getByLabel("Choose files")
                .first()
                .setInputFiles({
                    name: "Shop 2.sql",
                    mimeType: "application/sql",
                    buffer: Buffer.from(script),
                });
            expect_that((await page.getByLabel("Project name").inputValue()) === "shop_2", "the name is not made");
            await press(page, "Start migration");
            await heading(page, "shop_2");
            await page.getByText("completed", { exact: true }).first().waitFor({ timeout: 60_000 });
            const saved = page.waitForEvent("download");
            await press(page, "Download project");
            const file = await saved;
            expect_that(file.suggestedFilename() === "shop_2.zip", file.suggestedFilename());
            const bytes = await readFile(await file.path());
            expect_that(bytes.subarray(0, 2).toString() === "PK", "it is no zip");
        },
    ],
    [
        "A migration that is watched goes on being watched after the server was killed, and never goes back",
        async (world) => {
            const { state } = await world.owner("Ola Hart");
            const page = await world.page({ state });
            await page.goto("/migrations");
            await press(page, "Try the sample");
            await heading(page, "harbour_and_vale");
            const progress = page.getByRole("progressbar", { name: "Testing" });
            await progress.waitFor();
            const seen = await page.evaluateHandle(() => {
                const values = [];
                new MutationObserver(() => {
                    const bar = document.querySelector('[role="progressbar"]');
                    if (bar) values.push(Number(bar.getAttribute("aria-valuenow")));
                }).observe(document.body, { subtree: true, attributes: true, childList: true });
                return values;
            });
            await world.server.kill();
            await page.getByText("Connecting …").waitFor();
            world.server.run();
            await world.server.answers();
            await page.getByText("completed", { exact: true }).first().waitFor({ timeout: 90_000 });
            const values = await seen.jsonValue();
            const back = values.find((value, index) => index > 0 && value < values[index - 1]);
            expect_that(back === undefined, `it went back to ${back} in ${values}`);
        },
    ],
    [
        "Who is invited makes an account by the mail, and as a member sees no action that they lack",
        async (world) => {
            const { state } = await world.owner("Lea Fox");
            const page = await world.page({ state });
            await page.goto("/team");
            await press(page, "Invite");
            await fill(page, { "E-mail": "uma@example.com" });
            await press(page, "Send invitation");
            await page.getByRole("region", { name: "Invitations" }).getByText("uma@example.com").waitFor();
            const link = await world.server.mailed_link("uma@example.com", "/invitation");
            const guest = await world.page();
            await guest.goto(link);
            await guest.getByText("Lea Fox's company invites uma@example.com to work there as Member.").waitFor();
            await fill(guest, { "Your name": "Uma Ray", Password: password });
            await press(guest, "Accept the invitation");
            await heading(guest, "Home");
            await guest.getByRole("link", { name: "Migrate", exact: true }).waitFor();
            for (const name of ["Audit log", "Overview", "All jobs", "New key", "Invite"])
                expect_that((await guest.getByRole("link", { name, exact: true }).count()) === 0, `${name} is shown`);
            await guest.goto("/team");
            await guest.getByRole("heading", { name: "Team", level: 1 }).waitFor();
            expect_that((await guest.getByRole("button", { name: "Invite" }).count()) === 0, "Invite is shown");
            expect_that((await guest.getByRole("button", { name: /More actions/ }).count()) === 0, "actions are shown");
        },
    ],
    [
        "A second factor is set up by its secret and asked for at the next sign-in",
        async (world) => {
            const { state, email } = await world.owner("Sam Birk");
            const page = await world.page({ state });
            await page.goto("/settings?tab=security");
            await press(page, "Set up");
            await page.getByRole("img", { name: "QR code of the second factor" }).waitFor();
            const secret = await page.getByText("Or type this secret:").getByRole("button").innerText();
            await fill(page, { Code: totp(secret) });
            await press(page, "Put in force");
            await heading(page, "Keep these recovery codes");
            const recovery = await page.getByRole("dialog").getByRole("listitem").first().innerText();
            await press(page, "I have them");
            await page.getByText("In force").waitFor();
            const next = await world.page();
            await next.goto("/login");
            await fill(next, { "E-mail": email, Password: password });
            await press(next, "Sign in");
            await heading(next, "Second step");
            await fill(next, { Code: "000000" });
            await press(next, "Sign in");
            await next.getByRole("alert").getByText(/\S/).first().waitFor();
            await fill(next, { Code: recovery });
            await press(next, "Sign in");
            await heading(next, "Home");
        },
    ],
    [
        "Ctrl-K goes to a page by the keyboard alone, and Escape gives the focus back",
        async (world) => {
            const { state } = await world.owner("Jo Ash");
            const page = await world.page({ state });
            await page.goto("/home");
            await heading(page, "Home");
            await page.keyboard.press("Control+k");
            await page.getByRole("combobox").waitFor();
            await page.keyboard.type("api k");
            await page.keyboard.press("Enter");
            await heading(page, "API keys");
            await page.getByRole("button", { name: "Search" }).first().focus();
            await page.keyboard.press("Control+k");
            await page.getByRole("combobox").waitFor();
            await page.keyboard.press("Escape");
            await page.getByRole("combobox").waitFor({ state: "detached" });
            const label = await page.evaluate(() => document.activeElement.textContent);
            expect_that(label.includes("Search"), `the focus is on ${label}`);
        },
    ],
];
