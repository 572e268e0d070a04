// What of a tenant is taken along. Tables are taken unless they stand here; a column that is named as secrets are needs
// a line here either way.
#include "platform/portability/archive_format.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace mainstay::portability {
namespace {

struct Stays {
    std::string_view table, why;
};
constexpr std::array stay{
    Stays{"tenant_exports", "archives are not put into archives"},
    Stays{"secret_data_keys", "they are sealed with this installation's master keys, and open nothing elsewhere"},
    Stays{"idempotency_keys", "answers to requests that may be repeated here, for a day"},
    Stays{"mails", "they wait to be sent from here, and would be sent twice"},
    Stays{"user_tenants", "it follows from the members"},
    Stays{"flow_ready", "whose turn it is here; what is not finished comes in as failed"},
    Stays{"flow_places", "the same"},
    Stays{"flow_schedules", "they would start work in two places; make them anew where the tenant goes"},
    Stays{"tenant_entitlements", "what a tenant may is decided where it runs"},
    Stays{"identity_providers", "their client secrets are sealed here; set them up anew where the tenant goes"},
    Stays{"provider_domains", "they are of identity providers, which are set up anew"},
    Stays{"provider_identities", "they are of identity providers, which are set up anew"},
    Stays{"provider_sign_ins", "sign-ins that were begun here end here"},
    Stays{"enforced_domains", "they are of identity providers, which are set up anew"},
    Stays{"support_grants", "consent is to those who run this installation"},
    Stays{"domains", "that one is the tenant's is shown where it runs"},
    Stays{"verified_domains", "that one is the tenant's is shown where it runs"},
};

constexpr std::array taken_in_part{
    Part{"file_owners", "substr(owner, 1, 4) <> 'exp_'", "archives are not put into archives"},
    Part{"flow_jobs", "outcome IS NOT NULL OR kind NOT IN ('export_tenant', 'erase_tenant', 'mail', 'reset_password')",
         "archives, erasures and mails that wait are this installation's business"},
};

constexpr std::array unfinished{
    UnfinishedWork{"flow_jobs", "outcome", "outcome", "dead", "last_error", "finished_at"},
    UnfinishedWork{"flow_runs", "finished_at", "state", "failed", "error", "finished_at"},
    UnfinishedWork{"flow_waits", "closed_at", "outcome", "dropped", "", "closed_at"},
};

// A hash opens nothing by itself, and without it the keys of a tenant's programs and customers and its invitations
// would stop at the move. What could be opened (passwords, seeds, sealed values) is never taken.
struct Hash {
    std::string_view table, column;
};
constexpr std::array taken_hashes{
    Hash{"key_credentials", "secret_hash"},
    Hash{"customer_key_secrets", "secret_hash"},
    Hash{"invitations", "token_hash"},
    Hash{"invitation_tokens", "token_hash"},
    Hash{"audit_seals", "hash"},
    Hash{"audit_seals", "sealed_at"},
    Hash{"audit_log", "seal"},
};

constexpr std::array<std::string_view, 9> names_of_secrets{"secret", "hash",    "token",   "password", "seal",
                                                           "seed",   "wrapped", "private", "cipher"};

bool is_named_as_secret(std::string_view column) {
    return std::any_of(names_of_secrets.begin(), names_of_secrets.end(),
                       [&](std::string_view name) { return column.find(name) != std::string_view::npos; });
}

}  // namespace

std::string_view why_left_out(std::string_view table) {
    auto const found = std::find_if(stay.begin(), stay.end(), [&](Stays const& one) { return one.table == table; });
    return found == stay.end() ? std::string_view() : found->why;
}

std::span<Part const> parts() {
    return taken_in_part;
}

std::span<UnfinishedWork const> unfinished_work() {
    return unfinished;
}

// Lines that are not sealed yet are sealed behind the last seal that is found.
bool is_loaded_first(std::string_view table) {
    return table == "audit_seals";
}

void require_decisions(std::vector<TenantTable> const& tables) {
    for (auto const& table : tables) {
        if (!why_left_out(table.name).empty()) continue;
        for (auto const& column : table.columns) {
            bool const is_decided = std::any_of(taken_hashes.begin(), taken_hashes.end(), [&](Hash const& hash) {
                return hash.table == table.name && hash.column == column.name;
            });
            if (is_named_as_secret(column.name) && !is_decided)
                throw std::logic_error(table.name + '.' + column.name +
                                       " is named as secrets are: portability_rules.cpp has to say whether an archive "
                                       "takes it");
        }
    }
}

}  // namespace mainstay::portability
