// Audit: who did what, when, from where, with what result, and what it changed. A line is written in the transaction
// that did it, and within a second becomes part of its tenant's chain of hashes, so that a line that is altered,
// removed or slipped in later is found by verify().
#pragma once
#include "kernel/storage/storage.hpp"
#include "kernel/web/web.hpp"

#include <atomic>
#include <filesystem>
#include <mutex>

namespace mainstay::audit {

using AuditId = Id<"aud">;

struct Line {
    AuditId id;
    std::string actor_id;
    std::string impersonator_id;  // the operator who acted as the actor; empty: it was the actor
    std::string action;           // the endpoint's name, or a command's
    std::string object_id;        // what it was done to, where that is known
    std::int64_t status = 0;
    std::string code;  // of the fault; empty: it was done
    std::optional<JsonText> before, after;
    std::string request_id;
    std::string remote_address;
    std::string user_agent;
    Instant created_at;
    std::optional<std::int64_t> seal;
};
fields::Table const& table_of(Line const*);

inline constexpr std::size_t user_agent_bytes_max = 200;
inline constexpr std::size_t object_bytes_max = 64u << 10;  // of `before` and of `after`; larger ones are left out

// The line of a change that is being made, in its transaction: in the log of the scope's tenant or, in
// installation_scope, of the installation.
void write(Transaction&, Call const&, web::Endpoint const&, web::Outcome const&);

// What the kernel does not write by itself: what a command does, and what belongs into the log of another tenant than
// the call's, such as a sign-in.
struct Act {
    std::string actor_id;
    std::string action;
    std::string object_id = {};
    std::int64_t status = 0;
    std::string code = {};
    std::string after = {};  // JSON of what came of it, without its secrets
};
void write(Transaction&, TenantId of, Act const&, Call const* from = nullptr);

// What was refused or failed. Kept in memory and written each second by flush(), so that whoever is refused does not
// wait for it, and past `waiting_max` counted alone. A crash may lose the last second of it.
class Failures {
public:
    static constexpr std::size_t waiting_max = 10'000;

    // Takes a call that changes something or lacked the right to read: into the log of the caller's tenant or, of who
    // may reach the installation and fails there, into the installation's. A caller of no tenant who may not is left
    // out, and so is what a limit refused: counts tell of it, and whoever floods would fill the log.
    void add(Call const&, web::Endpoint const&, web::Outcome const&);
    void flush(Database&);
    std::uint64_t dropped() const { return dropped_; }

private:
    struct Waiting {
        TenantId tenant;
        Line line;
    };
    std::mutex mutex_;
    std::vector<Waiting> waiting_;
    std::atomic<std::uint64_t> dropped_ = 0;
};

// --- the chain -----------------------------------------------------------------------------------------------------

inline constexpr std::int64_t lines_in_seal_max = 1'000;
inline constexpr Duration sealing_pause = milliseconds(500);

// What a line is to the chain: every member but the seal, each with its length before it, so that nothing can be moved
// from one into the next.
std::string canonical(Line const&);

// Over the tenant, the seal's number, the hash of the seal before (empty for the first) and the lines in the order of
// their ids; in hexadecimal.
std::string hash_of_seal(TenantId, std::int64_t number, std::string_view previous_hash, std::vector<Line> const&);

// Puts what is not in the chain yet into it. Several nodes may do so at once. Gives the number of lines sealed.
std::int64_t seal_all(Database&);

// When the oldest line that is in no chain yet was written, of all tenants; looks at unsealed_looked_at_max of them.
inline constexpr std::int64_t unsealed_looked_at_max = 1'000;
std::optional<Instant> oldest_unsealed(Snapshot& system);

// What came of looking at a tenant's chain from its first seal to its last.
struct Verdict {
    TenantId tenant;
    std::int64_t seals = 0;
    std::int64_t lines = 0;   // sealed and there
    std::int64_t pruned = 0;  // removed by the retention, which their seals say
    std::int64_t unsealed = 0;
    std::optional<Instant> oldest_unsealed_at;
    std::string head;   // the last seal's hash: who notes it elsewhere will see whether the end was cut off
    std::string fault;  // the first, in a sentence; empty: the chain holds
};
fields::Table const& table_of(Verdict const*);
Verdict verify(Database&, TenantId);

// Removes the lines of each seal that was made before then, from the oldest on; the seals stay and say so, and the
// chain holds. Gives the number of lines.
std::int64_t prune(Database&, TenantId, Instant before);

// Tenants that have lines, the installation among them, behind the given one.
std::optional<TenantId> next_tenant(Snapshot& system, std::optional<TenantId> after);

void add_routes(web::Routes&, std::filesystem::path folder);  // for files on their way out
std::span<Migration const> migrations();

}  // namespace mainstay::audit

namespace mainstay::errors {
inline constexpr ErrorCode audit_chain_broken{
    "audit_chain_broken", 500, "The audit log is not as it was written",
    "`errors` has, for each tenant, the first place where lines or seals were altered, removed or slipped in. Keep the "
    "database as it is, and compare it with a backup."};
}  // namespace mainstay::errors
