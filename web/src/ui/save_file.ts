// Gives the reader a file. A link alone would not do for what the API answers: it could not say for which tenant it asks.

export function save_blob(name: string, content: Blob): void {
    const address = URL.createObjectURL(content);
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    URL.revokeObjectURL(address);
}

export function save_text(name: string, type: string, text: string): void {
    save_blob(name, new Blob([text], { type }));
}

function cell(text: string): string {
    // Spreadsheets would reckon with what begins like a formula.
    const safe = /^[=+\-@\t\r]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

// As RFC 4180 has it.
export function csv_of(rows: string[][]): string {
    return rows.map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}
