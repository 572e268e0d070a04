// What stands in the place of a page that failed or does not exist.
import { useRouteError } from "react-router";
import { texts } from "@/texts";
import { ButtonLink } from "@/ui/button";
import { EmptyState, ErrorState } from "@/ui/states";

export function PageFailed() {
    return <ErrorState error={useRouteError()} retry={() => location.reload()} />;
}

export function NoSuchPage() {
    return (
        <EmptyState
            icon="search"
            title={texts.errors.not_found}
            action={<ButtonLink to="/home">{texts.errors.to_home}</ButtonLink>}
        >
            {texts.errors.not_found_detail}
        </EmptyState>
    );
}
