// Uses the dashboard as people do: the real program on a folder of its own, Debian's Chromium, one line a case.
//
// Usage: node tests/browser/run.mjs --program build/check/mainstay [--only TEXT] [--screenshots build/screenshots]
import { mkdir, readdir } from "node:fs/promises";
import { parseArgs } from "node:util";
import { World } from "./world.mjs";

const { values: options } = parseArgs({
    options: {
        program: { type: "string" },
        only: { type: "string", default: "" },
        screenshots: { type: "string", default: "build/screenshots" },
    },
});
if (!options.program) throw new Error("--program is needed");

const folder = new URL("cases/", import.meta.url);
const cases = [];
for (const name of (await readdir(folder)).sort()) cases.push(...(await import(new URL(name, folder))).cases);

await mkdir(options.screenshots, { recursive: true });
const world = await World.start(options.program, options.screenshots);
let passed = 0;
let failed = 0;
try {
    for (const [name, run] of cases) {
        if (!name.includes(options.only)) continue;
        const started = performance.now();
        let fault = null;
        try {
            await run(world);
        } catch (error) {
            fault = error;
        }
        fault ??= await world.after_case().catch((error) => error);
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        console.log(`${fault ? "FAILED" : "ok    "} ${name} (${seconds} s)`);
        if (fault) console.log(`       ${fault.stack ?? fault}`);
        fault ? ++failed : ++passed;
    }
} finally {
    await world.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
