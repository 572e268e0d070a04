// The SQL of the audit log. Within audit alone.
#pragma once
#include "platform/audit/audit.hpp"

namespace mainstay::audit {

void insert_line(Transaction&, TenantId of, Line const&);  // leaves it alone when it is there

struct LineFilter {
    std::string actor_id = {}, action = {}, object_id = {}, code = {};  // empty: any
    std::optional<Instant> from = {}, to = {};                          // of created_at; `to` itself is not in it
};
fields::Table const& table_of(LineFilter const*);
enum class Order { oldest_first, newest_first };  // by their ids, whose order is that of their times
BOOST_DESCRIBE_ENUM(Order, oldest_first, newest_first)
std::vector<Line> list_lines(Snapshot&, LineFilter const&, Order, std::optional<AuditId> behind, std::int64_t limit);

struct Seal {
    std::int64_t number = 0;
    std::int64_t lines = 0;
    std::string hash;
    Instant sealed_at;
    std::optional<Instant> pruned_at;
};
fields::Table const& table_of(Seal const*);

std::optional<Seal> last_seal(Snapshot&);
std::vector<Seal> list_seals(Snapshot&, std::int64_t after, std::int64_t limit);
void insert_seal(Transaction&, Seal const&);

std::vector<Line> unsealed_lines(Snapshot&, std::int64_t limit);    // the first by id
void mark_sealed(Transaction&, AuditId last, std::int64_t number);  // those up to it
std::vector<Line> lines_of_seal(Snapshot&, std::int64_t number);

// The oldest seal that has lines, if it was made before then: they go, and it says so. Gives their number.
std::int64_t prune_oldest_seal(Transaction&, Instant before);

struct Unsealed {
    std::int64_t lines = 0;
    std::optional<Instant> oldest_at;
};
fields::Table const& table_of(Unsealed const*);
Unsealed count_unsealed(Snapshot&);
std::int64_t highest_seal_of_lines(Snapshot&);  // 0: none

// Has lines that are not sealed.
std::optional<TenantId> next_unsealed_tenant(Snapshot& system, std::optional<TenantId> after);

}  // namespace mainstay::audit
