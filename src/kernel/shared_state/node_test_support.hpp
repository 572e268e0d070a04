// A node as a test has it: what it shares, a clock of its own, and a word that it tells the others.
#pragma once
#include "kernel/shared_state/shared_state.hpp"
#include "kernel/shared_state/store.hpp"

#include <mutex>

namespace mainstay::node_test {

using namespace shared_state;

struct Word {
    std::string text;
};

// Runs as the system's does, from another beginning.
class SkewedClock : public Clock {
public:
    explicit SkewedClock(Duration skew) : skew_(skew) {}
    Instant now() const override { return system_clock().now() + skew_; }
    Duration monotonic() const override { return system_clock().monotonic() + skew_; }

private:
    Duration skew_;
};

struct Node {
    Node(std::unique_ptr<Store> store, Duration skew) : clock(skew), shared(std::move(store), signals, clock) {
        shared.hints().carry<Word>(
            "word", [](Word const& word) { return word.text; },
            [](std::string_view text) {
                return text == "bad" ? std::nullopt : std::optional<Word>(Word{std::string(text)});
            });
        listening = signals.listen<Word>([this](Word const& word) {
            std::lock_guard const lock(mutex);
            heard.push_back(word.text);
        });
    }

    Decision take(std::string_view key, Limit const& limit) {
        return shared.limits().take(key, limit, clock.monotonic());
    }
    // How many are let through before one is not.
    std::int64_t take_all(std::string_view key, Limit const& limit) {
        std::int64_t taken = 0;
        while (taken < 10'000 && take(key, limit).allowed) ++taken;
        return taken;
    }
    std::vector<std::string> heard_so_far() {
        std::lock_guard const lock(mutex);
        return heard;
    }

    Signals signals;
    SkewedClock clock;
    std::mutex mutex;
    std::vector<std::string> heard;
    SharedState shared;
    Signals::Listening listening;
};

}  // namespace mainstay::node_test
