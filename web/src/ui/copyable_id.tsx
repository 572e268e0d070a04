// An id or a secret in one line; a press copies it and says so.
import { useEffect, useState } from "react";
import { texts } from "@/texts";
import { Icon } from "./icons";

const confirmation_ms = 1500;

// Copies and gives whether that was a moment ago.
export function useCopy(): [boolean, (text: string) => void] {
    const [at, set_at] = useState(0);
    useEffect(() => {
        if (at === 0) return undefined;
        const timer = setTimeout(() => set_at(0), confirmation_ms);
        return () => clearTimeout(timer);
    }, [at]);
    return [at !== 0, (text) => void navigator.clipboard.writeText(text).then(() => set_at(Date.now()))];
}

export function CopyableId({ id, shown = id }: { id: string; shown?: string }) {
    const [is_copied, copy] = useCopy();
    return (
        <button
            type="button"
            title={is_copied ? texts.common.copied : texts.common.copy(id)}
            aria-label={is_copied ? texts.common.copied : texts.common.copy(id)}
            onClick={(event) => {
                event.stopPropagation();
                copy(id);
            }}
            className="-mx-1 inline-flex max-w-[calc(100%+8px)] items-center gap-1 rounded-base px-1 font-mono text-small hover:bg-hover"
        >
            <span className="truncate">{shown}</span>
            <span className={is_copied ? "text-good" : "text-soft"}>
                <Icon name={is_copied ? "check" : "copy"} size={12} />
            </span>
        </button>
    );
}
