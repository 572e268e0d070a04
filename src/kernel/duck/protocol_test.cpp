// Frames round-trip, and whatever a child may answer instead is an error value: never a crash, never a hang.
#include "kernel/duck/protocol.hpp"

#include "kernel/duck/session.hpp"

#include <gtest/gtest.h>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <functional>
#include <limits>
#include <random>
#include <thread>

using namespace mainstay;
using namespace mainstay::duck;

namespace {

std::vector<Value> const one_of_each{Null{},
                                     true,
                                     std::numeric_limits<std::int64_t>::min(),
                                     1.5f,
                                     -2.5e300,
                                     std::string("ü"),
                                     Exact{"-12.50"},
                                     Blob{std::string("\0\xFF", 2)},
                                     Date{-1},
                                     TimeOfDay{2},
                                     LocalTime{-3},
                                     Instant{4}};

std::string body_of(std::string const& frame) {
    return frame.substr(frame_header_bytes);
}

std::string frame_of(std::string const& body, FrameType type, std::uint32_t request = 1) {
    Writer writer(type, request);
    for (char const c : body) writer.u8(static_cast<std::uint8_t>(c));
    return writer.take();
}

std::string rows_of(std::span<Value const> values) {
    Writer writer(FrameType::rows, 1);
    for (auto const& value : values) writer.value(value);
    return writer.take();
}

std::string column_a(Kind kind) {
    WireColumn const column{{"a", "ANY"}, kind};
    return write_columns(1, std::span(&column, 1));
}

// Feeds whole frames; gives what came of them.
Outcome<Result> answer(std::vector<std::string> const& frames, DuckLimits const& limits = {}) {
    Answer gathered(1, limits);
    for (auto const& frame : frames)
        if (gathered.add(read_header(frame), body_of(frame))) return gathered.take();
    throw Malformed("not complete");
}

// A session whose child is a thread of this test.
class FakeChild {
public:
    FakeChild(std::function<void(int)> const& play, DuckLimits const& limits = {.query_time = seconds(20)}) {
        int ends[2];
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
        thread_ = std::thread([play, socket = ends[1]] {
            play(socket);
            close(socket);
        });
        session_.emplace(std::make_unique<DuckSession::Child>(Process::over_socket(ends[0]), limits, [](Process) {}));
    }
    ~FakeChild() {
        session_.reset();
        thread_.join();
    }
    DuckSession& session() { return *session_; }

private:
    std::optional<DuckSession> session_;
    std::thread thread_;
};

void say(int socket, std::string_view bytes) {
    while (!bytes.empty()) {
        auto const count = send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count <= 0) return;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

void wait_for_end(int socket) {
    char bytes[4096];
    while (recv(socket, bytes, sizeof bytes, 0) > 0) {
    }
}

// Without reading what is sent.
void wait_for_hang_up(int socket) {
    pollfd watched{socket, 0, 0};
    while (watched.revents == 0) poll(&watched, 1, -1);
}

Outcome<Result> what_comes_of(std::string const& bytes, bool then_close = false) {
    FakeChild fake([&](int socket) {
        say(socket, bytes);
        if (!then_close) wait_for_end(socket);
    });
    return fake.session().execute("SELECT 1");
}

std::string type_of(Outcome<Result> const& outcome) {
    return outcome.ok() ? "no error" : std::string(to_string(outcome.error().type));
}

}  // namespace

TEST(Protocol, EveryKindOfValueRoundTrips) {
    for (auto const& value : one_of_each) {
        auto const frame = rows_of(std::span(&value, 1));
        auto const body = body_of(frame);
        Reader reader(body);
        EXPECT_EQ(reader.value(), value);
        EXPECT_TRUE(reader.at_end());
        if (value.index() != 0) {
            auto const outcome = answer({column_a(static_cast<Kind>(value.index())), frame, write_done(1, 0)});
            EXPECT_EQ(outcome.value().values, std::vector<Value>{value});
        }
    }
}

TEST(Protocol, HelloAndOpeningRoundTrip) {
    Hello hello{17, "v1.5.6", {}};
    hello.confinement.seccomp = true;
    hello.confinement.missing = {"landlock: no"};
    auto const read = read_hello(body_of(write_hello(hello)));
    EXPECT_EQ(read.pid, 17);
    EXPECT_TRUE(read.confinement.seccomp);
    EXPECT_FALSE(read.confinement.landlock);
    EXPECT_EQ(read.confinement.missing, hello.confinement.missing);

    Opening opening{"/a", "/a/.spill", FolderAccess::write, {}};
    opening.limits.file_bytes = 5'000'000'000;
    auto const opened = read_opening(body_of(write_opening(3, opening)));
    EXPECT_EQ(opened.folder, "/a");
    EXPECT_EQ(opened.access, FolderAccess::write);
    EXPECT_EQ(opened.limits.file_bytes, 5'000'000'000u);
}

TEST(Protocol, HelloOfAnotherVersionIsRefused) {
    auto body = body_of(write_hello({1, "v", {}}));
    body[4] = static_cast<char>(body[4] + 1);
    EXPECT_THROW(read_hello(body), Malformed);
}

TEST(Protocol, AnswersThatNoChildGivesAreMalformed) {
    auto const column = column_a(5);  // text
    auto const bad = [](std::vector<std::string> const& frames, DuckLimits const& limits = {}) {
        EXPECT_THROW(answer(frames, limits), Malformed);
    };
    Value const text = std::string("x");
    bad({rows_of(std::span(&text, 1))});                                                     // before the columns
    bad({column, column});                                                                   // twice
    bad({column_a(kind_count)});                                                             // of no kind
    bad({column, rows_of(std::span(&one_of_each[2], 1))});                                   // not the column's kind
    bad({column, frame_of("", FrameType::rows)});                                            // no rows
    bad({column, frame_of("\x0C", FrameType::rows)});                                        // no such kind of value
    bad({column, frame_of("\x05\xFF\xFF\xFF\xFFx", FrameType::rows)});                       // longer than the frame
    bad({column, frame_of(std::string("\x05\x01\x00\x00\x00\xFF", 6), FrameType::rows)});    // not UTF-8
    bad({column_a(1), frame_of("\x01\x02", FrameType::rows)});                               // neither true nor false
    bad({column_a(6), frame_of(std::string("\x06\x01\x00\x00\x00.", 6), FrameType::rows)});  // no digits
    bad({column_a(6), frame_of(std::string("\x06\x03\x00\x00\x00"
                                           "1e9",
                                           8),
                               FrameType::rows)});
    bad({frame_of(std::string("\xFF\xFF\x00\x00", 4), FrameType::columns)});  // too many columns
    bad({write_done(2, 0)});                                                  // another request's
    bad({frame_of("", FrameType::hello)});
    bad({frame_of("", FrameType::done)});
    bad({frame_of(std::string(9, '\0'), FrameType::done)});  // one byte too many
    bad({write_failed(1, {ErrorType::deadline, "a type that is the parent's"})});
    bad({frame_of("\xFF", FrameType::failed)});
    std::vector<Value> const three(3, text);
    bad({column, rows_of(three)}, {.result_rows = 2});
    bad({column, rows_of(three)}, {.result_bytes = 2 * sizeof(Value)});
}

// Frames of every type, with lengths, counts and bytes changed at random: read as something or refused.
TEST(Protocol, MutatedAnswersAreReadOrRefused) {
    std::mt19937 random(20'261'120);
    auto const below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
    std::vector<WireColumn> columns;
    for (std::size_t i = 0; i < one_of_each.size(); ++i)
        columns.push_back({{"c" + std::to_string(i), "T"}, static_cast<Kind>(i)});
    std::vector<std::string> const originals{write_columns(1, columns), rows_of(one_of_each), write_done(1, 5),
                                             write_failed(1, {ErrorType::binder, "Binder Error: x"})};
    int refused = 0, read = 0;
    for (int round = 0; round < 50'000; ++round) {
        Answer gathered(1, {.result_rows = 100, .result_bytes = 10'000});
        try {
            bool done = gathered.add(read_header(originals[0]), body_of(originals[0]));
            for (int i = 0; i < 4 && !done; ++i) {
                auto frame = originals[below(originals.size())];
                for (auto changes = below(4); changes > 0; --changes)
                    frame[below(frame.size())] = static_cast<char>(random());
                if (below(8) == 0) frame.resize(std::max(frame_header_bytes, below(frame.size())));
                done = gathered.add(read_header(frame), body_of(frame));
            }
            if (done) gathered.take();
            ++read;
        } catch (Malformed const&) {
            ++refused;
        }
    }
    EXPECT_GT(read, 1000);
    EXPECT_GT(refused, 1000);
}

TEST(Protocol, RandomHellosAreReadOrRefused) {
    std::mt19937 random(7);
    auto const good = body_of(write_hello({1, "v1.5.6", {}}));
    for (int round = 0; round < 20'000; ++round) {
        auto body = good;
        body[random() % body.size()] = static_cast<char>(random());
        body.resize(random() % (body.size() + 1));
        try {
            read_hello(body);
        } catch (Malformed const&) {
        }
    }
}

TEST(Protocol, GarbageFromAChildIsAnErrorAndEndsTheSession) {
    std::mt19937 random(1);
    for (int round = 0; round < 200; ++round) {
        std::string garbage(1 + random() % 3000, '\0');
        for (char& c : garbage) c = static_cast<char>(random());
        auto const outcome = what_comes_of(garbage, true);
        EXPECT_TRUE(type_of(outcome) == "protocol" || type_of(outcome) == "child_died") << type_of(outcome);
    }
    FakeChild fake([](int socket) {
        say(socket, std::string(64, '\xFF'));
        wait_for_end(socket);
    });
    EXPECT_EQ(type_of(fake.session().execute("SELECT 1")), "protocol");
    EXPECT_FALSE(fake.session().is_alive());
    EXPECT_EQ(type_of(fake.session().execute("SELECT 1")), "child_died");
}

TEST(Protocol, AnEarlyEndIsAnErrorAtEveryByte) {
    Value const text = std::string("x");
    auto const whole = column_a(5) + rows_of(std::span(&text, 1)) + write_done(1, 0);
    EXPECT_EQ(type_of(what_comes_of(whole)), "no error");
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_EQ(type_of(what_comes_of(whole.substr(0, size), true)), "child_died") << size;
}

TEST(Protocol, SilenceAndEndlessTalkEndAtTheDeadline) {
    DuckLimits const limits{.query_time = milliseconds(50)};
    FakeChild silent(wait_for_end, limits);
    EXPECT_EQ(type_of(silent.session().execute("SELECT 1")), "deadline");

    Value const text = std::string("x");
    auto const rows = rows_of(std::span(&text, 1));
    FakeChild endless(
        [&](int socket) {
            say(socket, column_a(5));
            for (ssize_t sent = 1; sent > 0;) sent = send(socket, rows.data(), rows.size(), MSG_NOSIGNAL);
        },
        {.query_time = seconds(20), .result_rows = 1000});
    EXPECT_EQ(type_of(endless.session().execute("SELECT 1")), "protocol");
}

TEST(Protocol, AChildThatReadsNothingDoesNotHoldTheSender) {
    DuckLimits const limits{.query_time = milliseconds(50)};
    FakeChild deaf(wait_for_hang_up, limits);
    std::vector<Value> const values(2'000'000, Value(std::int64_t{1}));
    auto const outcome = deaf.session().append({.table = "t"}, std::vector<std::string>{"a"}, values);
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(to_string(outcome.error().type), "deadline");
}

TEST(Protocol, AChildThatIgnoresACancelIsKilledSoonAfter) {
    FakeChild stubborn(wait_for_end, {.query_time = minutes(10), .cancel_time = milliseconds(50)});
    std::atomic<bool> done = false;
    std::thread canceller([&] {
        while (!done) {
            stubborn.session().cancel();
            std::this_thread::yield();
        }
    });
    EXPECT_EQ(type_of(stubborn.session().execute("SELECT 1")), "cancelled");
    done = true;
    canceller.join();
    EXPECT_FALSE(stubborn.session().is_alive());
}
