// Fields of a form: label above, help under, what is wrong in the place of the help.
import type { ReactNode } from "react";
import { Checkbox as RadixCheckbox, Switch as RadixSwitch } from "radix-ui";
import { texts } from "@/texts";
import { names } from "./class_names";
import type { FieldBinding } from "./form";
import { Icon } from "./icons";

const box = names(
    "w-full rounded-base border border-line-strong bg-panel px-2.5 placeholder:text-soft",
    "aria-invalid:border-bad disabled:bg-ground disabled:text-soft",
);

interface About {
    label: string;
    help?: ReactNode;
}

interface FrameProps extends About {
    name: string;
    fault: string | undefined;
    is_optional: boolean;
    children: ReactNode;
}

function Frame({ name, label, help, fault, is_optional, children }: FrameProps) {
    return (
        <div>
            <label htmlFor={name} className="mb-1 flex items-baseline justify-between font-medium">
                {label}
                {is_optional && <span className="text-small font-normal text-soft">{texts.form.optional}</span>}
            </label>
            {children}
            <div id={`${name}-note`} className={names("mt-1 text-small", fault ? "text-bad" : "text-soft")}>
                {fault ?? help}
            </div>
        </div>
    );
}

function described(name: string, fault: string | undefined, limit: { required?: boolean }) {
    return {
        id: name,
        name,
        "aria-invalid": fault !== undefined,
        "aria-describedby": `${name}-note`,
        "aria-required": limit.required ?? false,
    };
}

interface TextFieldProps extends FieldBinding<string>, About {
    type?: "text" | "email" | "password" | "search" | "date" | "datetime-local";
    autocomplete?: string;
    is_code?: boolean;
    placeholder?: string;
    is_optional?: boolean;
}

export function TextField({ name, value, change, fault, limit, label, help, ...look }: TextFieldProps) {
    return (
        <Frame name={name} label={label} help={help} fault={fault} is_optional={look.is_optional ?? false}>
            <input
                {...described(name, fault, limit)}
                type={look.type ?? "text"}
                autoComplete={look.autocomplete ?? "off"}
                placeholder={look.placeholder}
                spellCheck={look.is_code ? false : undefined}
                autoCapitalize={look.is_code ? "none" : undefined}
                value={value}
                onChange={(event) => change(event.target.value)}
                className={names(box, "h-8", look.is_code && "font-mono text-small")}
            />
        </Frame>
    );
}

interface TextAreaProps extends FieldBinding<string>, About {
    rows?: number;
    is_code?: boolean;
    is_optional?: boolean;
}

export function TextArea({ name, value, change, fault, limit, label, help, rows = 4, ...look }: TextAreaProps) {
    return (
        <Frame name={name} label={label} help={help} fault={fault} is_optional={look.is_optional ?? false}>
            <textarea
                {...described(name, fault, limit)}
                rows={rows}
                spellCheck={!look.is_code}
                value={value}
                onChange={(event) => change(event.target.value)}
                className={names(box, "py-1.5", look.is_code && "font-mono text-small")}
            />
        </Frame>
    );
}

interface NumberFieldProps extends FieldBinding<number | null>, About {
    unit?: string;
    is_optional?: boolean;
}

export function NumberField({ name, value, change, fault, limit, label, help, unit, is_optional }: NumberFieldProps) {
    return (
        <Frame name={name} label={label} help={help} fault={fault} is_optional={is_optional ?? false}>
            <span className="flex items-center gap-2">
                <input
                    {...described(name, fault, limit)}
                    type="number"
                    inputMode="numeric"
                    min={limit.minimum}
                    max={limit.maximum}
                    value={value ?? ""}
                    onChange={(event) => change(event.target.value === "" ? null : Number(event.target.value))}
                    className={names(box, "h-8 max-w-40 text-right tabular-nums")}
                />
                {unit && <span className="text-soft">{unit}</span>}
            </span>
        </Frame>
    );
}

interface Choice {
    value: string;
    label: string;
}

interface SelectFieldProps extends FieldBinding<string>, About {
    choices: Choice[];
}

export function SelectField({ name, value, change, fault, limit, label, help, choices }: SelectFieldProps) {
    return (
        <Frame name={name} label={label} help={help} fault={fault} is_optional={false}>
            <Select {...described(name, fault, limit)} value={value} change={change} choices={choices} />
        </Frame>
    );
}

interface SelectProps {
    value: string;
    change: (value: string) => void;
    choices: Choice[];
    id?: string;
    name?: string;
    "aria-label"?: string;
}

// The browser's own list: it is quick, has type-ahead, and on a phone it is the one that people know.
export function Select({ value, change, choices, ...rest }: SelectProps) {
    return (
        <span className="relative inline-flex w-full">
            <select
                {...rest}
                value={value}
                onChange={(event) => change(event.target.value)}
                className={names(box, "h-8 appearance-none pr-8")}
            >
                {choices.map((choice) => (
                    <option key={choice.value} value={choice.value}>
                        {choice.label}
                    </option>
                ))}
            </select>
            <span className="pointer-events-none absolute top-2 right-2 text-soft">
                <Icon name="down" />
            </span>
        </span>
    );
}

interface ToggleProps extends About {
    name: string;
    value: boolean;
    change: (value: boolean) => void;
    fault?: string | undefined;
    is_disabled?: boolean;
}

export function Checkbox({ name, value, change, label, help, is_disabled }: ToggleProps) {
    return (
        <div className="flex items-start gap-2">
            <RadixCheckbox.Root
                id={name}
                checked={value}
                disabled={is_disabled ?? false}
                onCheckedChange={(checked) => change(checked === true)}
                className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-[4px] border border-line-strong bg-panel data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=checked]:text-on-accent"
            >
                <RadixCheckbox.Indicator>
                    <Icon name="check" size={12} />
                </RadixCheckbox.Indicator>
            </RadixCheckbox.Root>
            <span>
                <label htmlFor={name}>{label}</label>
                {help && <span className="block text-small text-soft">{help}</span>}
            </span>
        </div>
    );
}

export function Switch({ name, value, change, label, help, fault, is_disabled }: ToggleProps) {
    return (
        <div className="flex items-start justify-between gap-4">
            <span>
                <label htmlFor={name} className="font-medium">
                    {label}
                </label>
                {(fault ?? help) && (
                    <span id={`${name}-note`} className={names("block text-small", fault ? "text-bad" : "text-soft")}>
                        {fault ?? help}
                    </span>
                )}
            </span>
            <RadixSwitch.Root
                id={name}
                aria-describedby={`${name}-note`}
                checked={value}
                disabled={is_disabled ?? false}
                onCheckedChange={change}
                className="h-5 w-9 shrink-0 rounded-full border border-line-strong bg-hover p-0.5 transition-colors data-[state=checked]:border-accent data-[state=checked]:bg-accent disabled:opacity-55"
            >
                <RadixSwitch.Thumb className="block size-3.5 rounded-full bg-line-strong transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:bg-on-accent" />
            </RadixSwitch.Root>
        </div>
    );
}
