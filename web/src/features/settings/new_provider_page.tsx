import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { useMe } from "@/app/session";
import { texts } from "@/texts";
import { CopyableId } from "@/ui/copyable_id";
import { KeyFacts, PageHeader } from "@/ui/page";
import { ProviderForm } from "./provider_form";
import { create_provider } from "./tenancy_queries";

const words = texts.settings.sign_on;

export function Component() {
    const navigate = useNavigate();
    const client = useQueryClient();
    const tenant_id = useMe()?.tenant_id;
    if (!tenant_id) return null;
    return (
        <>
            <PageHeader
                title={words.new_title}
                above={{ label: texts.settings.tabs.sign_on, to: "/settings?tab=sign_on" }}
                about={words.empty_about}
            />
            <KeyFacts
                facts={[{ label: words.redirect, value: <CopyableId id={`${location.origin}/single-sign-on`} /> }]}
            />
            <ProviderForm
                action={words.create}
                send={async (settings, client_secret) => {
                    const { id } = await create_provider(tenant_id, { ...settings, client_secret });
                    await client.invalidateQueries({ queryKey: ["identity-providers"] });
                    void navigate(`/settings/identity-providers/${id}?test`, { replace: true });
                }}
            />
        </>
    );
}
