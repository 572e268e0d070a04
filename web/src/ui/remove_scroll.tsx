// In place of react-remove-scroll, under Radix' dialogs and menus: the page behind stays where it is, by a rule of our
// own sheet, and `asChild` hands everything to the one child.
import { Slot } from "radix-ui";
import { useEffect, type ReactNode } from "react";

interface Props {
    as?: unknown;
    allowPinchZoom?: boolean;
    enabled?: boolean;
    shards?: unknown;
    removeScrollBar?: boolean;
    children: ReactNode;
}

let locks = 0;

export function RemoveScroll({ as: _as, allowPinchZoom: _zoom, enabled = true, shards: _shards, ...props }: Props) {
    useEffect(() => {
        if (!enabled) return undefined;
        if (++locks === 1) document.body.dataset["scroll"] = "locked";
        return () => {
            if (--locks === 0) delete document.body.dataset["scroll"];
        };
    }, [enabled]);
    const { removeScrollBar: _bar, ...rest } = props;
    return <Slot.Root {...rest} />;
}
