// Ctrl-K: goes to a page, a migration or a key by what is typed.
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useState, type KeyboardEvent } from "react";
import { useNavigate } from "react-router";
import { keys_query } from "@/features/keys/queries";
import { migrations_query } from "@/features/migrate/queries";
import { texts } from "@/texts";
import { names } from "@/ui/class_names";
import { Icon, type IconName } from "@/ui/icons";
import { Dialog } from "@/ui/overlays";
import { places_for } from "./places";
import { useCan } from "./session";

const most_of_a_kind = 6;

interface Found {
    to: string;
    label: string;
    kind: string;
    icon: IconName;
    is_apart: boolean;
}

export function useSearchKey(open: () => void): void {
    useEffect(() => {
        function listen(event: globalThis.KeyboardEvent) {
            if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
            event.preventDefault();
            open();
        }
        addEventListener("keydown", listen);
        return () => removeEventListener("keydown", listen);
    }, [open]);
}

function useFound(typed: string): Found[] {
    const can = useCan();
    const words = texts.shell.search;
    const migrations = useInfiniteQuery({ ...migrations_query({}), enabled: can("migrations.read") }).data ?? [];
    const keys = useInfiniteQuery({ ...keys_query({}), enabled: can("keys.read") }).data ?? [];
    const wanted = typed.trim().toLowerCase();
    const matching = (found: Found[]) =>
        found.filter(({ label, to }) => `${label} ${to}`.toLowerCase().includes(wanted)).slice(0, most_of_a_kind);
    const pages = places_for(can).flatMap(({ places }) =>
        places.map(({ to, label, icon, is_apart = false }) => ({ to, label, icon, is_apart, kind: words.pages })),
    );
    if (!wanted) return pages;
    return [
        ...matching(pages),
        ...matching(
            migrations.map((one) => ({
                to: `/migrations/${one.id}`,
                label: one.project_name,
                kind: words.migrations,
                icon: "migrate",
                is_apart: false,
            })),
        ),
        ...matching(
            keys.map((one) => ({
                to: `/keys/${one.id}`,
                label: one.name,
                kind: words.keys,
                icon: "key",
                is_apart: false,
            })),
        ),
    ];
}

export function CommandSearch({ is_open, close }: { is_open: boolean; close: () => void }) {
    return (
        <Dialog is_open={is_open} close={close} title={texts.shell.search.title}>
            <Search close={close} />
        </Dialog>
    );
}

function Search({ close }: { close: () => void }) {
    const words = texts.shell.search;
    const [typed, set_typed] = useState("");
    const [at, set_at] = useState(0);
    const navigate = useNavigate();
    const found = useFound(typed);
    const chosen = Math.min(at, found.length - 1);

    function go(one: Found) {
        close();
        if (one.is_apart) location.assign(one.to);
        else void navigate(one.to);
    }

    function move(event: KeyboardEvent) {
        const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
        if (step !== 0) {
            event.preventDefault();
            set_at(Math.max(0, Math.min(found.length - 1, chosen + step)));
        }
        const one = found[chosen];
        if (event.key === "Enter" && one) go(one);
    }

    return (
        <div onKeyDown={move}>
            <input
                autoFocus
                role="combobox"
                aria-expanded="true"
                aria-controls="search-found"
                aria-activedescendant={chosen >= 0 ? `search-found-${chosen}` : undefined}
                aria-label={words.placeholder}
                placeholder={words.placeholder}
                value={typed}
                onChange={(event) => {
                    set_typed(event.target.value);
                    set_at(0);
                }}
                className="h-9 w-full rounded-base border border-line-strong bg-panel px-3 placeholder:text-soft"
            />
            <ul
                id="search-found"
                role="listbox"
                aria-label={words.title}
                className="mt-2 max-h-[50dvh] overflow-y-auto"
            >
                {found.map((one, index) => (
                    <li
                        key={one.to}
                        id={`search-found-${index}`}
                        role="option"
                        aria-selected={index === chosen}
                        onClick={() => go(one)}
                        onMouseMove={() => set_at(index)}
                        className={names(
                            "flex h-9 cursor-pointer items-center gap-2.5 rounded-base px-2",
                            index === chosen && "bg-hover",
                        )}
                    >
                        <Icon name={one.icon} />
                        <span className="grow truncate">{one.label}</span>
                        <span className="text-small text-soft">{one.kind}</span>
                    </li>
                ))}
            </ul>
            <p className="px-2 pt-2 text-small text-soft">{found.length === 0 ? words.nothing : words.hint}</p>
        </div>
    );
}
