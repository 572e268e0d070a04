#include "app/gate.hpp"
#include "app/program.hpp"
#include "platform/keys/keys.hpp"
#include "testing/testing.hpp"

#include <gmock/gmock.h>

namespace mainstay::app {
namespace {

constexpr web::Endpoint reading{.name = "read", .path = "/read", .summary = "", .permission = "keys.read"};
constexpr web::Endpoint open_to_all{.name = "open", .path = "/open", .summary = "", .permission = web::public_access};

class GateTest : public testing::Engines {
protected:
    GateTest() {
        auto const all = all_migrations();
        migrate({all});
        gate_.is_cache_fresh = [] { return true; };
    }

    TenantId new_tenant(tenants::Plan plan) {
        return database().write(system_scope("a test"),
                                [&](Transaction& tx) { return tenants::create_tenant(tx, "Acme", plan).id; });
    }
    std::string new_key_of(TenantId tenant, std::optional<Instant> expires_at = std::nullopt) {
        return database().write(tenant, [&](Transaction& tx) {
            keys::NewKey key;
            key.settings.name = "k";
            key.settings.scopes = {"read"};
            key.settings.expires_at = expires_at;
            return keys::create_key(tx, key, "a test").key.text;
        });
    }
    std::string new_key(tenants::Plan plan, std::optional<Instant> expires_at = std::nullopt) {
        return new_key_of(new_tenant(plan), expires_at);
    }

    Identity identify(std::string const& key, std::string address = "198.51.100.1") {
        web::RequestHead head;
        head.remote_address = std::move(address);
        if (!key.empty()) head.headers.push_back({"Authorization", "Bearer " + key});
        return gate_.identify(head, reading);
    }

    // Signed in, at the given host.
    Identity identify_session(std::string const& token, std::string const& host = {},
                              web::Endpoint const& endpoint = reading) {
        web::RequestHead head;
        head.method = endpoint.method;
        head.headers = {{"Cookie", "session=" + token},
                        {"Sec-Fetch-Site", "same-origin"},
                        {"Content-Type", "application/json"},
                        {"Host", host}};
        return gate_.identify(head, endpoint);
    }
    tenants::UserId new_user(std::vector<TenantId> const& works_in) {
        return database().write(system_scope("a test"), [&](Transaction& tx) {
            auto const user =
                identity::create_user(tx, {{RequestId::make(tx.now()).to_string() + "@example.com"}, "U", "hash"});
            for (TenantId const tenant : works_in)
                tenants::add_member(tx, tenant, user.id, tenants::Role::owner, std::nullopt);
            return user.id;
        });
    }
    std::string sign_in(tenants::UserId user) {
        return database().write(system_scope("a test"), [&](Transaction& tx) {
            return identity::create_session(tx, user, Call{}, {tx.now()}).token;
        });
    }
    std::string limit_that_refuses(Identity const& identity, web::Endpoint const& endpoint) {
        Call call;
        call.identity = identity;
        std::vector<web::Header> headers;
        for (std::int64_t count = 0; count <= tried_max; ++count) try {
                gate_.admit(call, endpoint, headers);
            } catch (Fault const& fault) {
                return std::string(fault.public_text());
            }
        return "none";
    }

    // How many requests of these are let through before one is not.
    std::int64_t admitted(Identity const& identity, web::Endpoint const& endpoint, std::string const& address) {
        Call call;
        call.identity = identity;
        call.remote_address = address;
        std::vector<web::Header> headers;
        for (std::int64_t count = 0;; ++count) {
            try {
                gate_.admit(call, endpoint, headers);
            } catch (Fault const& fault) {
                EXPECT_EQ(fault.code().name, "limited");
                EXPECT_GE(fault.retry_after_s, 1);
                return count;
            }
            if (count > tried_max) return count;
        }
    }

    std::uint64_t share_of(std::string const& key, std::string const& address) {
        web::RequestHead head;
        head.remote_address = address;
        head.headers.push_back({"Authorization", "Bearer " + key});
        return gate_.share_of(head);
    }

