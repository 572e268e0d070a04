// All SQL of channels.
#include "platform/channels/channels_store.hpp"

#include <algorithm>

namespace mainstay::channels {
namespace {

using fields::field;

struct MailRow {
    MailId id;
    std::string kind;
    std::string recipient;
    std::string subject;
    std::string text;
    std::string html;
    std::optional<Instant> begun_at;
    Instant created_at;
};
fields::Table const& table_of(MailRow const*) {
    static fields::Table const table{
        "MailRow",
        {field("id", &MailRow::id, ""), field("kind", &MailRow::kind, ""), field("recipient", &MailRow::recipient, ""),
         field("subject", &MailRow::subject, ""), field("text", &MailRow::text, ""), field("html", &MailRow::html, ""),
         field("begun_at", &MailRow::begun_at, ""), field("created_at", &MailRow::created_at, "")}};
    return table;
}

// A subject may hold the name of a tenant or a person, and is a header.
std::string one_line(std::string text) {
    std::replace_if(
        text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    return text;
}

}  // namespace

MailId send_mail(Transaction& tx, Mail const& mail) {
    MailRow const row{MailId::make(tx.now()), mail.kind, mail.to.text, one_line(mail.subject), mail.text, mail.html,
                      std::nullopt,           tx.now()};
    tx.execute(R"(
        INSERT INTO mails (tenant_id, id, kind, recipient, subject, text, html, begun_at, created_at)
        VALUES (:tenant, :id, :kind, :recipient, :subject, :text, :html, :begun_at, :created_at))",
               row);
    tx.execute(R"(
        DELETE FROM mails
         WHERE tenant_id = :tenant
           AND id IN (SELECT id FROM mails WHERE tenant_id = :tenant AND id < :oldest ORDER BY id LIMIT :at_most))",
               bind("oldest", MailId::first_at(tx.now() - mail_kept)), bind("at_most", mails_removed_at_once));
    flow::enqueue(tx, MailJob{row.id}, {.queue = std::string(mail_queue)});
    return row.id;
}

std::optional<WaitingMail> find_mail(Snapshot& snapshot, MailId id) {
    auto row = snapshot.maybe_one<MailRow>(R"(
        SELECT id, kind, recipient, subject, text, html, begun_at, created_at
          FROM mails
         WHERE tenant_id = :tenant AND id = :id)",
                                           bind("id", id));
    if (!row) return std::nullopt;
    return WaitingMail{
        row->id,
        {std::move(row->kind), {row->recipient}, std::move(row->subject), std::move(row->text), std::move(row->html)},
        row->begun_at,
        row->created_at};
}

void set_begun(Transaction& tx, MailId id, std::optional<Instant> when) {
    tx.execute("UPDATE mails SET begun_at = :begun_at WHERE tenant_id = :tenant AND id = :id", bind("begun_at", when),
               bind("id", id));
}

void remove_mail(Transaction& tx, MailId id) {
    tx.execute("DELETE FROM mails WHERE tenant_id = :tenant AND id = :id", bind("id", id));
}

}  // namespace mainstay::channels
