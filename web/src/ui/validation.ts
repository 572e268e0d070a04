// What a form can tell before the server does, from the limits that the API document gives.
import { texts } from "@/texts";

export interface Limit {
    required?: boolean;
    minLength?: number;
    maxLength?: number;
    minimum?: number;
    maximum?: number;
    pattern?: string;
    maxItems?: number;
    choices?: readonly string[];
}

export type Limits<Values> = { readonly [Name in keyof Values]?: Limit };

// What a text field with an entry a line, or between commas, is of.
export function entries_of(text: string): string[] {
    return text.split(/[\s,]+/).filter((entry) => entry !== "");
}

export function fault_of(value: unknown, limit: Limit | undefined): string | null {
    if (!limit) return null;
    const words = texts.form.faults;
    const is_empty =
        value === "" || value === null || value === undefined || (Array.isArray(value) && value.length === 0);
    if (is_empty) return limit.required ? words.needed : null;
    if (typeof value === "number") {
        if (limit.minimum !== undefined && value < limit.minimum) return words.at_least(limit.minimum);
        if (limit.maximum !== undefined && value > limit.maximum) return words.at_most(limit.maximum);
    }
    if (typeof value === "string") {
        // The server counts code points, as this does.
        const length = [...value].length;
        if (limit.minLength !== undefined && length < limit.minLength) return words.longer(limit.minLength);
        if (limit.maxLength !== undefined && length > limit.maxLength) return words.shorter(limit.maxLength);
        if (limit.pattern !== undefined && !new RegExp(limit.pattern, "u").test(value)) return words.pattern;
    }
    return null;
}
