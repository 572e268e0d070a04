// A crossing of tenants that was refused: how it ends the unit, and how it is counted and told. Within the storage
// alone.
#pragma once
#include "kernel/storage/storage.hpp"

#include <atomic>

namespace mainstay {

// The caller sees an internal error; the log says "tenancy: ..." with the statement.
class TenancyFault : public Fault {
public:
    explicit TenancyFault(std::string const& why)
        : Fault(errors::internal_error, "Something went wrong on our side.", "tenancy: " + why) {}
};

class TenancyAlarm {
public:
    explicit TenancyAlarm(StorageLog log) : log_(std::move(log)) {}
    void raise(TenancyFault const& fault) {
        count_.fetch_add(1, std::memory_order_relaxed);
        log_(fault.internal_text());
    }
    std::uint64_t count() const { return count_.load(std::memory_order_relaxed); }

private:
    StorageLog const log_;
    std::atomic<std::uint64_t> count_ = 0;
};

}  // namespace mainstay
