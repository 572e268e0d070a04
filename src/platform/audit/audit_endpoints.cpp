// What the API says about the audit log.
#include "base/csv.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "platform/audit/audit_store.hpp"

#include <array>
#include <fstream>

namespace mainstay::audit {
namespace {

using fields::defaulted;
using fields::field;
using fields::length;

constexpr std::int64_t exported_at_once = 500;
constexpr std::int64_t exported_lines_max = 1'000'000;

struct ListAudit {
    std::int64_t limit = web::page_size_default;
    std::optional<AuditId> cursor;
    Order order = Order::oldest_first;
    LineFilter filter;
};
fields::Table const& table_of(ListAudit const*) {
    static fields::Table const table{
        "ListAudit",
        fields::with_those_of(&ListAudit::filter,
                              {web::limit_field(&ListAudit::limit), web::cursor_field(&ListAudit::cursor),
                               field("order", &ListAudit::order,
                                     "Which comes first; a cursor goes on in the order of its page.", defaulted())})};
    return table;
}

constexpr web::Endpoint list_endpoint{
    .name = "list_audit",
    .method = web::Method::get,
    .path = "/api/v1/audit",
    .summary = "List what was done, refused or failed",
    .permission = "audit.read",
};

web::Page<Line> list(Call const&, Snapshot& snapshot, ListAudit input) {
    return web::page_of(list_lines(snapshot, input.filter, input.order, input.cursor, input.limit + 1), input.limit);
}

constexpr web::Endpoint list_of_installation_endpoint{
    .name = "list_installation_audit",
    .method = web::Method::get,
    .path = "/api/v1/admin/audit",
    .summary = "List what operators did, and what belongs to no tenant",
    .permission = "system.read",
    .reach = web::Reach::installation,
};

constexpr web::Endpoint export_endpoint{
    .name = "export_audit",
    .method = web::Method::get,
    .path = "/api/v1/audit/export",
    .summary = "The audit log as a CSV file, oldest first",
    .permission = "audit.read",
    .content_type = "text/csv",
    .limits_class = "expensive",
};

void append_line(Line const& line, std::string& out) {
    append_csv_line({line.id.to_string(), to_rfc3339(line.created_at), line.actor_id, line.impersonator_id, line.action,
                     line.object_id, std::to_string(line.status), line.code, line.before ? line.before->text : "",
                     line.after ? line.after->text : "", line.request_id, line.remote_address, line.user_agent,
                     line.seal ? std::to_string(*line.seal) : ""},
                    out);
}

std::filesystem::path new_file(std::filesystem::path const& folder) {
    std::array<unsigned char, 16> bytes;
    random_bytes(bytes);
    std::filesystem::create_directories(folder);
    return folder / ("audit-" + to_hex(bytes) + ".csv");
}

// In slices, so that no snapshot stays open for long.
web::Content export_lines(std::filesystem::path const& folder, Call const& call, Database& database,
                          LineFilter const& filter) {
    if (!call.tenant().is_set()) throw Fault(errors::tenant_required, "This credential belongs to no tenant.");
    web::Content content;
    content.content_type = csv_content_type;
    content.file_name = "audit.csv";
    content.file = new_file(folder);
    content.remove_file = true;
    std::ofstream file(content.file, std::ios::binary);
    std::string text;
    append_csv_line({"id", "created_at", "actor_id", "impersonator_id", "action", "object_id", "status", "code",
                     "before", "after", "request_id", "remote_address", "user_agent", "seal"},
                    text);
    std::optional<AuditId> after;
    for (std::int64_t count = 0;;) {
        auto const lines = database.read(call.tenant(), [&](Snapshot& snapshot) {
            return list_lines(snapshot, filter, Order::oldest_first, after, exported_at_once);
        });
        for (Line const& line : lines) append_line(line, text);
        file << text;
        text.clear();
        count += std::ssize(lines);
        if (std::ssize(lines) < exported_at_once) break;
        if (count >= exported_lines_max) {
            std::filesystem::remove(content.file);
            throw Fault(errors::invalid_input, "The input is not valid.",
                        std::vector<Problem>{{"/from", "must be nearer to /to: this is more than a million lines"}});
        }
        after = lines.back().id;
    }
    file.close();
    if (!file) throw Fault(errors::busy, "The file could not be written.", "audit export: " + content.file.string());
    return content;
}

}  // namespace

fields::Table const& table_of(LineFilter const*) {
    static fields::Table const table{
        "AuditFilter",
        {field("actor_id", &LineFilter::actor_id, "Only what this user or key did.", length(0, 100), defaulted()),
         field("action", &LineFilter::action, "Only this operation.", length(0, 100), defaulted()),
         field("object_id", &LineFilter::object_id, "Only what was done to this.", length(0, 100), defaulted()),
         field("code", &LineFilter::code, "Only what was refused or failed with this code.", length(0, 100),
               defaulted()),
         field("from", &LineFilter::from, "From this time on."), field("to", &LineFilter::to, "Before this time.")}};
    return table;
}

fields::Table const& table_of(Line const*) {
    static fields::Table const table{
        "AuditLine",
        {field("id", &Line::id, "Begins with aud_."), field("actor_id", &Line::actor_id, "A user's or a key's id."),
         field("impersonator_id", &Line::impersonator_id,
               "The operator who acted as the actor, by the tenant's consent; empty: it was the actor."),
         field("action", &Line::action, "The operation."),
         field("object_id", &Line::object_id, "What it was done to; empty where the operation has none."),
         field("status", &Line::status, "The HTTP status it was answered with; 0 for what no request asked for."),
         field("code", &Line::code, "Why it was refused or failed; empty when it was done."),
         field("before", &Line::before, "The object before a change, without its secrets."),
         field("after", &Line::after, "The object behind it, without its secrets."),
         field("request_id", &Line::request_id, "As the reply's X-Request-Id."),
         field("remote_address", &Line::remote_address, "From where."),
         field("user_agent", &Line::user_agent, "With which program, as it says."),
         field("created_at", &Line::created_at, "When."),
         field("seal", &Line::seal, "The number of the seal that chains it; null for about a second.")}};
    return table;
}

void add_routes(web::Routes& routes, std::filesystem::path folder) {
    routes.add(list_endpoint, list);
    routes.add(list_of_installation_endpoint, list);
    routes.add(export_endpoint, [folder = std::move(folder)](Call const& call, Database& database, LineFilter filter) {
        return export_lines(folder, call, database, filter);
    });
}

}  // namespace mainstay::audit
