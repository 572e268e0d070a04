#include "platform/identity/totp.hpp"

#include <gtest/gtest.h>

#include <set>

namespace mainstay::identity {
namespace {

constexpr std::string_view rfc_seed = "12345678901234567890";

Instant at(std::int64_t unix_s) {
    return Instant{unix_s * 1'000'000};
}

// RFC 6238 appendix B, of eight digits the last six.
TEST(Totp, CodesAreThoseOfTheStandard) {
    for (auto const& [unix_s, code] : {std::pair(59L, "287082"), std::pair(1'111'111'109L, "081804"),
                                       std::pair(1'111'111'111L, "050471"), std::pair(1'234'567'890L, "005924"),
                                       std::pair(2'000'000'000L, "279037"), std::pair(20'000'000'000L, "353130")})
        EXPECT_EQ(totp_code(rfc_seed, totp_step_of(at(unix_s))), code) << unix_s;
}

TEST(Totp, ACodeHoldsAStepBeforeAndAfterItsTimeAndNoLonger) {
    std::int64_t const step = totp_step_of(at(1'111'111'109));
    std::string const code = totp_code(rfc_seed, step);
    for (std::int64_t off = -3; off <= 3; ++off)
        EXPECT_EQ(match_totp(rfc_seed, code, at((step + off) * 30), 0).has_value(), std::abs(off) <= 1) << off;
}

TEST(Totp, ACodeWorksOnceAndNoneBeforeIt) {
    Instant const now = at(1'111'111'109);
    std::int64_t const step = totp_step_of(now);
    EXPECT_EQ(match_totp(rfc_seed, totp_code(rfc_seed, step), now, 0), step);
    EXPECT_FALSE(match_totp(rfc_seed, totp_code(rfc_seed, step), now, step));
    EXPECT_FALSE(match_totp(rfc_seed, totp_code(rfc_seed, step - 1), now, step));
    EXPECT_EQ(match_totp(rfc_seed, totp_code(rfc_seed, step + 1), now, step), step + 1);
}

TEST(Totp, WhatIsNoCodeMatchesNothing) {
    for (auto const* wrong : {"", "0", "00000", "0000000", "abcdef", "28708\xC3\xA4"})
        EXPECT_FALSE(match_totp(rfc_seed, wrong, at(59), 0)) << wrong;
}

// RFC 4648 section 10, without padding.
TEST(Totp, SeedsAreShownInBase32) {
    for (auto const& [bytes, text] :
         {std::pair("", ""), std::pair("f", "MY"), std::pair("fo", "MZXQ"), std::pair("foo", "MZXW6"),
          std::pair("foob", "MZXW6YQ"), std::pair("fooba", "MZXW6YTB"), std::pair("foobar", "MZXW6YTBOI")})
        EXPECT_EQ(to_base32(bytes), text);
    EXPECT_EQ(totp_uri(rfc_seed, "My Firm", "ada@example.com"),
              "otpauth://totp/My%20Firm:ada%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=My%20Firm"
              "&algorithm=SHA1&digits=6&period=30");
}

TEST(Totp, RecoveryCodesAreReadHoweverTheyAreTyped) {
    std::set<std::string> codes;
    for (int i = 0; i < 1'000; ++i) codes.insert(new_recovery_code());
    EXPECT_EQ(codes.size(), 1'000u);
    std::string const code = *codes.begin();
    ASSERT_EQ(code.size(), 11u);
    std::string shouted = code;
    for (char& c : shouted) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    EXPECT_EQ(normal_recovery_code(shouted), normal_recovery_code(code));
    EXPECT_EQ(normal_recovery_code(' ' + code.substr(0, 5) + "  " + code.substr(6)), normal_recovery_code(code));
}

}  // namespace
}  // namespace mainstay::identity
