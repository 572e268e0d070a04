// Tokens of sessions that are no browser's, on both engines and by a clock that the tests move.
#include "platform/identity/access_tokens.hpp"

#include "base/text.hpp"
#include "testing/testing.hpp"

namespace mainstay::identity {
namespace {

constexpr char const* issuer = "https://us.example";

class AccessTokensTest : public testing::Engines {
protected:
    AccessTokensTest() {
        migrate({shared_state::migrations(), secrets::migrations(), tenants::migrations(), migrations()});
        write([&](Transaction& tx) {
            user_ = create_user(tx, {Email::parse("ada@example.com").value(), "Ada", "hash", false}).id;
        });
    }

    void write(std::function<void(Transaction&)> const& unit) { database().write(system_scope("a test"), unit); }
    NewSession sign_in(SessionKind kind = SessionKind::tokens) {
        NewSession session;
        write([&](Transaction& tx) { session = create_session(tx, user_, Call{}, {tx.now(), kind}); });
        return session;
    }
    std::string access_token(NewSession const& session) {
        return make_access_token(needs_, database(), user_, session.id);
    }
    std::optional<SessionFacts> find(std::string const& token, std::string const& by = issuer) {
        std::optional<SessionFacts> facts;
        write([&](Transaction& tx) { facts = find_session_by_access_token(tx, by, token); });
        return facts;
    }
    bool is_taken(std::string const& token) { return find(token).has_value(); }
    std::optional<Refreshed> refresh(std::string const& token) {
        std::optional<Refreshed> refreshed;
        write([&](Transaction& tx) { refreshed = spend_refresh_token(tx, token); });
        return refreshed;
    }
    std::int64_t count(char const* sql) {
        std::int64_t n = 0;
        write([&](Transaction& tx) { n = tx.one<std::int64_t>(sql); });
        return n;
    }
    std::string key_id_of(std::string const& token) {
        constexpr jwt::Algorithm taken[]{jwt::Algorithm::es256};
        return std::get<jwt::Header>(jwt::read_header(token, taken)).key_id;
    }
    // What an access token says, by the installation's own key: everything about it is right but what a test changes.
    std::string signed_claims(std::string const& claims, std::string_view type = "at+jwt") {
        auto const key = database().read(installation_scope("a test", {}), [&](Snapshot& snapshot) {
            return find_signing_key(snapshot, needs_.secrets).value();
        });
        return jwt::make_token(key.key, type, key.id.to_string(), claims);
    }
    std::string claims(NewSession const& session, std::string const& aud, std::string const& iss, Duration kept) {
        std::int64_t const now_s = clock.now().us / 1'000'000;
        return R"({"iss":")" + iss + R"(","aud":")" + aud + R"(","sub":")" + user_.to_string() + R"(","sid":")" +
               session.id.to_string() + R"(","iat":)" + std::to_string(now_s) + R"(,"exp":)" +
               std::to_string(now_s + kept.us / 1'000'000) + '}';
    }

    testing::TemporaryFolder folder_;
    secrets::MasterKeys keys_{folder_.path() / "secrets.keys"};
    Passwords passwords_;
    shared_state::RateLimits limits_;
    Needs needs_{passwords_, limits_, clock, secrets::Secrets(keys_), false, issuer};
    UserId user_;
};
INSTANTIATE_TEST_SUITE_P(Engines, AccessTokensTest, testing::each_engine(), testing::engine_name);

TEST_P(AccessTokensTest, AnAccessTokenLastsTenMinutesAndNamesItsSession) {
    auto const session = sign_in();
    auto const token = access_token(session);
    EXPECT_TRUE(is_access_token(token));
    auto const facts = find(token);
    ASSERT_TRUE(facts);
    EXPECT_EQ(facts->id, session.id);
    EXPECT_EQ(facts->user.id, user_);
    EXPECT_EQ(facts->expires_at, clock.now() + access_token_kept);
    clock.advance(access_token_kept - microseconds(1));
    EXPECT_TRUE(is_taken(token));
    clock.advance(microseconds(1));
    EXPECT_FALSE(is_taken(token));
}

TEST_P(AccessTokensTest, ItIsTakenFromItsIssuerForItsAudienceAndOfItsTypeAlone) {
    auto const session = sign_in();
    access_token(session);
    std::string const here = std::string(issuer) + "/api/v1";
    EXPECT_TRUE(is_taken(signed_claims(claims(session, here, issuer, minutes(10)))));
    EXPECT_FALSE(is_taken(signed_claims(claims(session, here, "https://other.example", minutes(10)))));
    EXPECT_FALSE(is_taken(signed_claims(claims(session, "https://us.example", issuer, minutes(10)))));
    EXPECT_FALSE(is_taken(signed_claims(claims(session, here, issuer, minutes(10)), "JWT")));
    EXPECT_FALSE(find(access_token(session), "https://other.example"));
    auto const lasting = signed_claims(claims(session, here, issuer, days(30)));
    clock.advance(access_token_kept + minutes(1));
    EXPECT_FALSE(is_taken(lasting)) << "whatever it says of its end";
}

TEST_P(AccessTokensTest, WhatIsNotSignedByAKeyOfOursIsRefused) {
    auto const session = sign_in();
    auto const right = access_token(session), kid = key_id_of(right);
    std::string const said = claims(session, std::string(issuer) + "/api/v1", issuer, minutes(10));
    auto const foreign = jwt::PrivateKey::make();
    EXPECT_FALSE(is_taken(jwt::make_token(foreign, "at+jwt", kid, said)));
    EXPECT_FALSE(is_taken(jwt::make_token(foreign, "at+jwt", SigningKeyId::make(clock.now()).to_string(), said)));
    EXPECT_FALSE(is_taken(jwt::make_token(foreign, "at+jwt", "' OR 1=1 --", said)));
    EXPECT_TRUE(is_taken(right));
}

