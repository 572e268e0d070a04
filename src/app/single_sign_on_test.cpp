// Single sign-on with a provider that says and does whatever a test wants: what it sends is hostile until checked.
#include "platform/single_sign_on/single_sign_on.hpp"
#include "app/sign_on_fixture.hpp"
#include "base/hash.hpp"
#include "kernel/jwt/jwt.hpp"
#include "kernel/net/net_test_support.hpp"

namespace mainstay::app {
namespace {

using testing::comes_true;

constexpr char const* ada = R"("sub":"u1","email":"ada@harbour.example","email_verified":true,"name":"Ada")";

std::string encoded(std::string_view text) {
    return to_base64url({reinterpret_cast<unsigned char const*>(text.data()), text.size()});
}

// A small provider. What it answers is read by its threads while the test waits for the program.
class FakeProvider {
public:
    std::string person = ada;  // claims of the next person
    std::string more_claims;   // in place of the usual ones, of the same names
    std::function<std::string(std::string const& claims)> sign = [this](std::string const& claims) {
        return jwt::make_token(key, "JWT", "k1", claims);
    };
    std::string metadata, keys;  // in place of its own
    bool is_down = false, is_silent = false;
    jwt::PrivateKey const key = jwt::PrivateKey::make();
    std::atomic<int> key_fetches = 0;

    std::string issuer() const { return "http://127.0.0.1:" + std::to_string(server_.port()); }
    // As it lets somebody in who comes with this URL.
    std::string code_for(std::string const& nonce, std::string const& challenge) {
        nonce_ = nonce;
        challenge_ = challenge;
        code_ = "code-" + std::to_string(++codes_);
        return code_;
    }
    std::string own_keys(std::string const& kid = "k1") const {
        std::string const der = key.public_der();
        auto const point = std::string_view(der).substr(der.size() - 64);
        return R"({"keys":[{"kty":"EC","crv":"P-256","use":"sig","kid":")" + kid + R"(","x":")" +
               encoded(point.substr(0, 32)) + R"(","y":")" + encoded(point.substr(32)) + "\"}]}";
    }
    // The usual claims, but for those that `changed` has.
    std::string claims(std::string const& changed) const {
        std::int64_t const now_s = system_clock().now().us / 1'000'000;
        std::string all = '{' + person;
        for (auto const& [name, value] : {std::pair<std::string, std::string>{"iss", '"' + issuer() + '"'},
                                          {"aud", R"("mainstay")"},
                                          {"nonce", '"' + nonce_ + '"'},
                                          {"iat", std::to_string(now_s)},
                                          {"exp", std::to_string(now_s + 300)}})
            if (changed.find('"' + name + "\":") == std::string::npos) all += ",\"" + name + "\":" + value;
        return all + (changed.empty() ? "" : ',' + changed) + '}';
    }

private:
    void answer(net::testing::Peer& peer, net::testing::Asked const& asked) {
        std::string const json = "Content-Type: application/json\r\n";
        if (is_silent) return peer.fall_silent();
        if (is_down) return peer.hang_up();
        if (asked.target == "/.well-known/openid-configuration")
            return peer.reply(200, metadata.empty() ? own_metadata() : metadata, json);
        if (asked.target == "/keys") {
            ++key_fetches;
            return peer.reply(200, keys.empty() ? own_keys() : keys, json);
        }
        auto const verifier_at = asked.body.find("code_verifier=") + 14;
        bool const is_right = asked.body.find("code=" + code_ + '&') != std::string::npos &&
                              to_base64url(sha256(asked.body.substr(verifier_at, 43))) == challenge_ && !code_.empty();
        code_.clear();
        if (!is_right) return peer.reply(400, R"({"error":"invalid_grant"})", json);
        peer.reply(200, R"({"access_token":"a","token_type":"Bearer","id_token":")" + sign(claims(more_claims)) + "\"}",
                   json);
    }
    std::string own_metadata() const {
        return R"({"issuer":")" + issuer() + R"(","authorization_endpoint":")" + issuer() + R"(/auth?tenant=1",)" +
               R"("token_endpoint":")" + issuer() + R"(/token","jwks_uri":")" + issuer() + R"(/keys"})";
    }

    std::string nonce_, challenge_, code_;
    int codes_ = 0;
    net::testing::TestServer server_{[this](auto& peer, auto const& asked) { answer(peer, asked); }};
};

