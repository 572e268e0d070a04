// Writes src/api/schema.d.ts (types) and src/api/limits.ts (what forms must know) from the program's own document.
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const source = new URL("../../docs/reference/openapi.json", import.meta.url);
const folder = new URL("../src/api/", import.meta.url);
const note = "// Made by scripts/generate_api.mjs from docs/reference/openapi.json; not committed.\n";
const kept = ["minLength", "maxLength", "minimum", "maximum", "pattern", "minItems", "maxItems"];

const document = JSON.parse(await readFile(source, "utf8"));

function limitsOfField(schema) {
    const alternatives = [schema, ...(schema.anyOf ?? [])];
    const limits = {};
    for (const one of alternatives) for (const name of kept) if (name in one) limits[name] = one[name];
    const choices = alternatives.find((one) => one.enum)?.enum;
    if (choices) limits.choices = choices;
    return limits;
}

function limitsOf(schema) {
    const needed = schema.required ?? [];
    return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, one]) => [
            name,
            { ...(needed.includes(name) ? { required: true } : {}), ...limitsOfField(one) },
        ]),
    );
}

const lines = [note];
const put = (name, schema) => lines.push(`export const ${name} = ${JSON.stringify(limitsOf(schema))} as const;`);
for (const operations of Object.values(document.paths)) {
    for (const operation of Object.values(operations)) {
        const body = operation.requestBody?.content?.["application/json"]?.schema;
        if (body?.properties) put(operation.operationId, body);
    }
}
for (const [name, schema] of Object.entries(document.components.schemas)) {
    if (schema.properties) put(`${name}_limits`, schema);
}

// A build that changes nothing leaves the times of the files as they were.
async function write(name, text) {
    const place = new URL(name, folder);
    const before = await readFile(place, "utf8").catch(() => "");
    if (before !== text) await writeFile(place, text);
}

await write("limits.ts", lines.join("\n") + "\n");
await write("schema.d.ts", note + astToString(await openapiTS(document)));
