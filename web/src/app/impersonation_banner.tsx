// Above each page while an operator acts as somebody, so that nobody takes it for their own session.
import { useState } from "react";
import { useNavigate } from "react-router";
import { api, body_of } from "@/api/client";
import type { SignedIn } from "@/api/session_store";
import { texts } from "@/texts";
import { Button } from "@/ui/button";
import { RelativeTime } from "@/ui/relative_time";
import { begin_session, useMe } from "./session";

export function ImpersonationBanner() {
    const me = useMe();
    const navigate = useNavigate();
    const [is_stopping, set_stopping] = useState(false);
    if (!me?.impersonated_by) return null;
    async function stop() {
        set_stopping(true);
        try {
            begin_session((await body_of(api.POST("/api/v1/auth/impersonation/stop"))) as unknown as SignedIn);
            void navigate("/admin");
        } finally {
            set_stopping(false);
        }
    }
    return (
        <div
            role="status"
            className="flex flex-wrap items-center gap-x-3 gap-y-1 bg-operator-soft px-4 py-1.5 text-operator"
        >
            <span className="min-w-0 grow">
                {texts.shell.acting} <RelativeTime time={me.ends_at} />
            </span>
            <Button size="small" is_busy={is_stopping} onClick={() => void stop()}>
                {texts.shell.stop_acting}
            </Button>
        </div>
    );
}
