// Points in time as the whole program keeps them: microseconds since 1970 in UTC.
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mainstay {

struct Duration {
    std::int64_t us = 0;
    friend constexpr auto operator<=>(Duration, Duration) = default;
};
constexpr Duration operator+(Duration a, Duration b) {
    return {a.us + b.us};
}
constexpr Duration operator-(Duration a, Duration b) {
    return {a.us - b.us};
}
constexpr Duration microseconds(std::int64_t n) {
    return {n};
}
constexpr Duration milliseconds(std::int64_t n) {
    return {n * 1000};
}
constexpr Duration seconds(std::int64_t n) {
    return {n * 1'000'000};
}
constexpr Duration minutes(std::int64_t n) {
    return seconds(n * 60);
}
constexpr Duration hours(std::int64_t n) {
    return minutes(n * 60);
}
constexpr Duration days(std::int64_t n) {
    return hours(n * 24);
}

struct Instant {
    std::int64_t us = 0;
    friend constexpr auto operator<=>(Instant, Instant) = default;
};
constexpr Instant operator+(Instant t, Duration d) {
    return {t.us + d.us};
}
constexpr Instant operator-(Instant t, Duration d) {
    return {t.us - d.us};
}
constexpr Duration operator-(Instant a, Instant b) {
    return {a.us - b.us};
}

// "2026-11-20T17:00:00.123456Z" (RFC 3339); the fraction is left out when it is zero.
std::string to_rfc3339(Instant);

// Reads RFC 3339 with any offset and up to nine digits of fraction (those past six are cut).
// Nothing for anything else, and for years outside 1 to 9999.
std::optional<Instant> parse_rfc3339(std::string_view);

// Where a part of the program gets its time from, so that tests can move it.
class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;         // wall clock: for what people and other programs see
    virtual Duration monotonic() const = 0;  // never steps: for leases, deadlines and timeouts
};

Clock& system_clock();

// For tests: time moves only when told to.
class ManualClock : public Clock {
public:
    explicit ManualClock(Instant start = {1'800'000'000'000'000}) : now_(start) {}
    Instant now() const override { return now_; }
    Duration monotonic() const override { return monotonic_; }
    void advance(Duration d) {
        now_ = now_ + d;
        monotonic_.us += d.us;
    }
    void step_wall_clock(Duration d) { now_ = now_ + d; }  // as NTP or a person would

private:
    Instant now_;
    Duration monotonic_{0};
};

}  // namespace mainstay
