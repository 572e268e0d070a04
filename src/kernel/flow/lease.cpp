#include "kernel/flow/lease.hpp"

#include "base/random.hpp"
#include "base/utf8.hpp"

#include <algorithm>

namespace mainstay::flow {

LeaseContext::LeaseContext(Database& database, Clock& clock, Lease& lease, Duration time_limit,
                           std::atomic<bool> const& is_draining, Outcome const* outcome)
    : database_(database),
      clock_(clock),
      lease_(lease),
      limit_(time_limit),
      started_(clock.monotonic()),
      is_draining_(is_draining),
      outcome_(outcome) {}

bool LeaseContext::is_cancelled() const {
    if (stop() == Stop::none) return false;
    was_told_ = true;
    return true;
}

Duration LeaseContext::time_left() const {
    return {std::max<std::int64_t>(0, started_.us + limit_.us - clock_.monotonic().us)};
}

void LeaseContext::write_now(std::function<void(Transaction&)> rows) {
    database_.write(lease_.scope(), [&](Transaction& tx) {
        pass_fence(tx, lease_.hold());
        rows(tx);
    });
}

void LeaseContext::set_result(std::string json) {
    if (json.size() > result_bytes_max) throw std::logic_error("a job's result is larger than flow::result_bytes_max");
    result_ = std::move(json);
}

Outcome const& LeaseContext::outcome() const {
    if (outcome_ == nullptr) throw std::logic_error("nothing was waited for");
    return *outcome_;
}

Attempt LeaseContext::run(std::function<void()> const& work) {
    Came came = Came::back;
    std::string error;
    std::optional<Duration> delay;
    try {
        work();
    } catch (LeaseLost const& e) {
        came = Came::back_without_lease;
        error = e.what();
    } catch (Discard const& e) {
        came = Came::back_hopeless;
        error = e.what();
    } catch (RetryAfter const& e) {
        came = Came::back_with_error;
        error = e.what();
        delay = e.delay;
    } catch (std::exception const& e) {
        came = Came::back_with_error;
        error = e.what();
    } catch (...) {  // whatever a handler throws, its worker goes on to the next
        came = Came::back_with_error;
        error = "threw something that is no std::exception";
    }
    Stop const why = stop();
    if (why == Stop::time_up) error = "took longer than its limit of " + std::to_string(limit_.us / 1000) + " ms";
    if (why == Stop::lease_expired && error.empty()) error = "its lease could not be renewed";
    return {judge(came, why, was_told_), short_error(error), delay};
}

void LeaseContext::apply_writes(Transaction& tx) const {
    for (auto const& rows : writes_) rows(tx);
}

Stop LeaseContext::stop() const {
    if (lease_.is_lost) return Stop::lease_lost;
    if (lease_.is_cancel_asked) return Stop::cancelled;
    Duration const now = clock_.monotonic();
    if (now.us >= started_.us + limit_.us) return Stop::time_up;
    if (now.us >= lease_.valid_until_us) return Stop::lease_expired;
    return is_draining_ ? Stop::draining : Stop::none;
}

Duration random_delay_before(RetryPolicy const& policy, std::int64_t attempt) {
    double const share = static_cast<double>(random_u64() >> 11) / static_cast<double>(1ull << 53);
    return delay_before(policy, attempt, share);
}

std::string short_error(std::string_view text) {
    auto const shown = utf8_prefix(text, error_bytes_max);
    return shown.empty() && !text.empty() ? "an error whose text is not UTF-8" : std::string(shown);
}

}  // namespace mainstay::flow
