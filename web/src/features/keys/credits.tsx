// A customer's credits: how many are left, whether they come anew, and giving more without a race with what is spent.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { add_key_credits, Refill_limits } from "@/api/limits";
import { texts } from "@/texts";
import { Button } from "@/ui/button";
import { NumberField, SelectField } from "@/ui/fields";
import { Form, useForm } from "@/ui/form";
import { count } from "@/ui/formats";
import { Dialog } from "@/ui/overlays";
import { KeyFacts, Section } from "@/ui/page";
import { RelativeTime } from "@/ui/relative_time";
import { toast } from "@/ui/toast";
import { add_credits, set_credits, type Key } from "./queries";

const words = texts.keys.credits;
const no_refill = "never";
type Opened = "add" | "set" | null;

export function Credits({ of: key, can_write }: { of: Key; can_write: boolean }) {
    const client = useQueryClient();
    const [opened, set_opened] = useState<Opened>(null);
    const has_credits = typeof key.credits_remaining === "number";
    async function done() {
        set_opened(null);
        await client.invalidateQueries({ queryKey: ["key", key.id] });
        toast(words.saved);
    }
    return (
        <Section
            title={words.title}
            about={words.about}
            actions={
                can_write && (
                    <span className="flex gap-2">
                        {has_credits && <Button onClick={() => set_opened("add")}>{words.add}</Button>}
                        <Button onClick={() => set_opened("set")}>{words.set}</Button>
                    </span>
                )
            }
        >
            <KeyFacts
                facts={[
                    {
                        label: words.left,
                        value: has_credits ? count(key.credits_remaining ?? 0) : words.unlimited,
                    },
                    {
                        label: words.refill,
                        value: key.refill ? words.refills(count(key.refill.amount), key.refill.interval) : words.none,
                    },
                    { label: words.next, value: <RelativeTime time={key.refills_at} /> },
                ]}
            />
            <Dialog is_open={opened === "add"} close={() => set_opened(null)} title={words.add_title}>
                <More key_id={key.id} done={done} />
            </Dialog>
            <Dialog
                is_open={opened === "set"}
                close={() => set_opened(null)}
                title={words.set_title}
                description={words.set_about}
            >
                <Standing of={key} done={done} />
            </Dialog>
        </Section>
    );
}

function More({ key_id, done }: { key_id: string; done: () => Promise<void> }) {
    const form = useForm({
        limits: add_key_credits,
        initial: { amount: null as number | null },
        send: async ({ amount }) => {
            await add_credits(key_id, amount ?? 0);
            await done();
        },
    });
    return (
        <Form form={form} action={words.add}>
            <NumberField {...form.field("amount")} label={words.amount} />
        </Form>
    );
}

function Standing({ of: key, done }: { of: Key; done: () => Promise<void> }) {
    const form = useForm({
        limits: { amount: { ...Refill_limits.amount, required: false } },
        initial: {
            credits_remaining: key.credits_remaining ?? null,
            interval: key.refill?.interval ?? (no_refill as string),
            amount: key.refill?.amount ?? null,
        },
        send: async ({ credits_remaining, interval, amount }) => {
            const refill: Key["refill"] =
                interval === "day" || interval === "month" ? { interval, amount: amount ?? 0 } : null;
            await set_credits(key.id, { credits_remaining, refill });
            await done();
        },
    });
    return (
        <Form form={form} action={words.set_action}>
            <NumberField {...form.field("credits_remaining")} label={words.left} help={words.left_help} is_optional />
            <SelectField
                {...form.field("interval")}
                label={words.refill}
                choices={[
                    { value: no_refill, label: words.none },
                    { value: "day", label: words.intervals.day },
                    { value: "month", label: words.intervals.month },
                ]}
            />
            {form.values.interval !== no_refill && (
                <NumberField {...form.field("amount")} label={words.refill_amount} />
            )}
        </Form>
    );
}
