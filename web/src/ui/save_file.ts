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
