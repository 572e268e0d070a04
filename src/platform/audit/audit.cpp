// Lines of what was done, and of what was refused.
#include "base/utf8.hpp"
#include "platform/audit/audit_store.hpp"

#include <algorithm>

namespace mainstay::audit {
namespace {

constexpr std::string_view forbidden = "forbidden";

bool is_change(web::Method method) {
    return method != web::Method::get && method != web::Method::head && method != web::Method::options;
}

std::optional<JsonText> object_of(std::string_view json) {
    if (json.empty() || json.size() > object_bytes_max) return std::nullopt;
    return JsonText{std::string(json)};
}

Line line_of(Act const& act, Call const* from, Instant now) {
    Line line;
    line.id = AuditId::make(now);
    line.actor_id = act.actor_id;
    line.action = act.action;
    line.object_id = act.object_id;
    line.status = act.status;
    line.code = act.code;
    line.after = object_of(act.after);
    line.created_at = now;
    if (from == nullptr) return line;
    line.impersonator_id = from->identity.impersonator_id;
    line.request_id = from->request_id.to_string();
    line.remote_address = from->remote_address;
    line.user_agent = utf8_prefix(from->user_agent, user_agent_bytes_max);
    return line;
}

Act act_of(Call const& call, web::Endpoint const& endpoint, web::Outcome const& outcome) {
    return {call.identity.actor_id, std::string(endpoint.name), outcome.object_id, outcome.status,
            std::string(outcome.code)};
}

TenantId log_of(Call const& call, web::Endpoint const& endpoint) {
    bool const is_operators = endpoint.reach == web::Reach::installation && call.identity.may(endpoint.permission);
    return is_operators ? installation_tenant : call.tenant();
}

}  // namespace

void write(Transaction& tx, Call const& call, web::Endpoint const& endpoint, web::Outcome const& outcome) {
    Line line = line_of(act_of(call, endpoint, outcome), &call, tx.now());
    line.before = object_of(call.before);
    line.after = object_of(outcome.after);
    insert_line(tx, tx.tenant(), line);
}

void write(Transaction& tx, TenantId of, Act const& act, Call const* from) {
    insert_line(tx, of, line_of(act, from, tx.now()));
}

void Failures::add(Call const& call, web::Endpoint const& endpoint, web::Outcome const& outcome) {
    TenantId const of = log_of(call, endpoint);
    if (outcome.code.empty() || !of.is_set() || outcome.code == errors::limited.name) return;
    bool const is_act = is_change(endpoint.method) && endpoint.is_audited;
    if (!is_act && outcome.code != forbidden) return;
    std::lock_guard const lock(mutex_);
    if (waiting_.size() >= waiting_max) {
        ++dropped_;
        return;
    }
    waiting_.push_back({of, line_of(act_of(call, endpoint, outcome), &call, call.now)});
}

void Failures::flush(Database& database) {
    std::vector<Waiting> taken;
    {
        std::lock_guard const lock(mutex_);
        taken.swap(waiting_);
    }
    if (taken.empty()) return;
    try {
        database.write(system_scope("what was refused to several tenants"), [&](Transaction& tx) {
            for (Waiting const& one : taken) insert_line(tx, one.tenant, one.line);
        });
    } catch (std::exception const&) {
        std::lock_guard const lock(mutex_);
        std::size_t const room = waiting_max - std::min(waiting_max, waiting_.size());
        std::size_t const kept = std::min(room, taken.size());
        waiting_.insert(waiting_.begin(), taken.begin(), taken.begin() + static_cast<std::ptrdiff_t>(kept));
        dropped_ += taken.size() - kept;
        throw;
    }
}

}  // namespace mainstay::audit
