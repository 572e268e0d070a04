// What can be done with ticked rows. Each row is its own request: what was refused stays ticked, and says why.
import { useState } from "react";
import { texts } from "@/texts";
import { Button } from "./button";
import type { IconName } from "./icons";
import { Note } from "./note";
import { ConfirmDialog } from "./overlays";
import { toast } from "./toast";

export interface BulkAction<Item> {
    label: string;
    icon?: IconName;
    // Rows for which it makes no sense are left alone.
    is_for: (item: Item) => boolean;
    act: (item: Item) => Promise<unknown>;
    changed: () => Promise<unknown>;
    // What is told before; without it, it is done at once.
    consequences?: string;
}

export interface Selection {
    ids: ReadonlySet<string>;
    set: (ids: ReadonlySet<string>) => void;
}

interface Props<Item> {
    actions: BulkAction<Item>[];
    items: Item[];
    row_id: (item: Item) => string;
    selection: Selection;
}

export function BulkBar<Item>({ actions, items, row_id, selection }: Props<Item>) {
    const [asked, set_asked] = useState<BulkAction<Item> | null>(null);
    const [busy, set_busy] = useState<string | null>(null);
    const [refusal, set_refusal] = useState<string | null>(null);
    const ticked = items.filter((item) => selection.ids.has(row_id(item)));

    async function carry_out(action: BulkAction<Item>) {
        set_busy(action.label);
        set_refusal(null);
        const left = new Set(selection.ids);
        const wanted = ticked.filter(action.is_for);
        let done = 0;
        let first: Error | null = null;
        for (const item of wanted) {
            try {
                await action.act(item);
                left.delete(row_id(item));
                ++done;
            } catch (thrown) {
                first ??= thrown as Error;
            }
        }
        await action.changed();
        selection.set(left);
        set_busy(null);
        if (first) set_refusal(texts.bulk.refused(wanted.length - done, first.message));
        if (done > 0) toast(texts.bulk.done(done));
    }

    if (ticked.length === 0 && !refusal) return null;
    return (
        <div className="mb-3 flex flex-wrap items-center gap-2 rounded-base border bg-panel px-3 py-2">
            <span className="font-medium tabular-nums" role="status">
                {texts.bulk.selected(ticked.length)}
            </span>
            {actions.map((action) => {
                const number = ticked.filter(action.is_for).length;
                return (
                    <Button
                        key={action.label}
                        size="small"
                        {...(action.icon ? { icon: action.icon } : {})}
                        disabled={number === 0 || busy !== null}
                        is_busy={busy === action.label}
                        onClick={() => (action.consequences ? set_asked(action) : void carry_out(action))}
                    >
                        {`${action.label} (${number})`}
                    </Button>
                );
            })}
            <Button
                kind="quiet"
                size="small"
                onClick={() => {
                    selection.set(new Set());
                    set_refusal(null);
                }}
            >
                {texts.common.clear}
            </Button>
            {refusal && (
                <div className="w-full">
                    <Note tone="bad">{refusal}</Note>
                </div>
            )}
            <ConfirmDialog
                is_open={asked !== null}
                close={() => set_asked(null)}
                title={asked ? `${asked.label} (${ticked.filter(asked.is_for).length})` : ""}
                consequences={asked?.consequences}
                action={asked?.label ?? ""}
                act={async () => {
                    if (asked) await carry_out(asked);
                }}
            />
        </div>
    );
}

interface TickProps {
    label: string;
    is_ticked: boolean;
    tick: (is_ticked: boolean) => void;
}

export function Tick({ label, is_ticked, tick }: TickProps) {
    return (
        <input
            type="checkbox"
            aria-label={label}
            checked={is_ticked}
            onChange={(event) => tick(event.target.checked)}
            className="relative z-[1] size-4 align-middle accent-accent"
        />
    );
}
