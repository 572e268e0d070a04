// Hands a mail over once. What is known of the other side is written before the next step is taken, so that whatever
// ends the process in between cannot make a second mail of it.
#include "platform/channels/channels_store.hpp"

namespace mainstay::channels {
namespace {

constexpr Duration pause_when_told_later = minutes(5);  // greylisting lets in who comes back after some minutes
constexpr Duration connect_time = seconds(5), hand_over_time = seconds(15);  // a server that stops waits for it
constexpr std::string_view folder_sender = "mainstay@localhost";

using Deliver = std::function<net::MailResult(TenantId, WaitingMail const&, net::Mail const&, Instant now)>;

Deliver deliver_over(net::SmtpServer server, std::string_view from) {
    server.hello_name = from.substr(from.find('@') + 1);
    server.connect_time = connect_time;
    server.total_time = hand_over_time;
    return [server](TenantId, WaitingMail const&, net::Mail const& mail, Instant now) {
        return net::send_mail(mail, server, now);
    };
}

Deliver deliver_into(MailFolder const& folder) {
    return [&folder](TenantId tenant, WaitingMail const& waiting, net::Mail const& mail, Instant now) {
        net::MailResult result;
        result.text = net::fault_of(mail);
        result.state = result.text.empty() ? net::MailResult::State::sent : net::MailResult::State::permanent;
        if (result.text.empty())
            folder.put({waiting.id, tenant, waiting.mail.kind, waiting.mail.to, waiting.mail.subject,
                        waiting.created_at, waiting.mail.text, waiting.mail.html},
                       net::write_message(mail, mail.message_id, now));
        return result;
    };
}

net::Mail message_of(WaitingMail const& waiting, net::Mailbox const& from) {
    net::Mail mail{.from = from, .subject = waiting.mail.subject, .text = waiting.mail.text};
    mail.to = {{waiting.mail.to.text}};
    mail.html = waiting.mail.html;
    mail.message_id = waiting.id.to_string() + from.address.substr(from.address.find('@'));
    // Automatic replies are not wanted (RFC 3834 section 5).
    mail.headers = {{"Auto-Submitted", "auto-generated"}};
    return mail;
}

void send(flow::Context& context, MailId id, net::Mailbox const& from, Deliver const& deliver, Clock& clock) {
    auto const waiting =
        context.database().read(context.tenant(), [&](Snapshot& snapshot) { return find_mail(snapshot, id); });
    if (!waiting) return;  // it was sent, and the process ended before the job did
    auto const set = [&](bool is_begun) {
        context.write_now(
            [&](Transaction& tx) { set_begun(tx, id, is_begun ? std::optional(tx.now()) : std::nullopt); });
    };
    if (waiting->begun_at) {
        set(false);
        throw flow::Discard(
            "The process ended while the mail was handed over: it may have been sent. Put the job back to send it "
            "again.");
    }
    set(true);
    auto const result = deliver(context.tenant(), *waiting, message_of(*waiting, from), clock.now());
    if (result.state == net::MailResult::State::sent)
        return context.write_now([&](Transaction& tx) { remove_mail(tx, id); });
    set(false);
    if (result.state == net::MailResult::State::unknown)
        throw flow::Discard("The mail was handed over and the answer was lost: it may have been sent. " + result.text);
    if (result.state == net::MailResult::State::permanent)
        throw flow::Discard("The mail was refused for good. " + result.text);
    if (result.code >= 400) throw flow::RetryAfter(pause_when_told_later, result.text);
    throw std::runtime_error(result.text);
}

}  // namespace

fields::Table const& table_of(MailJob const*) {
    static fields::Table const table{"mail", {fields::field("mail_id", &MailJob::mail_id, "")}};
    return table;
}

flow::JobKind mail_job(MailSettings const& settings, MailFolder const& folder, Clock& clock) {
    bool const has_server = !settings.smtp.empty();
    auto const from = mailbox_of(has_server || !settings.from.empty() ? settings.from : folder_sender);
    auto const deliver = has_server ? deliver_over(smtp_server_of(settings.smtp), from.address) : deliver_into(folder);
    auto kind = flow::job_kind<MailJob>([from, deliver, &clock](flow::Context& context, MailJob const& job) {
        send(context, job.mail_id, from, deliver, clock);
    });
    kind.retry = {.max_attempts = 12, .first_delay = seconds(30), .factor = 2.0, .longest_delay = hours(2)};
    return kind;
}

}  // namespace mainstay::channels
