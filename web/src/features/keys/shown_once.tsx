// A secret that is shown once: it stays until it is said to be kept.
import { texts } from "@/texts";
import { Button } from "@/ui/button";
import { useCopy } from "@/ui/copyable_id";
import { Dialog } from "@/ui/overlays";

interface Props {
    secret: string | null;
    close: () => void;
}

export function ShownOnce({ secret, close }: Props) {
    const words = texts.keys;
    const [is_copied, copy] = useCopy();
    return (
        <Dialog is_open={secret !== null} close={close} title={words.created_title} description={words.created_about}>
            <code className="mb-4 block rounded-base border bg-ground p-3 font-mono text-small break-all select-all">
                {secret}
            </code>
            <div className="flex justify-end gap-2">
                <Button onClick={close}>{words.done}</Button>
                <Button kind="primary" icon={is_copied ? "check" : "copy"} onClick={() => secret && copy(secret)}>
                    {is_copied ? texts.common.copied : words.copy_key}
                </Button>
            </div>
        </Dialog>
    );
}
