// Where one can go: the sidebar, and on a phone the bar below with a sheet for the rest.
import { useState } from "react";
import { NavLink, useLocation } from "react-router";
import { texts } from "@/texts";
import { Button } from "@/ui/button";
import { names } from "@/ui/class_names";
import { Icon } from "@/ui/icons";
import { Sheet, Tooltip } from "@/ui/overlays";
import { main_places, places_for, type Place, type PlaceGroup } from "./places";
import { useCan } from "./session";

const narrow_place = "mainstay.sidebar";

interface PlaceLinkProps {
    place: Place;
    is_narrow?: boolean;
    is_operators: boolean;
}

function PlaceLink({ place, is_narrow = false, is_operators }: PlaceLinkProps) {
    const base = names(
        "flex h-8 items-center gap-2.5 rounded-base font-medium",
        is_narrow ? "w-8 justify-center" : "px-2",
    );
    const idle = "text-soft hover:bg-hover hover:text-text";
    const content = (
        <>
            <Icon name={place.icon} />
            <span className={is_narrow ? "sr-only" : "truncate"}>{place.label}</span>
            {place.is_apart && !is_narrow && (
                <span className="ml-auto opacity-70">
                    <Icon name="external" size={12} />
                </span>
            )}
        </>
    );
    const link = place.is_apart ? (
        <a href={place.to} className={names(base, idle)}>
            {content}
        </a>
    ) : (
        <NavLink
            to={place.to}
            end={place.to === "/admin"}
            className={({ isActive }) =>
                names(
                    base,
                    isActive ? (is_operators ? "bg-operator-soft text-operator" : "bg-accent-soft text-accent") : idle,
                )
            }
        >
            {content}
        </NavLink>
    );
    return is_narrow ? <Tooltip text={place.label}>{link}</Tooltip> : link;
}

function Groups({ groups, is_narrow = false }: { groups: PlaceGroup[]; is_narrow?: boolean }) {
    return groups.map((group) => (
        <div key={group.label} className={names("mb-4", group.is_operators && "border-t pt-3")}>
            <div
                className={names(
                    "mb-1 px-2 text-small font-medium",
                    group.is_operators ? "text-operator" : "text-soft",
                    is_narrow && "sr-only",
                )}
            >
                {group.label}
            </div>
            <ul className="flex flex-col gap-0.5">
                {group.places.map((place) => (
                    <li key={place.to}>
                        <PlaceLink place={place} is_narrow={is_narrow} is_operators={group.is_operators ?? false} />
                    </li>
                ))}
            </ul>
        </div>
    ));
}

export function Sidebar() {
    const groups = places_for(useCan());
    const [is_narrow, set_narrow] = useState(() => localStorage.getItem(narrow_place) === "narrow");
    function toggle() {
        localStorage.setItem(narrow_place, is_narrow ? "wide" : "narrow");
        set_narrow(!is_narrow);
    }
    return (
        <nav
            aria-label={texts.shell.navigation}
            className={names(
                "sticky top-0 hidden h-dvh shrink-0 flex-col overflow-y-auto border-r bg-panel px-2 pt-3 pb-2 md:flex",
                is_narrow ? "w-13 items-center" : "w-54",
            )}
        >
            <div className={names("mb-3 flex h-8 items-center font-semibold", is_narrow ? "text-accent" : "px-2")}>
                <img src="/icon.svg" alt="" width={18} height={18} />
                <span className={is_narrow ? "sr-only" : "ml-2 text-large"}>{texts.common.product}</span>
            </div>
            <div className="grow">
                <Groups groups={groups} is_narrow={is_narrow} />
            </div>
            <Button
                kind="quiet"
                icon="sidebar"
                aria-label={is_narrow ? texts.shell.expand : texts.shell.collapse}
                onClick={toggle}
            />
        </nav>
    );
}

export function BottomBar() {
    const groups = places_for(useCan());
    const { key } = useLocation();
    // Open at the location at which it was opened: whoever goes on has closed it.
    const [opened_at, set_opened_at] = useState<string | null>(null);
    const main = main_places
        .map((to) => groups.flatMap((group) => group.places).find((place) => place.to === to))
        .filter((place) => place !== undefined);
    return (
        <>
            <nav
                aria-label={texts.shell.navigation}
                className="fixed inset-x-0 bottom-0 z-30 grid auto-cols-fr grid-flow-col border-t bg-panel pb-[env(safe-area-inset-bottom)] md:hidden"
            >
                {main.map((place) => (
                    <NavLink
                        key={place.to}
                        to={place.to}
                        className={({ isActive }) =>
                            names(
                                "flex h-14 flex-col items-center justify-center gap-1 text-small font-medium focus-visible:-outline-offset-2",
                                isActive ? "text-accent" : "text-soft",
                            )
                        }
                    >
                        <Icon name={place.icon} size={18} />
                        {place.label}
                    </NavLink>
                ))}
                <button
                    type="button"
                    onClick={() => set_opened_at(key)}
                    className="flex h-14 flex-col items-center justify-center gap-1 text-small font-medium text-soft"
                >
                    <Icon name="menu" size={18} />
                    {texts.shell.more}
                </button>
            </nav>
            <Sheet is_open={opened_at === key} close={() => set_opened_at(null)} title={texts.shell.navigation}>
                <Groups groups={groups} />
            </Sheet>
        </>
    );
}
