// One identity provider. What was just made is tested at once: the server asks it for what a sign-in would need.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useNavigate, useParams, useSearchParams } from "react-router";
import { useCan, useMe } from "@/app/session";
import { begin_single_sign_on } from "@/features/identity/requests";
import { tenant_query } from "@/features/organizations/queries";
import { texts } from "@/texts";
import { Status } from "@/ui/badge";
import { Button } from "@/ui/button";
import { CopyableId } from "@/ui/copyable_id";
import { Note } from "@/ui/note";
import { ConfirmDialog } from "@/ui/overlays";
import { KeyFacts, PageHeader } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { ErrorState, Loading } from "@/ui/states";
import { toast } from "@/ui/toast";
import { ProviderForm } from "./provider_form";
import { provider_state } from "./provider_state";
import { change_provider, provider_query, remove_provider, type IdentityProvider } from "./tenancy_queries";

const words = texts.settings.sign_on;

export function Component() {
    const { provider_id = "" } = useParams();
    const tenant_id = useMe()?.tenant_id ?? "";
    const { data, error, refetch } = useQuery(provider_query(tenant_id, provider_id));
    if (error) return <ErrorState error={error} retry={() => void refetch()} />;
    if (!data) return <Loading lines={8} />;
    return <ProviderDetail key={data.id} provider={data} tenant_id={tenant_id} />;
}

function ProviderDetail({ provider, tenant_id }: { provider: IdentityProvider; tenant_id: string }) {
    const can_write = useCan()("identity_providers.write");
    const client = useQueryClient();
    const navigate = useNavigate();
    const [is_leaving, set_leaving] = useState(false);
    const changed = () => client.invalidateQueries({ queryKey: ["identity-providers"] });
    const switching = useMutation({
        mutationFn: () => change_provider(tenant_id, provider.id, { is_enabled: !provider.is_enabled }),
        onSuccess: changed,
    });
    return (
        <>
            <PageHeader
                title={provider.name}
                above={{ label: texts.settings.tabs.sign_on, to: "/settings?tab=sign_on" }}
                status={<Status {...provider_state(provider)} />}
                actions={
                    can_write && (
                        <>
                            <Button is_busy={switching.isPending} onClick={() => switching.mutate()}>
                                {provider.is_enabled ? words.turn_off : words.turn_on}
                            </Button>
                            <Button onClick={() => set_leaving(true)}>{words.remove}</Button>
                        </>
                    )
                }
            />
            {switching.error && <Note tone="bad">{switching.error.message}</Note>}
            <KeyFacts
                facts={[
                    { label: texts.common.id, value: <CopyableId id={provider.id} /> },
                    { label: words.issuer, value: <CopyableId id={provider.issuer} /> },
                    { label: words.redirect, value: <CopyableId id={`${location.origin}/single-sign-on`} /> },
                    { label: texts.common.created, value: <RelativeTime time={provider.created_at} /> },
                ]}
            />
            <Test provider={provider} tenant_id={tenant_id} />
            {can_write && (
                <ProviderForm
                    key={String(provider.is_enabled)}
                    provider={provider}
                    action={words.save}
                    send={async (settings, client_secret) => {
                        await change_provider(tenant_id, provider.id, {
                            ...settings,
                            ...(client_secret ? { client_secret } : {}),
                        });
                        await changed();
                        toast(words.saved);
                    }}
                />
            )}
            <ConfirmDialog
                is_open={is_leaving}
                close={() => set_leaving(false)}
                title={words.remove_title(provider.name)}
                consequences={words.remove_about}
                action={words.remove}
                act={async () => {
                    await remove_provider(tenant_id, provider.id);
                    void navigate("/settings?tab=sign_on", { replace: true });
                    await changed();
                    toast(words.removed);
                }}
            />
        </>
    );
}

// A sign-in is begun and not gone through with: for that the server must have reached the provider.
function Test({ provider, tenant_id }: { provider: IdentityProvider; tenant_id: string }) {
    const [params] = useSearchParams();
    const { data: tenant } = useQuery(tenant_query(tenant_id));
    const slug = tenant?.slug;
    const [domain] = provider.domains;
    const { mutate, data, error, isPending } = useMutation({
        mutationFn: (organization: string) =>
            begin_single_sign_on(domain ? { email: `test@${domain}` } : { organization }),
    });
    const is_new = params.has("test");
    useEffect(() => {
        if (is_new && slug) mutate(slug);
    }, [is_new, slug, mutate]);
    if (!provider.is_enabled) return <p className="mb-6 text-soft">{words.test_off}</p>;
    return (
        <div className="mb-6 flex flex-wrap items-center gap-3">
            <Button icon="refresh" is_busy={isPending} disabled={!slug} onClick={() => slug && mutate(slug)}>
                {words.test}
            </Button>
            {error && <Note tone="bad">{error.message}</Note>}
            {data && <Note tone="good">{words.test_good(data.provider, new URL(data.url).host)}</Note>}
        </div>
    );
}
