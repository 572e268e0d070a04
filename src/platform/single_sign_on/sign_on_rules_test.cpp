#include "platform/single_sign_on/sign_on_rules.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

#include <gtest/gtest.h>

namespace mainstay::single_sign_on {
namespace {

constexpr std::string_view issuer = "https://id.example/realms/staff";

std::string metadata(std::string const& changed_name = {}, std::string const& changed = {}) {
    std::string text = "{";
    for (auto const& [name, value] : {std::pair<std::string, std::string>{"issuer", '"' + std::string(issuer) + '"'},
                                      {"authorization_endpoint", R"("https://id.example/auth")"},
                                      {"token_endpoint", R"("https://id.example/token")"},
                                      {"jwks_uri", R"("https://id.example/keys")"}})
        if (name != changed_name) text += '"' + name + "\":" + value + ',';
    if (!changed.empty()) text += '"' + changed_name + "\":" + changed + ',';
    return text + R"("scopes_supported":["openid"]})";
}

// As verified: signed here, and read back.
jwt::Token token(std::string const& claims) {
    static auto const key = jwt::PrivateKey::make();
    constexpr jwt::Algorithm algorithms[]{jwt::Algorithm::es256};
    constexpr std::string_view types[]{"jwt"};
    auto read =
        jwt::verify(jwt::make_token(key, "JWT", "k", R"({"iss":"i","aud":"c","iat":100,"exp":200,)" + claims + '}'),
                    jwt::PublicKey::of_der(key.public_der()).value(),
                    {.algorithms = algorithms,
                     .types = types,
                     .issuer = "i",
                     .audience = "c",
                     .now = Instant{150'000'000},
                     .age_max = minutes(5)});
    return std::move(std::get<jwt::Token>(read));
}

Provider provider() {
    Provider one;
    one.client_id = "c";
    one.role_claim = "groups";
    one.roles = {{"admins", GivenRole::org_admin}, {"billing", GivenRole::billing_admin}};
    one.domains = {"harbour.example"};
    return one;
}

TEST(SignOnRulesTest, MetadataIsTakenOfThisIssuerWithAddressesOverTlsAlone) {
    auto const read = read_metadata(metadata(), issuer, true);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->token_endpoint, "https://id.example/token");
    EXPECT_FALSE(read->says_issuer);
    EXPECT_FALSE(read_metadata(metadata(), std::string(issuer) + '/', true));
    EXPECT_FALSE(read_metadata("[]", issuer, true));
    EXPECT_FALSE(read_metadata("", issuer, true));
    for (char const* name : {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"}) {
        EXPECT_FALSE(read_metadata(metadata(name), issuer, true)) << name << " is missing";
        for (char const* odd :
             {"7", "null", "[]", R"("")", R"("http://id.example/x")", R"("javascript:x")", R"("https://")",
              R"("https:///x")", R"("https://a@id.example/x")", R"("https://id.example/\nx")", R"("//id.example/x")"})
            EXPECT_FALSE(read_metadata(metadata(name, odd), issuer, true)) << name << ' ' << odd;
    }
    EXPECT_TRUE(
        read_metadata(metadata("authorization_response_iss_parameter_supported", "true"), issuer, true)->says_issuer);
}

TEST(SignOnRulesTest, TheClientSecretGoesWhereTheProviderTakesIt) {
    Begun const begun = begun_by("token");
    auto const basic =
        token_request(*read_metadata(metadata(), issuer, true), "a:b", "s/+", "https://us/x", "c&d", begun);
    EXPECT_EQ(basic.authorization, "Basic YSUzQWI6cyUyRiUyQg==");
    EXPECT_EQ(basic.body.find("client_secret"), std::string::npos);
    EXPECT_NE(basic.body.find("code=c%26d&"), std::string::npos);
    auto const posted = token_request(
        *read_metadata(metadata("token_endpoint_auth_methods_supported", R"(["client_secret_post"])"), issuer, true),
        "a:b", "s/+", "https://us/x", "c", begun);
    EXPECT_EQ(posted.authorization, "");
    EXPECT_NE(posted.body.find("&client_id=a%3Ab&client_secret=s%2F%2B"), std::string::npos);
}

TEST(SignOnRulesTest, WhatFollowsFromATokenTellsNothingOfItNorOfEachOther) {
    Begun const one = begun_by("token"), other = begun_by("another");
    EXPECT_NE(one.state, other.state);
    EXPECT_NE(one.state, one.nonce);
    EXPECT_NE(one.nonce, one.verifier);
    EXPECT_EQ(one.challenge, to_base64url(sha256(one.verifier)));
    EXPECT_EQ(one.verifier.size(), 43u);
}

TEST(SignOnRulesTest, AStatementIsOfThisSignInAndItsTextsAreFitToBeShown) {
    auto const read = [](std::string const& claims) { return read_statement(token(claims), provider(), "n"); };
    EXPECT_TRUE(read(R"("sub":"u","nonce":"n")"));
    EXPECT_FALSE(read(R"("sub":"u","nonce":"m")"));
    EXPECT_FALSE(read(R"("sub":"u")"));
    EXPECT_FALSE(read(R"("nonce":"n")"));
    EXPECT_FALSE(read(R"("sub":"u","nonce":"n","azp":"other")"));
    EXPECT_FALSE(read(R"("sub":")" + std::string(subject_max + 1, 'u') + R"(","nonce":"n")"));
    auto const ada =
        read(R"("sub":"u","nonce":"n","email":"Ada@Harbour.Example","email_verified":true,"name":"A\u0000")");
    ASSERT_TRUE(ada && ada->email);
    EXPECT_EQ(ada->email->text, "ada@harbour.example");
    EXPECT_EQ(ada->name, "ada") << "of the address, as the name has a control character";
    EXPECT_TRUE(is_of_domains(provider(), *ada->email));
    EXPECT_FALSE(is_of_domains(provider(), {"ada@evil-harbour.example"}));
    EXPECT_FALSE(is_of_domains(provider(), {"ada@sub.harbour.example"}));
    for (char const* verified : {"false", "1", R"("yes")", "null", "[]"})
        EXPECT_FALSE(
            read(R"("sub":"u","nonce":"n","email":"a@harbour.example","email_verified":)" + std::string(verified))
                ->is_email_verified)
            << verified;
}

TEST(SignOnRulesTest, TheFirstRowThatFitsIsTheRoleAndNoneIsTheDefault) {
    auto const role = [](std::string const& groups) {
        auto const statement = read_statement(token(R"("sub":"u","nonce":"n","groups":)" + groups), provider(), "n");
        return role_of(provider(), *statement);
    };
    EXPECT_EQ(role(R"(["billing","admins"])"), tenants::Role::org_admin) << "in the order of the rows";
    EXPECT_EQ(role(R"("billing")"), tenants::Role::billing_admin);
    EXPECT_EQ(role(R"(["owner"])"), tenants::Role::user);
    EXPECT_EQ(role(R"({"admins":true})"), tenants::Role::user);
    EXPECT_EQ(role(R"([7,null,["admins"]])"), tenants::Role::user);
}

}  // namespace
}  // namespace mainstay::single_sign_on
