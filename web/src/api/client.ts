// The one way to the API: cookies, CSRF, the chosen tenant, problems as ApiError, waiting when told to.
import createClient from "openapi-fetch";
import type { paths } from "./schema";
import { NetworkError, problem_of } from "./problem";
import { chosen_tenant, signed_in } from "./session_store";

const retries_when_limited = 2;
const longest_wait_s = 15;

let on_signed_out: () => void = () => undefined;

export function when_signed_out(action: () => void): void {
    on_signed_out = action;
}

function with_credentials(headers: Headers, method: string): Headers {
    const tenant = chosen_tenant();
    if (tenant) headers.set("X-Tenant-Id", tenant);
    if (method === "GET") return headers;
    const token = signed_in()?.csrf_token;
    if (token) headers.set("X-CSRF-Token", token);
    return headers;
}

function wait_of(reply: Response): number | null {
    const seconds = Number(reply.headers.get("retry-after"));
    return Number.isFinite(seconds) && seconds > 0 && seconds <= longest_wait_s ? seconds : null;
}

// What was limited was not carried out, so it may be sent again as it is.
async function send_patiently(request: Request): Promise<Response> {
    for (let tried = 0; ; ++tried) {
        const reply = await fetch(request.clone()).catch((cause: unknown) => {
            if (request.signal.aborted) throw cause;
            throw new NetworkError(cause);
        });
        const wait_s = reply.status === 429 ? wait_of(reply) : null;
        if (wait_s === null || tried === retries_when_limited) return reply;
        await new Promise((done) => setTimeout(done, wait_s * 1000));
    }
}

// Gives good replies alone; others are thrown as ApiError.
export async function send(address: string | Request, init?: RequestInit): Promise<Response> {
    const request = new Request(address, init);
    const headers = with_credentials(new Headers(request.headers), request.method);
    // Changes without a body say so too: the server tells our pages from foreign forms by it.
    if (request.method !== "GET" && !headers.has("content-type")) headers.set("Content-Type", "application/json");
    const reply = await send_patiently(new Request(request, { headers }));
    if (reply.ok) return reply;
    const error = await problem_of(reply);
    if (error.status === 401 && error.code === "unauthorized") on_signed_out();
    throw error;
}

export const api = createClient<paths>({ fetch: send });

// The body of a good reply: `send` has thrown where there is none.
export async function body_of<Body>(asked: Promise<{ data?: Body }>): Promise<NonNullable<Body>> {
    const { data } = await asked;
    return data as NonNullable<Body>;
}

// One key for all tries of one act, so that it happens once.
export function once(): { "Idempotency-Key": string } {
    return { "Idempotency-Key": crypto.randomUUID() };
}
