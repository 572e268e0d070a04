// What is typed, once it stands still for a moment: so that not every letter asks the server.
import { useEffect, useState } from "react";

const still_ms = 250;

export function useLater(value: string): string {
    const [settled, settle] = useState(value);
    useEffect(() => {
        const timer = setTimeout(() => settle(value), still_ms);
        return () => clearTimeout(timer);
    }, [value]);
    return settled;
}
