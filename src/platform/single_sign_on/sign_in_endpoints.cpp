// What the API says about coming in by single sign-on: it is begun, the browser goes to the provider and comes back to
// our page, and what it brought is handed in. The token of the sign-in stays with the tab that began it; so what came
// by another one, or by a link of somebody else, opens nothing.
#include "base/hash.hpp"
#include "base/text.hpp"
#include "platform/single_sign_on/sign_on_routes.hpp"

#include <array>

namespace mainstay::single_sign_on {
namespace {

using fields::field;
using fields::length;

constexpr identity::Throttle sign_ons{"single_sign_on",
                                      {"single sign-ons of an organization", 300, minutes(1)},
                                      {"single sign-ons from an address", 60, minutes(1)},
                                      {"single sign-ons", 600, minutes(1)}};
constexpr std::array<jwt::Algorithm, 2> algorithms{jwt::Algorithm::rs256, jwt::Algorithm::es256};
constexpr std::array<std::string_view, 2> token_types{"", "jwt"};
constexpr std::string_view page = "/single-sign-on";  // where providers send people back to
constexpr std::size_t reason_bytes_max = 200;

struct Begin {
    std::optional<Email> email;
    std::optional<std::string> organization;
};
fields::Table const& table_of(Begin const*) {
    static fields::Table const table{
        "BeginSingleSignOn",
        {field("email", &Begin::email, "One's address there, whose domain says where to go."),
         field("organization", &Begin::organization, "Or the organization's short name.", length(1, 40))}};
    return table;
}

struct BegunSignOn {
    std::string url, organization, provider;
    Secret transaction;
};
fields::Table const& table_of(BegunSignOn const*) {
    static fields::Table const table{
        "BegunSingleSignOn",
        {field("url", &BegunSignOn::url, "Where to send the browser."),
         field("organization", &BegunSignOn::organization, "Whose single sign-on it is."),
         field("provider", &BegunSignOn::provider, "What it is called there."),
         field("transaction", &BegunSignOn::transaction, "To be handed in with what comes back, within ten minutes.")}};
    return table;
}

struct Finish {
    std::string transaction, state;
    std::optional<std::string> code, iss, error;
};
fields::Table const& table_of(Finish const*) {
    static fields::Table const table{"FinishSingleSignOn",
                                     {field("transaction", &Finish::transaction, "From the beginning.", length(1, 200)),
                                      field("state", &Finish::state, "As it came back.", length(1, 200)),
                                      field("code", &Finish::code, "As it came back.", length(1, 4'000)),
                                      field("iss", &Finish::iss, "As it came back.", length(1, 500)),
                                      field("error", &Finish::error, "As it came back.", length(1, 500))}};
    return table;
}

[[noreturn]] void refuse_token(std::string_view why) {
    throw Fault(errors::provider_token_refused, "The sign-in service's statement is not valid.", std::string(why));
}

std::string redirect_uri(identity::Needs const& needs) {
    return needs.public_url + std::string(page);
}

struct Known {
    Provider provider;
    std::string client_secret, organization;
};

// In the tenant's scope. Throws Fault(errors::provider_unknown) when it is not to be used any more.
Known known(Snapshot& snapshot, secrets::Secrets const& secrets, ProviderId id) {
    auto const tenant = tenants::find_tenant(snapshot, snapshot.tenant());
    auto provider = find_provider(snapshot, id);
    if (!tenant || !tenants::is_open(tenant->status) || !provider || !provider->is_enabled)
        throw Fault(errors::provider_unknown, "No single sign-on is set up for this.");
    return {std::move(*provider), client_secret_of(snapshot, secrets, id), tenant->name};
}

constexpr web::Endpoint begin_endpoint{
    .name = "begin_single_sign_on",
    .method = web::Method::post,
    .path = "/api/v1/auth/single-sign-on",
    .summary = "Begin to sign in by an organization's identity provider",
    .permission = web::public_access,
};

BegunSignOn begin(identity::Needs const& needs, Providers& providers, Call const& call, Database& database,
                  Begin const& input) {
    if (input.email.has_value() == input.organization.has_value())
        throw Fault(errors::invalid_input, "The input is not valid.",
                    std::vector<Problem>{{"", "must have either email or organization"}});
    std::string const where = input.email ? domain_of(*input.email) : lower_ascii(*input.organization);
    identity::throttle(needs, call, sign_ons, where);
    auto const destination = database.read(system_scope("whose single sign-on this is"), [&](Snapshot& snapshot) {
        return input.email ? find_by_domain(snapshot, where) : find_by_slug(snapshot, where);
    });
    if (!destination) throw Fault(errors::provider_unknown, "No single sign-on is set up for this.");
    auto const to = database.read(destination->tenant, [&](Snapshot& snapshot) {
        return known(snapshot, needs.secrets, destination->provider_id);
    });
    Metadata const metadata = metadata_of(providers, to.provider.issuer);
    std::string token = database.write(system_scope("a single sign-on begins"),
                                       [&](Transaction& tx) { return begin_sign_in(tx, *destination); });
    auto url = authorization_url(metadata, to.provider.client_id, redirect_uri(needs), begun_by(token));
    return {std::move(url), to.organization, to.provider.name, {std::move(token)}};
}

constexpr web::Endpoint finish_endpoint{
    .name = "finish_single_sign_on",
    .method = web::Method::post,
    .path = "/api/v1/auth/single-sign-on/finish",
    .summary = "Hand in what the identity provider sent back; sets the session's cookie",
    .permission = web::public_access,
};

// What the browser brought is of this provider and no refusal.
void check_answer(Metadata const& metadata, Finish const& input) {
    if (metadata.says_issuer ? input.iss != metadata.issuer : input.iss && *input.iss != metadata.issuer)
        refuse_token("the answer is another issuer's");
    if (input.error || !input.code)
        throw Fault(errors::provider_refused, "The organization's sign-in service did not let you in.",
                    "the provider refused");
}

Statement statement_of(identity::Needs const& needs, Providers& providers, Known const& from, Finish const& input) {
    Begun const begun = begun_by(input.transaction);
    Metadata const metadata = metadata_of(providers, from.provider.issuer);
    check_answer(metadata, input);
    auto const text = exchange(
        providers, metadata,
        token_request(metadata, from.provider.client_id, from.client_secret, redirect_uri(needs), *input.code, begun));
    if (!text) refuse_token("the code was refused");
    auto const header = jwt::read_header(*text, algorithms);
    if (auto const* const refusal = std::get_if<jwt::Refusal>(&header)) refuse_token(jwt::name_of(*refusal));
    auto const key = key_of(providers, metadata, std::get<jwt::Header>(header));
    if (!key) refuse_token(jwt::name_of(jwt::Refusal::key));
    auto const read = jwt::verify(*text, *key,
                                  {.algorithms = algorithms,
                                   .types = token_types,
                                   .issuer = metadata.issuer,
                                   .audience = from.provider.client_id,
                                   .now = needs.clock.now(),
                                   .leeway = jwt::clock_leeway,
                                   .age_max = token_age_max});
    if (auto const* const refusal = std::get_if<jwt::Refusal>(&read)) refuse_token(jwt::name_of(*refusal));
    auto statement = read_statement(std::get<jwt::Token>(read), from.provider, begun.nonce);
    if (!statement) refuse_token("nonce, authorized party or subject");
    return std::move(*statement);
}

void note_refused(Database& database, Call const& call, Destination const& destination, Fault const& fault) {
    std::string reason = std::string(fault.code().name) + ": " + fault.internal_text();
    reason.resize(std::min(reason.size(), reason_bytes_max));
    database.write(system_scope("a single sign-on that was refused"), [&](Transaction& tx) {
        audit::write(
            tx, destination.tenant,
            {{}, std::string(finish_endpoint.name), destination.provider_id.to_string(), fault.code().status, reason},
            &call);
    });
}

struct CameIn {
    identity::User user;
    identity::NewSession session;
};

// The password was not said: what asks for a fresh sign-in of an account that has one is not for providers to open.
CameIn come_in(Transaction& tx, Call const& call, Provider const& provider, Statement const& statement) {
    auto const user = person_of_statement(tx, provider, statement);
    Instant const authenticated_at = identity::has_password(tx, user) ? Instant{} : tx.now();
    auto session =
        identity::create_session(tx, user, call, {authenticated_at, identity::SessionKind::browser, tx.tenant()});
    audit::write(
        tx, tx.tenant(),
        {user.to_string(), std::string(finish_endpoint.name), provider.id.to_string(), finish_endpoint.success}, &call);
    return {identity::find_user(tx, user).value(), std::move(session)};
}

web::Content finish(identity::Needs const& needs, Providers& providers, Call const& call, Database& database,
                    Finish const& input) {
    identity::throttle(needs, call, sign_ons, "finish:" + to_hex(sha256(input.transaction)));
    auto const destination = database.write(system_scope("a single sign-on ends"),
                                            [&](Transaction& tx) { return spend_sign_in(tx, input.transaction); });
    if (!destination || !equals_in_constant_time(input.state, begun_by(input.transaction).state))
        throw Fault(errors::sign_in_lost, "Begin again: the sign-in was begun somewhere else, or too long ago.");
    try {
        auto const from = database.read(destination->tenant, [&](Snapshot& snapshot) {
            return known(snapshot, needs.secrets, destination->provider_id);
        });
        Statement const statement = statement_of(needs, providers, from, input);
        auto came = database.write(destination->tenant, [&](Transaction& tx) {
            return come_in(tx, call, known(tx, needs.secrets, destination->provider_id).provider, statement);
        });
        return identity::signed_in(needs, database, std::move(came.user), came.session);
    } catch (Fault const& fault) {
        note_refused(database, call, *destination, fault);
        throw;
    }
}

}  // namespace

void add_sign_on_routes(web::Routes& routes, identity::Needs const& needs, Providers& providers) {
    routes.add(begin_endpoint, [needs, &providers](Call const& call, Database& database, Begin input) {
        return begin(needs, providers, call, database, input);
    });
    routes.add(finish_endpoint, [needs, &providers](Call const& call, Database& database, Finish input) {
        return finish(needs, providers, call, database, input);
    });
}

void add_routes(web::Routes& routes, identity::Needs const& needs, Providers& providers) {
    add_provider_routes(routes, needs.secrets, needs_tls(providers));
    add_sign_on_routes(routes, needs, providers);
    routes.declare({&errors::provider_unknown, &errors::provider_failed, &errors::provider_refused,
                    &errors::sign_in_lost, &errors::provider_token_refused, &errors::account_not_linked});
}

}  // namespace mainstay::single_sign_on
