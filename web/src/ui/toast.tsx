// Says for some seconds that something was done. Errors do not come here: they stay where they arose.
import { useSyncExternalStore } from "react";
import { texts } from "@/texts";
import { Button } from "./button";
import { Icon } from "./icons";

const shown_ms = 5000;
const most_at_once = 3;

interface Message {
    id: number;
    text: string;
}

let messages: readonly Message[] = [];
let next_id = 1;
const listeners = new Set<() => void>();

function set(changed: readonly Message[]) {
    messages = changed;
    for (const listener of listeners) listener();
}

function dismiss(id: number) {
    set(messages.filter((message) => message.id !== id));
}

export function toast(text: string): void {
    const id = next_id++;
    set([...messages, { id, text }].slice(-most_at_once));
    setTimeout(() => dismiss(id), shown_ms);
}

function subscribe(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

export function Toasts() {
    const current = useSyncExternalStore(subscribe, () => messages);
    return (
        <div
            role="status"
            aria-live="polite"
            className="pointer-events-none fixed inset-x-4 bottom-18 z-50 flex flex-col items-center gap-2 sm:bottom-4"
        >
            {current.map(({ id, text }) => (
                <div
                    key={id}
                    className="pointer-events-auto flex max-w-full items-center gap-2 rounded-base border bg-raised py-1 pr-1 pl-3 shadow-base"
                >
                    <span className="text-good">
                        <Icon name="check" />
                    </span>
                    <span className="min-w-0 break-words">{text}</span>
                    <Button
                        kind="quiet"
                        size="small"
                        icon="cross"
                        aria-label={texts.common.close}
                        onClick={() => dismiss(id)}
                    />
                </div>
            ))}
        </div>
    );
}
