// Single sign-on: people come in by the OpenID provider of their tenant (OpenID Connect Core 1.0, code flow with PKCE).
// A provider speaks for its own tenant: a session that it began reaches that tenant alone, makes nobody its owner, and
// does not change what only the account's password may change.
#pragma once
#include "kernel/net/net.hpp"
#include "kernel/secrets/secrets.hpp"
#include "kernel/web/web.hpp"
#include "platform/identity/identity.hpp"

#include <memory>
#include <string>

namespace mainstay::single_sign_on {

using ProviderId = Id<"idp">;

inline constexpr std::int64_t providers_max = 5;  // of a tenant
inline constexpr Duration sign_in_kept = minutes(10);
inline constexpr Duration token_age_max = minutes(10);  // of an id_token, since it was issued

// What providers say of themselves, kept in memory.
class Providers {
public:
    static constexpr std::size_t kept_max = 1'000;        // issuers
    static constexpr Duration kept = hours(1);            // then it is asked for again
    static constexpr Duration failed_kept = seconds(10);  // one that failed is left alone for so long
    static constexpr Duration keys_pause = minutes(1);    // between two fetches of keys for a key that is not known
    static constexpr int calls_at_once = 2;               // of the four threads that also check passwords
    static constexpr Duration call_time = seconds(5);
    static constexpr std::uint64_t metadata_bytes = 64u << 10, keys_bytes = 256u << 10, tokens_bytes = 64u << 10;

    // `needs_tls`: addresses of providers must be https, as they must outside of tests.
    Providers(net::Transport&, Clock&, bool needs_tls);
    ~Providers();

    class State;
    State& state() { return *state_; }

private:
    std::unique_ptr<State> state_;
};

void add_routes(web::Routes&, identity::Needs const&, Providers&);
std::span<Migration const> migrations();

}  // namespace mainstay::single_sign_on

namespace mainstay::errors {
inline constexpr ErrorCode provider_unknown{
    "provider_unknown", 404, "No single sign-on is set up for this",
    "Give the short name of the organization, or sign in with a password. An administrator of the organization sets "
    "single sign-on up."};
inline constexpr ErrorCode provider_failed{
    "provider_failed", 502, "The organization's sign-in service did not answer as it should",
    "Try again in a minute. If it stays so, its administrator finds the cause in the audit log."};
inline constexpr ErrorCode provider_refused{"provider_refused", 403,
                                            "The organization's sign-in service did not let you in",
                                            "You may have cancelled, or have no access there. Ask your administrator."};
inline constexpr ErrorCode sign_in_lost{
    "sign_in_lost", 403, "The sign-in was begun somewhere else, or too long ago",
    "Begin again in this browser; a sign-in by single sign-on has ten minutes and works once."};
inline constexpr ErrorCode provider_token_refused{
    "provider_token_refused", 403, "The sign-in service's statement is not valid",
    "Begin again. If it stays so, its administrator finds the cause in the audit log."};
inline constexpr ErrorCode account_not_linked{
    "account_not_linked", 403, "The sign-in service's account belongs to nobody here",
    "`detail` says why: the address is not confirmed there, is not of the organization's domains, or has an account "
    "that is no member, or an owner's, which single sign-on does not take over."};
}  // namespace mainstay::errors
