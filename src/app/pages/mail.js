"use strict";

const list = document.getElementById("list");
const more = document.getElementById("more");
const problem = document.getElementById("summary");

async function read(path) {
    const reply = await fetch(path);
    const body = await reply.json();
    if (reply.ok) return body;
    problem.textContent =
        reply.status === 401 || reply.status === 403
            ? "This page is for operators: sign in as one."
            : body.detail + " (" + body.request_id + ")";
    return null;
}

async function show(id) {
    const mail = await read("/api/v1/admin/mails/" + encodeURIComponent(id));
    if (!mail) return;
    document.getElementById("subject").textContent = mail.subject;
    document.getElementById("facts").textContent =
        "To " + mail.to + ", " + new Date(mail.created_at).toLocaleString() + ", " + mail.kind;
    document.getElementById("text").textContent = mail.text;
    document.getElementById("html").srcdoc = mail.html;
    const section = document.getElementById("mail");
    section.hidden = false;
    section.focus();
}

async function load(cursor) {
    const page = await read("/api/v1/admin/mails" + (cursor ? "?cursor=" + encodeURIComponent(cursor) : ""));
    if (!page) return;
    for (const mail of page.items) {
        const row = document.createElement("li");
        const open = document.createElement("button");
        open.type = "button";
        open.className = "row";
        open.append(mail.subject, document.createElement("br"));
        const facts = document.createElement("span");
        facts.className = "help";
        facts.textContent = mail.to + ", " + new Date(mail.created_at).toLocaleString();
        open.append(facts);
        open.addEventListener("click", () => show(mail.id));
        row.append(open);
        list.append(row);
    }
    document.getElementById("empty").hidden = list.children.length > 0;
    more.hidden = !page.next_cursor;
    more.onclick = () => load(page.next_cursor);
}

load().catch((failure) => {
    problem.textContent = "The server did not answer: " + failure.message;
});
