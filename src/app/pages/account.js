"use strict";

const needs_link = { "/token": "This page needs the link from the mail." };
const kept_invitation = "invitation"; // in the tab, while its owner signs in

// A token does not stay in the address bar or the history.
const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
if (token) history.replaceState(null, "", location.pathname);

const pages = {
    login() {
        let next_token = ""; // of the second step, once the password was right
        on_submit(
            ({ code, ...answers }) =>
                next_token
                    ? call_api("POST", "/api/v1/auth/second-factor", { token: next_token, code })
                    : call_api("POST", "/api/v1/auth/login", answers),
            (signed_in) => {
                if (signed_in.status === "second_factor") {
                    next_token = signed_in.token;
                    document.getElementById("first-step").hidden = true;
                    document.getElementById("second-step").hidden = false;
                    return document.getElementById("code").focus();
                }
                if (sessionStorage.getItem(kept_invitation)) return location.assign("/invitation");
                document.getElementById("mails").hidden = !signed_in.user.is_operator;
                show_done("Welcome, " + signed_in.user.name + ". " + signed_in.user.email + " is signed in.");
            },
        );
        document.getElementById("leave").addEventListener("click", async () => {
            await call_api("POST", "/api/v1/auth/logout");
            location.reload();
        });
    },
    signup() {
        on_submit(
            (answers) => call_api("POST", "/api/v1/auth/signup", answers),
            (sent) => show_done("A mail was sent to " + sent.email + ", with a link that confirms the address."),
        );
    },
    verify() {
        on_submit(
            () => call_api("POST", "/api/v1/auth/verify", { token }),
            (verified) => show_done(verified.email + " is your address."),
            needs_link,
        );
    },
    forgot() {
        on_submit(
            (answers) => call_api("POST", "/api/v1/auth/forgot", answers),
            () =>
                show_done(
                    "If " + document.getElementById("email").value + " has an account, a link was sent there. " +
                        "It works for an hour.",
                ),
        );
    },
    reset() {
        on_submit(
            (answers) => call_api("POST", "/api/v1/auth/reset", { ...answers, token }),
            () => show_done(),
            needs_link,
        );
    },
    async single_sign_on() {
        const kept_sign_in = "single_sign_on"; // the token of the sign-in: in the tab that began it
        const came = new URLSearchParams(location.search);
        if (came.has("state")) {
            history.replaceState(null, "", location.pathname);
            const transaction = sessionStorage.getItem(kept_sign_in) || "none";
            sessionStorage.removeItem(kept_sign_in);
            const answer = { transaction, state: came.get("state") };
            for (const name of ["code", "iss", "error"]) if (came.get(name)) answer[name] = came.get(name);
            const signed_in = await call_api("POST", "/api/v1/auth/single-sign-on/finish", answer);
            if (!signed_in.ok) return show_faults(signed_in.body);
            if (sessionStorage.getItem(kept_invitation)) return location.assign("/invitation");
            return show_done("Welcome, " + signed_in.body.user.name + ". " + signed_in.body.user.email + " is signed in.");
        }
        on_submit(
            ({ organization }) =>
                call_api(
                    "POST",
                    "/api/v1/auth/single-sign-on",
                    organization.includes("@") ? { email: organization } : { organization },
                ),
            (begun) => {
                sessionStorage.setItem(kept_sign_in, begun.transaction);
                document.getElementById("destination").textContent =
                    "You sign in for " + begun.organization + " by " + begun.provider + ", at " +
                    new URL(begun.url).host + ".";
                document.getElementById("go").addEventListener("click", () => location.assign(begun.url));
                form.hidden = true;
                document.getElementById("way").hidden = false;
                document.getElementById("way").focus();
            },
            { "/email": "That is no address." },
        );
    },
    async invitation() {
        const invitation = token || sessionStorage.getItem(kept_invitation) || "";
        const seen = await call_api("POST", "/api/v1/invitations/look", { token: invitation });
        const offer = document.getElementById("offer");
        if (!seen.ok) {
            offer.textContent = "";
            sessionStorage.removeItem(kept_invitation);
            return show_faults(seen.body, needs_link);
        }
        const is_signed_in = (await call_api("GET", "/api/v1/me")).ok;
        const has_to_sign_in = seen.body.has_account && !is_signed_in;
        offer.textContent =
            seen.body.tenant_name + " invites " + seen.body.email + " to work there as " + seen.body.role + "." +
            (is_signed_in ? " You join with the account that is signed in." : "");
        if (has_to_sign_in) sessionStorage.setItem(kept_invitation, invitation);
        document.getElementById("sign-in").hidden = !has_to_sign_in;
        document.getElementById("account").hidden = is_signed_in || has_to_sign_in;
        form.querySelector("button").hidden = has_to_sign_in;
        on_submit(
            (answers) =>
                call_api("POST", "/api/v1/invitations/accept", {
                    ...(is_signed_in ? {} : answers),
                    token: invitation,
                }),
            () => {
                sessionStorage.removeItem(kept_invitation);
                show_done("You are a member of " + seen.body.tenant_name + ", and signed in.");
            },
            needs_link,
        );
    },
};

Promise.resolve(pages[document.body.dataset.page]()).catch((failure) => {
    summary.textContent = "The server did not answer: " + failure.message;
});
