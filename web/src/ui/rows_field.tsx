// A field that is a list of rows, each with parts of its own, such as limits or roles by claim.
import type { ReactNode } from "react";
import { texts } from "@/texts";
import { Button } from "./button";
import { names } from "./class_names";
import type { FieldBinding } from "./form";

interface Props<Row> extends FieldBinding<Row[]> {
    label: string;
    help: ReactNode;
    add: string;
    blank: Row;
    // The parts of one row, each with a name of its own for those who do not see it.
    parts: (row: Row, change: (changes: Partial<Row>) => void, number: number) => ReactNode;
}

export function RowsField<Row>({ name, value, change, fault, limit, label, help, add, blank, parts }: Props<Row>) {
    const is_full = limit.maxItems !== undefined && value.length >= limit.maxItems;
    return (
        <fieldset className="min-w-0">
            <legend className="mb-1 flex w-full items-baseline justify-between font-medium">
                {label}
                <span className="text-small font-normal text-soft">{texts.form.optional}</span>
            </legend>
            {value.map((row, index) => (
                <div key={index} className="mb-2 flex items-center gap-2">
                    {parts(
                        row,
                        (changes) => change(value.map((one, at) => (at === index ? { ...one, ...changes } : one))),
                        index + 1,
                    )}
                    <Button
                        kind="quiet"
                        icon="cross"
                        aria-label={texts.form.remove_row(index + 1)}
                        onClick={() => change(value.filter((_, at) => at !== index))}
                    />
                </div>
            ))}
            <Button name={name} size="small" icon="plus" disabled={is_full} onClick={() => change([...value, blank])}>
                {add}
            </Button>
            <div id={`${name}-note`} className={names("mt-1 text-small", fault ? "text-bad" : "text-soft")}>
                {fault ?? help}
            </div>
        </fieldset>
    );
}

interface PartProps {
    label: string;
    value: string;
    change: (value: string) => void;
    type?: "text" | "number";
    max?: number;
    is_code?: boolean;
}

export function RowPart({ label, value, change, type = "text", max, is_code }: PartProps) {
    return (
        <input
            aria-label={label}
            placeholder={label}
            title={label}
            type={type}
            max={max}
            value={value}
            spellCheck={is_code ? false : undefined}
            onChange={(event) => change(event.target.value)}
            className={names(
                "h-8 min-w-0 flex-1 rounded-base border border-line-strong bg-panel px-2.5 placeholder:text-soft",
                is_code && "font-mono text-small",
                type === "number" && "text-right tabular-nums",
            )}
        />
    );
}
