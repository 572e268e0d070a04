// What every page begins with, and how its facts and parts stand.
import { Tabs as RadixTabs } from "radix-ui";
import { useEffect, type ReactNode } from "react";
import { Link } from "react-router";
import { texts } from "@/texts";
import { names } from "./class_names";

interface PageHeaderProps {
    title: string;
    // The page above, where there is one.
    above?: { label: string; to: string };
    status?: ReactNode;
    about?: ReactNode;
    actions?: ReactNode;
}

export function useTitle(title: string): void {
    useEffect(() => {
        document.title = `${title} – ${texts.common.product}`;
    }, [title]);
}

// The way back to a section stands in the breadcrumb, where there is room for one.
const is_section = (address: string) => address.lastIndexOf("/") === 0 && !address.includes("?");

export function PageHeader({ title, above, status, about, actions }: PageHeaderProps) {
    useTitle(title);
    return (
        <header className="mb-4 flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
            <div className="min-w-0">
                {above && (
                    <Link to={above.to} className={names("link text-small", is_section(above.to) && "md:hidden")}>
                        {above.label}
                    </Link>
                )}
                <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                    <h1 className="min-w-0 text-title break-words">{title}</h1>
                    {status}
                </div>
                {about && <div className="mt-1 max-w-160 text-soft">{about}</div>}
            </div>
            {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </header>
    );
}

interface SectionProps {
    title: string;
    about?: ReactNode;
    actions?: ReactNode;
    children: ReactNode;
}

export function Section({ title, about, actions, children }: SectionProps) {
    return (
        <section className="mb-8">
            <div className="mb-3 flex flex-wrap items-end justify-between gap-2">
                <div>
                    <h2 className="text-large">{title}</h2>
                    {about && <p className="text-soft">{about}</p>}
                </div>
                {actions}
            </div>
            {children}
        </section>
    );
}

export function Panel({ children, is_padded = true }: { children: ReactNode; is_padded?: boolean }) {
    return (
        <div className={names("rounded-base border bg-panel", is_padded ? "p-4" : "overflow-hidden")}>{children}</div>
    );
}

export interface Fact {
    label: string;
    value: ReactNode;
}

export function KeyFacts({ facts }: { facts: Fact[] }) {
    return (
        <dl className="mb-6 grid grid-cols-1 gap-x-8 rounded-base border bg-panel px-4 py-1 md:grid-cols-2">
            {facts.map(({ label, value }) => (
                <div key={label} className="flex min-h-9 items-center justify-between gap-4 py-1">
                    <dt className="shrink-0 text-soft">{label}</dt>
                    <dd className="min-w-0 text-right break-words tabular-nums">{value}</dd>
                </div>
            ))}
        </dl>
    );
}

export interface Tab {
    value: string;
    label: string;
    count?: number;
    content: ReactNode;
}

interface TabsProps {
    tabs: Tab[];
    value: string;
    change: (value: string) => void;
    label: string;
}

export function Tabs({ tabs, value, change, label }: TabsProps) {
    return (
        <RadixTabs.Root value={value} onValueChange={change}>
            <RadixTabs.List aria-label={label} className="mb-4 flex gap-4 overflow-x-auto border-b">
                {tabs.map((tab) => (
                    <RadixTabs.Trigger
                        key={tab.value}
                        value={tab.value}
                        className="-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent px-0.5 font-medium whitespace-nowrap text-soft hover:text-text focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:text-text"
                    >
                        {tab.label}
                        {tab.count !== undefined && (
                            <span className="text-small font-normal text-soft tabular-nums">{tab.count}</span>
                        )}
                    </RadixTabs.Trigger>
                ))}
            </RadixTabs.List>
            {tabs.map((tab) => (
                <RadixTabs.Content key={tab.value} value={tab.value} className="focus-visible:outline-offset-4">
                    {tab.content}
                </RadixTabs.Content>
            ))}
        </RadixTabs.Root>
    );
}
