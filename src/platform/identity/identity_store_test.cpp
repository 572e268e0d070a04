#include "platform/identity/identity_store.hpp"

#include "testing/testing.hpp"

namespace mainstay::identity {
namespace {

class SessionsTest : public testing::Engines {
protected:
    SessionsTest() {
        migrate({shared_state::migrations(), tenants::migrations(), migrations()});
        write([&](Transaction& tx) {
            user_ = create_user(tx, {Email::parse("ada@example.com").value(), "Ada", "hash", false}).id;
        });
    }

    void write(std::function<void(Transaction&)> const& unit) { database().write(system_scope("a test"), unit); }
    std::string sign_in() {
        std::string token;
        write([&](Transaction& tx) { token = create_session(tx, user_, Call{}, {tx.now()}).token; });
        return token;
    }
    bool is_known(std::string const& token) {
        bool is_found = false;
        write([&](Transaction& tx) { is_found = find_session(tx, token).has_value(); });
        return is_found;
    }
    std::int64_t rows() {
        std::int64_t count = 0;
        write([&](Transaction& tx) { count = tx.one<std::int64_t>("SELECT count(*) AS n FROM sessions"); });
        return count;
    }

    UserId user_;
};
INSTANTIATE_TEST_SUITE_P(Engines, SessionsTest, testing::each_engine(), testing::engine_name);

TEST_P(SessionsTest, NobodyOfASuspendedAccountGetsASession) {
    auto const token = sign_in();
    write([&](Transaction& tx) { set_status(tx, user_, UserStatus::suspended); });
    EXPECT_FALSE(is_known(token));
    EXPECT_THROW(sign_in(), Fault);
    write([&](Transaction& tx) { set_status(tx, user_, UserStatus::active); });
    EXPECT_TRUE(is_known(sign_in()));
}

TEST_P(SessionsTest, ASessionThatNobodyUsesEndsAfterAWeek) {
    auto const token = sign_in();
    clock.advance(session_idle - seconds(1));
    EXPECT_TRUE(is_known(token));
    clock.advance(seconds(1));
    EXPECT_FALSE(is_known(token));
}

TEST_P(SessionsTest, ASessionInUseEndsAfterAMonthAndItsRowGoesWithTheNextSignIn) {
    auto const token = sign_in();
    for (Duration passed{}; passed < session_absolute; passed = passed + days(5)) {
        EXPECT_TRUE(is_known(token));
        write([&](Transaction& tx) { mark_used(tx, find_session(tx, token)->id); });
        clock.advance(days(5));
    }
    EXPECT_FALSE(is_known(token));
    EXPECT_EQ(rows(), 1);
    auto const next = sign_in();
    EXPECT_EQ(rows(), 1);
    EXPECT_TRUE(is_known(next));
}

// An operator acts as Ada in the tenant in which she works.
class ActingTest : public SessionsTest {
protected:
    ActingTest() {
        write([&](Transaction& tx) {
            operator_ = create_user(tx, {Email::parse("ops@example.com").value(), "Ops", "hash", true}).id;
            for (auto* tenant : {&tenant_, &other_}) {
                *tenant = tenants::create_tenant(tx, "Harbour", tenants::Plan::free).id;
                tenants::add_member(tx, *tenant, user_, tenants::Role::owner, std::nullopt);
            }
            own_ = create_session(tx, operator_, Call{}, {tx.now()});
        });
    }
    std::string act(Duration at_most) {
        std::string token;
        write([&](Transaction& tx) {
            SignIn how;
            how.acting = Acting{operator_, own_.id, tenant_, "sup_1"};
            how.ends_by = tx.now() + at_most;
            token = create_session(tx, user_, Call{}, how).token;
        });
        return token;
    }
    std::int64_t revocations_of_sessions() {
        std::int64_t count = 0;
        write([&](Transaction& tx) {
            count = tx.one<std::int64_t>("SELECT count(*) AS n FROM revocations WHERE subject LIKE 'ses_%'");
        });
        return count;
    }

