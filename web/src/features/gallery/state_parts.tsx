import { useState } from "react";
import { ApiError } from "@/api/problem";
import { Button } from "@/ui/button";
import { ConfirmDialog, Dialog, Menu, Sheet, Tooltip } from "@/ui/overlays";
import { EmptyState, ErrorState, Loading } from "@/ui/states";
import { Panel } from "@/ui/page";
import { toast } from "@/ui/toast";
import { Part } from "./gallery_page";

type Opened = "dialog" | "confirm" | "worst" | "sheet" | null;

const failure = new ApiError({
    title: "The database did not answer",
    status: 503,
    code: "busy",
    detail: "Try again in a moment.",
    errors: [],
    request_id: "req_01m8q73g39ehq9adsp5jcvqc2m",
});

export function OverlayParts() {
    const [opened, set_opened] = useState<Opened>(null);
    const close = () => set_opened(null);
    const act = async () => toast("The key is revoked");
    return (
        <Part title="What opens above">
            <div className="flex flex-wrap gap-2">
                <Button onClick={() => set_opened("dialog")}>Dialog</Button>
                <Button onClick={() => set_opened("confirm")}>Confirmation</Button>
                <Button onClick={() => set_opened("worst")}>Typed confirmation</Button>
                <Button onClick={() => set_opened("sheet")}>Sheet</Button>
                <Button onClick={() => toast("The key is copied")}>Toast</Button>
                <Menu
                    trigger={<Button icon="down">Menu</Button>}
                    groups={[
                        [
                            { label: "Rotate", icon: "refresh", act: () => undefined },
                            { label: "Copy the id", icon: "copy", act: () => undefined, note: "C" },
                        ],
                        [{ label: "Revoke", icon: "cross", act: () => undefined, is_dangerous: true }],
                    ]}
                />
                <Tooltip text="Narrow the sidebar">
                    <Button icon="sidebar" aria-label="Narrow the sidebar" />
                </Tooltip>
            </div>
            <Dialog
                is_open={opened === "dialog"}
                close={close}
                title="Invite someone"
                description="They get a link by mail."
            >
                <Button onClick={close}>Close</Button>
            </Dialog>
            <ConfirmDialog
                is_open={opened === "confirm"}
                close={close}
                title="Revoke billing service"
                consequences="It is refused everywhere within a second, and cannot be brought back."
                action="Revoke key"
                act={act}
            />
            <ConfirmDialog
                is_open={opened === "worst"}
                close={close}
                title="Delete harbour_and_vale"
                consequences="The migration, its models and its project are erased."
                action="Delete"
                typed="harbour_and_vale"
                act={act}
            />
            <Sheet is_open={opened === "sheet"} close={close} title="Places">
                <Button onClick={close}>Close</Button>
            </Sheet>
        </Part>
    );
}

export function StateParts() {
    return (
        <Part title="Empty, loading, broken">
            <div className="grid gap-4 lg:grid-cols-3">
                <Panel is_padded={false}>
                    <EmptyState icon="key" title="No key yet" action={<Button kind="primary">New key</Button>}>
                        Make one for a program of yours.
                    </EmptyState>
                </Panel>
                <Panel is_padded={false}>
                    <Loading lines={6} />
                </Panel>
                <Panel is_padded={false}>
                    <ErrorState error={failure} retry={() => undefined} />
                </Panel>
            </div>
        </Part>
    );
}
