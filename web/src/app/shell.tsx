// The frame around every page of whoever is signed in.
import { useQuery } from "@tanstack/react-query";
import { Suspense, useCallback, useEffect, useState } from "react";
import { Outlet, useLocation, useNavigate } from "react-router";
import { when_signed_out } from "@/api/client";
import { texts } from "@/texts";
import { ErrorState, Loading } from "@/ui/states";
import { Toasts } from "@/ui/toast";
import { CommandSearch, useSearchKey } from "./command_search";
import { ImpersonationBanner } from "./impersonation_banner";
import { BottomBar, Sidebar } from "./navigation";
import { end_session, me_query } from "./session";
import { TopBar } from "./top_bar";

export function Component() {
    const navigate = useNavigate();
    const { pathname, search } = useLocation();
    const [is_searching, set_searching] = useState(false);
    useSearchKey(useCallback(() => set_searching(true), []));

    useEffect(() => {
        when_signed_out(() => {
            end_session();
            void navigate(`/login?back=${encodeURIComponent(pathname + search)}`, { replace: true });
        });
        return () => when_signed_out(() => undefined);
    }, [navigate, pathname, search]);

    const me = useQuery(me_query);
    if (me.isPending) return null;
    return (
        <div className="flex">
            <a
                href="#page"
                className="absolute top-2 left-2 z-50 -translate-y-20 rounded-base bg-accent px-3 py-1.5 text-on-accent focus:translate-y-0"
            >
                {texts.shell.skip}
            </a>
            <Sidebar />
            <div className="flex min-h-dvh min-w-0 grow flex-col">
                <ImpersonationBanner />
                <TopBar search={() => set_searching(true)} />
                {pathname.startsWith("/admin") && <div className="h-0.5 bg-operator" />}
                <main id="page" tabIndex={-1} className="w-full max-w-320 grow px-4 pt-5 pb-24 md:px-6 md:pb-10">
                    {me.error ? (
                        <ErrorState error={me.error} retry={() => void me.refetch()} />
                    ) : (
                        <Suspense fallback={<Loading />}>
                            <Outlet />
                        </Suspense>
                    )}
                </main>
            </div>
            <BottomBar />
            <CommandSearch is_open={is_searching} close={() => set_searching(false)} />
            <Toasts />
        </div>
    );
}
