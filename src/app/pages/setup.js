"use strict";

const token = new URLSearchParams(location.search).get("token") ?? "";
// The one-time token does not stay in the address bar or the history.
history.replaceState(null, "", "/setup");

on_submit(
    (answers) => call_api("POST", "/api/v1/auth/setup", { ...answers, token }),
    (made) => {
        const organization = document.getElementById("organization").value;
        show_done("Welcome, " + made.user.name + ". " + organization + " is " + made.tenants[0] + ".");
    },
    { "/token": "This page needs the link that the console printed." },
);
