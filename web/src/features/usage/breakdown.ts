// Requests put together by what a reader asks about: the endpoint, the credential, the status.
import type { Usage } from "./queries";

export type By = "endpoint" | "credential" | "status";

export interface Total {
    name: string;
    requests: number;
    failed: number;
    total_us: number;
    share: number;
}

const first_refusal = 400;

const name_by: Record<By, (one: Usage["requests"][number]) => string> = {
    endpoint: (one) => one.endpoint,
    credential: (one) => one.credential_id,
    status: (one) => String(one.status),
};

export function totals_by(by: By, { requests }: Usage): Total[] {
    const totals = new Map<string, Total>();
    let all = 0;
    for (const one of requests) {
        const name = name_by[by](one);
        const total = totals.get(name) ?? { name, requests: 0, failed: 0, total_us: 0, share: 0 };
        total.requests += one.requests;
        total.total_us += one.total_us;
        if (one.status >= first_refusal) total.failed += one.requests;
        all += one.requests;
        totals.set(name, total);
    }
    return [...totals.values()]
        .map((one) => ({ ...one, share: one.requests / all }))
        .sort((one, other) => other.requests - one.requests);
}
