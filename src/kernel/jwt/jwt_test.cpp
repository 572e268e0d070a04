#include "kernel/jwt/jwt.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

#include <gtest/gtest.h>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

namespace mainstay::jwt {
namespace {

constexpr Instant now{1'800'000'000'000'000};
constexpr Algorithm es256_alone[]{Algorithm::es256}, both[]{Algorithm::es256, Algorithm::rs256};
constexpr std::string_view at_jwt[]{"at+jwt"}, id_token[]{"", "jwt"};

// RFC 7515 appendix A.2 and A.3: the same message.
constexpr char const* rfc_claims =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
constexpr char const* rfc_es256_header = "eyJhbGciOiJFUzI1NiJ9";
constexpr char const* rfc_es256_signature =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
constexpr char const* rfc_rs256_header = "eyJhbGciOiJSUzI1NiJ9";
constexpr char const* rfc_rs256_signature =
    "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1"
    "dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDw"
    "usC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77"
    "Rw";
constexpr char const* rfc_keys = R"({"keys":[
    {"kty":"EC","crv":"P-256","kid":"e","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
     "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},
    {"kty":"RSA","kid":"r","use":"sig","alg":"RS256","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"}]})";

std::string bytes(std::string_view base64url) {
    auto const decoded = from_base64url(base64url).value();
    return {decoded.begin(), decoded.end()};
}

std::string encoded(std::string_view text) {
    return to_base64url({reinterpret_cast<unsigned char const*>(text.data()), text.size()});
}

// Of a key that is well made, but for its size.
std::string modulus(int bits) {
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> const key(EVP_RSA_gen(static_cast<unsigned>(bits)),
                                                                  &EVP_PKEY_free);
    BIGNUM* n = nullptr;
    EXPECT_EQ(EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_RSA_N, &n), 1);
    std::unique_ptr<BIGNUM, decltype(&BN_free)> const owner(n, &BN_free);
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(n)), '\0');
    BN_bn2bin(n, reinterpret_cast<unsigned char*>(bytes.data()));
    return bytes;
}

std::vector<NamedKey> keys_of(std::string_view text) {
    json::Document document;
    EXPECT_FALSE(document.parse(text));
    return read_key_set(document.root());
}

struct JwtTest : ::testing::Test {
    PrivateKey const key = PrivateKey::make();
    PublicKey const public_key = PublicKey::of_der(key.public_der()).value();

    std::string token(std::string const& claims, std::string_view type = "at+jwt") const {
        return make_token(key, type, "k", claims);
    }
    // With a header of one's own choice, rightly signed.
    std::string token_under(std::string const& header, std::string const& claims = good) const {
        std::string const text = encoded(header) + '.' + encoded(claims);
        return text + '.' + encoded(key.sign(text));
    }
    std::string outcome(std::string_view text, std::span<std::string_view const> types = at_jwt,
                        Duration leeway = {}) const {
        auto const read = verify(text, public_key,
                                 {.algorithms = es256_alone,
                                  .types = types,
                                  .issuer = "https://us.example",
                                  .audience = "api",
                                  .now = now,
                                  .leeway = leeway,
                                  .age_max = minutes(10)});
        auto const* const refusal = std::get_if<Refusal>(&read);
        return refusal != nullptr ? std::string(name_of(*refusal)) : std::string(std::get<Token>(read).text("sub"));
    }

    static constexpr char const* good =
        R"({"iss":"https://us.example","aud":"api","sub":"ada","iat":1800000000,"exp":1800000600})";
};

TEST_F(JwtTest, TheSignaturesOfTheSpecificationAreVerifiedAndAlteredOnesAreNot) {
    auto const keys = keys_of(rfc_keys);
    ASSERT_EQ(keys.size(), 2u);
    auto const es256 = std::string(rfc_es256_header) + '.' + rfc_claims;
    auto const rs256 = std::string(rfc_rs256_header) + '.' + rfc_claims;
    EXPECT_TRUE(keys[0].key.verifies(es256, bytes(rfc_es256_signature)));
    EXPECT_TRUE(keys[1].key.verifies(rs256, bytes(rfc_rs256_signature)));
    EXPECT_FALSE(keys[0].key.verifies(es256 + 'x', bytes(rfc_es256_signature)));
    EXPECT_FALSE(keys[1].key.verifies(rs256 + 'x', bytes(rfc_rs256_signature)));
    for (std::string const& none :
         {std::string(), std::string(64, '\0'), std::string(63, 'a'), std::string(256, 'a')}) {
        EXPECT_FALSE(keys[0].key.verifies(es256, none));
        EXPECT_FALSE(keys[1].key.verifies(rs256, none));
    }
}

