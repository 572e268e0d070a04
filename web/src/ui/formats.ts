// Numbers, sizes and times in the words of the reader's locale.
const locale = () => navigator.language;

const plain = new Intl.NumberFormat(locale());
const short = new Intl.NumberFormat(locale(), { notation: "compact", maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(locale(), { style: "percent", maximumFractionDigits: 1 });
const full_time = new Intl.DateTimeFormat(locale(), { dateStyle: "medium", timeStyle: "long" });
const clock = new Intl.DateTimeFormat(locale(), { timeStyle: "medium" });
const relative = new Intl.RelativeTimeFormat(locale(), { numeric: "auto", style: "short" });

export const count = (value: number) => plain.format(value);
export const compact_count = (value: number) => short.format(value);
export const share = (value: number) => percent.format(value);
export const full_moment = (time: string) => full_time.format(new Date(time));
export const clock_time = (time: string) => clock.format(new Date(time));

const byte_units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

export function bytes(value: number): string {
    const power = value < 1 ? 0 : Math.min(Math.floor(Math.log10(value) / 3), byte_units.length - 1);
    return new Intl.NumberFormat(locale(), {
        style: "unit",
        unit: byte_units[power] ?? "byte",
        unitDisplay: "short",
        maximumFractionDigits: power === 0 ? 0 : 1,
    }).format(value / 1000 ** power);
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
    ["year", 31_536_000],
    ["month", 2_592_000],
    ["week", 604_800],
    ["day", 86_400],
    ["hour", 3_600],
    ["minute", 60],
];

export function from_now(time: string, now = Date.now()): string {
    const seconds = Math.round((new Date(time).getTime() - now) / 1000);
    for (const [unit, length] of steps)
        if (Math.abs(seconds) >= length) return relative.format(Math.trunc(seconds / length), unit);
    return relative.format(seconds, "second");
}

// Between two moments, as short as it can be said exactly enough: 340 ms, 1.8 s, 4 min 10 s, 2 h 5 min.
export function duration(from: string, to: string): string {
    return duration_of(Math.max(0, new Date(to).getTime() - new Date(from).getTime()));
}

export function duration_of(milliseconds: number): string {
    if (milliseconds > 0 && milliseconds < 1) return "< 1 ms";
    if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
    const seconds = milliseconds / 1000;
    if (seconds < 60) return `${seconds.toFixed(1)} s`;
    const whole = Math.round(seconds);
    const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
    const parts =
        hours > 0 ? [`${hours} h`, minutes > 0 && `${minutes} min`] : [`${minutes} min`, rest > 0 && `${rest} s`];
    return parts.filter(Boolean).join(" ");
}
