import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "react-router";
import { texts } from "@/texts";
import { PageHeader } from "@/ui/page";
import { ErrorState, Loading } from "@/ui/states";
import { toast } from "@/ui/toast";
import { KeyForm } from "./key_form";
import { change_key, key_query } from "./queries";

const words = texts.keys.form;

export function Component() {
    const { key_id = "" } = useParams();
    const navigate = useNavigate();
    const client = useQueryClient();
    const { data: key, error, refetch } = useQuery(key_query(key_id));
    if (error) return <ErrorState error={error} retry={() => void refetch()} />;
    if (!key) return <Loading lines={8} />;
    return (
        <>
            <PageHeader
                title={words.edit_title(key.name)}
                above={{ label: key.name, to: `/keys/${key.id}` }}
                about={words.edit_about}
            />
            <KeyForm
                key={key.id}
                of={key}
                action={words.save}
                send={async (changes) => {
                    const changed = await change_key(key.id, changes);
                    client.setQueryData(key_query(key.id).queryKey, changed);
                    await client.invalidateQueries({ queryKey: ["keys"] });
                    toast(words.saved);
                    void navigate(`/keys/${key.id}`, { replace: true });
                }}
            />
        </>
    );
}
