// What the API says about tokens: a refresh token is used once, for the next access token and the next refresh token
// (RFC 9700 section 4.14.2).
#include "platform/identity/access_tokens.hpp"
#include "platform/identity/identity_routes.hpp"

namespace mainstay::identity {
namespace {

using fields::field;
using fields::length;

constexpr Throttle refreshes{"refresh",
                             {"refreshes of a session", 30, minutes(1)},
                             {"refreshes from an address", 600, minutes(1)},
                             {"refreshes", 6'000, minutes(1)}};

struct Refresh {
    std::string refresh_token;
};
fields::Table const& table_of(Refresh const*) {
    static fields::Table const table{
        "Refresh", {field("refresh_token", &Refresh::refresh_token, "The last that was given.", length(1, 200))}};
    return table;
}

constexpr web::Endpoint refresh_endpoint{
    .name = "refresh_session",
    .method = web::Method::post,
    .path = "/api/v1/auth/refresh",
    .summary = "The next access token and refresh token; a refresh token that was used before ends the session",
    .permission = web::public_access,
};

TokenPair refresh(Needs const& needs, Call const& call, Database& database, Refresh const& input) {
    // By the part that stays the same, and not in clear: limits are kept in places of others.
    throttle(needs, call, refreshes, hash_of_token(input.refresh_token.substr(0, input.refresh_token.find('.'))));
    auto const refreshed = database.write(system_scope("a session's next tokens"), [&](Transaction& tx) {
        auto spent = spend_refresh_token(tx, input.refresh_token);
        if (spent && !spent->next)
            note_sign_in(tx, call, spent->user,
                         {spent->user.to_string(),
                          std::string(refresh_endpoint.name),
                          {},
                          errors::refresh_refused.status,
                          std::string(errors::refresh_refused.name)});
        return spent;
    });
    if (!refreshed || !refreshed->next) throw Fault(errors::refresh_refused, "The refresh token is not valid.");
    return token_pair(needs, database, refreshed->user, *refreshed->next);
}

}  // namespace

fields::Table const& table_of(TokenPair const*) {
    static fields::Table const table{
        "TokenPair",
        {field("access_token", &TokenPair::access_token, "Sent as `Authorization: Bearer ...`."),
         field("token_type", &TokenPair::token_type, "Bearer"),
         field("expires_in", &TokenPair::expires_in, "Seconds that the access token lasts."),
         field("refresh_token", &TokenPair::refresh_token, "For POST /api/v1/auth/refresh, once.")}};
    return table;
}

TokenPair token_pair(Needs const& needs, Database& database, UserId user, NewSession const& session) {
    TokenPair pair;
    pair.access_token.text = make_access_token(needs, database, user, session.id);
    pair.refresh_token.text = session.token;
    return pair;
}

void add_token_routes(web::Routes& routes, Needs const& needs) {
    routes.add(refresh_endpoint, [needs](Call const& call, Database& database, Refresh input) {
        return refresh(needs, call, database, input);
    });
}

}  // namespace mainstay::identity
