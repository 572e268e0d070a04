// All parts of the design system in all their states, on one page, to be looked at.
import type { ReactNode } from "react";
import { Toasts } from "@/ui/toast";
import { PageHeader } from "@/ui/page";
import { CodeParts, TimeParts } from "./record_parts";
import { ControlParts, FormParts } from "./form_parts";
import { DataParts } from "./data_parts";
import { OverlayParts, StateParts } from "./state_parts";

export function Part({ title, children }: { title: string; children: ReactNode }) {
    return (
        <section className="mb-10">
            <h2 className="mb-3 border-b pb-1 text-large">{title}</h2>
            {children}
        </section>
    );
}

export function Component() {
    return (
        <main className="mx-auto max-w-320 px-4 py-6 md:px-6">
            <PageHeader title="Parts" about="What every page is made of, in each of its states." />
            <ControlParts />
            <FormParts />
            <OverlayParts />
            <StateParts />
            <DataParts />
            <TimeParts />
            <CodeParts />
            <Toasts />
        </main>
    );
}
