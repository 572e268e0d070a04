// What has to be done to one text, line by line, for it to become the other: a longest common subsequence.

export interface Change {
    kind: "same" | "added" | "removed";
    text: string;
}

// Past this many pairs of lines, all of the one goes and all of the other comes.
const most_pairs = 4_000_000;

export function changes_between(before: string[], after: string[]): Change[] {
    const removed = (text: string): Change => ({ kind: "removed", text });
    const added = (text: string): Change => ({ kind: "added", text });
    if (before.length * after.length > most_pairs) return [...before.map(removed), ...after.map(added)];

    // common[i][j]: how many lines the ends from i and from j have in common at best.
    const width = after.length + 1;
    const common = new Uint32Array((before.length + 1) * width);
    const at = (i: number, j: number) => common[i * width + j] ?? 0;
    for (let i = before.length - 1; i >= 0; --i)
        for (let j = after.length - 1; j >= 0; --j)
            common[i * width + j] =
                before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));

    const changes: Change[] = [];
    let i = 0;
    let j = 0;
    while (i < before.length || j < after.length) {
        const old = before[i];
        const fresh = after[j];
        if (old !== undefined && old === fresh) {
            changes.push({ kind: "same", text: old });
            ++i;
            ++j;
        } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
            changes.push(removed(old));
            ++i;
        } else if (fresh !== undefined) {
            changes.push(added(fresh));
            ++j;
        }
    }
    return changes;
}
