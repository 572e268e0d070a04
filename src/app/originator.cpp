#include "app/originator.hpp"

#include "platform/identity/identity.hpp"
#include "platform/keys/keys.hpp"

namespace mainstay::app {

bool may_still(Snapshot& snapshot, std::string_view originator, std::string_view permission) {
    if (originator.empty()) return true;
    if (auto const user = tenants::UserId::parse(originator)) {
        auto const role = tenants::role_of(snapshot, *user);
        return role && identity::is_active(snapshot, *user) && identity::permissions_of(*role)->allow(permission);
    }
    auto const key = keys::KeyId::parse(originator);
    return key && identity::permissions_of_scopes(keys::scopes_of(snapshot, *key))->allow(permission);
}

}  // namespace mainstay::app