class SingleSignOnTest : public SignOnTest {
protected:
    struct Answer {
        std::string transaction, state, code;
    };
    Answer answered() {
        auto const begun = begin();
        EXPECT_EQ(begun.status, 200) << begun.body;
        if (begun.status != 200) return {};
        auto const url = member(begun.body, "url");
        return {member(begun.body, "transaction"), query(url, "state"),
                provider.code_for(query(url, "nonce"), query(url, "code_challenge"))};
    }
    testing::HttpReply finish_with(Answer const& answer, std::string const& rest = {}) {
        return finish(answer.transaction, answer.state, R"(,"code":")" + answer.code + '"' + rest);
    }
    testing::HttpReply come_in() { return finish_with(answered()); }
    void expect_refused(std::string_view code, std::string const& what) {
        auto const refused = come_in();
        EXPECT_EQ(code_of(refused), code) << what;
        EXPECT_FALSE(refused.headers.contains("set-cookie")) << what;
    }

    FakeProvider provider;
};
INSTANTIATE_TEST_SUITE_P(Engines, SingleSignOnTest, testing::each_engine(), testing::engine_name);

TEST_P(SingleSignOnTest, TheWayThereHasStateNonceAndPkceAndNoSecretIsShownOrStored) {
    set_up(provider.issuer());
    auto const begun = begin();
    auto const url = member(begun.body, "url");
    EXPECT_THAT(url, ::testing::StartsWith(provider.issuer() + "/auth?tenant=1&"));
    EXPECT_EQ(query(url, "code_challenge_method"), "S256");
    EXPECT_EQ(query(url, "response_type"), "code");
    EXPECT_EQ(query(url, "redirect_uri"), std::string(our_url) + "/single-sign-on");
    EXPECT_EQ(query(url, "state").size(), 43u);
    EXPECT_NE(query(url, "state"), query(url, "nonce"));
    auto const token = member(begun.body, "transaction");
    EXPECT_THAT(url, Not(HasSubstr(token)));
    EXPECT_EQ(count("SELECT count(*) AS n FROM provider_sign_ins"), 1);
    for (auto const& shown : {ask("GET", path_, owner_).body, ask("GET", path_ + '/' + provider_, owner_).body,
                              change(R"({"client_secret":"another secret"})").body, log_of_tenant()})
        for (char const* secret : {client_secret, "another secret"}) EXPECT_THAT(shown, Not(HasSubstr(secret)));
    auto const sealed = program_->database().read(system_scope("a test"), [](Snapshot& snapshot) {
        return snapshot.one<std::string>("SELECT sealed_client_secret FROM identity_providers");
    });
    EXPECT_THAT(sealed, Not(HasSubstr("secret")));
    EXPECT_EQ(code_of(begin("quay")), "provider_unknown");
}

