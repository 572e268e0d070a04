// What the API says about the audit log.
#include "platform/audit/audit_store.hpp"

namespace mainstay::audit {
namespace {

using fields::field;

struct ListAudit {
    std::int64_t limit = web::page_size_default;
    std::optional<AuditId> cursor;
};
fields::Table const& table_of(ListAudit const*) {
    static fields::Table const table{"ListAudit",
                                     {web::limit_field(&ListAudit::limit), web::cursor_field(&ListAudit::cursor)}};
    return table;
}

constexpr web::Endpoint list_endpoint{
    .name = "list_audit",
    .method = web::Method::get,
    .path = "/api/v1/audit",
    .summary = "List what was done, oldest first",
    .permission = "audit.read",
};

web::Page<Line> list(Call const&, Snapshot& snapshot, ListAudit input) {
    return web::page_of(list_lines(snapshot, input.cursor, input.limit + 1), input.limit);
}

}  // namespace

fields::Table const& table_of(Line const*) {
    static fields::Table const table{
        "AuditLine",
        {field("id", &Line::id, "Begins with aud_."), field("actor_id", &Line::actor_id, "A user's or a key's id."),
         field("action", &Line::action, "The operation."),
         field("object_id", &Line::object_id, "What it was done to; empty where the operation has none."),
         field("status", &Line::status, "The HTTP status it was answered with."),
         field("request_id", &Line::request_id, "As the reply's X-Request-Id."),
         field("remote_address", &Line::remote_address, "From where."),
         field("created_at", &Line::created_at, "When.")}};
    return table;
}

void add_routes(web::Routes& routes) {
    routes.add(list_endpoint, list);
}

}  // namespace mainstay::audit
