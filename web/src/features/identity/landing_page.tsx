// What Mainstay is, for whoever is not signed in.
import { Navigate } from "react-router";
import administration from "../../../../docs/pictures/administration.png";
import migration from "../../../../docs/pictures/migration.png";
import model from "../../../../docs/pictures/model.png";
import { signed_in } from "@/api/session_store";
import { texts } from "@/texts";
import { ButtonLink } from "@/ui/button";
import { useTitle } from "@/ui/page";

// Of the program itself, with its sample data: the same as the README's.
const pictures = [
    ["migration", migration, 800],
    ["model", model, 640],
    ["administration", administration, 800],
] as const;

export function Component() {
    const words = texts.account.landing;
    useTitle(words.title);
    if (signed_in()) return <Navigate to="/home" replace />;
    return (
        <div className="mx-auto max-w-220 px-4 pt-6 pb-16">
            <header className="flex items-center justify-between">
                <span className="text-large font-semibold">{texts.common.product}</span>
                <ButtonLink to="/login">{words.sign_in}</ButtonLink>
            </header>
            <main className="pt-[14vh]">
                <h1 className="max-w-150 text-display text-balance">{words.title}</h1>
                <p className="mt-3 max-w-130 text-large text-soft">{words.about}</p>
                <div className="mt-6 flex flex-wrap gap-2">
                    <ButtonLink to="/signup" kind="primary">
                        {words.sign_up}
                    </ButtonLink>
                    <ButtonLink to="/login">{words.sign_in}</ButtonLink>
                </div>
                <dl className="mt-16 grid gap-x-8 gap-y-6 border-t pt-6 sm:grid-cols-3">
                    {words.points.map(([title, text]) => (
                        <div key={title}>
                            <dt className="font-semibold">{title}</dt>
                            <dd className="mt-1 text-soft">{text}</dd>
                        </div>
                    ))}
                </dl>
                <div className="mt-16 flex flex-col gap-12">
                    {pictures.map(([name, address, height]) => (
                        <figure key={name}>
                            <figcaption className="mb-2 text-soft">{words.pictures[name]}</figcaption>
                            <img
                                src={address}
                                alt={words.pictures[name]}
                                width={1280}
                                height={height}
                                loading="lazy"
                                className="w-full rounded-base border shadow-base"
                            />
                        </figure>
                    ))}
                </div>
            </main>
            <footer className="mt-16 flex flex-wrap gap-x-6 gap-y-2">
                <a className="link" href="/docs">
                    {words.reference}
                </a>
                <a className="link" href="/openapi.json">
                    {words.document}
                </a>
                <a className="link" href="/docs/errors">
                    {words.errors}
                </a>
            </footer>
        </div>
    );
}
