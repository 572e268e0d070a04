// Light, dark, or as the system has it; kept in the browser.
import { useSyncExternalStore } from "react";

export type Scheme = "system" | "light" | "dark";

const place = "mainstay.scheme";
const listeners = new Set<() => void>();

export function scheme(): Scheme {
    const kept = localStorage.getItem(place);
    return kept === "light" || kept === "dark" ? kept : "system";
}

export function apply_scheme(): void {
    const chosen = scheme();
    if (chosen === "system") delete document.documentElement.dataset["scheme"];
    else document.documentElement.dataset["scheme"] = chosen;
    for (const listener of listeners) listener();
}

export function choose_scheme(chosen: Scheme): void {
    localStorage.setItem(place, chosen);
    apply_scheme();
}

const system = matchMedia("(prefers-color-scheme: dark)");

function subscribe(listener: () => void) {
    listeners.add(listener);
    system.addEventListener("change", listener);
    return () => {
        listeners.delete(listener);
        system.removeEventListener("change", listener);
    };
}

// Whether the page is dark now; for what draws by itself.
export function useIsDark(): boolean {
    return useSyncExternalStore(subscribe, () => scheme() === "dark" || (scheme() === "system" && system.matches));
}
