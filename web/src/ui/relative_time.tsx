// How long ago, with the full time on hover; it moves on by itself.
import { useSyncExternalStore } from "react";
import { from_now, full_moment } from "./formats";

const period_ms = 15_000;

function subscribe(changed: () => void) {
    const timer = setInterval(changed, period_ms);
    return () => clearInterval(timer);
}

const now = () => Math.floor(Date.now() / period_ms) * period_ms;

export function RelativeTime({ time, empty = "–" }: { time: string | null | undefined; empty?: string }) {
    useSyncExternalStore(subscribe, now);
    if (!time) return <span className="text-soft">{empty}</span>;
    return (
        <time dateTime={time} title={full_moment(time)} className="whitespace-nowrap">
            {from_now(time)}
        </time>
    );
}
