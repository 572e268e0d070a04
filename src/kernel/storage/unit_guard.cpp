#include "kernel/storage/unit_guard.hpp"

namespace mainstay {
namespace {

thread_local UnitGuard* innermost = nullptr;

}  // namespace

UnitGuard::UnitGuard(Database const& database, Runs runs) : database_(&database), runs_(runs), outer_(innermost) {
    innermost = this;
}

UnitGuard::~UnitGuard() {
    innermost = outer_;
}

void refuse_submitting_within(Database const& database) {
    for (UnitGuard const* guard = innermost; guard != nullptr; guard = guard->outer_)
        if (guard->database_ == &database && guard->runs_ == UnitGuard::Runs::unit)
            throw std::logic_error("a unit of work may not start another one in the same database");
}

void refuse_waiting_within(Database const& database) {
    for (UnitGuard const* guard = innermost; guard != nullptr; guard = guard->outer_)
        if (guard->database_ == &database)
            throw std::logic_error("work in the database may not wait for other work in the same database");
}

}  // namespace mainstay
