// One stream of server-sent events. It goes on behind the last event that came, however often it is cut off, and waits
// longer each time that nobody answers. (EventSource cannot say for which tenant it asks.)
import { useEffect, useEffectEvent, useState } from "react";
import { send } from "@/api/client";
import { ApiError } from "@/api/problem";

const first_wait_ms = 500;
const longest_wait_ms = 15_000;

export interface LiveEvent {
    id: string;
    type: string;
    data: unknown;
}

function event_of(block: string): LiveEvent | null {
    const event = { id: "", type: "message", data: "" };
    for (const line of block.split("\n")) {
        const colon = line.indexOf(":");
        if (colon < 1) continue;
        const value = line.slice(colon + 1).replace(/^ /, "");
        const name = line.slice(0, colon);
        if (name === "id") event.id = value;
        else if (name === "event") event.type = value;
        else if (name === "data") event.data += (event.data && "\n") + value;
    }
    return event.data ? { ...event, data: JSON.parse(event.data) as unknown } : null;
}

async function* events_of(stream: ReadableStream<Uint8Array>): AsyncGenerator<LiveEvent> {
    let rest = "";
    for await (const text of stream.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)) {
        const blocks = (rest + text).split("\n\n");
        rest = blocks.pop() ?? "";
        for (const block of blocks) {
            const event = event_of(block);
            if (event) yield event;
        }
    }
}

interface Following {
    take: (event: LiveEvent) => void;
    connected: (is_connected: boolean) => void;
    signal: AbortSignal;
}

async function follow(address: string, { take, connected, signal }: Following): Promise<void> {
    let last_id = "";
    let wait_ms = first_wait_ms;
    while (!signal.aborted) {
        try {
            const headers = last_id ? { "Last-Event-ID": last_id } : {};
            const reply = await send(address, { signal, headers, cache: "no-store" });
            connected(true);
            if (!reply.body) return;
            for await (const event of events_of(reply.body)) {
                wait_ms = first_wait_ms;
                // Ids grow: what came already does not count again.
                if (event.id <= last_id) continue;
                last_id = event.id;
                take(event);
            }
        } catch (error) {
            if (signal.aborted) return;
            // Who is refused would be refused again.
            if (error instanceof ApiError && error.status < 500) return;
        }
        connected(false);
        const pause_ms = wait_ms * (0.75 + Math.random() / 2);
        await new Promise((done) => setTimeout(done, pause_ms));
        wait_ms = Math.min(wait_ms * 2, longest_wait_ms);
    }
}

// Follows while `address` is given; gives whether the stream stands.
export function useLive(address: string | null, take: (event: LiveEvent) => void): boolean {
    const [is_connected, set_connected] = useState(false);
    const take_now = useEffectEvent(take);
    useEffect(() => {
        if (address === null) return undefined;
        const stop = new AbortController();
        const connected = (stands: boolean) => !stop.signal.aborted && set_connected(stands);
        void follow(address, { take: (event) => take_now(event), connected, signal: stop.signal });
        return () => {
            stop.abort();
            set_connected(false);
        };
    }, [address]);
    return is_connected;
}