TEST_F(JwtTest, WhatWeSignVerifiesWithTheKeyThatWasKept) {
    EXPECT_EQ(outcome(token(good)), "ada");
    auto const kept = PrivateKey::of_der(key.der());
    ASSERT_TRUE(kept);
    EXPECT_EQ(outcome(make_token(*kept, "at+jwt", "k", good)), "ada");
    EXPECT_EQ(outcome(make_token(PrivateKey::make(), "at+jwt", "k", good)), "signature");
    auto const header = read_header(token(good), es256_alone);
    EXPECT_EQ(std::get<Header>(header).key_id, "k");
}

TEST_F(JwtTest, TheTokenHasNoSayInItsAlgorithmOrItsKey) {
    EXPECT_EQ(outcome(encoded(R"({"alg":"none","typ":"at+jwt"})") + '.' + encoded(good) + '.'), "algorithm");
    for (char const* name : {"none", "None", "HS256", "ES384", "RS512", "PS256", "EdDSA", ""})
        EXPECT_EQ(outcome(token_under(std::string(R"({"typ":"at+jwt","alg":")") + name + "\"}")), "algorithm") << name;
    // The public key as a shared secret.
    std::string const forged = encoded(R"({"alg":"HS256","typ":"at+jwt","kid":"k"})") + '.' + encoded(good);
    EXPECT_EQ(outcome(forged + '.' + to_base64url(hmac_sha256(key.public_der(), forged))), "algorithm");
    EXPECT_EQ(outcome(token_under(R"({"alg":"RS256","typ":"at+jwt"})")), "algorithm");
    for (char const* name : {"jku", "jwk", "x5u", "crit"})
        EXPECT_EQ(outcome(token_under(std::string(R"({"alg":"ES256","typ":"at+jwt",")") + name + R"(":["exp"]})")),
                  "header")
            << name;
    // A caller who takes both algorithms has one key of each.
    auto const read = verify(token_under(R"({"alg":"RS256","typ":"at+jwt"})"), public_key,
                             {.algorithms = both,
                              .types = at_jwt,
                              .issuer = "https://us.example",
                              .audience = "api",
                              .now = now,
                              .age_max = minutes(10)});
    EXPECT_EQ(std::get<Refusal>(read), Refusal::key);
}

TEST_F(JwtTest, ATokenOfOneTypeIsNotTakenForAnother) {
    EXPECT_EQ(outcome(token(good, "JWT")), "type");
    EXPECT_EQ(outcome(token_under(R"({"alg":"ES256"})")), "type");
    EXPECT_EQ(outcome(token(good, "JWT"), id_token), "ada");
    EXPECT_EQ(outcome(token_under(R"({"alg":"ES256"})"), id_token), "ada");
    EXPECT_EQ(outcome(token(good), id_token), "type");
}

TEST_F(JwtTest, IssuerAudienceAndTimesAreHeld) {
    auto const with = [](std::string const& rest) {
        return R"({"iss":"https://us.example","sub":"ada",)" + rest + '}';
    };
    std::string const times = R"("iat":1800000000,"exp":1800000600)";
    EXPECT_EQ(outcome(token(R"({"iss":"https://us.example/","aud":"api",)" + times + '}')), "issuer");
    EXPECT_EQ(outcome(token(with(times))), "audience");
    EXPECT_EQ(outcome(token(with(R"("aud":"other",)" + times))), "audience");
    EXPECT_EQ(outcome(token(with(R"("aud":["other"],)" + times))), "audience");
    EXPECT_EQ(outcome(token(with(R"("aud":{"api":"api"},)" + times))), "audience");
    EXPECT_EQ(outcome(token(with(R"("aud":["other","api"],)" + times))), "ada");
    std::string const aud = R"("aud":"api",)";
    EXPECT_EQ(outcome(token(with(aud + R"("iat":1800000000)"))), "malformed");
    EXPECT_EQ(outcome(token(with(aud + R"("exp":1800000600)"))), "malformed");
    EXPECT_EQ(outcome(token(with(aud + R"("iat":1799999900,"exp":1800000000)"))), "expired");
    EXPECT_EQ(outcome(token(with(aud + R"("iat":1799999900,"exp":1800000000.9)"))), "expired");
    EXPECT_EQ(outcome(token(with(aud + R"("iat":1799999900,"exp":1800000001)"))), "ada");
    EXPECT_EQ(outcome(token(with(aud + R"("iat":1799999400,"exp":1800009999)"))), "expired") << "older than it may be";
    EXPECT_EQ(outcome(token(with(aud + R"("iat":1800000001,"exp":1800000600)"))), "not_yet");
    EXPECT_EQ(outcome(token(with(aud + times + R"(,"nbf":1800000001)"))), "not_yet");
    for (char const* odd : {R"("1800000600")", "null", "-1", "1e300", "true", "[1800000600]"})
        EXPECT_EQ(outcome(token(with(aud + R"("iat":1800000000,"exp":)" + odd))), "malformed") << odd;
    EXPECT_EQ(outcome(token(with(aud + R"("iat":1800000001,"exp":1800000600)")), at_jwt, seconds(1)), "ada");
    EXPECT_EQ(outcome(token(with(aud + R"("iat":1799999900,"exp":1800000000)")), at_jwt, seconds(1)), "ada");
}

TEST_F(JwtTest, WhatIsNoTokenIsRefusedWhole) {
    std::string const fine = token(good);
    for (std::string const& odd :
         {std::string(), std::string("."), std::string(".."), std::string("a.b.c"), fine + '.', fine + "=", '.' + fine,
          fine.substr(1), fine + ".e30", std::string(token_bytes_max + 1, 'a'), fine.substr(0, fine.rfind('.') + 1),
          fine.substr(0, fine.size() - 2)}) {
        auto const seen = outcome(odd);
        EXPECT_TRUE(seen == "malformed" || seen == "signature") << seen << ' ' << odd.substr(0, 40);
    }
    EXPECT_EQ(outcome(token_under(R"({"alg":"ES256","alg":"none","typ":"at+jwt"})")), "malformed") << "named twice";
    EXPECT_EQ(outcome(token_under(R"(["ES256"])")), "malformed");
    EXPECT_EQ(outcome(token("[]")), "malformed");
    EXPECT_EQ(outcome(token("no JSON")), "malformed");
    // Each character of it counts.
    for (std::size_t i = 0; i < fine.size(); ++i) {
        std::string altered = fine;
        altered[i] = altered[i] == 'A' ? 'B' : 'A';
        EXPECT_NE(outcome(altered), "ada") << i;
    }
}

TEST_F(JwtTest, KeysThatAreWeakOrForSomethingElseAreNotRead) {
    EXPECT_TRUE(keys_of("{}").empty());
    EXPECT_TRUE(keys_of(R"({"keys":{"kty":"EC"}})").empty());
    EXPECT_TRUE(keys_of(R"({"keys":[1,null,[],{"kty":"oct","k":"c2VjcmV0"},{"kty":"EC","crv":"P-256"}]})").empty());
    std::string const x = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
                      y = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
    auto const ec = [](std::string const& members) { return R"({"keys":[{"kty":"EC",)" + members + "}]}"; };
    EXPECT_EQ(keys_of(ec(R"("crv":"P-256","x":")" + x + R"(","y":")" + y + '"')).size(), 1u);
    EXPECT_TRUE(keys_of(ec(R"("crv":"P-256","x":")" + x + R"(","y":")" + x + '"')).empty()) << "no point of the curve";
    EXPECT_TRUE(keys_of(ec(R"("crv":"P-384","x":")" + x + R"(","y":")" + y + '"')).empty());
    EXPECT_TRUE(keys_of(ec(R"("crv":"P-256","use":"enc","x":")" + x + R"(","y":")" + y + '"')).empty());
    EXPECT_TRUE(keys_of(ec(R"("crv":"P-256","alg":"ES512","x":")" + x + R"(","y":")" + y + '"')).empty());
    auto const rsa = [](std::string const& n, std::string const& e) {
        return keys_of(R"({"keys":[{"kty":"RSA","n":")" + encoded(n) + R"(","e":")" + encoded(e) + "\"}]}").size();
    };
    std::string const usual("\1\0\1", 3), n = modulus(rsa_bits_min);
    EXPECT_EQ(rsa(n, usual), 1u);
    EXPECT_EQ(rsa(modulus(rsa_bits_min / 2), usual), 0u);
    EXPECT_EQ(rsa(n + std::string(1'024, '\1'), usual), 0u);
    EXPECT_EQ(rsa(n, "\3"), 0u);
    EXPECT_EQ(rsa(n, std::string("\1\0\2", 3)), 0u);
    EXPECT_EQ(rsa(n, std::string(9, '\1')), 0u);
    std::string many = R"({"keys":[)";
    for (int i = 0; i < 70; ++i)
        many += (i > 0 ? "," : "") + std::string(R"({"kty":"EC","crv":"P-256","x":")") + x + R"(","y":")" + y + "\"}";
    EXPECT_EQ(keys_of(many + "]}").size(), keys_max);
}

}  // namespace
}  // namespace mainstay::jwt
