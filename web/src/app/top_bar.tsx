// Above each page: the organization, where one is, the search, the account.
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { api } from "@/api/client";
import { choose_tenant, signed_in } from "@/api/session_store";
import { own_tenants_query } from "@/features/organizations/queries";
import { texts } from "@/texts";
import { Badge } from "@/ui/badge";
import { Button } from "@/ui/button";
import { Icon } from "@/ui/icons";
import { Menu, type MenuItem } from "@/ui/overlays";
import { Breadcrumb } from "./breadcrumb";
import { query_client } from "./query_client";
import { choose_scheme, scheme, type Scheme } from "./scheme";
import { end_session, useCan, useMe } from "./session";

const schemes: Scheme[] = ["system", "light", "dark"];

function TenantSwitcher() {
    const me = useMe();
    const navigate = useNavigate();
    const tenants = useQuery({ ...own_tenants_query, enabled: useCan()("tenants.read") }).data ?? [];
    const current = tenants.find((tenant) => tenant.id === me?.tenant_id);
    const items: MenuItem[] = tenants.map((tenant) => ({
        label: tenant.name,
        is_chosen: tenant.id === current?.id,
        act: () => {
            choose_tenant(tenant.id);
            query_client.clear();
            void navigate("/home");
        },
    }));
    if (!current) return null;
    if (items.length === 1) return <span className="max-w-44 truncate font-medium">{current.name}</span>;
    return (
        <Menu
            align="start"
            groups={[items]}
            trigger={
                <button
                    type="button"
                    aria-label={`${texts.shell.switch_tenant}: ${current.name}`}
                    className="-mx-1.5 flex h-8 min-w-0 items-center gap-1 rounded-base px-1.5 font-medium hover:bg-hover"
                >
                    <span className="max-w-44 truncate">{current.name}</span>
                    <Icon name="down" size={12} />
                </button>
            }
        />
    );
}

function AccountMenu() {
    const navigate = useNavigate();
    const can = useCan();
    const user = signed_in()?.user;
    const chosen = scheme();
    async function sign_out() {
        await api.POST("/api/v1/auth/logout");
        end_session();
        void navigate("/login");
    }
    const heading = user && (
        <div className="min-w-0">
            <div className="truncate font-medium">{user.name}</div>
            <div className="truncate text-small text-soft">{user.email}</div>
            {can("system.read") && <Badge tone="operator">{texts.shell.operator}</Badge>}
        </div>
    );
    return (
        <Menu
            heading={heading}
            trigger={
                <button
                    type="button"
                    aria-label={texts.shell.account}
                    className="grid size-8 place-items-center rounded-full bg-accent-soft font-semibold text-accent hover:bg-hover"
                >
                    {user ? user.name.slice(0, 1).toUpperCase() : <Icon name="team" />}
                </button>
            }
            groups={[
                [{ label: texts.shell.profile, icon: "settings", act: () => void navigate("/settings") }],
                schemes.map((one) => ({
                    label: texts.shell.scheme[one],
                    icon: one === "dark" ? "moon" : "sun",
                    is_chosen: one === chosen,
                    act: () => choose_scheme(one),
                })),
                [{ label: texts.shell.sign_out, icon: "leave", act: () => void sign_out() }],
            ]}
        />
    );
}

export function TopBar({ search }: { search: () => void }) {
    return (
        <header className="sticky top-0 z-20 flex h-12 items-center gap-3 border-b bg-panel px-4">
            <TenantSwitcher />
            <Breadcrumb />
            <div className="ml-auto flex items-center gap-2">
                <button
                    type="button"
                    onClick={search}
                    className="hidden h-8 w-52 items-center gap-2 rounded-base border px-2 text-soft hover:bg-hover sm:flex"
                >
                    <Icon name="search" />
                    <span className="grow text-left">{texts.shell.search.open}</span>
                    <kbd className="font-sans text-small">Ctrl K</kbd>
                </button>
                <span className="sm:hidden">
                    <Button kind="quiet" icon="search" aria-label={texts.shell.search.open} onClick={search} />
                </span>
                <AccountMenu />
            </div>
        </header>
    );
}
