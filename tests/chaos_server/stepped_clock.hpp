// The system's clock, whose wall time a file may move, as somebody does who sets the clock of a machine.
#pragma once
#include "base/time.hpp"

#include <atomic>
#include <filesystem>
#include <fstream>

namespace mainstay::chaos {

class SteppedClock : public Clock {
public:
    // The file holds seconds, before or behind the system's.
    explicit SteppedClock(std::filesystem::path file) : file_(std::move(file)) { read(); }

    void read() {
        std::int64_t ahead_s = 0;
        if (std::ifstream(file_) >> ahead_s) ahead_us_ = seconds(ahead_s).us;
    }

    Instant now() const override { return system_clock().now() + Duration{ahead_us_}; }
    Duration monotonic() const override { return system_clock().monotonic(); }

private:
    std::filesystem::path file_;
    std::atomic<std::int64_t> ahead_us_ = 0;
};

}  // namespace mainstay::chaos
