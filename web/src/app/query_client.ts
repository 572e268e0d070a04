import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "@/api/problem";

const fresh_ms = 10_000;
const tries_without_answer = 2;

export const query_client = new QueryClient({
    defaultOptions: {
        queries: {
            staleTime: fresh_ms,
            // An answer stays the answer; only silence is worth asking again.
            retry: (failures, error) => !(error instanceof ApiError) && failures < tries_without_answer,
        },
    },
});
