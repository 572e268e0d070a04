// Hosts of tenants: subdomains of the installation's own host, and domains that a tenant has shown to be its own by a
// TXT record in the DNS. Which tenant a host names is known in memory, on every node within a second of a change.
#pragma once
#include "kernel/flow/flow.hpp"
#include "kernel/net/net.hpp"
#include "kernel/web/web.hpp"
#include "platform/tenants/tenants.hpp"

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mainstay::domains {

using DomainId = Id<"dom">;

enum class DomainState { pending, verified };
BOOST_DESCRIBE_ENUM(DomainState, pending, verified)

inline constexpr std::int64_t domains_max = 20;        // of a tenant
inline constexpr Duration check_interval = hours(24);  // of verified ones
inline constexpr std::int64_t failures_max = 7;        // checks in a row; then a domain is the tenant's no longer
inline constexpr std::size_t name_bytes_max = 240;     // its record's name has a label more
inline constexpr std::string_view record_label = "_mainstay.";
inline constexpr std::string_view record_begins = "mainstay-verification=";

struct Domain {
    DomainId id;
    std::string name;
    DomainState state = DomainState::pending;
    std::string record_name, record_value;  // the TXT record to set
    std::int64_t failures = 0;
    std::string fault;  // of the last check; empty: none
    Instant created_at;
    std::optional<Instant> checked_at, verified_at;
};
fields::Table const& table_of(Domain const*);

// --- rules ---------------------------------------------------------------------------------------------------------

// A host's name in small letters, or nothing for what is none that a tenant may have: an address, a single label, a
// name for private use, or one of the installation's own (`own`) or beneath them.
std::optional<std::string> domain_of(std::string_view text, std::vector<std::string> const& own);

// What one check finds, before anybody asks whether another tenant has the domain.
struct Finding {
    bool is_shown = false;
    std::string fault;
};
Finding finding_of(net::TxtAnswer const&, std::string_view record_value);

// --- which tenant a host names -------------------------------------------------------------------------------------

// The tenant's name for subdomains, its verified domains, and the origins whose scripts it has call the API.
struct HostsOfTenant {
    TenantId tenant;
    std::string slug;
    std::vector<std::string> domains;
    std::vector<std::string> origins;
};

class Hosts {
public:
    static constexpr std::size_t hosts_max =
        1'000'000;  // and as many origins, in memory; the log tells of what is past it

    // `base`: the host beneath which tenants have their subdomains; empty: there are none.
    Hosts(Database&, std::string base);

    void load();                            // all of them, before the start
    void hear(std::string const& subject);  // what the revocation log says; what cannot be read waits for catch_up()
    void catch_up();                        // throws what the database throws

    // The tenant that the Host header names, with a port or without; nothing for all other hosts.
    std::optional<TenantId> tenant_of(std::string_view host) const;
    // Whether the tenant, or without one any tenant, has scripts of the origin call.
    bool has_origin(std::string_view origin, std::optional<TenantId>) const;

    std::function<void(std::string_view level, std::string_view text)> log = [](auto, auto) {};

private:
    struct HashOfText {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    void put(HostsOfTenant const&);
    void forget(TenantId);
    std::string host_of_slug(std::string_view slug) const;

    Database& database_;
    std::string const base_;
    mutable std::shared_mutex mutex_;
    std::unordered_map<std::string, TenantId, HashOfText, std::equal_to<>> tenants_;
    std::map<TenantId, std::vector<std::string>> hosts_;    // of each
    std::map<TenantId, std::vector<std::string>> origins_;  // of each that has some
    std::unordered_map<std::string, std::size_t, HashOfText, std::equal_to<>> tenants_of_origin_;  // how many
    std::mutex waiting_mutex_;
    std::set<TenantId> waiting_;
};

// --- checks --------------------------------------------------------------------------------------------------------

inline constexpr std::string_view checks_queue = "domains";  // name servers that dawdle hold up no other work

// To the engine of checks_queue. The resolver may wait, and is asked from several threads.
flow::JobKind check_job(net::TxtResolver);

// Enqueues the checks of verified domains that are due; gives their number. Several nodes may.
inline constexpr Duration check_look_pause = minutes(1);
std::size_t enqueue_due_checks(Database&);

// `own`: hosts of the installation, which no tenant may have.
void add_routes(web::Routes&, std::vector<std::string> own);
std::span<Migration const> migrations();

}  // namespace mainstay::domains