    UserId operator_;
    TenantId tenant_, other_;
    NewSession own_;
};
INSTANTIATE_TEST_SUITE_P(Engines, ActingTest, testing::each_engine(), testing::engine_name);

TEST_P(ActingTest, TheSessionReachesItsTenantAloneAndMarksNobodyAsSeen) {
    auto const token = act(acting_absolute);
    write([&](Transaction& tx) {
        auto const facts = find_session(tx, token).value();
        ASSERT_EQ(facts.memberships.size(), 1u);
        EXPECT_EQ(facts.memberships[0].tenant, tenant_);
        EXPECT_EQ(facts.acting->operator_id, operator_);
        mark_used(tx, facts.id);
        EXPECT_FALSE(find_account(tx, user_)->last_seen_at);
    });
}

TEST_P(ActingTest, ItEndsByTheTimeThatWasSaid) {
    auto const token = act(minutes(10));
    clock.advance(minutes(10) - seconds(1));
    EXPECT_TRUE(is_known(token));
    clock.advance(seconds(1));
    EXPECT_FALSE(is_known(token));
}

TEST_P(ActingTest, ItEndsWithTheOperatorsOwnSessionTheirSuspensionAndTheConsent) {
    auto const end = [&](std::function<void(Transaction&)> const& how) {
        auto const token = act(acting_absolute);
        EXPECT_TRUE(is_known(token));
        auto const before = revocations_of_sessions();
        write(how);
        EXPECT_FALSE(is_known(token));
        EXPECT_GT(revocations_of_sessions(), before) << "every node is told";
        write([&](Transaction& tx) {
            set_status(tx, operator_, UserStatus::active);
            own_ = create_session(tx, operator_, Call{}, {tx.now()});
        });
    };
    end([&](Transaction& tx) { delete_session(tx, own_.id); });
    end([&](Transaction& tx) { set_status(tx, operator_, UserStatus::suspended); });
    end([&](Transaction& tx) { end_sessions_by_grant(tx, "sup_1"); });
    end([&](Transaction& tx) { set_status(tx, user_, UserStatus::suspended); });
}

TEST_P(ActingTest, WhoBecomesAnOperatorIsActedAsNoLonger) {
    auto const token = act(acting_absolute);
    write([&](Transaction& tx) {
        tx.execute("UPDATE users SET is_operator = :yes WHERE id = :id", bind("yes", true), bind("id", user_));
    });
    EXPECT_FALSE(is_known(token));
}

TEST_P(SessionsTest, AFurtherSessionEndsTheOldestPastTheMost) {
    auto const oldest = sign_in();
    for (std::size_t i = 1; i < sessions_max; ++i) {
        clock.advance(milliseconds(2));
        sign_in();
    }
    EXPECT_TRUE(is_known(oldest));
    clock.advance(milliseconds(2));
    auto const newest = sign_in();
    EXPECT_FALSE(is_known(oldest));
    EXPECT_TRUE(is_known(newest));
    EXPECT_EQ(rows(), static_cast<std::int64_t>(sessions_max));
}

TEST_P(SessionsTest, ASignInIsFreshForFiveMinutes) {
    Call call;
    call.identity.kind = Identity::Kind::session;
    call.identity.actor_id = user_.to_string();
    std::string const token = sign_in();
    write([&](Transaction& tx) { call.identity.credential_id = find_session(tx, token)->id.to_string(); });
    auto const refusal = [&] {
        std::string code;
        write([&](Transaction& tx) {
            try {
                require_fresh(tx, call);
            } catch (Fault const& fault) {
                code = fault.code().name;
            }
        });
        return code;
    };
    EXPECT_EQ(refusal(), "");
    clock.advance(fresh_for - seconds(1));
    EXPECT_EQ(refusal(), "");
    clock.advance(seconds(1));
    EXPECT_EQ(refusal(), "fresh_sign_in_required");
    write([&](Transaction& tx) {
        call.identity.credential_id = find_session(tx, renew_session(tx, call).token)->id.to_string();
    });
    EXPECT_EQ(refusal(), "fresh_sign_in_required") << "a new token is no password";
    call.identity.kind = Identity::Kind::key;
    EXPECT_EQ(refusal(), "forbidden");
}

TEST_P(SessionsTest, ALinkWorksOnceForItsPurposeAndItsTime) {
    Email const email{"ada@example.com"};
    auto const make = [&](Purpose purpose) {
        std::string token;
        write([&](Transaction& tx) { token = make_link(tx, purpose, user_, email); });
        return token;
    };
    auto const spend = [&](Purpose purpose, std::string const& token) {
        bool is_spent = false;
        write([&](Transaction& tx) { is_spent = spend_link(tx, purpose, token).has_value(); });
        return is_spent;
    };
    auto const first = make(Purpose::reset_password), second = make(Purpose::reset_password);
    auto const other = make(Purpose::verify_email);
    EXPECT_FALSE(spend(Purpose::reset_password, first)) << "a newer one replaced it";
    EXPECT_FALSE(spend(Purpose::verify_email, second));
    EXPECT_TRUE(spend(Purpose::reset_password, second));
    EXPECT_FALSE(spend(Purpose::reset_password, second));
    auto const late = make(Purpose::reset_password);
    clock.advance(reset_kept);
    EXPECT_FALSE(spend(Purpose::reset_password, late));
    EXPECT_TRUE(spend(Purpose::verify_email, other));
}

TEST_P(SessionsTest, ANewPasswordTakesTheLinksForAnotherWithIt) {
    std::string token;
    write([&](Transaction& tx) { token = make_link(tx, Purpose::reset_password, user_, {"ada@example.com"}); });
    write([&](Transaction& tx) { set_password(tx, user_, "new"); });
    write([&](Transaction& tx) { EXPECT_FALSE(find_link(tx, Purpose::reset_password, token)); });
}

TEST_P(SessionsTest, AHashIsReplacedOnlyWhileThePasswordIsTheSame) {
    write([&](Transaction& tx) { replace_hash(tx, user_, "hash", "better"); });
    write([&](Transaction& tx) { EXPECT_EQ(find_login(tx, user_)->password_hash, "better"); });
    write([&](Transaction& tx) { replace_hash(tx, user_, "hash", "of the old password"); });
    write([&](Transaction& tx) { EXPECT_EQ(find_login(tx, user_)->password_hash, "better"); });
}

TEST_P(SessionsTest, AnAddressThatAnotherHasMeanwhileIsNotTaken) {
    write([&](Transaction& tx) {
        create_user(tx, {{"eve@example.com"}, "Eve", "hash", false});
        EXPECT_FALSE(set_email(tx, user_, {"EVE@example.com"}));
        EXPECT_TRUE(set_email(tx, user_, {"ada@new.example"}));
    });
    write([&](Transaction& tx) {
        auto const user = find_user(tx, user_);
        EXPECT_EQ(user->email.text, "ada@new.example");
        EXPECT_EQ(user->email_verified_at, tx.now());
    });
}

}  // namespace
}  // namespace mainstay::identity
