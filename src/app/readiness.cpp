#include "app/readiness.hpp"

#include "base/fault.hpp"

namespace mainstay::app {

void Readiness::require() {
    {
        std::lock_guard const lock(mutex_);
        Duration const now = clock_.monotonic();
        if (checked_at_ && now < *checked_at_ + (checking_ ? verdict_expires : verdict_holds)) return answer();
        if (checking_) throw Fault(errors::busy, "The database has not answered yet.");
        checking_ = true;
    }
    run_check();
}

void Readiness::run_check() {
    std::string failure;
    try {
        check_();
    } catch (std::exception const& cause) {
        failure = cause.what();
        if (failure.empty()) failure = "without a word";
    }
    std::lock_guard const lock(mutex_);
    checking_ = false;
    checked_at_ = clock_.monotonic();
    failure_ = std::move(failure);
    answer();
}

void Readiness::answer() const {
    if (!failure_.empty()) throw Fault(errors::busy, "The database does not answer.", failure_);
}

}  // namespace mainstay::app
