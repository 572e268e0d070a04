#include "kernel/duck/session.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace mainstay::duck {
namespace {

constexpr std::size_t row_bytes_max = frame_body_bytes / 2;  // of an append, so that a frame holds it

bool is_plain_text(std::string_view text) {
    return is_utf8(text) && text.find('\0') == text.npos;
}

std::optional<Error> unfit(std::string_view sql, std::size_t bytes_max) {
    if (sql.size() > bytes_max) return Error{ErrorType::input_too_large, "The SQL is too long"};
    if (!is_plain_text(sql))
        return Error{ErrorType::invalid_input, "The SQL is not UTF-8 text, or has a NUL character"};
    return std::nullopt;
}

bool is_well_formed(Value const& value) {
    if (auto const* text = std::get_if<std::string>(&value)) return is_utf8(*text);
    if (auto const* exact = std::get_if<Exact>(&value)) return is_exact(exact->digits);
    return true;
}

std::optional<Error> unfit(TableName const& table, std::span<std::string const> columns, std::span<Value const> values,
                           std::uint64_t bytes_max) {
    if (!is_plain_text(table.schema) || !is_plain_text(table.table) ||
        !std::all_of(columns.begin(), columns.end(), is_plain_text))
        return Error{ErrorType::invalid_input, "A name is not UTF-8 text, or has a NUL character"};
    if (columns.empty() || columns.size() > columns_max || values.size() % columns.size() != 0)
        return Error{ErrorType::invalid_input, "The values do not make whole rows of the columns"};
    std::uint64_t bytes = 0, row_bytes = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!is_well_formed(values[i]))
            return Error{ErrorType::invalid_input, "A text is not UTF-8, or digits are none"};
        auto const size = memory_bytes(values[i]);
        row_bytes = i % columns.size() == 0 ? size : row_bytes + size;
        if ((bytes += size) > bytes_max || row_bytes > row_bytes_max)
            return Error{ErrorType::input_too_large, "The rows, or one of them, have too many bytes"};
    }
    return std::nullopt;
}

}  // namespace

// One request from its number to its answer.
class DuckSession::Child::Turn {
public:
    Turn(Child& child, Duration time) : child_(child), deadline_(system_clock().monotonic()) {
        deadline_.us += time.us;
        std::scoped_lock const lock(child_.turn_);
        child_.process_.forget_hurry();
        child_.cancelled_ = false;
        child_.running_ = request_ = ++child_.last_request_;
    }
    ~Turn() {
        std::scoped_lock const lock(child_.turn_);
        child_.running_ = 0;
    }
    Turn(Turn const&) = delete;
    Turn& operator=(Turn const&) = delete;
    std::uint32_t request() const { return request_; }
    Duration deadline() const { return deadline_; }

private:
    Child& child_;
    Duration deadline_;
    std::uint32_t request_ = 0;
};

DuckSession::Child::Child(Process process, DuckLimits const& limits, OnEnd on_end)
    : process_(std::move(process)), limits_(limits), on_end_(std::move(on_end)), pid_(process_.pid()) {}

DuckSession::Child::~Child() {
    process_.begin_kill();
    on_end_(std::move(process_));
}

std::optional<Error> DuckSession::Child::open(Opening const& opening, Duration time) {
    Turn const turn(*this, time);
    if (auto error = send(write_opening(turn.request(), opening), turn.deadline())) return error;
    auto const answer = receive(turn.request(), turn.deadline());
    return answer.ok() ? std::nullopt : std::optional(answer.error());
}

Outcome<Result> DuckSession::Child::ask(FrameType type, std::string_view sql) {
    if (!alive_) return dead_already();
    if (auto error = unfit(sql, limits_.sql_bytes)) return *error;
    Turn const turn(*this, limits_.query_time);
    Writer frame(type, turn.request());
    frame.text(sql);
    if (auto error = send(frame.take(), turn.deadline())) return *error;
    return receive(turn.request(), turn.deadline());
}

