// What the pages before signing in share: one column, the name, one panel.
import type { ReactNode } from "react";
import { Link } from "react-router";
import { texts } from "@/texts";
import { useTitle } from "@/ui/page";

interface Props {
    title: string;
    about?: ReactNode;
    children: ReactNode;
    below?: ReactNode;
}

export function AccountFrame({ title, about, children, below }: Props) {
    useTitle(title);
    return (
        <div className="mx-auto flex min-h-dvh max-w-100 flex-col px-4 pt-[12vh] pb-8">
            <header className="mb-6">
                <Link to="/" className="text-large font-semibold">
                    {texts.common.product}
                </Link>
            </header>
            <main className="rounded-base border bg-panel p-6">
                <h1 className="text-title">{title}</h1>
                {about && <p className="mt-1 text-soft">{about}</p>}
                <div className="mt-5">{children}</div>
            </main>
            {below && (
                <nav
                    aria-label={texts.account.other_ways}
                    className="prose mt-4 flex flex-wrap justify-between gap-x-6 gap-y-2"
                >
                    {below}
                </nav>
            )}
        </div>
    );
}
