// Audit: who did what, when and from where, written in the transaction that did it.
#pragma once
#include "kernel/storage/storage.hpp"
#include "kernel/web/web.hpp"

namespace mainstay::audit {

using AuditId = Id<"aud">;

struct Line {
    AuditId id;
    std::string actor_id;
    std::string action;     // the endpoint's name
    std::string object_id;  // what it was done to, where the reply names it
    std::int64_t status = 0;
    RequestId request_id;
    std::string remote_address;
    Instant created_at;
};
fields::Table const& table_of(Line const*);

void write(Transaction&, Call const&, std::string_view action, std::string const& object_id, int status);

void add_routes(web::Routes&);
std::span<Migration const> migrations();

}  // namespace mainstay::audit
