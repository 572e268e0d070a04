// What a line and a seal are to the chain.
#include "base/hash.hpp"
#include "base/text.hpp"
#include "platform/audit/audit.hpp"

namespace mainstay::audit {
namespace {

void append(std::string& out, std::string_view member) {
    out += std::to_string(member.size());
    out += ':';
    out += member;
}

// What is absent differs from every text.
void append(std::string& out, std::optional<JsonText> const& member) {
    if (member)
        append(out, member->text);
    else
        out += '-';
}

}  // namespace

std::string canonical(Line const& line) {
    std::string out;
    append(out, line.id.to_string());
    append(out, line.actor_id);
    append(out, line.impersonator_id);
    append(out, line.action);
    append(out, line.object_id);
    append(out, std::to_string(line.status));
    append(out, line.code);
    append(out, line.before);
    append(out, line.after);
    append(out, line.request_id);
    append(out, line.remote_address);
    append(out, line.user_agent);
    append(out, std::to_string(line.created_at.us));
    return out;
}

std::string hash_of_seal(TenantId tenant, std::int64_t number, std::string_view previous_hash,
                         std::vector<Line> const& lines) {
    std::string head = "mainstay audit seal 1\n";  // the number of this way to hash
    append(head, tenant.to_string());
    append(head, std::to_string(number));
    append(head, previous_hash);
    append(head, std::to_string(lines.size()));
    Sha256Sum sum;
    sum.add(head);
    for (Line const& line : lines) {
        std::string text;
        append(text, canonical(line));
        sum.add(text);
    }
    return to_hex(sum.finish());
}

}  // namespace mainstay::audit
