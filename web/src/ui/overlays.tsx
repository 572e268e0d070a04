// What opens above a page: dialogs, the sheet of a phone, menus, tooltips. Escape closes, the focus goes back.
import { Dialog as RadixDialog, DropdownMenu, Tooltip as RadixTooltip } from "radix-ui";
import { useState, type ReactElement, type ReactNode } from "react";
import { ApiError, NetworkError } from "@/api/problem";
import { texts } from "@/texts";
import { Button } from "./button";
import { names } from "./class_names";
import { TextField } from "./fields";
import { Icon, type IconName } from "./icons";
import { Note } from "./note";

interface DialogProps {
    is_open: boolean;
    close: () => void;
    title: string;
    description?: ReactNode;
    is_wide?: boolean;
    children: ReactNode;
}

const veil = "fixed inset-0 z-40 bg-[#0b1418]/45";

export function Dialog({ is_open, close, title, description, is_wide, children }: DialogProps) {
    return (
        <RadixDialog.Root open={is_open} onOpenChange={(open) => !open && close()}>
            <RadixDialog.Portal>
                <RadixDialog.Overlay className={veil} />
                <RadixDialog.Content
                    {...(description ? {} : { "aria-describedby": undefined })}
                    className={names(
                        "fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-32px)] w-[calc(100vw-32px)] -translate-1/2",
                        "overflow-y-auto rounded-base border bg-raised p-6 shadow-base",
                        is_wide ? "max-w-180" : "max-w-115",
                    )}
                >
                    <div className="mb-4 flex items-start justify-between gap-4">
                        <div>
                            <RadixDialog.Title className="text-large">{title}</RadixDialog.Title>
                            {description && (
                                <RadixDialog.Description asChild>
                                    <div className="mt-1 text-soft">{description}</div>
                                </RadixDialog.Description>
                            )}
                        </div>
                        <RadixDialog.Close asChild>
                            <Button kind="quiet" size="small" icon="cross" aria-label={texts.common.close} />
                        </RadixDialog.Close>
                    </div>
                    {children}
                </RadixDialog.Content>
            </RadixDialog.Portal>
        </RadixDialog.Root>
    );
}

interface ConfirmProps {
    is_open: boolean;
    close: () => void;
    title: string;
    consequences: ReactNode;
    action: string;
    // What has to be typed before the worst may happen.
    typed?: string;
    act: () => Promise<void>;
}

export function ConfirmDialog({ is_open, close, title, consequences, action, typed, act }: ConfirmProps) {
    const [answer, set_answer] = useState("");
    const [is_busy, set_busy] = useState(false);
    const [error, set_error] = useState<ApiError | NetworkError | null>(null);

    function leave() {
        set_answer("");
        set_error(null);
        close();
    }

    async function confirm() {
        set_busy(true);
        try {
            await act();
            leave();
        } catch (thrown) {
            if (!(thrown instanceof ApiError || thrown instanceof NetworkError)) throw thrown;
            set_error(thrown);
        } finally {
            set_busy(false);
        }
    }

    return (
        <Dialog is_open={is_open} close={leave} title={title} description={consequences}>
            <div className="flex flex-col gap-4">
                {error && (
                    <Note tone="bad" request_id={error instanceof ApiError ? error.request_id : ""}>
                        {error.message}
                    </Note>
                )}
                {typed !== undefined && (
                    <TextField
                        name="confirmation"
                        label={texts.common.type_to_confirm(typed)}
                        value={answer}
                        change={set_answer}
                        fault={undefined}
                        limit={{}}
                        is_code
                    />
                )}
                <div className="flex justify-end gap-2">
                    <Button onClick={leave}>{texts.common.keep}</Button>
                    <Button
                        kind="danger"
                        is_busy={is_busy}
                        disabled={typed !== undefined && answer !== typed}
                        onClick={() => void confirm()}
                    >
                        {action}
                    </Button>
                </div>
            </div>
        </Dialog>
    );
}

interface SheetProps {
    is_open: boolean;
    close: () => void;
    title: string;
    children: ReactNode;
}

// From the bottom edge, for a phone.
export function Sheet({ is_open, close, title, children }: SheetProps) {
    return (
        <RadixDialog.Root open={is_open} onOpenChange={(open) => !open && close()}>
            <RadixDialog.Portal>
                <RadixDialog.Overlay className={veil} />
                <RadixDialog.Content
                    aria-describedby={undefined}
                    className="fixed inset-x-0 bottom-0 z-50 max-h-[85dvh] overflow-y-auto rounded-t-[12px] border-t bg-raised p-4 pb-8 shadow-base"
                >
                    <RadixDialog.Title className="mb-2 text-large">{title}</RadixDialog.Title>
                    {children}
                </RadixDialog.Content>
            </RadixDialog.Portal>
        </RadixDialog.Root>
    );
}

export interface MenuItem {
    label: string;
    icon?: IconName;
    act: () => void;
    is_dangerous?: boolean;
    is_chosen?: boolean;
    note?: string;
}

interface MenuProps {
    trigger: ReactElement;
    groups: MenuItem[][];
    heading?: ReactNode;
    align?: "start" | "end";
}

export function Menu({ trigger, groups, heading, align = "end" }: MenuProps) {
    const shown = groups.filter((group) => group.length > 0);
    return (
        <DropdownMenu.Root modal={false}>
            <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
            <DropdownMenu.Portal>
                <DropdownMenu.Content
                    align={align}
                    sideOffset={4}
                    className="z-50 max-h-[70dvh] max-w-80 min-w-48 overflow-y-auto rounded-base border bg-raised p-1 shadow-base"
                >
                    {heading && <DropdownMenu.Label className="px-2 py-1.5">{heading}</DropdownMenu.Label>}
                    {shown.map((group, index) => (
                        <DropdownMenu.Group key={index}>
                            {(index > 0 || heading) && <DropdownMenu.Separator className="my-1 h-px bg-line" />}
                            {group.map((item) => (
                                <DropdownMenu.Item
                                    key={item.label}
                                    onSelect={item.act}
                                    className={names(
                                        "flex min-h-8 cursor-pointer items-center gap-2 rounded-[4px] px-2 outline-none select-none data-highlighted:bg-hover",
                                        item.is_dangerous && "text-bad",
                                    )}
                                >
                                    {item.icon && <Icon name={item.icon} />}
                                    <span className="grow truncate">{item.label}</span>
                                    {item.note && <span className="text-small text-soft">{item.note}</span>}
                                    {item.is_chosen && <Icon name="check" />}
                                </DropdownMenu.Item>
                            ))}
                        </DropdownMenu.Group>
                    ))}
                </DropdownMenu.Content>
            </DropdownMenu.Portal>
        </DropdownMenu.Root>
    );
}

export function Tooltip({ text, children }: { text: string; children: ReactElement }) {
    return (
        <RadixTooltip.Provider delayDuration={300}>
            <RadixTooltip.Root>
                <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
                <RadixTooltip.Portal>
                    <RadixTooltip.Content
                        sideOffset={4}
                        className="z-50 max-w-80 rounded-base bg-text px-2 py-1 text-small text-ground shadow-base"
                    >
                        {text}
                    </RadixTooltip.Content>
                </RadixTooltip.Portal>
            </RadixTooltip.Root>
        </RadixTooltip.Provider>
    );
}
