// Code to read: numbered, coloured, with what is to be said of a line under that line. Two beside each other, or as
// what changed from one to the other.
import { useMemo, type ReactNode } from "react";
import { texts } from "@/texts";
import { Button } from "./button";
import { names } from "./class_names";
import { useCopy } from "./copyable_id";
import { changes_between, type Change } from "./difference";
import { lines_of, type Language, type Token, type TokenKind } from "./highlight";

export interface Diagnostic {
    line: number;
    tone: "bad" | "caution" | "info";
    text: string;
}

const colours: Record<TokenKind, string> = {
    word: "text-code-word",
    text: "text-code-text",
    number: "text-code-number",
    note: "text-code-note italic",
    plain: "",
};

const said: Record<Diagnostic["tone"], string> = {
    bad: "border-bad bg-bad-soft text-bad",
    caution: "border-caution bg-caution-soft text-caution",
    info: "border-info bg-info-soft text-info",
};

function Line({ tokens }: { tokens: Token[] }) {
    return tokens.map((token, index) => (
        <span key={index} className={colours[token.kind]}>
            {token.text}
        </span>
    ));
}

interface Props {
    code: string;
    language: Language;
    title?: string;
    // The number of its first line, where it is a part of a file.
    first_line?: number;
    diagnostics?: Diagnostic[];
    height?: string;
}

function Frame({
    title,
    code,
    height,
    children,
}: {
    title: string;
    code: string;
    height: string;
    children: ReactNode;
}) {
    const [is_copied, copy] = useCopy();
    return (
        <figure className="min-w-0 overflow-hidden rounded-base border bg-panel">
            <figcaption className="flex h-9 items-center justify-between border-b pr-1 pl-3">
                <span className="truncate text-small font-medium text-soft">{title}</span>
                <Button
                    kind="quiet"
                    size="small"
                    icon={is_copied ? "check" : "copy"}
                    aria-label={is_copied ? texts.common.copied : texts.common.copy(title)}
                    onClick={() => copy(code)}
                />
            </figcaption>
            <div
                tabIndex={0}
                role="region"
                aria-label={title}
                className={names(
                    "overflow-auto py-2 font-mono text-small leading-[18px] focus-visible:-outline-offset-2",
                    height,
                )}
            >
                {children}
            </div>
        </figure>
    );
}

const number_look = "sticky left-0 w-10 shrink-0 bg-panel pr-3 text-right text-code-note select-none";

export function CodeView({
    code,
    language,
    title = language.toUpperCase(),
    first_line = 1,
    diagnostics = [],
    height = "max-h-[70dvh]",
}: Props) {
    const lines = useMemo(() => lines_of(code, language), [code, language]);
    return (
        <Frame title={title} code={code} height={height}>
            <div className="w-max min-w-full">
                {lines.map((tokens, index) => (
                    <div key={index}>
                        <div className="flex">
                            <span className={number_look}>{index + first_line}</span>
                            <code className="min-h-[18px] pr-4 whitespace-pre">
                                <Line tokens={tokens} />
                            </code>
                        </div>
                        {diagnostics
                            .filter(({ line }) => line === index + first_line)
                            .map(({ tone, text }, at) => (
                                <div
                                    key={at}
                                    className={names(
                                        "my-1 mr-4 ml-10 max-w-180 border-l-2 px-2 py-1 font-sans whitespace-pre-wrap",
                                        said[tone],
                                    )}
                                >
                                    {text}
                                </div>
                            ))}
                    </div>
                ))}
            </div>
        </Frame>
    );
}

export function SideBySide({ left, right }: { left: ReactNode; right: ReactNode }) {
    return (
        <div className="grid gap-4 lg:grid-cols-2">
            {[left, right].map((one, index) => (
                <div key={index} className="min-w-0">
                    {one}
                </div>
            ))}
        </div>
    );
}

const signs: Record<Change["kind"], { sign: string; look: string }> = {
    same: { sign: " ", look: "" },
    added: { sign: "+", look: "bg-good-soft text-good" },
    removed: { sign: "-", look: "bg-bad-soft text-bad" },
};

export function Diff({ before, after, title }: { before: string; after: string; title: string }) {
    const changes = useMemo(() => changes_between(before.split("\n"), after.split("\n")), [before, after]);
    return (
        <Frame title={title} code={after} height="max-h-[60dvh]">
            <div className="w-max min-w-full">
                {changes.map(({ kind, text }, index) => (
                    <div key={index} className={names("flex px-3", signs[kind].look)}>
                        <span className="w-4 shrink-0 select-none">{signs[kind].sign}</span>
                        <code className="min-h-[18px] whitespace-pre">{text}</code>
                    </div>
                ))}
            </div>
        </Frame>
    );
}
