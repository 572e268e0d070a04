import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { create_key as limits, NamedLimit_limits } from "@/api/limits";
import { texts } from "@/texts";
import { NumberField, SelectField, TextField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { PageHeader } from "@/ui/page";
import { create_key, type CreatedKey, type NewKey } from "./queries";
import { ShownOnce } from "./shown_once";

const words = texts.keys.form;

interface Values {
    name: string;
    audience: string;
    scope: string;
    owner: string;
    limit_count: number | null;
    limit_period: number | null;
}

function key_of(values: Values): NewKey {
    const { name, audience, scope, owner, limit_count, limit_period } = values;
    const is_for_api = audience === "api";
    return {
        name,
        audience: is_for_api ? "api" : "customer",
        ...(is_for_api ? { scopes: [scope] } : {}),
        ...(owner ? { owner } : {}),
        ...(limit_count !== null
            ? { limits: [{ name: "requests", count: limit_count, period_s: limit_period ?? 60 }] }
            : {}),
    };
}

export function Component() {
    const navigate = useNavigate();
    const client = useQueryClient();
    const [created, set_created] = useState<CreatedKey | null>(null);
    const form = useForm<Values>({
        limits: {
            name: limits.name,
            owner: limits.owner,
            limit_count: { ...NamedLimit_limits.count, required: false },
            limit_period: { ...NamedLimit_limits.period_s, required: false },
        },
        initial: { name: "", audience: "api", scope: "read", owner: "", limit_count: null, limit_period: 60 },
        send: async (values) => {
            set_created(await create_key(key_of(values)));
            await client.invalidateQueries({ queryKey: ["keys"] });
        },
    });
    return (
        <>
            <PageHeader title={words.title} above={{ label: texts.keys.title, to: "/keys" }} about={texts.keys.about} />
            <Form form={form} action={words.action}>
                <TextField {...form.field("name")} label={words.name} help={words.name_help} />
                <SelectField
                    {...form.field("audience")}
                    label={words.audience}
                    help={
                        form.values.audience === "api"
                            ? texts.keys.audience_help.api
                            : texts.keys.audience_help.customer
                    }
                    choices={[
                        { value: "api", label: texts.keys.audience.api },
                        { value: "customer", label: texts.keys.audience.customer },
                    ]}
                />
                {form.values.audience === "api" && (
                    <SelectField
                        {...form.field("scope")}
                        label={words.scope}
                        choices={Object.entries(words.scopes).map(([value, label]) => ({ value, label }))}
                    />
                )}
                <TextField {...form.field("owner")} label={words.owner} help={words.owner_help} is_optional />
                <div className="grid grid-cols-2 gap-4">
                    <NumberField
                        {...form.field("limit_count")}
                        label={words.limit_count}
                        help={words.limit_help}
                        is_optional
                    />
                    <NumberField {...form.field("limit_period")} label={words.limit_period} />
                </div>
            </Form>
            <ShownOnce
                secret={created?.key ?? null}
                close={() => created && void navigate(`/keys/${created.id}`, { replace: true })}
            />
        </>
    );
}
