// Lists that go on by cursor, as queries.
import { infiniteQueryOptions, type QueryKey } from "@tanstack/react-query";

export const page_size = 100;

interface Page<Item> {
    items: Item[];
    next_cursor?: string | null;
}

export function paged<Item>(key: QueryKey, load: (cursor: string | undefined) => Promise<Page<Item>>) {
    return infiniteQueryOptions({
        queryKey: key,
        queryFn: ({ pageParam }) => load(pageParam),
        initialPageParam: undefined as string | undefined,
        getNextPageParam: (page) => page.next_cursor ?? undefined,
        select: (data) => data.pages.flatMap((page) => page.items),
    });
}

// As a query's member, absent where there is no cursor yet.
export function cursor_member(cursor: string | undefined): { cursor?: string } {
    return cursor === undefined ? {} : { cursor };
}
