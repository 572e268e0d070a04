// The three things that a page can be besides full: empty, loading, broken.
import type { ReactNode } from "react";
import { ApiError, NetworkError } from "@/api/problem";
import { texts } from "@/texts";
import { Button } from "./button";
import { CopyableId } from "./copyable_id";
import { Icon, type IconName } from "./icons";

interface EmptyStateProps {
    icon: IconName;
    title: string;
    children?: ReactNode;
    action?: ReactNode;
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
    return (
        <div className="flex flex-col items-center gap-2 px-4 py-12 text-center">
            <span className="grid size-10 place-items-center rounded-base bg-accent-soft text-accent">
                <Icon name={icon} size={20} />
            </span>
            <h2 className="text-large">{title}</h2>
            {children && <div className="prose max-w-105 text-balance text-soft">{children}</div>}
            {action && <div className="pt-2">{action}</div>}
        </div>
    );
}

// Keeps the size of what is to come, so that nothing jumps.
export function Loading({ lines = 6, height = 36 }: { lines?: number; height?: number }) {
    return (
        <div role="status" aria-label={texts.common.loading}>
            {Array.from({ length: lines }, (_, index) => (
                <div key={index} className="flex items-center border-b px-3" style={{ height }}>
                    <div
                        className="h-3 animate-pulse rounded-base bg-hover"
                        style={{ width: `${30 + ((index * 23) % 45)}%` }}
                    />
                </div>
            ))}
        </div>
    );
}

function explanation_of(error: unknown): { title: string; detail: string; request_id: string } {
    if (error instanceof ApiError) return { title: error.title, detail: error.message, request_id: error.request_id };
    if (error instanceof NetworkError) return { title: texts.errors.no_answer, detail: error.message, request_id: "" };
    const detail = error instanceof Error ? error.message : String(error);
    return { title: texts.errors.page_broke, detail, request_id: "" };
}

export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
    const { title, detail, request_id } = explanation_of(error);
    return (
        <div role="alert" className="flex flex-col items-center gap-2 px-4 py-12 text-center">
            <span className="grid size-10 place-items-center rounded-base bg-bad-soft text-bad">
                <Icon name="warning" size={20} />
            </span>
            <h2 className="text-large">{title}</h2>
            <p className="max-w-105 text-balance text-soft">{detail}</p>
            {request_id && (
                <p className="flex items-center gap-1 text-small text-soft">
                    {texts.common.request} <CopyableId id={request_id} />
                </p>
            )}
            {retry && (
                <div className="pt-2">
                    <Button icon="refresh" onClick={retry}>
                        {texts.common.try_again}
                    </Button>
                </div>
            )}
        </div>
    );
}
