// Time-based one-time codes (RFC 6238) as authenticator apps make them: SHA-1, 30 seconds, six digits. Within identity
// alone.
#pragma once
#include "base/time.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace mainstay::identity {

inline constexpr std::size_t totp_seed_bytes = 20;
inline constexpr Duration totp_step = seconds(30);
inline constexpr std::int64_t totp_steps_off = 1;  // that the app's clock may be ahead or behind

std::string new_totp_seed();
std::string totp_code(std::string_view seed, std::int64_t step);
std::int64_t totp_step_of(Instant);

// The step whose code it is, of those about now and behind `last_used`: a code works once.
std::optional<std::int64_t> match_totp(std::string_view seed, std::string_view code, Instant now,
                                       std::int64_t last_used);

std::string to_base32(std::string_view bytes);  // RFC 4648 section 6, no padding: what people type
// What an authenticator app reads from a QR code.
std::string totp_uri(std::string_view seed, std::string_view issuer, std::string_view account);

inline constexpr std::size_t recovery_codes_made = 10;
std::string new_recovery_code();  // "xxxxx-xxxxx": some 49 random bits
// As it is hashed: whatever people make of the letters and dashes.
std::string normal_recovery_code(std::string_view typed);

}  // namespace mainstay::identity
