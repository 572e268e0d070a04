import { useSearchParams } from "react-router";
import { useCan, useMe } from "@/app/session";
import { texts } from "@/texts";
import { PageHeader, Tabs, type Tab } from "@/ui/page";
import { Organization } from "./organization";
import { Profile } from "./profile";
import { Security } from "./security";
import { Sessions } from "./sessions";

const words = texts.settings;

export function Component() {
    const can = useCan();
    const tenant_id = useMe()?.tenant_id;
    const [params, set_params] = useSearchParams();
    const tabs: Tab[] = [
        { value: "profile", label: words.tabs.profile, content: <Profile /> },
        { value: "security", label: words.tabs.security, content: <Security /> },
        { value: "sessions", label: words.tabs.sessions, content: <Sessions /> },
    ];
    if (tenant_id && can("tenants.read"))
        tabs.push({
            value: "organization",
            label: words.tabs.organization,
            content: <Organization tenant_id={tenant_id} />,
        });
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
