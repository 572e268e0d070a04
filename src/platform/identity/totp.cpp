#include "platform/identity/totp.hpp"

#include "base/hash.hpp"
#include "base/random.hpp"
#include "base/text.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstdio>
#include <vector>

namespace mainstay::identity {
namespace {

constexpr std::int64_t codes = 1'000'000;  // of six digits
constexpr std::string_view base32_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
constexpr std::string_view recovery_digits = "abcdefghjkmnpqrstuvwxyz23456789";  // none that is read as another
constexpr std::size_t recovery_half = 5;

std::string random_text(std::size_t bytes) {
    std::vector<unsigned char> random(bytes);
    random_bytes(random);
    return {random.begin(), random.end()};
}

}  // namespace

std::string new_totp_seed() {
    return random_text(totp_seed_bytes);
}

// RFC 4226 section 5.3.
std::string totp_code(std::string_view seed, std::int64_t step) {
    std::array<unsigned char, 8> counter{};
    for (std::size_t i = 0; i < counter.size(); ++i)
        counter[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (56 - 8 * i));
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned size = 0;
    HMAC(EVP_sha1(), seed.data(), static_cast<int>(seed.size()), counter.data(), counter.size(), mac.data(), &size);
    std::size_t const offset = mac[size - 1] & 15u;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | mac[offset + i];
    std::array<char, 7> text{};
    std::snprintf(text.data(), text.size(), "%06d", static_cast<int>((value & 0x7FFFFFFF) % codes));
    return text.data();
}

std::int64_t totp_step_of(Instant now) {
    return now.us / totp_step.us;
}

std::optional<std::int64_t> match_totp(std::string_view seed, std::string_view code, Instant now,
                                       std::int64_t last_used) {
    std::int64_t const about = totp_step_of(now);
    std::optional<std::int64_t> found;
    for (std::int64_t step = about - totp_steps_off; step <= about + totp_steps_off; ++step)
        if (equals_in_constant_time(totp_code(seed, step), code) && step > last_used && !found) found = step;
    return found;
}

std::string to_base32(std::string_view bytes) {
    std::string out;
    unsigned buffer = 0;
    int bits = 0;
    for (char const c : bytes) {
        buffer = (buffer << 8 | static_cast<unsigned char>(c)) & 0xFFFF;
        for (bits += 8; bits >= 5; bits -= 5) out += base32_digits[buffer >> (bits - 5) & 31];
    }
    if (bits > 0) out += base32_digits[buffer << (5 - bits) & 31];
    return out;
}

std::string totp_uri(std::string_view seed, std::string_view issuer, std::string_view account) {
    std::string const by = percent_encode(issuer);
    return "otpauth://totp/" + by + ':' + percent_encode(account) + "?secret=" + to_base32(seed) + "&issuer=" + by +
           "&algorithm=SHA1&digits=6&period=30";
}

std::string new_recovery_code() {
    std::string code;
    for (char const c : random_text(2 * recovery_half)) {
        if (code.size() == recovery_half) code += '-';
        code += recovery_digits[static_cast<unsigned char>(c) % recovery_digits.size()];
    }
    return code;
}

std::string normal_recovery_code(std::string_view typed) {
    std::string normal;
    for (char const c : lower_ascii(typed))
        if (c != '-' && c != ' ') normal += c;
    return normal;
}

}  // namespace mainstay::identity
