// The chain of a tenant's seals: made, and looked at again.
#include "platform/audit/audit_store.hpp"

namespace mainstay::audit {
namespace {

using fields::field;

constexpr std::int64_t seals_read_at_once = 16;

// Gives the number of lines. The unit is serializable: another node that seals at the same moment is told to try again.
std::int64_t seal_tenant(Database& database, TenantId tenant) {
    return database.write(tenant, [&](Transaction& tx) {
        auto const lines = unsealed_lines(tx, lines_in_seal_max);
        if (lines.empty()) return std::int64_t{0};
        Seal const last = last_seal(tx).value_or(Seal{});
        std::int64_t const number = last.number + 1;
        insert_seal(tx, {number, std::ssize(lines), hash_of_seal(tenant, number, last.hash, lines), tx.now(), {}});
        mark_sealed(tx, lines.back().id, number);
        return std::ssize(lines);
    });
}

struct Walk {
    Verdict verdict;
    bool is_through = false;
};

std::string fault_of(Snapshot& snapshot, Seal const& seal, std::string const& previous_hash, Verdict& verdict) {
    std::string const name = "seal " + std::to_string(seal.number);
    auto const lines = lines_of_seal(snapshot, seal.number);
    if (seal.pruned_at) {
        verdict.pruned += seal.lines;
        return lines.empty() ? "" : name + " says that its lines were removed, and some are there";
    }
    verdict.lines += std::ssize(lines);
    if (std::ssize(lines) != seal.lines)
        return name + " was made over " + std::to_string(seal.lines) + " lines, and " +
               (std::ssize(lines) > seal.lines ? "more" : std::to_string(lines.size())) + " are there";
    if (hash_of_seal(snapshot.tenant(), seal.number, previous_hash, lines) != seal.hash)
        return "lines of " + name + " from " + lines.front().id.to_string() + " to " + lines.back().id.to_string() +
               " are not those that it was made over";
    return "";
}

// A seal and its lines are read in one snapshot, since the retention removes those together.
Walk walk_on(Snapshot& snapshot, Walk walk) {
    Verdict& verdict = walk.verdict;
    auto const seals = list_seals(snapshot, verdict.seals, seals_read_at_once);
    walk.is_through = std::ssize(seals) < seals_read_at_once;
    for (Seal const& seal : seals) {
        verdict.fault = seal.number == verdict.seals + 1 ? fault_of(snapshot, seal, verdict.head, verdict)
                                                         : "seal " + std::to_string(verdict.seals + 1) + " is missing";
        walk.is_through = walk.is_through || !verdict.fault.empty();
        if (!verdict.fault.empty()) return walk;
        verdict.seals = seal.number;
        verdict.head = seal.hash;
    }
    if (!walk.is_through) return walk;
    if (highest_seal_of_lines(snapshot) > verdict.seals)
        verdict.fault = "seals behind " + std::to_string(verdict.seals) + " are missing, and lines of theirs are there";
    auto const unsealed = count_unsealed(snapshot);
    verdict.unsealed = unsealed.lines;
    verdict.oldest_unsealed_at = unsealed.oldest_at;
    return walk;
}

}  // namespace

fields::Table const& table_of(Verdict const*) {
    static fields::Table const table{
        "AuditVerdict",
        {field("tenant", &Verdict::tenant, "Whose chain; the installation's own is among them."),
         field("seals", &Verdict::seals, "Looked at."), field("lines", &Verdict::lines, "Sealed and there."),
         field("pruned", &Verdict::pruned, "Removed by the retention."),
         field("unsealed", &Verdict::unsealed, "Not in the chain yet: the tail of the last second."),
         field("oldest_unsealed_at", &Verdict::oldest_unsealed_at, "Since when the first of them waits."),
         field("head", &Verdict::head, "The last seal's hash; note it elsewhere to see whether the end was cut off."),
         field("fault", &Verdict::fault, "The first that was found; empty: the chain holds.")}};
    return table;
}

std::int64_t seal_all(Database& database) {
    std::int64_t sealed = 0;
    std::optional<TenantId> tenant;
    while ((tenant = database.read(system_scope("tenants whose audit lines are not sealed"),
                                   [&](Snapshot& snapshot) { return next_unsealed_tenant(snapshot, tenant); }))) {
        std::int64_t lines = 0;
        do {
            lines = seal_tenant(database, *tenant);
            sealed += lines;
        } while (lines == lines_in_seal_max);
    }
    return sealed;
}

std::int64_t prune(Database& database, TenantId tenant, Instant before) {
    std::int64_t pruned = 0;
    for (std::int64_t some = 1; some > 0; pruned += some)
        some = database.write(tenant, [&](Transaction& tx) { return prune_oldest_seal(tx, before); });
    return pruned;
}

Verdict verify(Database& database, TenantId tenant) {
    Walk walk;
    walk.verdict.tenant = tenant;
    while (!walk.is_through) walk = database.read(tenant, [&](Snapshot& snapshot) { return walk_on(snapshot, walk); });
    return walk.verdict;
}

}  // namespace mainstay::audit
