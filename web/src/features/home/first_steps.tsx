// The way of somebody who has just come; gone when each step is done.
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useCan, useMe } from "@/app/session";
import { colleagues_query, invitations_query } from "@/features/organizations/queries";
import { keys_query } from "@/features/keys/queries";
import { migrations_query } from "@/features/migrate/queries";
import { TrySample } from "@/features/migrate/try_sample";
import { texts } from "@/texts";
import { ButtonLink } from "@/ui/button";
import { names } from "@/ui/class_names";
import { Icon } from "@/ui/icons";
import { Section } from "@/ui/page";

const words = texts.home.steps;

interface Step {
    permission: string;
    title: string;
    about: string;
    is_done: boolean;
    action: ReactNode;
}

export function FirstSteps() {
    const can = useCan();
    const tenant_id = useMe()?.tenant_id ?? "";
    const may_invite = can("members.write") && tenant_id !== "";
    const migrations = useInfiniteQuery({ ...migrations_query({}), enabled: can("migrations.read") }).data;
    const keys = useInfiniteQuery({ ...keys_query({}), enabled: can("keys.read") }).data;
    const members = useInfiniteQuery({ ...colleagues_query(tenant_id), enabled: may_invite }).data;
    const invitations = useInfiniteQuery({ ...invitations_query(tenant_id), enabled: may_invite }).data;
    const steps: Step[] = [
        {
            permission: "migrations.write",
            title: words.migrate,
            about: words.migrate_about,
            is_done: migrations !== undefined && migrations.length > 0,
            action: <TrySample label={words.start} />,
        },
        {
            permission: "keys.write",
            title: words.key,
            about: words.key_about,
            is_done: keys !== undefined && keys.length > 0,
            action: <ButtonLink to="/keys/new">{texts.keys.create}</ButtonLink>,
        },
        {
            permission: "members.write",
            title: words.invite,
            about: words.invite_about,
            is_done: (members?.length ?? 0) > 1 || (invitations?.length ?? 0) > 0,
            action: <ButtonLink to="/team?invite">{texts.team.invite}</ButtonLink>,
        },
    ].filter((step) => can(step.permission));
    const is_known = [migrations, keys, members, invitations].every((one) => one !== undefined);
    if (!is_known || steps.every((step) => step.is_done)) return null;
    return (
        <Section title={texts.home.first_steps}>
            <ol className="grid gap-3 lg:grid-cols-3">
                {steps.map((step, index) => (
                    <li key={step.title} className="flex gap-3 rounded-base border bg-panel p-4">
                        <span
                            className={names(
                                "grid size-6 shrink-0 place-items-center rounded-full text-small font-semibold",
                                step.is_done ? "bg-good-soft text-good" : "bg-accent-soft text-accent",
                            )}
                        >
                            {step.is_done ? <Icon name="check" size={12} /> : index + 1}
                        </span>
                        <div className="flex min-w-0 flex-col items-start gap-2">
                            <div>
                                <h3>{step.title}</h3>
                                <p className="text-soft">{step.about}</p>
                            </div>
                            {step.is_done ? <span className="text-good">{words.done}</span> : step.action}
                        </div>
                    </li>
                ))}
            </ol>
        </Section>
    );
}
