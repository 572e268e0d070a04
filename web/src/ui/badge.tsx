// Badge: a word about a thing. Status: how a thing stands, in the state's colour, which nothing else uses.
import type { ReactNode } from "react";
import { names } from "./class_names";
import type { Tone } from "./note";

const colours: Record<Tone | "plain" | "accent" | "operator", string> = {
    plain: "bg-hover text-soft",
    accent: "bg-accent-soft text-accent",
    operator: "bg-operator-soft text-operator",
    good: "bg-good-soft text-good",
    caution: "bg-caution-soft text-caution",
    bad: "bg-bad-soft text-bad",
    info: "bg-info-soft text-info",
};

interface BadgeProps {
    tone?: keyof typeof colours;
    children: ReactNode;
}

export function Badge({ tone = "plain", children }: BadgeProps) {
    return (
        <span
            className={names(
                "inline-flex h-5 items-center rounded-[4px] px-1.5 text-small font-medium whitespace-nowrap",
                colours[tone],
            )}
        >
            {children}
        </span>
    );
}

type Look = { text: string; dot: string; is_moving?: boolean };

const good: Look = { text: "text-good", dot: "bg-good" };
const bad: Look = { text: "text-bad", dot: "bg-bad" };
const caution: Look = { text: "text-caution", dot: "bg-caution" };
const idle: Look = { text: "text-soft", dot: "bg-line-strong" };
const moving: Look = { text: "text-info", dot: "bg-info", is_moving: true };

// Every state that the API knows, in the same colour on each page.
const states: Record<string, Look> = {
    completed: good,
    passed: good,
    active: good,
    verified: good,
    ready: good,
    ok: good,
    running: moving,
    waiting: caution,
    pending: idle,
    skipped: idle,
    cancelled: idle,
    revoked: idle,
    inactive: idle,
    paused: caution,
    disabled: caution,
    expired: caution,
    trial: { text: "text-info", dot: "bg-info" },
    not_translated: caution,
    deleting: bad,
    degraded: caution,
    down: bad,
    suspended: bad,
    failed: bad,
    dead: bad,
};

export function Status({ state, label }: { state: string; label?: string }) {
    const { text, dot, is_moving } = states[state] ?? idle;
    return (
        <span className={names("inline-flex items-center gap-1.5 font-medium whitespace-nowrap", text)}>
            <span className={names("size-2 shrink-0 rounded-full", dot, is_moving && "animate-pulse")} />
            {label ?? state.replaceAll("_", " ")}
        </span>
    );
}
