// Knows what this thread is running for which database, so that work which would wait for itself is refused at once.
// Within the storage alone.
#pragma once
#include "kernel/storage/storage.hpp"

namespace mainstay {

class UnitGuard {
public:
    enum class Runs {
        unit,     // a unit or a reader
        callback  // done or after_commit
    };
    UnitGuard(Database const&, Runs);
    ~UnitGuard();
    UnitGuard(UnitGuard const&) = delete;
    UnitGuard& operator=(UnitGuard const&) = delete;

private:
    friend void refuse_submitting_within(Database const&);
    friend void refuse_waiting_within(Database const&);
    Database const* database_;
    Runs runs_;
    UnitGuard* outer_;
};

void refuse_submitting_within(Database const&);  // throws std::logic_error within a unit
void refuse_waiting_within(Database const&);     // the same, and within a callback

namespace detail {
std::string shown(Sql const&);  // the statement's beginning on one line, for the log
}

}  // namespace mainstay
