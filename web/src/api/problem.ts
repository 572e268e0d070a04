// What went wrong with a request, as RFC 9457 tells it, or as the network does.

export interface Fault {
    pointer: string;
    message: string;
}

interface Problem {
    title: string;
    status: number;
    code: string;
    detail: string;
    errors: Fault[];
    request_id: string;
}

export class ApiError extends Error {
    readonly status: number;
    readonly code: string;
    readonly title: string;
    readonly faults: Fault[];
    readonly request_id: string;

    constructor(problem: Problem) {
        super(problem.detail);
        this.name = "ApiError";
        this.status = problem.status;
        this.code = problem.code;
        this.title = problem.title;
        this.faults = problem.errors;
        this.request_id = problem.request_id;
    }
}

// The server was not reached, or broke off.
export class NetworkError extends Error {
    constructor(cause: unknown) {
        super(cause instanceof Error ? cause.message : String(cause));
        this.name = "NetworkError";
    }
}

export async function problem_of(reply: Response): Promise<ApiError> {
    const is_problem = reply.headers.get("content-type")?.startsWith("application/problem+json") ?? false;
    const told = is_problem ? ((await reply.json()) as Partial<Problem>) : {};
    return new ApiError({
        title: told.title ?? reply.statusText,
        status: reply.status,
        code: told.code ?? "",
        detail: told.detail ?? `The server answered ${reply.status}.`,
        errors: told.errors ?? [],
        request_id: told.request_id ?? reply.headers.get("x-request-id") ?? "",
    });
}
