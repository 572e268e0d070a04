import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { texts } from "@/texts";
import { PageHeader } from "@/ui/page";
import { KeyForm } from "./key_form";
import { create_key, type CreatedKey } from "./queries";
import { ShownOnce } from "./shown_once";

const words = texts.keys.form;

export function Component() {
    const navigate = useNavigate();
    const client = useQueryClient();
    const [created, set_created] = useState<CreatedKey | null>(null);
    return (
        <>
            <PageHeader title={words.title} above={{ label: texts.keys.title, to: "/keys" }} about={texts.keys.about} />
            <KeyForm
                action={words.action}
                send={async (changes, chosen_once) => {
                    set_created(await create_key({ ...changes, ...chosen_once }));
                    await client.invalidateQueries({ queryKey: ["keys"] });
                }}
            />
            <ShownOnce
                secret={created?.key ?? null}
                close={() => created && void navigate(`/keys/${created.id}`, { replace: true })}
            />
        </>
    );
}
