import type { Tone } from "@/ui/note";

const tones: Record<string, Tone> = {
    exact: "good",
    "equal-with-note": "info",
    "needs-review": "caution",
    "not-translated": "bad",
};

export const fidelity_tone = (fidelity: string): Tone | "plain" => tones[fidelity] ?? "plain";
