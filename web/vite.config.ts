import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

const server = process.env["MAINSTAY_URL"] ?? "http://127.0.0.1:8000";
const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
    plugins: [react(), tailwindcss()],
    resolve: {
        alias: {
            "@": folder("./src"),
            // The original writes a style element, which the policy of the pages forbids.
            "react-remove-scroll": folder("./src/ui/remove_scroll.tsx"),
        },
    },
    server: {
        proxy: Object.fromEntries(
            ["/api", "/docs", "/openapi.json", "/health", "/ready", "/icon.svg", "/style.css"].map((path) => [
                path,
                { target: server, changeOrigin: false },
            ]),
        ),
        fs: { allow: [".."] },
    },
    build: {
        target: "es2023",
        // A data: address would need a wider policy.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        chunkSizeWarningLimit: 700,
    },
});
