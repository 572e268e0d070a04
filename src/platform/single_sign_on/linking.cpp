// Which account a provider's statement is about. A subject is the identity (Core section 5.7); an address says whose it
// is only where the provider confirmed it, is set up for its domain, and the account is a plain member's of the tenant.
#include "platform/organizations/organizations.hpp"
#include "platform/single_sign_on/sign_on_routes.hpp"

namespace mainstay::single_sign_on {
namespace {

using tenants::UserId;

[[noreturn]] void refuse(std::string why) {
    throw Fault(errors::account_not_linked, why, why);
}

tenants::Member active_member(Snapshot& snapshot, UserId user) {
    auto const member = tenants::find_member(snapshot, user);
    if (!member) refuse("Your account is no member of the organization.");
    if (!member->is_active) refuse("Your account is not active in the organization.");
    return *member;
}

// Whoever could have the provider say an address must not come into another's account by it.
UserId linked(Transaction& tx, identity::User const& account) {
    auto const member = active_member(tx, account.id);
    if (member.role == tenants::Role::owner || account.is_operator)
        refuse("An owner's account is not opened by single sign-on; sign in with its password.");
    if (!account.email_verified_at)
        refuse("The account of this address has not confirmed it; sign in with its password and confirm it first.");
    return account.id;
}

UserId created(Transaction& tx, Provider const& provider, Statement const& statement) {
    if (!provider.creates_accounts) refuse("You have no account here; ask for an invitation.");
    organizations::need_room(tx, tx.tenant(), false);
    auto const user = identity::create_user(tx, {*statement.email, statement.name, {}});
    tenants::add_member(tx, tx.tenant(), user.id, role_of(provider, statement), provider.id.to_string());
    return user.id;
}

UserId named_first(Transaction& tx, Provider const& provider, Statement const& statement) {
    if (!statement.email || !statement.is_email_verified) refuse("Your address is not confirmed there.");
    if (!is_of_domains(provider, *statement.email)) refuse("Your address is not of the organization's domains.");
    auto const account = identity::find_user_by_email(tx, *statement.email);
    UserId const user = account ? linked(tx, *account) : created(tx, provider, statement);
    link_person(tx, provider.issuer, statement.subject, user);
    return user;
}

}  // namespace

UserId person_of_statement(Transaction& tx, Provider const& provider, Statement const& statement) {
    auto const known = find_person(tx, provider.issuer, statement.subject);
    UserId const user = known ? *known : named_first(tx, provider, statement);
    auto const member = active_member(tx, user);
    tenants::Role const role = role_of(provider, statement);
    bool const is_kept_by_hand = !provider.role_claim || member.role == tenants::Role::owner;
    if (!is_kept_by_hand && member.role != role) tenants::set_role(tx, member, role);
    return user;
}

}  // namespace mainstay::single_sign_on