Outcome<std::uint64_t> DuckSession::Child::append(TableName const& table, std::span<std::string const> columns,
                                                  std::span<Value const> values) {
    if (!alive_) return dead_already();
    if (auto error = unfit(table, columns, values, limits_.append_bytes)) return *error;
    Turn const turn(*this, limits_.query_time);
    Writer begin(FrameType::append_begin, turn.request());
    begin.text(table.schema);
    begin.text(table.table);
    begin.u32(static_cast<std::uint32_t>(columns.size()));
    for (auto const& column : columns) begin.text(column);
    auto error = send(begin.take(), turn.deadline());
    if (!error) error = send_rows(turn.request(), columns.size(), values, turn.deadline());
    if (!error) error = send(Writer(FrameType::append_end, turn.request()).take(), turn.deadline());
    if (error) return *error;
    auto const answer = receive(turn.request(), turn.deadline());
    if (!answer.ok()) return answer.error();
    return answer.value().rows_changed;
}

std::optional<Error> DuckSession::Child::send_rows(std::uint32_t request, std::size_t width,
                                                   std::span<Value const> values, Duration deadline) {
    Writer frame(FrameType::append_rows, request);
    for (std::size_t i = 0; i < values.size(); ++i) {
        frame.value(values[i]);
        bool const row_ends = (i + 1) % width == 0;
        if (!row_ends || (frame.size() < batch_bytes && i + 1 < values.size())) continue;
        if (auto error = send(std::exchange(frame, Writer(FrameType::append_rows, request)).take(), deadline))
            return error;
    }
    return std::nullopt;
}

void DuckSession::Child::cancel() {
    Duration deadline = system_clock().monotonic();
    deadline.us += limits_.cancel_time.us;
    std::uint32_t request = 0;
    {
        std::scoped_lock const lock(turn_);
        if (running_ == 0 || cancelled_) return;
        request = running_;
        cancelled_ = true;
        process_.hurry(deadline);
    }
    std::scoped_lock const lock(sending_);
    process_.send(Writer(FrameType::cancel, request).take(), deadline);
}

std::optional<Error> DuckSession::Child::send(std::string_view frame, Duration deadline) {
    std::unique_lock lock(sending_);
    auto const ended = process_.send(frame, deadline);
    lock.unlock();
    if (ended == Process::Ended::no) return std::nullopt;
    return lost(ended);
}

Outcome<Result> DuckSession::Child::receive(std::uint32_t request, Duration deadline) {
    Answer answer(request, limits_);
    try {
        for (;;) {
            auto const received = process_.receive(deadline);
            if (received.ended != Process::Ended::no) return lost(received.ended);
            if (answer.add(received.header, received.body)) return answer.take();
        }
    } catch (Malformed const& malformed) {
        alive_ = false;
        process_.kill();
        how_it_ended_ = std::string("it answered wrongly: ") + malformed.what();
        return Error{ErrorType::protocol, "The query engine's process was killed: " + how_it_ended_};
    }
}

Error DuckSession::Child::lost(Process::Ended ended) {
    alive_ = false;
    how_it_ended_ = process_.kill();
    if (ended == Process::Ended::closed)
        return {ErrorType::child_died, "The query engine's process ended: " + how_it_ended_};
    how_it_ended_ = "it was killed";
    std::scoped_lock const lock(turn_);
    if (cancelled_) return {ErrorType::cancelled, "The statement was cancelled, and its process killed"};
    return {ErrorType::deadline, "The statement did not end within its time, and its process was killed"};
}

Error DuckSession::Child::dead_already() const {
    return {ErrorType::child_died, "The query engine's process had ended before: " + how_it_ended_};
}

DuckSession::DuckSession(std::unique_ptr<Child> child) : child_(std::move(child)) {}
DuckSession::DuckSession(DuckSession&&) noexcept = default;
DuckSession& DuckSession::operator=(DuckSession&&) noexcept = default;
DuckSession::~DuckSession() = default;

Outcome<Result> DuckSession::execute(std::string_view sql) {
    return child_->ask(FrameType::execute, sql);
}

Outcome<Result> DuckSession::query(std::string_view sql) {
    return child_->ask(FrameType::query, sql);
}

Outcome<std::vector<Column>> DuckSession::describe(std::string_view sql) {
    auto answer = child_->ask(FrameType::describe, sql);
    if (!answer.ok()) return answer.error();
    return std::move(answer.value().columns);
}

Outcome<std::uint64_t> DuckSession::append(TableName const& table, std::span<std::string const> columns,
                                           std::span<Value const> values) {
    return child_->append(table, columns, values);
}

void DuckSession::cancel() {
    child_->cancel();
}

bool DuckSession::is_alive() const {
    return child_->is_alive();
}

int DuckSession::pid() const {
    return child_->pid();
}

}  // namespace mainstay::duck
