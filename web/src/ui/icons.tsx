// Line icons of 16 px, drawn on one grid so that they look alike; decoration unless a label stands beside them.
const drawings = {
    home: "M2 7.5 8 2.5l6 5M3.5 6.5v7h9v-7M6.5 13.5v-4h3v4",
    migrate: "M2.5 4.5h7M7 2l2.5 2.5L7 7M13.5 11.5h-7M9 9l-2.5 2.5L9 14",
    key: "M6.5 9.5a3 3 0 1 1-4.2-4.2 3 3 0 0 1 4.2 4.2ZM6.5 7.5h7v2.5M11 7.5v2",
    usage: "M2.5 13.5h11M4 13.5v-5M8 13.5v-10M12 13.5v-7",
    jobs: "M2.5 4.5h11v3h-11zM2.5 10h11v3h-11zM5 6h0M5 11.5h0",
    runs: "M4 5.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM12 13.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM4 5.5v4a2.5 2.5 0 0 0 2.5 2.5h4",
    clock: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.5V8l2.5 1.5",
    team: "M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.5 13.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M10.5 3a2.5 2.5 0 0 1 0 4.5M12 9.8c1.6.5 2.5 1.9 2.5 3.7",
    audit: "M3.5 2.5h9v11h-9zM6 5.5h4M6 8h4M6 10.5h2.5",
    settings:
        "M2.5 4.5h6M11.5 4.5h2M2.5 11.5h2M7.5 11.5h6M10 6a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3ZM6 13a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Z",
    shield: "M8 14c3.5-1.5 5-4 5-7V3.5L8 2 3 3.5V7c0 3 1.5 5.5 5 7Z",
    book: "M8 4c-1.5-1-3.5-1.3-5.5-1v9.5c2-.3 4 0 5.5 1 1.5-1 3.5-1.3 5.5-1V3c-2-.3-4 0-5.5 1ZM8 4v9.5",
    search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.5 10.5l3.5 3.5",
    copy: "M5.5 5.5h8v8h-8zM3 10.5h-.5v-8h8V3",
    check: "m3 8.5 3.5 3.5L13 4.5",
    cross: "m4 4 8 8M12 4l-8 8",
    plus: "M8 3v10M3 8h10",
    more: "M3.5 8h0M8 8h0M12.5 8h0",
    menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
    down: "m4 6 4 4 4-4",
    right: "m6 4 4 4-4 4",
    left: "m10 4-4 4 4 4",
    external: "M9 3h4v4M13 3 7.5 8.5M11.5 9v4h-8.5v-8.5h4",
    warning: "M8 2.5 14.5 13.5h-13zM8 6.5v3.5M8 12h0",
    info: "M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.5V11M8 5h0",
    upload: "M8 10.5v-8M5 5.5l3-3 3 3M2.5 11v2.5h11V11",
    download: "M8 2.5v8M5 7.5l3 3 3-3M2.5 11v2.5h11V11",
    mail: "M2.5 3.5h11v9h-11zM2.5 4.5 8 9l5.5-4.5",
    sun: "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1.5V3M8 13v1.5M1.5 8H3M13 8h1.5M3.4 3.4l1 1M11.6 11.6l1 1M3.4 12.6l1-1M11.6 4.4l1-1",
    moon: "M13 9.5A5.5 5.5 0 1 1 6.5 3a4.5 4.5 0 0 0 6.5 6.5Z",
    sidebar: "M2.5 3h11v10h-11zM6 3v10",
    building: "M3.5 13.5v-11h6v11M9.5 6.5h3v7M2 13.5h12M5.5 5h2M5.5 7.5h2M5.5 10h2",
    leave: "M6 13.5H3v-11h3M10.5 11l3-3-3-3M13.5 8h-7",
    refresh: "M13.5 3v3.5H10M2.5 13V9.5H6M13 6.5A5.3 5.3 0 0 0 3.5 5M3 9.5a5.3 5.3 0 0 0 9.5 1.5",
} as const;

export type IconName = keyof typeof drawings;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
    return (
        <svg
            width={size}
            height={size}
            viewBox="0 0 16 16"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.4"
            strokeLinecap="round"
            strokeLinejoin="round"
            aria-hidden="true"
            className="shrink-0"
        >
            <path d={drawings[name]} />
        </svg>
    );
}
