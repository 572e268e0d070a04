import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { RouterProvider } from "react-router";
import { query_client } from "@/app/query_client";
import { router } from "@/app/router";
import { apply_scheme } from "@/app/scheme";
import "@/styles.css";

apply_scheme();
const place = document.getElementById("root");
if (!place) throw new Error("index.html has no #root");
createRoot(place).render(
    <StrictMode>
        <QueryClientProvider client={query_client}>
            <RouterProvider router={router} />
        </QueryClientProvider>
    </StrictMode>,
);
