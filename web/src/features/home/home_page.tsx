import { texts } from "@/texts";
import { PageHeader } from "@/ui/page";

export function Component() {
    return <PageHeader title={texts.home.title} />;
}
