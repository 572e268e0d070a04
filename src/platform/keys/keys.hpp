// API keys: what programs present instead of a person; and keys that a tenant gives its own customers, which it has us
// check. A key is shown once; only its hash is kept.
#pragma once
#include "base/network.hpp"
#include "kernel/shared_state/shared_state.hpp"
#include "kernel/storage/storage.hpp"
#include "kernel/web/web.hpp"
#include "platform/tenants/tenants.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::keys {

using KeyId = Id<"key">;

// Who is shown it: programs present it to our API, or a tenant's customers present it to the tenant.
enum class Audience { api, customer };
BOOST_DESCRIBE_ENUM(Audience, api, customer)

inline constexpr std::size_t limits_max = 8;
inline constexpr std::size_t addresses_max = 50;
inline constexpr std::size_t permissions_max = 100;
inline constexpr std::size_t metadata_bytes_max = 4'096;
inline constexpr std::size_t secrets_max = 5;  // of one key, while old ones still work
inline constexpr Duration overlap_max = days(30);

// So many requests, or verifications, in a period; counted apart from those of every other name.
struct NamedLimit {
    std::string name;
    std::int64_t count = 60;
    std::int64_t period_s = 60;
};
fields::Table const& table_of(NamedLimit const*);

enum class RefillInterval { day, month };
BOOST_DESCRIBE_ENUM(RefillInterval, day, month)

// At the beginning of each day or month (UTC) there are at least so many credits again.
struct Refill {
    std::int64_t amount = 0;
    RefillInterval interval = RefillInterval::month;
};
fields::Table const& table_of(Refill const*);

// What may be changed of a key.
struct Settings {
    std::string name;
    std::vector<std::string> scopes;       // of a key of our API
    std::vector<std::string> permissions;  // of a customer's: the tenant's own words
    std::vector<NamedLimit> limits;
    std::vector<std::string> allowed_addresses;  // addresses and networks; none: from anywhere
    std::optional<std::string> owner;
    JsonText metadata{"{}"};
    bool is_disabled = false;
    std::optional<Instant> expires_at;
};
fields::Table const& table_of(Settings const*);

struct Key {
    KeyId id;
    Audience audience = Audience::api;
    std::string prefix;  // the key's first characters, to tell keys apart
    Settings settings;
    std::optional<std::int64_t> credits_remaining;  // none: it needs no credits
    std::optional<Refill> refill;
    std::optional<Instant> refills_at;
    std::optional<Instant> last_used_at;
    std::optional<Instant> revoked_at;
    std::string created_by;
    Instant created_at;
};
fields::Table const& table_of(Key const*);

struct NewKey {
    Audience audience = Audience::api;
    std::string prefix;  // of a customer's key: what stands before its first underscore
    Settings settings;
    std::optional<std::int64_t> credits_remaining;
    std::optional<Refill> refill;
};

// A key with what is shown of it once.
struct CreatedKey {
    KeyId id;
    Audience audience = Audience::api;
    std::string name;
    std::string prefix;
    std::vector<std::string> scopes;
    Secret key;
    Instant created_at;
};
fields::Table const& table_of(CreatedKey const*);

// --- a key's own form: a prefix, an underscore, 40 characters of 200 random bits, 6 of a checksum ------------------

inline constexpr std::string_view api_prefix = "mk";
std::string new_secret(std::string_view prefix = api_prefix);
// Tell a mistyped key without looking anything up.
bool is_api_secret(std::string_view);
bool is_customer_secret(std::string_view);

// Throws Fault(errors::quota_exceeded) past the plan's quota.
CreatedKey create_key(Transaction&, NewKey const&, std::string created_by);

// What a presented secret of our API proves, whatever tenant it belongs to.
struct KeyFacts {
    KeyId id;
    TenantId tenant;
    std::vector<std::string> scopes;
    std::vector<NamedLimit> limits;
    std::vector<Network> allowed_addresses;
    std::optional<Instant> expires_at;  // of the key, or of this secret of it
    tenants::Plan plan = tenants::Plan::free;
    std::int64_t tenant_requests_per_minute = entitlements::unlimited;
};
// Nothing for an unknown, revoked, disabled or expired key and for one of a suspended tenant.
std::optional<KeyFacts> find_by_secret(Snapshot& system, std::string_view secret);
bool is_allowed_from(std::vector<Network> const& allowed, std::string_view address);
// What a key of the scope's tenant allows; nothing for an unknown, revoked, disabled or expired one.
std::vector<std::string> scopes_of(Snapshot&, KeyId);
void mark_used(Transaction& system, TenantId, KeyId, Instant);

// --- how many there are --------------------------------------------------------------------------------------------

struct KeyTally {
    std::int64_t api = 0, customer = 0;  // that are not revoked
    std::int64_t looked_at = 0;
    std::string last;  // where the slice ended: given as `after` for the next
};
fields::Table const& table_of(KeyTally const*);
// Of the next `at_most` keys of all tenants, by the primary key.
KeyTally tally_keys(Snapshot& system, std::string const& after, std::int64_t at_most);

// --- checking customers' keys --------------------------------------------------------------------------------------

// What is known of customers' keys in the memory of this node, and what has been counted of them and is not written
// yet.
class Verifications {
public:
    static constexpr std::size_t keys_max = 1'000'000;  // in memory, at some 0.5 KB each; past it the idle ones go

    Verifications(Clock&, shared_state::RateLimits&, std::size_t keys_kept = keys_max);
    ~Verifications();

    void forget(std::string const& subject);  // what the revocation log says
    // Whether what is in memory may be believed; asked at every verification.
    std::function<bool()> is_fresh = [] { return false; };

    // Writes what has gathered; what cannot be written is kept for the next time.
    void flush(Database&);
    std::uint64_t dropped() const;  // counts that were lost, past what is kept

    struct State;
    State& state() { return *state_; }

private:
    std::unique_ptr<State> state_;
};

struct Needs {
    Verifications& verifications;
};
void add_routes(web::Routes&, Needs);
std::span<Migration const> migrations();

}  // namespace mainstay::keys
