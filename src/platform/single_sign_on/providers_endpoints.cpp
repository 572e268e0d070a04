// What the API says about identity providers, to those who administer their tenant. No answer shows a client's secret.
#include "base/text.hpp"
#include "platform/single_sign_on/sign_on_routes.hpp"

#include <algorithm>

namespace mainstay::single_sign_on {
namespace {

using fields::defaulted;
using fields::field;
using fields::items;
using fields::length;
using fields::pattern;

constexpr std::size_t secret_max = 2'000, roles_max = 50, domains_max = 50, domain_max = 253;

struct Settings {
    std::string name, issuer, client_id;
    bool is_enabled = true, creates_accounts = false;
    GivenRole default_role = GivenRole::user;
    std::optional<std::string> role_claim;
    std::vector<RoleRow> roles;
    std::vector<std::string> domains;
    bool is_enforced = false;
};
constexpr std::string_view name_doc = "What people see on the way there.",
                           issuer_doc = "Its address, as its metadata says it: no less and no slash more.",
                           client_doc = "What this installation is called there.", secret_doc = "Never shown again.",
                           enabled_doc = "People can sign in by it.",
                           creates_doc = "Makes an account for whoever it lets in and who has none.",
                           default_doc = "Of new members, where no row of `roles` fits.",
                           claim_doc = "A claim of the id_token, a text or a list, that says what people may do.",
                           roles_doc = "Rows from a value of that claim to a role; the first that fits counts.",
                           domains_doc = "Of the addresses that it speaks for.",
                           enforced_doc = "People of these domains come in by it alone; owners also by password.";

struct CreateProvider {
    TenantId tenant_id;
    std::string client_secret;
    Settings settings;
};
fields::Table const& table_of(Settings const*) {
    static fields::Table const table{
        "ProviderSettings",
        {field("name", &Settings::name, name_doc, length(1, 100)),
         field("issuer", &Settings::issuer, issuer_doc, length(1, 500)),
         field("client_id", &Settings::client_id, client_doc, length(1, 500)),
         field("is_enabled", &Settings::is_enabled, enabled_doc, defaulted()),
         field("creates_accounts", &Settings::creates_accounts, creates_doc, defaulted()),
         field("default_role", &Settings::default_role, default_doc, defaulted()),
         field("role_claim", &Settings::role_claim, claim_doc, length(1, 100)),
         field("roles", &Settings::roles, roles_doc, items(0, roles_max), defaulted()),
         field("domains", &Settings::domains, domains_doc, items(0, domains_max), defaulted()),
         field("is_enforced", &Settings::is_enforced, enforced_doc, defaulted())}};
    return table;
}
fields::Table const& table_of(CreateProvider const*) {
    static fields::Table const table{
        "CreateProvider",
        fields::with_those_of(&CreateProvider::settings, {field("tenant_id", &CreateProvider::tenant_id, "One's own."),
                                                          field("client_secret", &CreateProvider::client_secret,
                                                                secret_doc, length(1, secret_max))})};
    return table;
}

struct ChangeProvider {
    TenantId tenant_id;
    ProviderId provider_id;
    std::optional<std::string> name, issuer, client_id, client_secret, role_claim;
    std::optional<bool> is_enabled, creates_accounts, is_enforced;
    std::optional<GivenRole> default_role;
    std::optional<std::vector<RoleRow>> roles;
    std::optional<std::vector<std::string>> domains;
};
fields::Table const& table_of(ChangeProvider const*) {
    static fields::Table const table{
        "ChangeProvider",
        {field("tenant_id", &ChangeProvider::tenant_id, "One's own."),
         field("provider_id", &ChangeProvider::provider_id, "Begins with idp_."),
         field("name", &ChangeProvider::name, name_doc, length(1, 100)),
         field("issuer", &ChangeProvider::issuer, issuer_doc, length(1, 500)),
         field("client_id", &ChangeProvider::client_id, client_doc, length(1, 500)),
         field("client_secret", &ChangeProvider::client_secret, secret_doc, length(1, secret_max)),
         field("is_enabled", &ChangeProvider::is_enabled, enabled_doc),
         field("creates_accounts", &ChangeProvider::creates_accounts, creates_doc),
         field("default_role", &ChangeProvider::default_role, default_doc),
         field("role_claim", &ChangeProvider::role_claim, "Empty: none, and roles are given by hand.", length(0, 100)),
         field("roles", &ChangeProvider::roles, roles_doc, items(0, roles_max)),
         field("domains", &ChangeProvider::domains, domains_doc, items(0, domains_max)),
         field("is_enforced", &ChangeProvider::is_enforced, enforced_doc)}};
    return table;
}

struct ProviderById {
    TenantId tenant_id;
    ProviderId provider_id;
};
fields::Table const& table_of(ProviderById const*) {
    static fields::Table const table{"ProviderById",
                                     {field("tenant_id", &ProviderById::tenant_id, "One's own."),
                                      field("provider_id", &ProviderById::provider_id, "Begins with idp_.")}};
    return table;
}

struct OfTenant {
    TenantId tenant_id;
};
fields::Table const& table_of(OfTenant const*) {
    static fields::Table const table{"ProvidersOfTenant", {field("tenant_id", &OfTenant::tenant_id, "One's own.")}};
    return table;
}

struct ProviderList {
    std::vector<Provider> items;
};
fields::Table const& table_of(ProviderList const*) {
    static fields::Table const table{"ProviderList", {field("items", &ProviderList::items, "Oldest first.")}};
    return table;
}

void need_own(Call const& call, TenantId id) {
    if (id != call.tenant()) throw Fault(errors::not_found, "There is no such object.");
}

Provider provider_or_404(Snapshot& snapshot, ProviderId id) {
    auto provider = find_provider(snapshot, id);
    if (!provider) throw Fault(errors::not_found, "There is no such object.");
    return std::move(*provider);
}

bool is_domain(std::string_view text) {
    auto const address = Email::parse("somebody@" + std::string(text));
    return text.size() <= domain_max && text.find('.') != text.npos && address && lower_ascii(text) == text;
}

// `before`: the domains that it spoke for already.
void check(Snapshot& snapshot, Provider const& provider, std::vector<std::string> const& before, bool needs_tls) {
    std::vector<Problem> problems;
    if (!is_issuer(provider.issuer, needs_tls))
        problems.push_back({"/issuer", "must be an https:// address without a query"});
    for (std::size_t i = 0; i < provider.domains.size(); ++i) {
        std::string const& domain = provider.domains[i];
        std::string const pointer = "/domains/" + std::to_string(i);
        auto const at = provider.domains.begin() + static_cast<std::ptrdiff_t>(i);
        if (!is_domain(domain))
            problems.push_back({pointer, "must be a domain in lower case, such as example.com"});
        else if (std::find(provider.domains.begin(), at, domain) != at)
            problems.push_back({pointer, "is given twice"});
        else if (std::ranges::count(before, domain) == 0 && !may_speak_for(snapshot, snapshot.tenant(), domain))
            problems.push_back({pointer, "is a domain of which no owner or administrator has a confirmed address"});
    }
    if (provider.is_enforced && provider.domains.empty())
        problems.push_back({"/is_enforced", "needs the domains of whose people it is to hold"});
    if (provider.creates_accounts && provider.domains.empty())
        problems.push_back({"/creates_accounts", "needs the domains for whose people accounts are made"});
    if (!problems.empty()) throw Fault(errors::invalid_input, "The input is not valid.", std::move(problems));
}

constexpr web::Endpoint list_endpoint{
    .name = "list_identity_providers",
    .method = web::Method::get,
    .path = "/api/v1/tenants/{tenant_id}/identity-providers",
    .summary = "List the tenant's identity providers",
    .permission = "identity_providers.read",
};

ProviderList list(Call const& call, Snapshot& snapshot, OfTenant input) {
    need_own(call, input.tenant_id);
    return {list_providers(snapshot)};
}

constexpr web::Endpoint read_endpoint{
    .name = "read_identity_provider",
    .method = web::Method::get,
    .path = "/api/v1/tenants/{tenant_id}/identity-providers/{provider_id}",
    .summary = "Read an identity provider",
    .permission = "identity_providers.read",
};

Provider read(Call const& call, Snapshot& snapshot, ProviderById input) {
    need_own(call, input.tenant_id);
    return provider_or_404(snapshot, input.provider_id);
}

constexpr web::Endpoint create_endpoint{
    .name = "create_identity_provider",
    .method = web::Method::post,
    .path = "/api/v1/tenants/{tenant_id}/identity-providers",
    .summary = "Set up single sign-on by an OpenID provider",
    .permission = "identity_providers.write",
    .success = 201,
};

Provider create(secrets::Secrets const& secrets, bool needs_tls, Call const& call, Transaction& tx,
                CreateProvider const& input) {
    need_own(call, input.tenant_id);
    if (std::ssize(list_providers(tx)) >= providers_max)
        throw Fault(errors::conflict, "The tenant has as many as it may have (limit: identity providers).");
    Settings const& settings = input.settings;
    Provider const provider{ProviderId::make(tx.now()), settings.name,        settings.issuer,
                            settings.client_id,         settings.is_enabled,  settings.creates_accounts,
                            settings.default_role,      settings.role_claim,  settings.roles,
                            settings.domains,           settings.is_enforced, tx.now()};
    check(tx, provider, {}, needs_tls);
    insert_provider(tx, secrets, provider, input.client_secret);
    return provider;
}

constexpr web::Endpoint change_endpoint{
    .name = "change_identity_provider",
    .method = web::Method::patch,
    .path = "/api/v1/tenants/{tenant_id}/identity-providers/{provider_id}",
    .summary = "Change what is given of an identity provider",
    .permission = "identity_providers.write",
};

Provider change(secrets::Secrets const& secrets, bool needs_tls, Call const& call, Transaction& tx,
                ChangeProvider const& input) {
    need_own(call, input.tenant_id);
    Provider const before = provider_or_404(tx, input.provider_id);
    call.note_before(before);
    Provider provider = before;
    provider.name = input.name.value_or(before.name);
    provider.issuer = input.issuer.value_or(before.issuer);
    provider.client_id = input.client_id.value_or(before.client_id);
    provider.is_enabled = input.is_enabled.value_or(before.is_enabled);
    provider.creates_accounts = input.creates_accounts.value_or(before.creates_accounts);
    provider.is_enforced = input.is_enforced.value_or(before.is_enforced);
    provider.default_role = input.default_role.value_or(before.default_role);
    if (input.role_claim) provider.role_claim = input.role_claim->empty() ? std::nullopt : input.role_claim;
    provider.roles = input.roles.value_or(before.roles);
    provider.domains = input.domains.value_or(before.domains);
    check(tx, provider, before.domains, needs_tls);
    update_provider(tx, secrets, provider, input.client_secret);
    return provider;
}

constexpr web::Endpoint delete_endpoint{
    .name = "delete_identity_provider",
    .method = web::Method::delete_,
    .path = "/api/v1/tenants/{tenant_id}/identity-providers/{provider_id}",
    .summary = "Remove an identity provider; who it made an account for has no password until they ask for one",
    .permission = "identity_providers.write",
    .success = 204,
};

void remove(Call const& call, Transaction& tx, ProviderById input) {
    need_own(call, input.tenant_id);
    call.note_before(provider_or_404(tx, input.provider_id));
    delete_provider(tx, input.provider_id);
}

}  // namespace

fields::Table const& table_of(RoleRow const*) {
    static fields::Table const table{"ProviderRole",
                                     {field("value", &RoleRow::value, "As the claim has it.", length(1, 200)),
                                      field("role", &RoleRow::role, "What it makes of people.")}};
    return table;
}

fields::Table const& table_of(Provider const*) {
    static fields::Table const table{
        "IdentityProvider",
        {field("id", &Provider::id, "Begins with idp_."), field("name", &Provider::name, name_doc),
         field("issuer", &Provider::issuer, issuer_doc), field("client_id", &Provider::client_id, client_doc),
         field("is_enabled", &Provider::is_enabled, enabled_doc),
         field("creates_accounts", &Provider::creates_accounts, creates_doc),
         field("default_role", &Provider::default_role, default_doc),
         field("role_claim", &Provider::role_claim, claim_doc), field("roles", &Provider::roles, roles_doc),
         field("domains", &Provider::domains, domains_doc), field("is_enforced", &Provider::is_enforced, enforced_doc),
         field("created_at", &Provider::created_at, "Since when.")}};
    return table;
}

void add_provider_routes(web::Routes& routes, secrets::Secrets const& secrets, bool needs_tls) {
    routes.add(list_endpoint, list);
    routes.add(read_endpoint, read);
    routes.add(create_endpoint, [secrets, needs_tls](Call const& call, Transaction& tx, CreateProvider input) {
        return create(secrets, needs_tls, call, tx, input);
    });
    routes.add(change_endpoint, [secrets, needs_tls](Call const& call, Transaction& tx, ChangeProvider input) {
        return change(secrets, needs_tls, call, tx, input);
    });
    routes.add(delete_endpoint, remove);
}

}  // namespace mainstay::single_sign_on
