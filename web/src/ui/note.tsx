// A few words that matter here and now; for errors with the id under which the log has them.
import type { ReactNode } from "react";
import { texts } from "@/texts";
import { names } from "./class_names";
import { CopyableId } from "./copyable_id";
import { Icon, type IconName } from "./icons";

export type Tone = "good" | "caution" | "bad" | "info";

const looks: Record<Tone, { colours: string; icon: IconName }> = {
    good: { colours: "bg-good-soft text-good", icon: "check" },
    caution: { colours: "bg-caution-soft text-caution", icon: "warning" },
    bad: { colours: "bg-bad-soft text-bad", icon: "warning" },
    info: { colours: "bg-info-soft text-info", icon: "info" },
};

interface Props {
    tone: Tone;
    request_id?: string;
    action?: ReactNode;
    children: ReactNode;
}

export function Note({ tone, request_id, action, children }: Props) {
    const { colours, icon } = looks[tone];
    return (
        <div className={names("flex items-start gap-2 rounded-base px-3 py-2", colours)}>
            <span className="pt-0.5">
                <Icon name={icon} />
            </span>
            <div className="min-w-0 grow break-words">
                {children}
                {request_id && (
                    <div className="mt-1 flex items-center gap-1 text-small">
                        {texts.common.request} <CopyableId id={request_id} />
                    </div>
                )}
            </div>
            {action}
        </div>
    );
}
