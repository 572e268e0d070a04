// Channels: how the program reaches people. Mail so far: enqueued in its cause's transaction, sent once by a durable
// job over SMTP, or, where no server is named, put into a folder that operators can look into.
#pragma once
#include "kernel/flow/flow.hpp"
#include "kernel/net/net.hpp"
#include "kernel/web/web.hpp"
#include "platform/channels/mail_folder.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::channels {

struct Mail {
    std::string kind;  // what it is for, such as "reset_password"
    Email to;
    std::string subject;  // its control characters become spaces
    std::string text;
    std::string html;
};

// What a mail says, once for its text and its HTML. Nothing in it is taken for markup.
struct Letter {
    std::vector<std::string> paragraphs;
    std::string action;  // what the link does: "Choose a new password"; empty: there is no link
    std::string link;
    std::vector<std::string> closing;  // behind the link
};
Mail write_letter(std::string kind, Email to, std::string subject, Letter const&);

// Jobs of this queue have an engine of their own: an SMTP server that dawdles holds up no other work.
inline constexpr std::string_view mail_queue = "mail";
inline constexpr Duration mail_kept =
    days(7);  // that could not be sent; with it goes what its job could be retried for
inline constexpr std::int64_t mails_removed_at_once = 5;

// Committed or rolled back with the caller. In the scope of the tenant whose mail it is, or in installation_scope.
MailId send_mail(Transaction&, Mail const&);

struct MailSettings {
    std::string smtp;  // smtp://, smtps:// or smtp-plain:// [user:password@]host[:port]; empty: the folder
    std::string from;  // an address, or "Name <address>"
};

// smtp:// goes over to TLS before anything is said (port 587), smtps:// begins with it (465), smtp-plain:// has none
// and no credentials (25). User and password are percent-encoded. Throws Fault(errors::invalid_input), in words without
// the password.
net::SmtpServer smtp_server_of(std::string_view url);
net::Mailbox mailbox_of(std::string_view from);

// The job behind send_mail(). A mail is handed over at most once: what became of one whose answer was lost, or whose
// process ended meanwhile, is not known, and the job is dead until somebody puts it back.
flow::JobKind mail_job(MailSettings const&, MailFolder const&, Clock&);

// What operators see of the folder. Keeps it.
void add_routes(web::Routes&, MailFolder const&);
std::span<Migration const> migrations();

}  // namespace mainstay::channels
