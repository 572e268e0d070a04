#include "kernel/live/live.hpp"

#include "testing/testing.hpp"

#include <mutex>
#include <string>

namespace mainstay::live {
namespace {

using testing::comes_true;

class OpenStream : public web::Stream {
public:
    bool push(std::string chunk) override {
        std::lock_guard const lock(mutex_);
        if (is_open_) text_ += chunk;
        return is_open_;
    }
    void finish() override {
        std::lock_guard const lock(mutex_);
        is_open_ = false;
    }
    bool is_open() const override {
        std::lock_guard const lock(mutex_);
        return is_open_;
    }
    void on_close(std::function<void()>) override {}
    std::string text() const {
        std::lock_guard const lock(mutex_);
        return text_;
    }

private:
    mutable std::mutex mutex_;
    std::string text_;
    bool is_open_ = true;  // guarded by mutex
};

struct Rung {
    static constexpr std::string_view event_type = "test.rung";
    std::int64_t times = 0;
};
fields::Table const& table_of(Rung const*) {
    static fields::Table const table{"Rung", {fields::field("times", &Rung::times, "")}};
    return table;
}

class LiveTest : public testing::Engines {
protected:
    LiveTest() { migrate({events::migrations()}); }

    Call call_of(TenantId tenant, std::string credential, std::string actor = {}) {
        Call call;
        call.identity.tenant = tenant;
        call.identity.credential_id = std::move(credential);
        call.identity.actor_id = actor.empty() ? call.identity.credential_id : std::move(actor);
        call.now = clock.now();
        return call;
    }
    static std::shared_ptr<OpenStream> open(web::Content const& content) {
        auto stream = std::make_shared<OpenStream>();
        content.open(stream);
        return stream;
    }
    void ring(std::int64_t times) {
        database().write(mine, [&](Transaction& tx) { events::emit(tx, "bell", Rung{times}); });
    }
};
INSTANTIATE_TEST_SUITE_P(Engines, LiveTest, testing::each_engine(), testing::engine_name);

TEST_P(LiveTest, StreamsEndAtOnceWhenWhatLetThemInIsRevokedAndOthersGoOn) {
    LiveEvents live(database(), clock);
    live.start();
    auto const revoked = open(live.follow(call_of(mine, "key_1"), "bell"));
    auto const of_user = open(live.follow(call_of(mine, "ses_1", "usr_1"), "bell"));
    auto const other = open(live.follow(call_of(mine, "key_2"), "bell"));
    auto const of_others = open(live.follow(call_of(theirs, "key_3"), "bell"));
    live.end_streams_of("key_1");
    EXPECT_FALSE(revoked->is_open());
    live.end_streams_of("usr_1");
    EXPECT_FALSE(of_user->is_open());
    live.end_streams_of(theirs.to_string());
    EXPECT_FALSE(of_others->is_open());
    ring(1);
    EXPECT_TRUE(comes_true([&] { return other->text().find(R"(data: {"times":1})") != std::string::npos; }));
    EXPECT_EQ(revoked->text().find("data:"), std::string::npos);
    live.stop();
}

TEST_P(LiveTest, AStreamThatOpensBehindTheWordOfItsEndIsNotFollowed) {
    LiveEvents live(database(), clock);
    live.start();
    auto const let_in_before = live.follow(call_of(mine, "key_1"), "bell");
    clock.advance(milliseconds(100));
    live.end_streams_of("key_1");
    EXPECT_FALSE(open(let_in_before)->is_open());
    clock.advance(milliseconds(100));
    EXPECT_TRUE(open(live.follow(call_of(mine, "key_1"), "bell"))->is_open()) << "it was let in anew";
    live.stop();
}

TEST_P(LiveTest, AStreamEndsWithTheTimeOfWhatLetItIn) {
    LiveEvents live(database(), clock);
    live.start();
    auto short_lived = call_of(mine, "key_1");
    short_lived.identity.valid_until = clock.now() + minutes(1);
    auto const ends = open(live.follow(short_lived, "bell"));
    auto const stays = open(live.follow(call_of(mine, "key_2"), "bell"));
    ring(1);
    EXPECT_TRUE(comes_true([&] { return ends->text().find(R"({"times":1})") != std::string::npos; }));
    EXPECT_TRUE(ends->is_open());
    clock.advance(minutes(1));
    EXPECT_TRUE(comes_true([&] { return !ends->is_open(); }));
    ring(2);
    EXPECT_TRUE(comes_true([&] { return stays->text().find(R"({"times":2})") != std::string::npos; }));
    EXPECT_EQ(ends->text().find(R"({"times":2})"), std::string::npos);
    live.stop();
}

TEST_P(LiveTest, ATenantHasAShareOfTheFollowersAndNoMore) {
    LiveEvents live(database(), clock);
    std::vector<std::shared_ptr<OpenStream>> streams;
    for (std::size_t i = 0; i < followers_of_tenant_max; ++i)
        streams.push_back(open(live.follow(call_of(mine, "key_1"), "bell")));
    try {
        live.follow(call_of(mine, "key_2"), "bell");
        ADD_FAILURE() << "one more was taken";
    } catch (Fault const& fault) {
        EXPECT_EQ(fault.code().name, errors::limited.name);
        EXPECT_NE(fault.public_text().find("followers of the tenant"), std::string::npos);
        EXPECT_GT(fault.retry_after_s, 0);
    }
    EXPECT_TRUE(open(live.follow(call_of(theirs, "key_3"), "bell"))->is_open());
    live.stop();
}

TEST_P(LiveTest, ALastEventIdThatIsNoneIsRefusedAndAnEmptyOneBeginsAtTheFirst) {
    LiveEvents live(database(), clock);
    auto call = call_of(mine, "key_1");
    for (auto const* wrong : {"7", "evt_nonsense", "run_01j9zzzzzzzzzzzzzzzzzzzzzz"}) {
        call.last_event_id = wrong;
        try {
            live.follow(call, "bell");
            ADD_FAILURE() << wrong << " was taken";
        } catch (Fault const& fault) {
            EXPECT_EQ(fault.code().status, 422) << wrong;
        }
    }
    ring(1);
    live.start();
    call.last_event_id.clear();
    auto const stream = open(live.follow(call, "bell"));
    EXPECT_TRUE(comes_true([&] { return stream->text().find(R"({"times":1})") != std::string::npos; }));
    live.stop();
}

}  // namespace
}  // namespace mainstay::live
