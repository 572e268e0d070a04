import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { texts } from "@/texts";
import { Button } from "@/ui/button";
import { Note } from "@/ui/note";
import { start_sample } from "./sample";

export function TrySample({ label = texts.migrations.try_sample }: { label?: string }) {
    const navigate = useNavigate();
    const client = useQueryClient();
    const start = useMutation({
        mutationFn: start_sample,
        onSuccess: async ({ id }) => {
            await client.invalidateQueries({ queryKey: ["migrations"] });
            void navigate(`/migrations/${id}`);
        },
    });
    return (
        <span className="inline-flex flex-col gap-2">
            <Button icon="migrate" is_busy={start.isPending} onClick={() => start.mutate()}>
                {label}
            </Button>
            {start.error && <Note tone="bad">{start.error.message}</Note>}
        </span>
    );
}
