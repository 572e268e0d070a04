// What both engines share: scopes, parameters out of structs, rows into structs, and waiting for a submitted unit.
#include "kernel/storage/storage.hpp"

#include "base/text.hpp"
#include "kernel/storage/unit_guard.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace mainstay {
namespace {

constexpr int bytes_shown_of_statement = 200;

// What one thread waits on until another has called done. The notification is sent under the lock, so that the waiter
// cannot leave, and take this away, before it was sent.
class Outcome {
public:
    void set(std::exception_ptr failure) {
        std::scoped_lock const lock(mutex_);
        failure_ = std::move(failure);
        is_set_ = true;
        changed_.notify_one();
    }
    void wait_and_rethrow() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return is_set_; });
        if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::exception_ptr failure_;
    bool is_set_ = false;
};

std::size_t column_of(std::span<std::string_view const> names, std::string_view name, std::size_t likely) {
    if (likely < names.size() && names[likely] == name) return likely;
    auto const found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) throw std::logic_error("a statement gives no column for the field " + std::string(name));
    return static_cast<std::size_t>(found - names.begin());
}

}  // namespace

Scope::Scope(TenantId tenant) : Scope(tenant, {}) {}

Scope::Scope(TenantId tenant, std::string actor) : tenant_(tenant), actor_(std::move(actor)) {
    if (!tenant.is_set()) throw std::logic_error("a unit of work without a tenant");
}

Scope system_scope(std::string_view reason) {
    Scope scope;
    scope.system_ = true;
    scope.reason_ = reason;
    return scope;
}

Scope installation_scope(std::string_view reason, std::string actor) {
    Scope scope = system_scope(reason);
    scope.tenant_ = installation_tenant;
    scope.actor_ = std::move(actor);
    return scope;
}

void Database::write_and_wait(Scope const& scope, Unit unit, Isolation isolation) {
    refuse_waiting_within(*this);
    Outcome outcome;
    submit(
        scope, std::move(unit), [&](std::exception_ptr failure) { outcome.set(std::move(failure)); }, isolation);
    outcome.wait_and_rethrow();
}

namespace detail {

void Parameters::add_row(void const* row, fields::Table const& table) {
    for (fields::Field const& field : table.fields)
        add_value(field.name, field.kind->bind(static_cast<char const*>(row) + field.offset, arena_));
}

// PostgreSQL's text cannot hold the NUL character, so neither engine's may.
void Parameters::add_value(std::string_view name, fields::SqlValue value) {
    if (auto const* text = std::get_if<std::string_view>(&value); text != nullptr && text->find('\0') < text->size())
        throw Fault(errors::invalid_input, "A text may not hold the NUL character.", "in :" + std::string(name));
    list_.push_back({name, value});
}

// PostgreSQL takes neither, and SQLite would give back what it cannot sort or search.
std::span<Parameter const> Parameters::list() const {
    for (Parameter const& parameter : list_) {
        auto const* text = std::get_if<std::string_view>(&parameter.value);
        if (text != nullptr && (text->find('\0') != std::string_view::npos || !is_utf8(*text)))
            throw Fault(errors::invalid_input, "Text must be UTF-8 without the character NUL.",
                        "bound to :" + std::string(parameter.name));
    }
    return list_;
}

void RowFiller::columns(std::span<std::string_view const> names) {
    if (table_ == nullptr) {
        if (names.size() != 1) throw std::logic_error("a plain value is read from a statement of several columns");
        return;
    }
    column_of_field_.clear();
    column_of_field_.reserve(table_->fields.size());
    for (fields::Field const& field : table_->fields)
        column_of_field_.push_back(column_of(names, field.name, column_of_field_.size()));
}

bool RowFiller::row(std::span<fields::SqlValue const> values) {
    auto* const object = static_cast<char*>(next());
    if (table_ == nullptr) {
        plain_->load(object, values[0]);
    } else {
        for (std::size_t i = 0; i < column_of_field_.size(); ++i) {
            fields::Field const& field = table_->fields[i];
            field.kind->load(object + field.offset, values[column_of_field_[i]]);
        }
    }
    return wants_more();
}

std::string shown(Sql const& sql) {
    std::string text(sql.sqlite.substr(0, bytes_shown_of_statement));
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

}  // namespace detail
}  // namespace mainstay
