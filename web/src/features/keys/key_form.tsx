// What is told of a key, when it is made and later. Whom it is for is chosen once.
import { create_key as limits, NamedLimit_limits } from "@/api/limits";
import { texts } from "@/texts";
import { SelectField, Switch, TextArea, TextField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { RowPart, RowsField } from "@/ui/rows_field";
import { entries_of } from "@/ui/validation";
import type { Key, KeyChanges } from "./queries";

const words = texts.keys.form;
const own_choice = "own";

interface LimitRow {
    name: string;
    count: string;
    period_s: string;
}

interface Props {
    of?: Key;
    action: string;
    send: (changes: KeyChanges, chosen_once: { audience: Key["audience"]; prefix?: string }) => Promise<void>;
}

// The field of the browser knows no zone: it is the reader's own.
function local_moment(time: string | null | undefined): string {
    if (!time) return "";
    const moment = new Date(time);
    return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function scope_choices(scopes: readonly string[]) {
    const named = Object.entries(words.scopes).map(([value, label]) => ({ value, label }));
    const has_own = scopes.length > 0 && !(scopes.length === 1 && scopes[0] !== undefined && scopes[0] in words.scopes);
    return has_own ? [...named, { value: own_choice, label: scopes.join(", ") }] : named;
}

export function KeyForm({ of: key, action, send }: Props) {
    const scopes = key?.scopes ?? [];
    const choices = scope_choices(scopes);
    const form = useForm({
        limits: {
            name: limits.name,
            prefix: limits.prefix,
            owner: limits.owner,
            limits: limits.limits,
            allowed_addresses: {},
        },
        initial: {
            name: key?.name ?? "",
            audience: (key?.audience ?? "api") as string,
            prefix: "",
            scopes: choices.length > Object.keys(words.scopes).length ? own_choice : (scopes[0] ?? "read"),
            permissions: key?.permissions?.join("\n") ?? "",
            owner: key?.owner ?? "",
            limits: (key?.limits ?? []).map(({ name, count, period_s }): LimitRow => ({
                name,
                count: String(count),
                period_s: String(period_s),
            })),
            allowed_addresses: key?.allowed_addresses?.join("\n") ?? "",
            expires_at: local_moment(key?.expires_at),
            is_disabled: key?.is_disabled ?? false,
        },
        send: (values) => {
            const is_for_api = values.audience === "api";
            const changes = {
                name: values.name,
                scopes: !is_for_api ? [] : values.scopes === own_choice ? scopes : [values.scopes],
                permissions: is_for_api ? [] : entries_of(values.permissions),
                owner: values.owner || null,
                limits: values.limits.map(({ name, count, period_s }) => ({
                    name,
                    count: Number(count),
                    period_s: Number(period_s),
                })),
                allowed_addresses: entries_of(values.allowed_addresses),
                expires_at: values.expires_at ? new Date(values.expires_at).toISOString() : null,
                is_disabled: values.is_disabled,
                ...(key?.metadata === undefined ? {} : { metadata: key.metadata }),
            };
            return send(changes, is_for_api ? { audience: "api" } : { audience: "customer", prefix: values.prefix });
        },
    });
    const is_for_api = form.values.audience === "api";
    const { limit: _, ...disabling } = form.field("is_disabled");
    return (
        <Form form={form} action={action}>
            <TextField {...form.field("name")} label={words.name} help={words.name_help} />
            {!key && (
                <SelectField
                    {...form.field("audience")}
                    label={words.audience}
                    help={is_for_api ? texts.keys.audience_help.api : texts.keys.audience_help.customer}
                    choices={[
                        { value: "api", label: texts.keys.audience.api },
                        { value: "customer", label: texts.keys.audience.customer },
                    ]}
                />
            )}
            {!key && !is_for_api && (
                <TextField {...form.field("prefix")} label={words.prefix} help={words.prefix_help} is_code />
            )}
            {is_for_api ? (
                <SelectField {...form.field("scopes")} label={words.scope} choices={choices} />
            ) : (
                <TextArea
                    {...form.field("permissions")}
                    label={words.permissions}
                    help={words.permissions_help}
                    rows={2}
                    is_code
                    is_optional
                />
            )}
            <TextField {...form.field("owner")} label={words.owner} help={words.owner_help} is_optional />
            <RowsField
                {...form.field("limits")}
                label={words.limits}
                help={words.limit_help}
                add={words.limit_add}
                blank={{ name: form.values.limits.length === 0 ? "requests" : "", count: "", period_s: "60" }}
                parts={(row, change, number) => (
                    <>
                        <RowPart
                            label={`${words.limit_name} ${number}`}
                            value={row.name}
                            change={(name) => change({ name })}
                            is_code
                        />
                        <RowPart
                            label={`${words.limit_count} ${number}`}
                            value={row.count}
                            change={(count) => change({ count })}
                            type="number"
                            max={NamedLimit_limits.count.maximum}
                        />
                        <span className="text-soft">{words.limit_in}</span>
                        <RowPart
                            label={`${words.limit_period} ${number}`}
                            value={row.period_s}
                            change={(period_s) => change({ period_s })}
                            type="number"
                            max={NamedLimit_limits.period_s.maximum}
                        />
                        <span className="text-soft">s</span>
                    </>
                )}
            />
            <TextArea
                {...form.field("allowed_addresses")}
                label={words.addresses}
                help={words.addresses_help}
                rows={2}
                is_code
                is_optional
            />
            <TextField
                {...form.field("expires_at")}
                label={words.expires}
                help={words.expires_help}
                type="datetime-local"
                is_optional
            />
            {key && <Switch {...disabling} label={words.disabled} help={words.disabled_help} />}
        </Form>
    );
}
