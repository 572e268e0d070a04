// Whether the database works, asked at most once a second by one caller at a time however many want to know: a probe
// that anybody may call must not become work for the database.
#pragma once
#include "base/time.hpp"

#include <functional>
#include <mutex>
#include <optional>
#include <string>

namespace mainstay::app {

class Readiness {
public:
    // `check` throws when the database does not work.
    Readiness(Clock& clock, std::function<void()> check) : clock_(clock), check_(std::move(check)) {}

    static constexpr Duration verdict_holds = seconds(1);    // without being asked for again
    static constexpr Duration verdict_expires = seconds(5);  // while a check that was begun since does not end

    // Throws Fault(errors::busy) when the last check failed or is too long ago.
    void require();

private:
    void run_check();
    void answer() const;  // by the last verdict; under the mutex

    Clock& clock_;
    std::function<void()> const check_;
    std::mutex mutex_;
    bool checking_ = false;
    std::optional<Duration> checked_at_;
    std::string failure_;  // of the last check; empty: it passed
};

}  // namespace mainstay::app
