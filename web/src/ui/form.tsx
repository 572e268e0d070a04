// One form: values, what is wrong with each, what is wrong with all, and the sending. A problem's pointers lead its
// words to their fields; the first of them gets the focus.
import { useRef, useState, type FormEvent, type ReactNode, type RefObject } from "react";
import { ApiError, NetworkError } from "@/api/problem";
import { texts } from "@/texts";
import { Button } from "./button";
import { Note } from "./note";
import { fault_of, type Limit, type Limits } from "./validation";

type Faults<Values> = { [Name in keyof Values]?: string };

interface Setup<Values> {
    limits: Limits<Values>;
    initial: Values;
    send: (values: Values) => Promise<void>;
    // Words for pointers that no field shows, such as a token out of the link.
    hidden?: Record<string, string>;
}

export interface FieldBinding<Value> {
    name: string;
    value: Value;
    change: (value: Value) => void;
    fault: string | undefined;
    limit: Limit;
}

export interface FormState<Values> {
    values: Values;
    set: (changes: Partial<Values>) => void;
    field: <Name extends keyof Values & string>(name: Name) => FieldBinding<Values[Name]>;
    summary: { text: string; request_id: string } | null;
    is_busy: boolean;
    submit: (event: FormEvent) => void;
    element: RefObject<HTMLFormElement | null>;
}

function sentence(message: string): string {
    return `${texts.form.it} ${message}.`;
}

export function useForm<Values extends object>({ limits, initial, send, hidden = {} }: Setup<Values>) {
    const [values, set_values] = useState(initial);
    const [faults, set_faults] = useState<Faults<Values>>({});
    const [summary, set_summary] = useState<FormState<Values>["summary"]>(null);
    const [is_busy, set_busy] = useState(false);
    const element = useRef<HTMLFormElement>(null);
    const field_names = Object.keys(initial) as (keyof Values & string)[];

    function show_faults(found: Faults<Values>) {
        set_faults(found);
        const first = field_names.find((name) => found[name]);
        if (first) element.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
        return first !== undefined;
    }

    function show_problem(error: unknown) {
        if (error instanceof NetworkError) return set_summary({ text: texts.form.no_answer, request_id: "" });
        if (!(error instanceof ApiError)) throw error;
        const at_fields: Faults<Values> = {};
        const elsewhere: string[] = [];
        for (const { pointer, message } of error.faults) {
            // What stands within an object of the body, such as /settings/time_zone, may be a field of its own.
            const parts = pointer.split("/");
            const name = field_names.find(
                (one) => one === parts.find((part) => field_names.some((other) => other === part)),
            );
            if (name) at_fields[name] = sentence(message);
            else elsewhere.push(hidden[pointer] ?? `${pointer}: ${message}.`);
        }
        const is_shown = show_faults(at_fields);
        if (elsewhere.length > 0) return set_summary({ text: elsewhere.join(" "), request_id: "" });
        return set_summary({
            text: is_shown ? texts.form.see_fields : error.message,
            request_id: is_shown ? "" : error.request_id,
        });
    }

    async function submit_now() {
        set_summary(null);
        const found: Faults<Values> = {};
        for (const name of field_names) {
            const fault = fault_of(values[name], limits[name]);
            if (fault) found[name] = fault;
        }
        if (show_faults(found)) return set_summary({ text: texts.form.see_fields, request_id: "" });
        set_busy(true);
        try {
            await send(values);
        } catch (error) {
            show_problem(error);
        } finally {
            set_busy(false);
        }
        return undefined;
    }

    const state: FormState<Values> = {
        values,
        set: (changes) => set_values((before) => ({ ...before, ...changes })),
        field: (name) => ({
            name,
            value: values[name],
            change: (value) => {
                set_values((before) => ({ ...before, [name]: value }));
                set_faults((before) => ({ ...before, [name]: undefined }));
            },
            fault: faults[name],
            limit: limits[name] ?? {},
        }),
        summary,
        is_busy,
        submit: (event) => {
            event.preventDefault();
            void submit_now();
        },
        element,
    };
    return state;
}

interface FormProps<Values> {
    form: FormState<Values>;
    action: string;
    other?: ReactNode;
    is_wide_action?: boolean;
    children?: ReactNode;
}

export function Form<Values>({ form, action, other, is_wide_action, children }: FormProps<Values>) {
    return (
        <form ref={form.element} noValidate onSubmit={form.submit} className="flex max-w-120 flex-col gap-4">
            <div role="alert" className="empty:hidden">
                {form.summary && (
                    <Note tone="bad" request_id={form.summary.request_id}>
                        {form.summary.text}
                    </Note>
                )}
            </div>
            {children}
            <div className="flex items-center gap-2 pt-1">
                <Button type="submit" kind="primary" is_busy={form.is_busy} className={is_wide_action ? "w-full" : ""}>
                    {action}
                </Button>
                {other}
            </div>
        </form>
    );
}
