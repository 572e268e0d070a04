import { useSyncExternalStore } from "react";

const narrow = matchMedia("(max-width: 639px)");

function subscribe(changed: () => void) {
    narrow.addEventListener("change", changed);
    return () => narrow.removeEventListener("change", changed);
}

// Whether the window has the width of a phone.
export function useIsNarrow(): boolean {
    return useSyncExternalStore(subscribe, () => narrow.matches);
}
