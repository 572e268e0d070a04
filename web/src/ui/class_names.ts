// Joins the names that are there.
export function names(...parts: (string | false | null | undefined)[]): string {
    return parts.filter(Boolean).join(" ");
}