TEST_P(SingleSignOnTest, WhatTheIdTokenSaysIsHeldToThisSignInThisClientAndNow) {
    set_up(provider.issuer(), R"(,"creates_accounts":true)");
    std::string const now_s = std::to_string(system_clock().now().us / 1'000'000);
    for (auto const& [changed, reason] :
         std::vector<std::pair<std::string, std::string>>{{R"("nonce":"another")", "nonce"},
                                                          {R"("aud":"other")", "audience"},
                                                          {R"("aud":["mainstay","other"])", "authorized party"},
                                                          {R"("azp":"other")", "authorized party"},
                                                          {R"("iss":"https://other.example")", "issuer"},
                                                          {R"("iat":1700000000,"exp":1700000300)", "expired"},
                                                          {R"("iat":1700000000)", "expired"},
                                                          {R"("iat":4000000000,"exp":4000000300)", "not_yet"},
                                                          {R"("exp":"soon")", "malformed"}}) {
        provider.more_claims = changed;
        expect_refused("provider_token_refused", changed);
        EXPECT_THAT(log_of_tenant(), HasSubstr(reason)) << changed;
    }
    provider.more_claims.clear();
    for (char const* person : {R"("email":"ada@harbour.example","email_verified":true)",
                               R"("sub":"","email":"ada@harbour.example","email_verified":true)",
                               R"("sub":"a\u0000b","email":"ada@harbour.example","email_verified":true)",
                               R"("sub":7,"email":"ada@harbour.example","email_verified":true)"}) {
        provider.person = person;
        expect_refused("provider_token_refused", person);
    }
    provider.person = ada;
    provider.more_claims = R"("aud":["other","mainstay"],"azp":"mainstay")";
    EXPECT_EQ(come_in().status, 200) << "several audiences, and it is the party";
}

TEST_P(SingleSignOnTest, TheIdTokenHasNoSayInHowItIsVerified) {
    set_up(provider.issuer(), R"(,"creates_accounts":true)");
    auto const usual = provider.sign;
    provider.sign = [](std::string const& claims) {
        return encoded(R"({"alg":"none"})") + '.' + encoded(claims) + '.';
    };
    expect_refused("provider_token_refused", "alg none");
    provider.sign = [this](std::string const& claims) {
        std::string const text = encoded(R"({"alg":"HS256","kid":"k1"})") + '.' + encoded(claims);
        return text + '.' + to_base64url(hmac_sha256(provider.key.public_der(), text));
    };
    expect_refused("provider_token_refused", "HS256 with the public key");
    provider.sign = [](std::string const& claims) {
        return jwt::make_token(jwt::PrivateKey::make(), "JWT", "k1", claims);
    };
    expect_refused("provider_token_refused", "another's key");
    provider.sign = [this](std::string const& claims) { return jwt::make_token(provider.key, "at+jwt", "k1", claims); };
    expect_refused("provider_token_refused", "an access token");
    provider.sign = [](std::string const&) { return "no token"; };
    expect_refused("provider_token_refused", "no token");
    EXPECT_EQ(count("SELECT count(*) AS n FROM provider_identities"), 0);
    provider.sign = usual;
    EXPECT_EQ(come_in().status, 200);
}

TEST_P(SingleSignOnTest, AnUnknownKeyIsAskedForOnceAMinuteAtMost) {
    set_up(provider.issuer(), R"(,"creates_accounts":true)");
    EXPECT_EQ(come_in().status, 200);
    EXPECT_EQ(provider.key_fetches, 1);
    provider.sign = [this](std::string const& claims) { return jwt::make_token(provider.key, "JWT", "k2", claims); };
    for (int i = 0; i < 3; ++i) expect_refused("provider_token_refused", "kid unknown");
    EXPECT_EQ(provider.key_fetches, 1);
}

TEST_P(SingleSignOnTest, WhatAnotherBrowserBeganOrWasHandedInBeforeOpensNothing) {
    set_up(provider.issuer(), R"(,"creates_accounts":true)");
    auto const other = answered();
    auto const own = answered();
    EXPECT_EQ(code_of(finish(own.transaction, other.state, R"(,"code":")" + own.code + '"')), "sign_in_lost");
    EXPECT_EQ(code_of(finish_with(own)), "sign_in_lost") << "it was spent by that";
    EXPECT_EQ(code_of(finish("invented", other.state, R"(,"code":"c")")), "sign_in_lost");
    auto const right = answered();
    EXPECT_EQ(finish_with(right).status, 200);
    EXPECT_EQ(code_of(finish_with(right)), "sign_in_lost");
    auto again = answered();
    again.code = right.code;
    EXPECT_EQ(code_of(finish_with(again)), "provider_token_refused") << "a code that was used";
    auto const meant_for_another = provider.code_for("nonce", "challenge");
    again = answered();
    provider.code_for("nonce", "challenge");
    again.code = meant_for_another;
    EXPECT_EQ(code_of(finish_with(again)), "provider_token_refused") << "another's code: the verifier is not its";
}

TEST_P(SingleSignOnTest, TheIssuerOfTheAnswerIsHeldAndARefusalIsNotEchoed) {
    set_up(provider.issuer(), R"(,"creates_accounts":true)");
    EXPECT_EQ(code_of(finish_with(answered(), R"(,"iss":"https://other.example")")), "provider_token_refused");
    EXPECT_EQ(finish_with(answered(), R"(,"iss":")" + provider.issuer() + '"').status, 200);
    auto const answer = answered();
    auto const refused = finish(answer.transaction, answer.state, R"(,"error":"<script>alert(1)</script>")");
    EXPECT_EQ(code_of(refused), "provider_refused");
    EXPECT_THAT(refused.body + log_of_tenant(), Not(HasSubstr("script")));
}

TEST_P(SingleSignOnTest, AnAccountIsLinkedOnlyWhereNobodyElseCouldMeanIt) {
    set_up(provider.issuer());
    auto const says = [&](std::string const& sub, std::string const& email) {
        provider.person = R"("sub":")" + sub + R"(","email":")" + email + R"(","email_verified":true)";
    };
    says("u1", "owner@harbour.example");
    expect_refused("account_not_linked", "an owner's");
    join("guest@quay.example", "user");
    confirm("guest@quay.example");
    says("u2", "guest@quay.example");
    expect_refused("account_not_linked", "of another domain");
    says("u3", "new@harbour.example");
    expect_refused("account_not_linked", "no account, and none is made");
    run("user create", {{"email", "free@harbour.example"}, {"password", good_password}});
    confirm("free@harbour.example");
    says("u4", "free@harbour.example");
    expect_refused("account_not_linked", "no member");
    join("bob@harbour.example", "user");
    says("u5", "bob@harbour.example");
    expect_refused("account_not_linked", "an address that its account has not confirmed");
    confirm("bob@harbour.example");
    says("u5", "BOB@Harbour.Example");
    EXPECT_EQ(come_in().status, 200);
    says("u6", "bob@harbour.example");
    EXPECT_EQ(come_in().status, 200) << "another subject of the same person";
    EXPECT_EQ(count("SELECT count(*) AS n FROM provider_identities"), 2);
}

TEST_P(SingleSignOnTest, ASessionOfAProviderReachesItsTenantAloneAndNotTheAccount) {
    set_up(provider.issuer());
    join("ada@harbour.example", "user");
    confirm("ada@harbour.example");
    std::string const quay = new_tenant("Quay");
    program_->database().write(TenantId::parse(quay).value(), [&](Transaction& tx) {
        auto const user = identity::find_user_by_email(tx, {"ada@harbour.example"}).value();
        tenants::add_member(tx, tx.tenant(), user.id, tenants::Role::owner, std::nullopt);
    });
    auto const reply = come_in();
    auto session = session_of(reply);
    EXPECT_EQ(tenant_of(session), tenant_);
    EXPECT_THAT(reply.body, Not(HasSubstr(quay)));
    auto elsewhere = session;
    elsewhere.emplace_back("X-Tenant-ID", quay);
    EXPECT_EQ(status_of(elsewhere), 404);
    Headers const with_token{session[0], session[1], {"X-CSRF-Token", member(reply.body, "csrf_token")}};
    EXPECT_EQ(code_of(ask("POST", "/api/v1/me/second-factor", with_token)), "fresh_sign_in_required");
    EXPECT_THAT(ask("GET", "/api/v1/auth/sessions", session).body, HasSubstr(R"("provider_of":")" + tenant_));
    auto password = sign_in("ada@harbour.example");
    password.emplace_back("X-Tenant-ID", quay);
    EXPECT_EQ(status_of(password), 200) << "by the password she works there";
}

TEST_P(SingleSignOnTest, WhereItIsEnforcedAPasswordOpensNothingButToOwners) {
    set_up(provider.issuer());
    join("ada@harbour.example", "user");
    join("guest@quay.example", "user");
    confirm("ada@harbour.example");
    auto const before = sign_in("ada@harbour.example"), guest = sign_in("guest@quay.example");
    EXPECT_EQ(tenant_of(before), tenant_);
    ASSERT_EQ(change(R"({"is_enforced":true})").status, 200);
    EXPECT_TRUE(comes_true([&] { return ask("GET", "/api/v1/me", before).body.find(tenant_) == std::string::npos; }));
    EXPECT_EQ(code_of(log_in("ada@harbour.example")), "single_sign_on_required");
    EXPECT_EQ(code_of(log_in("ada@harbour.example", "wrong password")), "sign_in_failed");
    EXPECT_EQ(tenant_of(guest), tenant_) << "of another domain";
    EXPECT_EQ(tenant_of(sign_in("owner@harbour.example")), tenant_);
    EXPECT_EQ(tenant_of(session_of(come_in())), tenant_);
    ASSERT_EQ(change(R"({"is_enabled":false})").status, 200);
    EXPECT_EQ(log_in("ada@harbour.example").status, 200) << "what is not there is not asked for";
}

TEST_P(SingleSignOnTest, WhoIsNoMemberAnyMoreDoesNotComeIn) {
    set_up(provider.issuer(), R"(,"creates_accounts":true)");
    auto const reply = come_in();
    ASSERT_EQ(reply.status, 200);
    program_->database().write(TenantId::parse(tenant_).value(), [&](Transaction& tx) {
        auto const user = identity::find_user_by_email(tx, {"ada@harbour.example"}).value();
        tenants::set_active(tx, tenants::find_member(tx, user.id).value(), false);
    });
    EXPECT_TRUE(comes_true(
        [&] { return ask("GET", "/api/v1/me", session_of(reply)).body.find(tenant_) == std::string::npos; }));
    expect_refused("account_not_linked", "not active");
}

TEST_P(SingleSignOnTest, AProviderThatIsDownSilentOrOverflowingFailsAndIsLeftAloneForAMoment) {
    set_up(provider.issuer(), R"(,"creates_accounts":true)");
    auto const waiting = answered();
    provider.is_silent = true;
    Duration const asked = system_clock().monotonic();
    EXPECT_EQ(code_of(finish_with(waiting)), "provider_failed");
    EXPECT_LT(system_clock().monotonic() - asked, seconds(30));
    provider.is_silent = false;
    provider.is_down = true;
    EXPECT_EQ(code_of(come_in()), "provider_failed");
    provider.is_down = false;
    provider.keys = R"({"keys":[")" + std::string(single_sign_on::Providers::keys_bytes, 'k') + "\"]}";
    EXPECT_EQ(code_of(come_in()), "provider_failed");
    provider.keys = "no JSON";
    EXPECT_EQ(code_of(come_in()), "provider_failed");
    provider.keys.clear();
    EXPECT_EQ(come_in().status, 200);
}

TEST_P(SingleSignOnTest, MetadataOfAnotherIssuerOrOfNoneIsRefused) {
    set_up(provider.issuer());
    provider.metadata = R"({"issuer":"https://other.example"})";
    auto const refused = begin();
    EXPECT_EQ(code_of(refused), "provider_failed");
    EXPECT_THAT(refused.body, Not(HasSubstr("other.example")));
    provider.metadata.clear();
    EXPECT_EQ(code_of(begin()), "provider_failed") << "it is left alone for a moment";
}

TEST_P(SingleSignOnTest, AnAddressLeadsToTheOneProviderOfItsDomain) {
    set_up(provider.issuer());
    auto const by_address = [&](std::string const& email) {
        return post("/api/v1/auth/single-sign-on", R"({"email":")" + email + R"("})");
    };
    EXPECT_EQ(member(by_address("Whoever@HARBOUR.example").body, "organization"), "Harbour");
    EXPECT_EQ(code_of(by_address("whoever@quay.example")), "provider_unknown");
    EXPECT_EQ(by_address("nobody").status, 422);
    ASSERT_EQ(post(path_,
                   R"({"name":"Second","issuer":"https://second.example","client_id":"c","client_secret":"s",)"
                   R"("domains":["harbour.example"]})",
                   owner_)
                  .status,
              201);
    EXPECT_EQ(code_of(by_address("whoever@harbour.example")), "provider_unknown") << "which of the two is not said";
}

TEST_P(SingleSignOnTest, SettingsThatWouldSpeakForOthersAreRefused) {
    auto const refused = [&](std::string const& rest, std::string const& pointer) {
        auto const reply = post(path_, R"({"name":"P","client_id":"c","client_secret":"s",)" + rest + '}', owner_);
        EXPECT_EQ(reply.status, 422) << rest;
        EXPECT_THAT(reply.body, HasSubstr(pointer)) << rest;
    };
    std::string const issuer = R"("issuer":"https://id.example",)";
    refused(issuer + R"("domains":["quay.example"])", "/domains/0");
    refused(issuer + R"("domains":["Harbour.example"])", "/domains/0");
    refused(issuer + R"("domains":["harbour.example","harbour.example"])", "/domains/1");
    refused(issuer + R"("domains":["%"])", "/domains/0");
    refused(issuer + R"("domains":[],"is_enforced":true)", "/is_enforced");
    refused(issuer + R"("domains":[],"creates_accounts":true)", "/creates_accounts");
    refused(issuer + R"("default_role":"owner")", "/default_role");
    refused(issuer + R"("roles":[{"value":"v","role":"owner"}])", "/roles/0/role");
    for (char const* odd : {"ftp://id.example", "https://", "https://a@id.example", "https://id.example?x=1",
                            "https://id.example#x", "javascript:alert(1)"})
        refused(R"("issuer":")" + std::string(odd) + '"', "/issuer");
}

// As it runs outside of tests.
class GuardedSignOnTest : public SignOnTest {
protected:
    GuardedSignOnTest() : SignOnTest(Outgoing::internet) {}
};
INSTANTIATE_TEST_SUITE_P(Engines, GuardedSignOnTest, testing::each_engine(), testing::engine_name);

TEST_P(GuardedSignOnTest, NoProviderLeadsIntoTheOwnNetwork) {
    auto const plain =
        post(path_, R"({"name":"P","issuer":"http://id.example","client_id":"c","client_secret":"s"})", owner_);
    EXPECT_THAT(plain.body, HasSubstr("/issuer"));
    net::testing::TestServer const own([](net::testing::Peer& peer, auto const&) { peer.hang_up(); });
    for (std::string const& inside :
         {"https://127.0.0.1:" + std::to_string(own.port()), "https://localhost:" + std::to_string(own.port()),
          std::string("https://169.254.169.254")}) {
        set_up(inside);
        EXPECT_EQ(code_of(begin()), "provider_failed") << inside;
        ASSERT_EQ(change(R"({"is_enabled":false})").status, 200);
    }
    EXPECT_EQ(own.connections(), 0);
}

}  // namespace
}  // namespace mainstay::app
