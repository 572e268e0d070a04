"use strict";

const form = document.getElementById("setup");
const summary = document.getElementById("summary");
const token = new URLSearchParams(location.search).get("token") ?? "";
// The one-time token does not stay in the address bar or the history.
history.replaceState(null, "", "/setup");

function show_faults(problem) {
    for (const input of form.elements) {
        if (!input.name) continue;
        const fault = (problem.errors ?? []).find((one) => one.pointer === "/" + input.name);
        input.setAttribute("aria-invalid", fault ? "true" : "false");
        document.getElementById(input.name + "-fault").textContent = fault ? "It " + fault.message + "." : "";
    }
    const token_fault = (problem.errors ?? []).some((one) => one.pointer === "/token");
    summary.textContent = token_fault
        ? "This page needs the link that the console printed."
        : problem.detail + (problem.request_id ? " (" + problem.request_id + ")" : "");
}

form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    summary.textContent = "";
    try {
        const answers = Object.fromEntries(new FormData(form));
        const reply = await fetch("/api/v1/auth/setup", {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ ...answers, token }),
        });
        const body = await reply.json();
        if (!reply.ok) return show_faults(body);
        form.hidden = true;
        document.getElementById("welcome").textContent =
            "Welcome, " + body.user.name + ". " + answers.organization + " is " + body.tenants[0] + ".";
        document.getElementById("done").hidden = false;
    } catch (failure) {
        summary.textContent = "The server did not answer: " + failure.message;
    } finally {
        button.disabled = false;
    }
});
