// The closed list of permissions, and the roles as sets of them.
#include "platform/identity/identity.hpp"

#include <algorithm>
#include <array>

namespace mainstay::identity {
namespace {

constexpr std::array<std::string_view, 33> permissions{
    "audit.read",
    "entitlements.read",
    "identity_providers.read",
    "identity_providers.write",
    "jobs.read",
    "jobs.write",
    "keys.read",
    "keys.verify",
    "keys.write",
    "me.read",
    "members.read",
    "members.write",
    "meters.write",
    "metrics.read",
    "migrations.read",
    "migrations.write",
    "runs.answer",
    "runs.read",
    "runs.write",
    "schedules.read",
    "schedules.write",
    "support_access.read",
    "support_access.write",
    "system.read",
    "system.write",
    "tenants.create",
    "tenants.own",
    "tenants.read",
    "tenants.write",
    "uploads.write",
    "usage.read",
    "usage.write",
    "users.impersonate",
};

constexpr std::array<std::string_view, 5> operator_only{"metrics.read", "system.read", "system.write", "tenants.create",
                                                        "users.impersonate"};

// Of owners alone: whoever has it can give the tenant away or delete it.
constexpr std::string_view of_owners = "tenants.own";

template <class Wanted>
std::shared_ptr<Permissions const> collect(Wanted wanted) {
    std::vector<std::string> names;
    for (auto const permission : permissions)
        if (wanted(permission)) names.emplace_back(permission);
    return std::make_shared<Permissions const>(std::move(names));
}

template <class Wanted>
std::shared_ptr<Permissions const> collect_of_tenant(Wanted wanted) {
    return collect(
        [&](std::string_view permission) { return !is_operator_permission(permission) && wanted(permission); });
}

bool is_one_of(std::string_view permission, std::initializer_list<std::string_view> names) {
    return std::find(names.begin(), names.end(), permission) != names.end();
}

bool scope_covers(std::string_view scope, std::string_view permission) {
    if (scope == "admin") return permission != of_owners;
    if (scope == "write")
        return permission.ends_with(".read") || permission == "migrations.write" || permission == "uploads.write" ||
               permission == "runs.answer" || permission == "runs.write" || permission == "keys.verify" ||
               permission == "usage.write";
    if (scope == "read") return permission.ends_with(".read");
    return scope == permission;
}

}  // namespace

std::span<std::string_view const> all_permissions() {
    return permissions;
}

bool is_operator_permission(std::string_view name) {
    return std::find(operator_only.begin(), operator_only.end(), name) != operator_only.end();
}

bool is_permission(std::string_view name) {
    return std::find(permissions.begin(), permissions.end(), name) != permissions.end();
}

std::shared_ptr<Permissions const> operator_permissions() {
    static auto const all = collect([](std::string_view) { return true; });
    return all;
}

std::shared_ptr<Permissions const> permissions_of(tenants::Role role) {
    static auto const whole_tenant = collect_of_tenant([](std::string_view) { return true; });
    static auto const administration = collect_of_tenant([](std::string_view p) { return p != of_owners; });
    static auto const billing = collect_of_tenant([](std::string_view p) {
        return is_one_of(
            p, {"me.read", "tenants.read", "entitlements.read", "usage.read", "meters.write", "members.read"});
    });
    static auto const support = collect_of_tenant([](std::string_view p) {
        return is_one_of(p, {"me.read", "tenants.read", "members.read", "migrations.read", "jobs.read", "runs.read",
                             "schedules.read"});
    });
    static auto const user = collect_of_tenant([](std::string_view p) {
        return is_one_of(p, {"me.read", "tenants.read", "migrations.read", "migrations.write", "uploads.write",
                             "jobs.read", "runs.answer", "runs.read", "schedules.read"});
    });
    switch (role) {
        case tenants::Role::owner: return whole_tenant;
        case tenants::Role::org_admin: return administration;
        case tenants::Role::billing_admin: return billing;
        case tenants::Role::support_agent: return support;
        case tenants::Role::user: return user;
    }
    return user;
}

std::shared_ptr<Permissions const> permissions_of(tenants::Membership const& membership) {
    static auto const of_what_goes = collect_of_tenant([](std::string_view p) {
        return is_one_of(p, {"me.read", "tenants.read", of_owners});
    });
    return tenants::is_open(membership.status) ? permissions_of(membership.role) : of_what_goes;
}

bool is_scope(std::string_view name) {
    return is_one_of(name, {"read", "write", "admin"}) || (is_permission(name) && !is_operator_permission(name));
}

std::shared_ptr<Permissions const> permissions_of_scopes(std::vector<std::string> const& scopes) {
    return collect_of_tenant([&](std::string_view permission) {
        return std::any_of(scopes.begin(), scopes.end(),
                           [&](std::string const& scope) { return scope_covers(scope, permission); });
    });
}

}  // namespace mainstay::identity
