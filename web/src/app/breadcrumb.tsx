// Where one is: the routes above the page, as their handles name them.
import { Link, useLocation, useMatches } from "react-router";
import { texts } from "@/texts";

export interface Handle {
    crumb: string;
}

export function Breadcrumb() {
    const { pathname } = useLocation();
    const crumbs = useMatches()
        .filter((match) => (match.handle as Handle | undefined)?.crumb !== undefined)
        .map((match) => ({ to: match.pathname, label: (match.handle as Handle).crumb }));
    return (
        <nav aria-label={texts.shell.breadcrumb} className="hidden min-w-0 md:block">
            <ol className="flex items-center gap-2 text-soft">
                {crumbs.map(({ to, label }) => (
                    <li key={to} className="flex items-center gap-2">
                        <span aria-hidden="true" className="text-line-strong">
                            /
                        </span>
                        {to === pathname ? (
                            <span aria-current="page" className="truncate">
                                {label}
                            </span>
                        ) : (
                            <Link to={to} className="truncate hover:text-text">
                                {label}
                            </Link>
                        )}
                    </li>
                ))}
            </ol>
        </nav>
    );
}
