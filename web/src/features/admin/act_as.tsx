// An operator acts as a user in one of their tenants, where that consented, and says why.
import { useState } from "react";
import { useNavigate } from "react-router";
import { api, body_of } from "@/api/client";
import { impersonate as limits } from "@/api/limits";
import type { SignedIn } from "@/api/session_store";
import { useFreshSignIn } from "@/app/fresh_sign_in";
import { begin_session } from "@/app/session";
import { texts } from "@/texts";
import { Button } from "@/ui/button";
import { SelectField, TextArea } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { Dialog } from "@/ui/overlays";
import type { UserDetail } from "./queries";

const words = texts.admin.act_as;

export function ActAs({ of: detail }: { of: UserDetail }) {
    const [is_open, set_open] = useState(false);
    const { freshly, dialog } = useFreshSignIn();
    return (
        <>
            <Button onClick={() => set_open(true)}>{words.action}</Button>
            <Dialog
                is_open={is_open}
                close={() => set_open(false)}
                title={words.title(detail.user.name)}
                description={words.about}
            >
                <ActAsForm of={detail} freshly={freshly} />
            </Dialog>
            {dialog}
        </>
    );
}

interface FormProps {
    of: UserDetail;
    freshly: ReturnType<typeof useFreshSignIn>["freshly"];
}

function ActAsForm({ of: { user, tenants }, freshly }: FormProps) {
    const navigate = useNavigate();
    const places = tenants.filter((one) => one.is_active);
    const form = useForm({
        limits: { tenant_id: limits.tenant_id, reason: limits.reason },
        initial: { tenant_id: (places[0]?.tenant_id ?? "") as string, reason: "" },
        send: async (body) => {
            const params = { path: { user_id: user.id } };
            const begun = await freshly(() =>
                body_of(api.POST("/api/admin/users/{user_id}/impersonate", { params, body })),
            );
            begin_session(begun as unknown as SignedIn);
            void navigate("/home");
        },
    });
    return (
        <Form form={form} action={words.begin}>
            <SelectField
                {...form.field("tenant_id")}
                label={words.tenant}
                choices={places.map((one) => ({ value: one.tenant_id, label: one.tenant_name }))}
            />
            <TextArea {...form.field("reason")} label={words.reason} help={words.reason_help} rows={3} />
        </Form>
    );
}
