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
        write([&](Transaction& tx) { token = create_session(tx, user_); });
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

}  // namespace
}  // namespace mainstay::identity
