// Tells the parts of SQL (with Jinja), YAML and JSON apart for colouring; nothing more.

export type Language = "sql" | "yaml" | "json" | "text";
export type TokenKind = "word" | "text" | "number" | "note" | "plain";

export interface Token {
    kind: TokenKind;
    text: string;
}

const sql_words =
    "add all alter and any as asc begin between by case cast check clustered coalesce column constraint create cross " +
    "database declare default delete desc distinct drop else end except exec execute exists false foreign from full " +
    "function go group having identity if in index inner insert intersect into is join key left like not null on or " +
    "order outer over partition primary procedure references return returns right row rows schema select set table " +
    "then top trigger true union unique update using values view when where with";
const words = new Set(sql_words.split(" "));

// The first alternative that matches a place decides; each has one group, in this order of kinds.
const grammars: Record<Exclude<Language, "text">, { pattern: RegExp; kinds: TokenKind[] }> = {
    sql: {
        pattern:
            /(--[^\n]*|\/\*[\s\S]*?\*\/|\{#[\s\S]*?#\})|('(?:[^']|'')*')|(\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\})|\b(\d+(?:\.\d+)?)\b|\b([A-Za-z_]\w*)\b/g,
        kinds: ["note", "text", "number", "number", "word"],
    },
    yaml: {
        pattern:
            /(#[^\n]*)|("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|^(\s*(?:- )?[\w./-]+(?=:))|\b(\d+(?:\.\d+)?|true|false|null)\b/gm,
        kinds: ["note", "text", "word", "number"],
    },
    json: {
        pattern:
            /("(?:[^"\\]|\\.)*"(?=\s*:))|("(?:[^"\\]|\\.)*")|(-?\b\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b|\btrue\b|\bfalse\b|\bnull\b)/g,
        kinds: ["word", "text", "number"],
    },
};

function tokens_of(code: string, language: Language): Token[] {
    if (language === "text") return [{ kind: "plain", text: code }];
    const { pattern, kinds } = grammars[language];
    const tokens: Token[] = [];
    let at = 0;
    for (const match of code.matchAll(pattern)) {
        const text = match[0];
        const kind = kinds[match.slice(1).findIndex((group) => group !== undefined)] ?? "plain";
        if (language === "sql" && kind === "word" && !words.has(text.toLowerCase())) continue;
        if (match.index > at) tokens.push({ kind: "plain", text: code.slice(at, match.index) });
        tokens.push({ kind, text });
        at = match.index + text.length;
    }
    if (at < code.length) tokens.push({ kind: "plain", text: code.slice(at) });
    return tokens;
}

// The tokens of each line; one that goes over several is cut at their ends.
export function lines_of(code: string, language: Language): Token[][] {
    const lines: Token[][] = [[]];
    for (const { kind, text } of tokens_of(code.replace(/\n$/, ""), language)) {
        const [first = "", ...others] = text.split("\n");
        if (first) lines.at(-1)?.push({ kind, text: first });
        for (const part of others) lines.push(part ? [{ kind, text: part }] : []);
    }
    return lines;
}
