// Above a list: the search, and facets as chips of which one is pressed.
import { names } from "./class_names";
import { Icon } from "./icons";

export interface Facet {
    label: string;
    value: string;
    choices: { value: string; label: string }[];
    change: (value: string) => void;
}

interface Props {
    placeholder: string | undefined;
    searched: string;
    search: (text: string) => void;
    facets: Facet[];
    note: string | null;
}

export function FilterRow({ placeholder, searched, search, facets, note }: Props) {
    return (
        <div className="mb-3 flex flex-wrap items-center gap-x-4 gap-y-2">
            {placeholder && (
                <span className="relative w-full sm:w-80">
                    <span className="pointer-events-none absolute top-2 left-2.5 text-soft">
                        <Icon name="search" />
                    </span>
                    <input
                        type="search"
                        aria-label={placeholder}
                        placeholder={placeholder}
                        value={searched}
                        onChange={(event) => search(event.target.value)}
                        className="h-8 w-full rounded-base border border-line-strong bg-panel pr-2 pl-8 placeholder:text-soft"
                    />
                </span>
            )}
            {facets.map((facet) => (
                <div key={facet.label} role="group" aria-label={facet.label} className="flex flex-wrap gap-1">
                    {facet.choices.map((choice) => (
                        <button
                            key={choice.value}
                            type="button"
                            aria-pressed={choice.value === facet.value}
                            onClick={() => facet.change(choice.value)}
                            className={names(
                                "h-7 rounded-full border px-2.5 text-small font-medium",
                                choice.value === facet.value
                                    ? "border-accent bg-accent-soft text-accent"
                                    : "text-soft hover:bg-hover hover:text-text",
                            )}
                        >
                            {choice.label}
                        </button>
                    ))}
                </div>
            ))}
            {note && <span className="text-small text-soft tabular-nums">{note}</span>}
        </div>
    );
}