    static constexpr std::int64_t tried_max = 10'000;
    shared_state::RateLimits limits_;
    usage::RequestCounts counts_;
    audit::Failures failures_;
    telemetry::Metrics metrics_;
    Gate gate_{database(), clock, limits_, counts_, failures_, metrics_, {}};
};
INSTANTIATE_TEST_SUITE_P(Engines, GateTest, testing::each_engine(), testing::engine_name);

TEST_P(GateTest, AKeyIsRefusedFromItsExpiryOnEvenWhenItIsCached) {
    std::string const key = new_key(tenants::Plan::enterprise, clock.now() + minutes(1));
    EXPECT_EQ(identify(key).kind, Identity::Kind::key);
    clock.advance(minutes(1) - microseconds(1));
    EXPECT_EQ(identify(key).kind, Identity::Kind::key);
    clock.advance(microseconds(1));
    EXPECT_THROW(identify(key), Fault);
}

TEST_P(GateTest, APlansRequestsAMinuteHoldForAllKeysOfTheTenantTogether) {
    std::string const key = new_key(tenants::Plan::free);
    EXPECT_EQ(admitted(identify(key), reading, "198.51.100.1"),
              entitlements::defaults_of(entitlements::Plan::free).requests_per_minute);
    clock.advance(minutes(1));
    EXPECT_GT(admitted(identify(key), reading, "198.51.100.1"), 1);
}

TEST_P(GateTest, AKeyMayBeUsedFromItsAddressesAlone) {
    keys::NewKey key;
    key.settings.name = "k";
    key.settings.scopes = {"read"};
    key.settings.allowed_addresses = {"198.51.100.0/24", "2001:db8::/32"};
    TenantId const tenant = new_tenant(tenants::Plan::enterprise);
    std::string const secret =
        database().write(tenant, [&](Transaction& tx) { return keys::create_key(tx, key, "a test").key.text; });
    for (int from_memory = 0; from_memory < 2; ++from_memory) {
        EXPECT_EQ(identify(secret, "198.51.100.7").kind, Identity::Kind::key);
        EXPECT_EQ(identify(secret, "2001:db8::7").kind, Identity::Kind::key);
        EXPECT_THROW(identify(secret, "198.51.101.7"), Fault);
        EXPECT_THROW(identify(secret, ""), Fault);
    }
}

TEST_P(GateTest, TheEdgeIsToldOfWhatItWouldHaveToWaitFor) {
    std::string const key = new_key(tenants::Plan::enterprise);
    auto const knows = [&](std::string const& token) {
        web::RequestHead head;
        if (!token.empty()) head.headers.push_back({"Authorization", "Bearer " + token});
        return gate_.knows(head);
    };
    EXPECT_TRUE(knows("")) << "nothing is looked up";
    EXPECT_TRUE(knows("mk_mistyped")) << "nothing is looked up";
    EXPECT_FALSE(knows(key));
    identify(key);
    EXPECT_TRUE(knows(key));
    gate_.is_cache_fresh = [] { return false; };
    EXPECT_FALSE(knows(key));
}

TEST_P(GateTest, LimitsOfDifferentNamesDoNotTouchEachOther) {
    TenantId const tenant = new_tenant(tenants::Plan::enterprise);
    auto const secret_with = [&](std::vector<keys::NamedLimit> limits) {
        keys::NewKey key;
        key.settings.name = "k";
        key.settings.scopes = {"read"};
        key.settings.limits = std::move(limits);
        return database().write(tenant, [&](Transaction& tx) { return keys::create_key(tx, key, "a test").key.text; });
    };
    std::string const both = secret_with({{"minute", 5, 60}, {"hour", 7, 3'600}}),
                      other = secret_with({{"hour", 7, 3'600}});
    EXPECT_EQ(admitted(identify(both), reading, ""), 5);
    EXPECT_EQ(admitted(identify(other), reading, ""), 7);
    clock.advance(minutes(1));
    EXPECT_EQ(admitted(identify(both), reading, ""), 2) << "five of the hour's seven were taken, and none when refused";
}

TEST_P(GateTest, WhoeverInventsKeysIsHeldOffAndNobodyElse) {
    std::string const key = new_key(tenants::Plan::enterprise);
    EXPECT_EQ(identify(key).kind, Identity::Kind::key);
    auto const refusal_of_an_invented_one = [&] {
        try {
            identify(keys::new_secret());
            return std::string("none");
        } catch (Fault const& fault) {
            return std::string(fault.code().name);
        }
    };
    std::int64_t looked_up = 0;
    while (looked_up <= tried_max && refusal_of_an_invented_one() == "unauthorized") ++looked_up;
    EXPECT_LT(looked_up, tried_max);
    EXPECT_EQ(refusal_of_an_invented_one(), "limited");
    EXPECT_EQ(identify(key).kind, Identity::Kind::key) << "it is known already";
    EXPECT_EQ(identify(new_key(tenants::Plan::enterprise), "198.51.100.2").kind, Identity::Kind::key);
    clock.advance(minutes(1));
    EXPECT_EQ(refusal_of_an_invented_one(), "unauthorized");
}

TEST_P(GateTest, WhoeverHasNoKeyIsLimitedByAddressAlone) {
    std::int64_t const first = admitted({}, open_to_all, "198.51.100.1");
    EXPECT_GT(first, 1);
    EXPECT_LT(first, tried_max);
    EXPECT_EQ(admitted({}, open_to_all, "198.51.100.2"), first);
    EXPECT_EQ(admitted({}, open_to_all, "198.51.100.1"), 0);
}

TEST_P(GateTest, LimitsOfTenantsAndAddressesDoNotTouchEachOther) {
    TenantId const tenant = new_tenant(tenants::Plan::starter);
    Identity const used_up = identify(new_key_of(tenant));
    EXPECT_EQ(admitted(used_up, reading, "198.51.100.1"),
              entitlements::defaults_of(entitlements::Plan::starter).requests_per_minute);
    EXPECT_EQ(admitted(identify(new_key_of(tenant)), reading, "198.51.100.2"), 0) << "the tenant's is used up";
    // Neither another tenant nor somebody without a credential at the same address has less for it.
    EXPECT_EQ(admitted(identify(new_key(tenants::Plan::free)), reading, "198.51.100.1"),
              entitlements::defaults_of(entitlements::Plan::free).requests_per_minute);
    EXPECT_GT(admitted({}, open_to_all, "198.51.100.1"), 1);
    EXPECT_EQ(admitted({}, open_to_all, "198.51.100.1"), 0);
    EXPECT_EQ(admitted(used_up, reading, "198.51.100.1"), 0) << "and who uses that up gives the tenant nothing";
}

TEST_P(GateTest, ProbesAreNotRefusedHoweverManyOthersAsk) {
    web::Endpoint probe = open_to_all;
    probe.limits_class = web::unlimited;
    admitted({}, open_to_all, "198.51.100.1");
    EXPECT_GT(admitted({}, probe, "198.51.100.1"), tried_max);
}

TEST_P(GateTest, AUsersSessionsShareTheUsersLimit) {
    auto const user = new_user({new_tenant(tenants::Plan::enterprise)});
    auto const one = identify_session(sign_in(user)), other = identify_session(sign_in(user));
    auto const first = admitted(one, reading, "198.51.100.1");
    EXPECT_GT(first, 1);
    EXPECT_LT(first, tried_max);
    EXPECT_EQ(admitted(other, reading, "198.51.100.2"), 0);
    EXPECT_THAT(limit_that_refuses(other, reading), ::testing::HasSubstr("limit: requests of a user"));
}

TEST_P(GateTest, ThePeopleOfATenantShareItsLimitAndWhatItsKeysUseUpDoesNotShutThemOut) {
    TenantId const tenant = new_tenant(tenants::Plan::free);
    auto const ann = identify_session(sign_in(new_user({tenant}))), bob = identify_session(sign_in(new_user({tenant})));
    auto const of_plan = entitlements::defaults_of(entitlements::Plan::free).requests_per_minute;
    EXPECT_EQ(admitted(identify(new_key_of(tenant)), reading, ""), of_plan);
    EXPECT_EQ(admitted(ann, reading, ""), of_plan * entitlements::people_share);
    EXPECT_EQ(admitted(bob, reading, ""), 0);
    EXPECT_THAT(limit_that_refuses(bob, reading), ::testing::HasSubstr("limit: requests of the tenant's people"));
}

TEST_P(GateTest, TheLimitsOfAPersonAreThoseOfTheTenantThatTheyActIn) {
    TenantId const small = new_tenant(tenants::Plan::free), large = new_tenant(tenants::Plan::enterprise);
    gate_.tenant_of_host = [&](std::string_view host) {
        return host == "small" ? std::optional(small) : host == "large" ? std::optional(large) : std::nullopt;
    };
    auto const token = sign_in(new_user({small, large}));
    admitted(identify_session(token, "small"), reading, "");
    EXPECT_GT(admitted(identify_session(token, "large"), reading, ""), 0);
    EXPECT_EQ(admitted(identify_session(token, "small"), reading, ""), 0);
}

TEST_P(GateTest, SignedInPeopleShareTheirAddressesLimitAndKeysAndOtherAddressesDoNot) {
    std::int64_t together = 0;
    auto const somebody = [&] { return identify_session(sign_in(new_user({new_tenant(tenants::Plan::enterprise)}))); };
    for (std::int64_t some = 1; some > 0; together += some) some = admitted(somebody(), reading, "198.51.100.1");
    EXPECT_EQ(together, 12'000);
    auto const next = somebody();
    EXPECT_GT(admitted(next, reading, "198.51.100.2"), 0);
    EXPECT_GT(admitted(identify(new_key(tenants::Plan::free)), reading, "198.51.100.1"), 0);
    EXPECT_GT(admitted({}, open_to_all, "198.51.100.1"), 0);
}

TEST_P(GateTest, ChangesAndExpensiveRequestsOfAPersonHaveLimitsOfTheirOwn) {
    auto const ann = identify_session(sign_in(new_user({new_tenant(tenants::Plan::enterprise)})));
    web::Endpoint changing = reading, expensive = reading;
    changing.method = web::Method::post;
    expensive.limits_class = "expensive";
    auto const exports = admitted(ann, expensive, "");
    EXPECT_THAT(limit_that_refuses(ann, expensive), ::testing::HasSubstr("limit: expensive requests"));
    auto const changes = admitted(ann, changing, "");
    EXPECT_THAT(limit_that_refuses(ann, changing), ::testing::HasSubstr("limit: changes by a user"));
    EXPECT_LT(exports, changes);
    EXPECT_GT(admitted(ann, reading, ""), 0) << "reading goes on";
}

TEST_P(GateTest, WhoeverHasNoCredentialIsToldOfTheirLimitAndMaySignInLessOftenThanRead) {
    web::Endpoint signing_in = open_to_all;
    signing_in.method = web::Method::post;
    auto const sign_ins = admitted({}, signing_in, "198.51.100.1");
    EXPECT_GT(sign_ins, 1);
    EXPECT_GT(admitted({}, open_to_all, "198.51.100.1"), 0);
    Call call;
    call.remote_address = "198.51.100.2";
    std::vector<web::Header> headers;
    gate_.admit(call, open_to_all, headers);
    ASSERT_EQ(headers.size(), 3u);
    EXPECT_EQ(headers[0].name, "RateLimit-Limit");
}

TEST_P(GateTest, AClassOfLimitsThatThereIsNotIsRefused) {
    web::Endpoint endpoint = reading;
    EXPECT_EQ(class_of(endpoint), RouteClass::read);
    endpoint.method = web::Method::delete_;
    EXPECT_EQ(class_of(endpoint), RouteClass::write);
    endpoint.limits_class = "expnsive";
    EXPECT_THROW(class_of(endpoint), std::logic_error);
}

TEST_P(GateTest, HoweverManyCredentialsATenantHasTheyShareOneShareOfTheWorkers) {
    TenantId const one = new_tenant(tenants::Plan::enterprise), other = new_tenant(tenants::Plan::enterprise);
    std::string const first = new_key_of(one), second = new_key_of(one), foreign = new_key_of(other);
    for (auto const& key : {first, second, foreign}) identify(key);
    EXPECT_EQ(share_of(first, "198.51.100.1"), share_of(second, "198.51.100.2"));
    EXPECT_NE(share_of(first, "198.51.100.1"), share_of(foreign, "198.51.100.1"));
}

TEST_P(GateTest, InventedCredentialsShareWhatTheirAddressHas) {
    std::uint64_t const share = share_of("mk_invented", "198.51.100.1");
    EXPECT_EQ(share_of("mk_another", "198.51.100.1"), share);
    EXPECT_NE(share_of("mk_invented", "198.51.100.2"), share);
}

}  // namespace
}  // namespace mainstay::app
