export const common = {
    product: "Mainstay",
    loading: "Loading",
    close: "Close",
    cancel: "Cancel",
    keep: "Keep it",
    save: "Save changes",
    saved: "Saved",
    copied: "Copied",
    copy: (what: string) => `Copy ${what}`,
    request: "Request",
    try_again: "Try again",
    type_to_confirm: (what: string) => `Type ${what} to go on`,
    more_actions: "More actions",
    none: "None",
    never: "Never",
    search: "Search",
    load_more: "Load more",
    clear: "Clear",
    all: "All",
    of_loaded: (shown: number, loaded: number) => `${shown} of the ${loaded} loaded`,
    nothing_matches: "Nothing matches",
    nothing_matches_loaded: "Nothing that is loaded matches. There is more to load.",
    table: "Table",
    chart: "Chart",
    download_csv: "CSV",
    created: "Created",
    finished: "Finished",
    id: "Id",
};

export const form = {
    optional: "optional",
    it: "It",
    remove_row: (number: number) => `Take row ${number} away`,
    see_fields: "Something has to be put right below.",
    no_answer: "The server did not answer. Nothing is known of what it did: look before you send it again.",
    faults: {
        needed: "This is needed.",
        longer: (least: number) => `It has at least ${least} ${least === 1 ? "character" : "characters"}.`,
        shorter: (most: number) => `It has at most ${most} characters.`,
        at_least: (least: number) => `It is at least ${least}.`,
        at_most: (most: number) => `It is at most ${most}.`,
        pattern: "It is not of the form that it must have.",
    },
};

export const errors = {
    no_answer: "The server does not answer",
    page_broke: "This page failed",
    not_found: "There is no such page",
    not_found_detail: "The address may be old, or mistyped.",
    to_home: "Go to Home",
};

export const time = {
    range: "Time",
    lengths: { day: "24 h", week: "7 days", month: "30 days", quarter: "90 days" },
    own: "Own",
    from: "First day",
    to: "Last day",
};

export const bulk = {
    selected: (number: number) => `${number} selected`,
    all: "Select all rows",
    one: (name: string) => `Select ${name}`,
    done: (number: number) => `Done with ${number}`,
    refused: (number: number, why: string) => `${number} ${number === 1 ? "was" : "were"} refused: ${why}`,
};
