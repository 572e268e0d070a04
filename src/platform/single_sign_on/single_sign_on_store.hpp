// All that is kept of single sign-on. Within the module alone.
#pragma once
#include "platform/single_sign_on/single_sign_on.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mainstay::single_sign_on {

// What a provider may make of people: nobody an owner.
enum class GivenRole { org_admin, billing_admin, support_agent, user };
BOOST_DESCRIBE_ENUM(GivenRole, org_admin, billing_admin, support_agent, user)

struct RoleRow {
    std::string value;
    GivenRole role = GivenRole::user;
};
fields::Table const& table_of(RoleRow const*);

struct Provider {
    ProviderId id;
    std::string name;
    std::string issuer;
    std::string client_id;
    bool is_enabled = true;
    bool creates_accounts = false;
    GivenRole default_role = GivenRole::user;
    std::optional<std::string> role_claim;
    std::vector<RoleRow> roles;
    std::vector<std::string> domains;
    bool is_enforced = false;
    Instant created_at;
};
fields::Table const& table_of(Provider const*);

// In the tenant's scope. What they say of domains and of enforcing is in force with the commit.
void insert_provider(Transaction&, secrets::Secrets const&, Provider const&, std::string const& client_secret);
void update_provider(Transaction&, secrets::Secrets const&, Provider const&,
                     std::optional<std::string> const& client_secret);
void delete_provider(Transaction&, ProviderId);
std::optional<Provider> find_provider(Snapshot&, ProviderId);
std::vector<Provider> list_providers(Snapshot&);
std::string client_secret_of(Snapshot&, secrets::Secrets const&, ProviderId);

// Whether somebody who may set this up here has a confirmed address of the domain. Where a tenant's domains are
// verified one day, this is where that is asked.
bool may_speak_for(Snapshot& system, TenantId, std::string const& domain);

// Where a sign-in leads.
struct Destination {
    TenantId tenant;
    ProviderId provider_id;
};
fields::Table const& table_of(Destination const*);
// Nothing when there is none, or more than one.
std::optional<Destination> find_by_domain(Snapshot& system, std::string const& domain);
std::optional<Destination> find_by_slug(Snapshot& system, std::string const& slug);

// Gives the token, which is not stored.
std::string begin_sign_in(Transaction& system, Destination const&);
// Something once.
std::optional<Destination> spend_sign_in(Transaction& system, std::string_view token);

// In the tenant's scope.
std::optional<tenants::UserId> find_person(Snapshot&, std::string const& issuer, std::string const& subject);
void link_person(Transaction&, std::string const& issuer, std::string const& subject, tenants::UserId);

}  // namespace mainstay::single_sign_on
