export function Spinner() {
    return (
        <svg width="14" height="14" viewBox="0 0 14 14" className="animate-spin" aria-hidden="true">
            <circle cx="7" cy="7" r="5.5" fill="none" stroke="currentColor" strokeWidth="1.5" opacity="0.3" />
            <path d="M7 1.5A5.5 5.5 0 0 1 12.5 7" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
    );
}
