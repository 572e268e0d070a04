import { useSearchParams } from "react-router";
import { useCan, useMe } from "@/app/session";
import { texts } from "@/texts";
import { PageHeader, Tabs, type Tab } from "@/ui/page";
import { Archive } from "./archive";
import { Domains } from "./domains";
import { Organization } from "./organization";
import { Profile } from "./profile";
import { RetentionSettings } from "./retention";
import { Security } from "./security";
import { Sessions } from "./sessions";
import { SignOn } from "./sign_on";
import { SupportAccess } from "./support_access";

const words = texts.settings;

// Those of the organization, each where the role may look at it.
function tabs_of(tenant_id: string, can: (permission: string) => boolean): Tab[] {
    const tab = (value: keyof typeof words.tabs, permission: string, content: Tab["content"]) =>
        can(permission) ? [{ value, label: words.tabs[value], content }] : [];
    return [
        ...tab("organization", "tenants.read", <Organization tenant_id={tenant_id} />),
        ...tab("domains", "tenants.read", <Domains tenant_id={tenant_id} />),
        ...tab("sign_on", "identity_providers.read", <SignOn tenant_id={tenant_id} />),
        ...tab("support", "support_access.read", <SupportAccess tenant_id={tenant_id} />),
        ...tab("retention", "tenants.own", <RetentionSettings tenant_id={tenant_id} />),
        ...tab("archive", "tenants.own", <Archive tenant_id={tenant_id} />),
    ];
}

export function Component() {
    const can = useCan();
    const tenant_id = useMe()?.tenant_id;
    const [params, set_params] = useSearchParams();
    const tabs: Tab[] = [
        { value: "profile", label: words.tabs.profile, content: <Profile /> },
        { value: "security", label: words.tabs.security, content: <Security /> },
        { value: "sessions", label: words.tabs.sessions, content: <Sessions /> },
        ...(tenant_id ? tabs_of(tenant_id, can) : []),
    ];
    return (
        <>
            <PageHeader title={words.title} />
            <Tabs
                label={words.title}
                tabs={tabs}
                value={params.get("tab") ?? "profile"}
                change={(tab) => set_params(tab === "profile" ? {} : { tab }, { replace: true })}
            />
        </>
    );
}
