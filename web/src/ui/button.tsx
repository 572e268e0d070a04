// Buttons say what they do. `primary` stands once on a page; `danger` only in the dialog that asks.
import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Link, type To } from "react-router";
import { names } from "./class_names";
import { Icon, type IconName } from "./icons";
import { Spinner } from "./spinner";

type Kind = "primary" | "secondary" | "quiet" | "danger";
type Size = "normal" | "small";

const looks: Record<Kind, string> = {
    primary: "bg-accent text-on-accent hover:bg-accent-hover",
    secondary: "border bg-panel hover:bg-hover",
    quiet: "text-soft hover:bg-hover hover:text-text",
    danger: "border border-bad bg-bad-soft text-bad hover:bg-bad hover:text-panel",
};

const sizes: Record<Size, string> = { normal: "h-8 px-3", small: "h-7 px-2 text-small" };

function look(kind: Kind, size: Size, has_label: boolean): string {
    return names(
        "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-base font-medium whitespace-nowrap select-none",
        "transition-colors disabled:opacity-55",
        looks[kind],
        has_label ? sizes[size] : size === "normal" ? "size-8" : "size-7",
    );
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
    kind?: Kind;
    size?: Size;
    icon?: IconName;
    is_busy?: boolean;
    children?: ReactNode;
}

export function Button({ kind = "secondary", size = "normal", icon, is_busy, children, ...rest }: ButtonProps) {
    const { className, disabled, ...others } = rest;
    return (
        <button
            type="button"
            {...others}
            disabled={disabled || is_busy}
            aria-busy={is_busy || undefined}
            className={names(look(kind, size, children !== undefined), className)}
        >
            {is_busy ? <Spinner /> : icon && <Icon name={icon} />}
            {children}
        </button>
    );
}

interface ButtonLinkProps {
    to: To;
    kind?: Kind;
    size?: Size;
    icon?: IconName;
    children: ReactNode;
}

export function ButtonLink({ to, kind = "secondary", size = "normal", icon, children }: ButtonLinkProps) {
    return (
        <Link to={to} className={look(kind, size, true)}>
            {icon && <Icon name={icon} />}
            {children}
        </Link>
    );
}
