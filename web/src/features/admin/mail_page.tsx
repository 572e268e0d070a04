// A mail as its text, with links that can be followed. Its HTML is not shown: what mails look like is not the policy's
// business, and ours allows no styles of others.
import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";
import { texts } from "@/texts";
import { full_moment } from "@/ui/formats";
import { KeyFacts, PageHeader, Panel } from "@/ui/page";
import { ErrorState, Loading } from "@/ui/states";
import { mail_query } from "./queries";

const words = texts.admin.mails;
const address = /(https?:\/\/\S+)/;

export function Component() {
    const { mail_id = "" } = useParams();
    const { data: mail, error, refetch } = useQuery(mail_query(mail_id));
    if (error) return <ErrorState error={error} retry={() => void refetch()} />;
    if (!mail) return <Loading lines={6} />;
    return (
        <>
            <PageHeader title={mail.subject} above={{ label: words.title, to: "/admin/mails" }} />
            <KeyFacts
                facts={[
                    { label: words.columns.to, value: mail.to },
                    { label: words.columns.kind, value: mail.kind },
                    { label: words.columns.created, value: full_moment(mail.created_at) },
                ]}
            />
            <Panel>
                <div className="prose max-w-160 break-words whitespace-pre-wrap">
                    {mail.text.split(address).map((part, index) =>
                        index % 2 === 1 ? (
                            <a key={index} href={part} className="link">
                                {part}
                            </a>
                        ) : (
                            part
                        ),
                    )}
                </div>
            </Panel>
        </>
    );
}
