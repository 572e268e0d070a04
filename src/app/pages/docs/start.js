"use strict";

const dark = matchMedia("(prefers-color-scheme: dark)");
const follow_scheme = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", follow_scheme);
follow_scheme();

window.addEventListener("load", () => {
    SwaggerUIBundle({ url: "/openapi.json", dom_id: "#reference", deepLinking: true, validatorUrl: null, tryItOutEnabled: true });
});