TEST_P(AccessTokensTest, ItEndsWithItsSession) {
    auto const session = sign_in();
    auto const token = access_token(session);
    write([&](Transaction& tx) { end_sessions(tx, user_); });
    EXPECT_FALSE(is_taken(token));
    EXPECT_FALSE(refresh(session.token));
}

TEST_P(AccessTokensTest, NeitherTokenIsACookieNorACookieAToken) {
    auto const session = sign_in(), browser = sign_in(SessionKind::browser);
    auto const lasting = session.token.substr(0, session.token.find('.'));
    auto const token = access_token(session);
    write([&](Transaction& tx) {
        EXPECT_FALSE(find_session(tx, session.token));
        EXPECT_FALSE(find_session(tx, lasting));
        EXPECT_FALSE(find_session(tx, token));
        EXPECT_TRUE(find_session(tx, browser.token));
    });
    EXPECT_FALSE(is_taken(access_token(browser)));
    EXPECT_FALSE(refresh(browser.token));
    EXPECT_FALSE(refresh(browser.token + '.'));
}

TEST_P(AccessTokensTest, ARefreshTokenWorksOnceAndUsedAgainEndsTheSession) {
    auto const first = sign_in();
    auto const second = refresh(first.token);
    ASSERT_TRUE(second && second->next);
    EXPECT_EQ(second->next->id, first.id);
    EXPECT_NE(second->next->token, first.token);
    auto const third = refresh(second->next->token);
    ASSERT_TRUE(third && third->next);
    auto const token = access_token(first);
    EXPECT_TRUE(is_taken(token));
    auto const again = refresh(first.token);
    ASSERT_TRUE(again);
    EXPECT_FALSE(again->next);
    EXPECT_FALSE(refresh(third->next->token)) << "the newest has ended too";
    EXPECT_FALSE(is_taken(token));
}

TEST_P(AccessTokensTest, InventedRefreshTokensEndNobodysSession) {
    auto const session = sign_in();
    for (std::string const& odd :
         {std::string(), std::string("."), session.id.to_string(), session.id.to_string() + ".x",
          session.token.substr(1), '.' + session.token, new_token() + '.' + new_token()})
        EXPECT_FALSE(refresh(odd)) << odd;
    EXPECT_TRUE(refresh(session.token)->next);
}

TEST_P(AccessTokensTest, ASessionOfTokensHasTheLimitsOfABrowsers) {
    auto idle = sign_in();
    clock.advance(session_idle - seconds(1));
    auto const used = refresh(idle.token);
    ASSERT_TRUE(used && used->next);
    clock.advance(session_idle - seconds(1));
    EXPECT_TRUE(is_taken(access_token(idle)));
    clock.advance(seconds(1));
    EXPECT_FALSE(is_taken(access_token(idle)));
    EXPECT_FALSE(refresh(used->next->token));

    auto busy = sign_in();
    for (Duration passed{}; passed < session_absolute; passed = passed + days(5)) {
        busy.token = refresh(busy.token)->next->token;
        clock.advance(days(5));
    }
    EXPECT_FALSE(refresh(busy.token));
    EXPECT_FALSE(is_taken(access_token(busy)));
}

TEST_P(AccessTokensTest, SigningKeysAreReplacedByAgeAndTheOldOneVerifiesUntilItsLastTokenEnded) {
    auto const session = sign_in();
    auto const first = access_token(session);
    EXPECT_EQ(key_id_of(access_token(session)), key_id_of(first));
    for (int i = 0; i < 5; ++i) {
        clock.advance(days(6) - minutes(1));
        auto const refreshed = sign_in();
        write([&](Transaction& tx) { mark_used(tx, session.id); });
        access_token(refreshed);
    }
    clock.advance(minutes(4));
    auto const other = sign_in();
    auto const last = access_token(other);
    EXPECT_EQ(key_id_of(last), key_id_of(first));
    clock.advance(minutes(1));
    auto const next = access_token(other);
    EXPECT_NE(key_id_of(next), key_id_of(first));
    EXPECT_TRUE(is_taken(last)) << "by the old key";
    EXPECT_TRUE(is_taken(next));
    EXPECT_EQ(count("SELECT count(*) AS n FROM token_signing_keys"), 2);
    clock.advance(signing_key_age);
    access_token(other);
    EXPECT_EQ(count("SELECT count(*) AS n FROM token_signing_keys"), 2) << "the first is gone";
}

TEST_P(AccessTokensTest, NeitherTokensNorSigningKeysStandInTheDatabase) {
    auto const session = sign_in();
    access_token(session);
    write([&](Transaction& tx) {
        for (auto const& part : split(session.token, '.')) {
            auto const kept = tx.one<std::int64_t>(
                "SELECT count(*) AS n FROM sessions WHERE token_hash = :part OR refresh_hash = :part",
                bind("part", std::string(part)));
            EXPECT_EQ(kept, 0);
        }
    });
    auto const key = database().read(installation_scope("a test", {}), [&](Snapshot& snapshot) {
        return find_signing_key(snapshot, needs_.secrets).value().key.der();
    });
    auto const plain = to_base64url({reinterpret_cast<unsigned char const*>(key.data()), key.size()});
    write([&](Transaction& tx) {
        EXPECT_EQ(tx.one<std::string>("SELECT sealed_private FROM token_signing_keys").find(plain), std::string::npos);
    });
}

}  // namespace
}  // namespace mainstay::identity
