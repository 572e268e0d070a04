// What is told of an identity provider, when it is made and later.
import { create_identity_provider as limits } from "@/api/limits";
import { texts } from "@/texts";
import { Select, SelectField, Switch, TextArea, TextField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { RowPart, RowsField } from "@/ui/rows_field";
import { entries_of } from "@/ui/validation";
import type { IdentityProvider, NewProvider, ProviderRole } from "./tenancy_queries";

const words = texts.settings.sign_on;
const roles: ProviderRole["role"][] = ["user", "support_agent", "billing_admin", "org_admin"];
const role_choices = roles.map((value) => ({ value, label: texts.account.roles[value] }));
const role_of = (value: string) => roles.find((one) => one === value) ?? "user";

type Settings = Omit<Required<NewProvider>, "client_secret">;

interface Props {
    provider?: IdentityProvider;
    action: string;
    send: (settings: Settings, client_secret: string) => Promise<void>;
}

export function ProviderForm({ provider, action, send }: Props) {
    const form = useForm({
        limits: {
            name: limits.name,
            issuer: limits.issuer,
            client_id: limits.client_id,
            client_secret: { ...limits.client_secret, required: provider === undefined },
            roles: limits.roles,
        },
        initial: {
            name: provider?.name ?? "",
            issuer: provider?.issuer ?? "",
            client_id: provider?.client_id ?? "",
            client_secret: "",
            domains: provider?.domains.join("\n") ?? "",
            creates_accounts: provider?.creates_accounts ?? false,
            default_role: provider?.default_role ?? "user",
            role_claim: provider?.role_claim ?? "",
            roles: provider?.roles ?? [],
            is_enabled: provider?.is_enabled ?? true,
            is_enforced: provider?.is_enforced ?? false,
        },
        send: ({ client_secret, domains, role_claim, default_role, ...rest }) =>
            send(
                {
                    ...rest,
                    default_role: role_of(default_role),
                    domains: entries_of(domains.toLowerCase()),
                    role_claim: role_claim || null,
                },
                client_secret,
            ),
    });
    const toggle = (name: "creates_accounts" | "is_enabled" | "is_enforced") => {
        const { value, change, fault } = form.field(name);
        return { name, value, change, fault };
    };
    return (
        <Form form={form} action={action}>
            <TextField {...form.field("name")} label={words.name} help={words.name_help} />
            <TextField {...form.field("issuer")} label={words.issuer} help={words.issuer_help} is_code />
            <TextField {...form.field("client_id")} label={words.client_id} is_code />
            <TextField
                {...form.field("client_secret")}
                label={words.client_secret}
                help={provider ? words.secret_keep : words.secret_help}
                type="password"
                is_optional={provider !== undefined}
            />
            <TextArea {...form.field("domains")} label={words.domains} help={words.domains_help} is_code is_optional />
            <Switch {...toggle("creates_accounts")} label={words.creates} help={words.creates_help} />
            <SelectField
                {...form.field("default_role")}
                change={(value) => form.set({ default_role: role_of(value) })}
                label={words.role}
                choices={role_choices}
            />
            <TextField {...form.field("role_claim")} label={words.claim} help={words.claim_help} is_code is_optional />
            <RowsField
                {...form.field("roles")}
                label={words.rows}
                help={words.rows_help}
                add={words.row_add}
                blank={{ value: "", role: "user" }}
                parts={(row, change, number) => (
                    <>
                        <RowPart
                            label={`${words.row_value} ${number}`}
                            value={row.value}
                            change={(value) => change({ value })}
                            is_code
                        />
                        <span className="w-40 shrink-0">
                            <Select
                                aria-label={`${words.row_role} ${number}`}
                                value={row.role}
                                change={(role) => change({ role: role_of(role) })}
                                choices={role_choices}
                            />
                        </span>
                    </>
                )}
            />
            <Switch {...toggle("is_enforced")} label={words.enforced} help={words.enforced_help} />
            <Switch {...toggle("is_enabled")} label={words.enabled} help={words.enabled_help} />
        </Form>
    );
}
