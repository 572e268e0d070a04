// What the API says about mails in the folder, for operators.
#include "platform/channels/channels.hpp"

namespace mainstay::channels {
namespace {

using fields::field;

struct ListMails {
    std::int64_t limit = web::page_size_default;
    std::optional<MailId> cursor;
};
fields::Table const& table_of(ListMails const*) {
    static fields::Table const table{"ListMails",
                                     {web::limit_field(&ListMails::limit), web::cursor_field(&ListMails::cursor)}};
    return table;
}

struct MailById {
    MailId mail_id;
};
fields::Table const& table_of(MailById const*) {
    static fields::Table const table{"MailById", {field("mail_id", &MailById::mail_id, "Begins with mal_.")}};
    return table;
}

// A mail without what it says.
struct MailHead {
    MailId id;
    TenantId tenant_id;
    std::string kind;
    Email to;
    std::string subject;
    Instant created_at;
};
fields::Table const& table_of(MailHead const*) {
    static fields::Table const table{
        "MailHead",
        {field("id", &MailHead::id, "Begins with mal_."), field("tenant_id", &MailHead::tenant_id, "Whose it is."),
         field("kind", &MailHead::kind, "What it is for."), field("to", &MailHead::to, "Who would get it."),
         field("subject", &MailHead::subject, "One line."),
         field("created_at", &MailHead::created_at, "When it was caused.")}};
    return table;
}

constexpr web::Endpoint list_endpoint{
    .name = "list_mails",
    .method = web::Method::get,
    .path = "/api/v1/admin/mails",
    .summary = "List the mails in the folder, newest first; there are none where an SMTP server is set",
    .permission = "system.read",
};

web::Page<MailHead> list(MailFolder const& folder, ListMails const& input) {
    std::vector<MailHead> heads;
    for (auto& mail : folder.list(input.cursor, static_cast<std::size_t>(input.limit) + 1))
        heads.push_back({mail.id, mail.tenant_id, std::move(mail.kind), std::move(mail.to), std::move(mail.subject),
                         mail.created_at});
    return web::page_of(std::move(heads), input.limit);
}

constexpr web::Endpoint read_endpoint{
    .name = "read_mail",
    .method = web::Method::get,
    .path = "/api/v1/admin/mails/{mail_id}",
    .summary = "Read a mail in the folder, with the links that it bears",
    .permission = "system.read",
};

KeptMail read(MailFolder const& folder, MailById const& input) {
    auto mail = folder.find(input.mail_id);
    if (!mail) throw Fault(errors::not_found, "There is no such object.");
    return std::move(*mail);
}

}  // namespace

fields::Table const& table_of(KeptMail const*) {
    static fields::Table const table{
        "Mail",
        {field("id", &KeptMail::id, "Begins with mal_."), field("tenant_id", &KeptMail::tenant_id, "Whose it is."),
         field("kind", &KeptMail::kind, "What it is for."), field("to", &KeptMail::to, "Who would get it."),
         field("subject", &KeptMail::subject, "One line."),
         field("created_at", &KeptMail::created_at, "When it was caused."),
         field("text", &KeptMail::text, "What it says."), field("html", &KeptMail::html, "The same as HTML.")}};
    return table;
}

// The database is asked for by type alone: files are read on a worker, not on the edge.
void add_routes(web::Routes& routes, MailFolder const& folder) {
    routes.add(list_endpoint, [&folder](Call const&, Database&, ListMails input) { return list(folder, input); });
    routes.add(read_endpoint, [&folder](Call const&, Database&, MailById input) { return read(folder, input); });
}

}  // namespace mainstay::channels
