// On whose behalf a unit of work runs. Included by storage.hpp.
#pragma once
#include "base/id.hpp"

#include <string>
#include <string_view>

namespace mainstay {

// Whose rows a unit of work may touch, and who caused it.
class Scope {
public:
    Scope(TenantId tenant);  // NOLINT(google-explicit-constructor): a tenant is a scope
    Scope(TenantId tenant, std::string actor);
    bool is_system() const { return system_; }
    TenantId tenant() const { return tenant_; }
    std::string const& actor() const { return actor_; }  // usr_… or key_…; empty: the program itself
    std::string_view reason() const { return reason_; }

private:
    friend Scope system_scope(std::string_view);
    friend Scope installation_scope(std::string_view, std::string);
    Scope() = default;
    TenantId tenant_;
    std::string actor_;
    std::string_view reason_;
    bool system_ = false;
};

// Work across tenants. The reason is a literal that ends up in the log; tools/tidy.py lists the callers. A statement
// in this scope names tables behind FROM, JOIN, INTO and UPDATE only (no comma joins).
Scope system_scope(std::string_view reason);

// Owns what belongs to no tenant but to whoever runs the installation: what its operators did, and their idempotency
// keys. There is no tenant of this id.
inline constexpr TenantId installation_tenant{{0, 0, 0, 0, 0, 0, 0x70, 0, 0x80, 0, 0, 0, 0, 0, 0, 1}};

// System scope in which :tenant is the installation's own, for what an operator does.
Scope installation_scope(std::string_view reason, std::string actor);

}  // namespace mainstay
