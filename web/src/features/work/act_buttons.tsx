// Retry and cancel, of jobs and of runs alike: each is there only where it can be done.
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { texts } from "@/texts";
import { Button } from "@/ui/button";
import { Note } from "@/ui/note";
import { ConfirmDialog } from "@/ui/overlays";
import { toast } from "@/ui/toast";

interface Props {
    can_cancel: boolean;
    can_retry: boolean;
    cancel: () => Promise<unknown>;
    retry: () => Promise<unknown>;
    changed: () => Promise<unknown>;
}

export function ActButtons({ can_cancel, can_retry, cancel, retry, changed }: Props) {
    const words = texts.work;
    const [is_asked, set_asked] = useState(false);
    const retrying = useMutation({
        mutationFn: retry,
        onSuccess: async () => {
            await changed();
            toast(words.retried);
        },
    });
    return (
        <>
            {retrying.error && <Note tone="bad">{retrying.error.message}</Note>}
            {can_retry && (
                <Button icon="refresh" is_busy={retrying.isPending} onClick={() => retrying.mutate()}>
                    {words.retry}
                </Button>
            )}
            {can_cancel && <Button onClick={() => set_asked(true)}>{words.cancel}</Button>}
            <ConfirmDialog
                is_open={is_asked}
                close={() => set_asked(false)}
                title={words.cancel_title}
                consequences={words.cancel_about}
                action={words.cancel_action}
                act={async () => {
                    await cancel();
                    await changed();
                    toast(words.cancelled);
                }}
            />
        </>
    );
}
