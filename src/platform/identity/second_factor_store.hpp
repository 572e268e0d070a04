// All that is kept of second factors. In the scope of the installation, as seeds are sealed there. Within identity
// alone.
#pragma once
#include "kernel/secrets/secrets.hpp"
#include "platform/identity/identity_store.hpp"

namespace mainstay::identity {

struct SecondFactor {
    std::optional<Instant> confirmed_at;  // in force since then
    std::int64_t recovery_codes_left = 0;
};
fields::Table const& table_of(SecondFactor const*);

// Nothing when none was begun.
std::optional<SecondFactor> find_second_factor(Snapshot&, UserId);

// Takes the place of one that is not in force yet. False where one is.
bool begin_second_factor(Transaction&, secrets::Secrets const&, UserId, std::string const& seed);
// Whether the code is right, of the one in force or, `is_new`, of the one that was begun, which it puts in force. A
// right code is used up by that.
bool spend_totp_code(Transaction&, secrets::Secrets const&, UserId, std::string_view code, bool is_new);
void remove_second_factor(Transaction&, UserId);  // with its recovery codes

// Shown once; those before them no longer work.
std::vector<std::string> make_recovery_codes(Transaction&, UserId);
bool spend_recovery_code(Transaction&, UserId, std::string_view typed);

}  // namespace mainstay::identity
