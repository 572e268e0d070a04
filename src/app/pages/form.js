"use strict";

// What the forms share: faults stand at their fields, the rest above them.
const form = document.getElementById("form");
const summary = document.getElementById("summary");

function show_faults(problem, hidden_pointers = {}) {
    const faults = problem.errors ?? [];
    let first = null;
    for (const input of form.elements) {
        if (!input.name) continue;
        const fault = faults.find((one) => one.pointer === "/" + input.name);
        input.setAttribute("aria-invalid", fault ? "true" : "false");
        document.getElementById(input.name + "-fault").textContent = fault ? "It " + fault.message + "." : "";
        if (fault) first ??= input;
    }
    const hidden = faults.map((one) => hidden_pointers[one.pointer]).find((text) => text);
    summary.textContent =
        hidden ?? problem.detail + (problem.request_id && !first ? " (" + problem.request_id + ")" : "");
    first?.focus();
}

async function call_api(method, path, body) {
    const reply = await fetch(path, {
        method,
        headers: { "Content-Type": "application/json" },
        body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await reply.text();
    return { ok: reply.ok, status: reply.status, body: text ? JSON.parse(text) : {} };
}

// `send` gives a reply of call_api; `done` is called with it when it is good.
function on_submit(send, done, hidden_pointers) {
    form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const button = form.querySelector("button");
        button.disabled = true;
        summary.textContent = "";
        try {
            const reply = await send(Object.fromEntries(new FormData(form)));
            if (!reply.ok) return show_faults(reply.body, hidden_pointers);
            await done(reply.body);
        } catch (failure) {
            summary.textContent = "The server did not answer: " + failure.message;
        } finally {
            button.disabled = false;
        }
    });
}

function show_done(welcome) {
    form.hidden = true;
    const panel = document.getElementById("done");
    if (welcome) document.getElementById("welcome").textContent = welcome;
    panel.hidden = false;
    panel.focus();
}
