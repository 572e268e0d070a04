// The part of Session that reads bodies and hands requests to the Application.
#include "kernel/web/edge_session.hpp"

#include "kernel/web/web_errors.hpp"

#include <algorithm>
#include <cerrno>
#include <exception>
#include <system_error>
#include <utility>

namespace mainstay::web {
namespace {

constexpr std::size_t memory_reserved_at_once = 64 * 1024;  // a length that is only announced costs no more
constexpr std::string_view continue_line = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace

// The head is in request_; decides about the rest.
void Session::begin_body() {
    EdgeShared& shared = thread_.shared;
    std::string what = "of an unknown type";
    bool admitted = false;
    try {
        admission_ = shared.application.admit(request_);
        admitted = true;
    } catch (std::exception const& error) {
        what = error.what();
    } catch (...) {
    }
    if (!admitted) {
        shared.application.note_exception("admit", what);
        return refuse(errors::internal_error, "");
    }
    if (admission_.refusal) return reply(std::move(*admission_.refusal));
    if (!facts_.has_body()) return dispatch();
    if (facts_.content_length.value_or(0) > admission_.body_limit)
        return refuse(errors::payload_too_large, "The body is longer than this endpoint accepts.");

    state_ = State::body;
    chunks_ = ChunkedBody();
    if (admission_.body_to_file) {
        spool_path_ = new_spool_path(shared.spool_folder);
        spool_file_ = std::make_shared<SpoolFile>(spool_path_);
    } else {
        request_.body.reserve(std::min<std::size_t>(facts_.content_length.value_or(0), memory_reserved_at_once));
    }
    Duration const now = request_.arrived;
    body_until_ = now + shared.limits.body_time;
    begin_window(now);
    if (facts_.expects_continue && buffer_.is_empty()) {
        // It fits: everything written before has been taken by the kernel, or we were still writing that.
        if (connection_->write(continue_line, {}) != continue_line.size()) close();
    }
}

// True when the body is complete or the request refused; false when bytes are missing.
bool Session::read_body() {
    while (!buffer_.is_empty()) {
        std::string_view const bytes = buffer_.bytes();
        if (facts_.chunked) {
            ChunkedBody::Step const step = chunks_.next(bytes);
            buffer_.consume(step.consumed);
            if (step.status == ChunkedBody::Status::malformed) {
                refuse(errors::bad_request, "The chunks of the body are malformed.");
                return true;
            }
            if (!add_to_body(step.data)) return true;
            if (step.status == ChunkedBody::Status::done) {
                end_body();
                return true;
            }
        } else {
            std::uint64_t const missing = *facts_.content_length - request_.body_size;
            auto const size = static_cast<std::size_t>(std::min<std::uint64_t>(missing, bytes.size()));
            buffer_.consume(size);
            if (!add_to_body(bytes.substr(0, size))) return true;
            if (size == missing) {
                end_body();
                return true;
            }
        }
    }
    return false;
}

// False when that was too much.
bool Session::add_to_body(std::string_view piece) {
    if (piece.size() > admission_.body_limit - request_.body_size) {
        refuse(errors::payload_too_large, "The body is longer than this endpoint accepts.");
        return false;
    }
    request_.body_size += piece.size();
    if (spool_file_) {
        spool_waiting_ += piece;
        spool();
    } else {
        request_.body += piece;
    }
    return true;
}

// One piece is with the disk at a time; what comes meanwhile waits, and past a limit is not read (advance()).
void Session::spool() {
    bool const last = state_ == State::flushing;
    if (spool_busy_ || (spool_waiting_.empty() && !last)) return;
    spool_busy_ = true;
    thread_.shared.disk.run(
        [self = shared_from_this(), file = spool_file_, bytes = std::exchange(spool_waiting_, {}), last] {
            int error = file->write(bytes);
            if (error == 0 && last) error = file->close();
            self->mailbox_->post([self, error, last] { self->on_spooled(error, last); });
        });
}

void Session::on_spooled(int error, bool last) {
    spool_busy_ = false;
    if (state_ != State::body && state_ != State::flushing) return remove_spooled();
    if (error == ENOSPC || error == EDQUOT) {
        refuse(errors::storage_full, "There is no room for the body.");
    } else if (error != 0) {
        thread_.shared.application.note_exception("spool", std::generic_category().message(error));
        refuse(errors::internal_error, "");
    } else if (last) {
        request_.body_file = spool_path_;
        dispatch();
    } else {
        spool();
        if (state_ == State::body && !reading_) begin_window(thread_.now());  // the disk's time is not the peer's
    }
    advance();
}

void Session::end_body() {
    body_unread_ = false;
    if (!spool_file_) return dispatch();
    state_ = State::flushing;
    spool();
}

bool Session::is_body_too_slow(Duration now) const {
    if (now >= body_until_) return true;
    bool const we_do_not_read = !reading_;
    return !we_do_not_read && is_window_too_slow(thread_.shared.limits.body_bytes_per_s);
}

void Session::dispatch() {
    state_ = State::working;
    if (facts_.has_body()) request_.arrived = thread_.now();
    last_ticket_ = 0;
    switch (admission_.lane) {
        case Lane::edge:
            dispatching_ = true;
            answered_inline_ = false;
            handle_request();
            dispatching_ = false;
            if (answered_inline_) take_answer();
            if (rest_) hand_to(thread_.shared.workers, admission_.deadline);
            return;
        case Lane::worker: return hand_to(thread_.shared.workers, admission_.deadline);
        case Lane::staged: return hand_to(thread_.shared.staged, admission_.deadline);
    }
}

void Session::hand_to(WorkerPool& pool, Duration deadline) {
    last_ticket_ = ++tickets_;
    ticket_.store(last_ticket_);
    thread_.set_deadline(*this, request_.arrived + deadline);
    if (pool.submit(admission_.fairness_key, shared_from_this(), last_ticket_)) return;
    ticket_.store(0);
    rest_ = nullptr;
    refuse(errors::busy, "Too many requests are waiting.");
}

// Whether the request was still waiting for a worker, and now waits no longer.
bool Session::take_back() {
    std::uint64_t waiting = std::exchange(last_ticket_, 0);
    if (waiting == 0 || !ticket_.compare_exchange_strong(waiting, 0)) return false;
    rest_ = nullptr;
    return true;
}

void Session::run(std::uint64_t ticket) noexcept {
    if (!ticket_.compare_exchange_strong(ticket, 0)) return;
    if (system_clock().monotonic() > request_.arrived + admission_.deadline) {
        answer_ = Answer::late;
        rest_ = nullptr;
        return mailbox_->answered(shared_from_this());
    }
    handle_request();
}

// An exception destroys the Reply, and that answers with a 500.
void Session::handle_request() noexcept {
    Application& application = thread_.shared.application;
    std::string what = "of an unknown type";
    try {
        if (auto const rest = std::exchange(rest_, nullptr)) return rest(Reply(shared_from_this()));
        application.handle(std::move(request_), std::move(admission_.route), Reply(shared_from_this()));
        return;
    } catch (std::exception const& error) {
        what = error.what();
    } catch (...) {
    }
    application.note_exception("handle", what);
}

void Session::send(Response response) {
    response_ = std::move(response);
    answer_ = Answer::response;
    tell_answered();
}

void Session::drop() {
    answer_ = Answer::dropped;
    tell_answered();
}

void Session::hand_over(std::function<void(Reply)> rest) {
    rest_ = std::move(rest);
}

void Session::tell_answered() {
    if (mailbox_->is_on_loop() && dispatching_) {
        answered_inline_ = true;
    } else {
        mailbox_->answered(shared_from_this());
    }
}

void Session::on_answer() {
    take_answer();
    advance();
}

void Session::take_answer() {
    Answer const answer = std::exchange(answer_, Answer::none);
    if (state_ == State::closed) {
        remove_spooled();
        return remove_sent();
    }
    switch (answer) {
        case Answer::response: return reply(std::move(response_));
        case Answer::late: return refuse(errors::deadline_exceeded, "No worker was free in time.");
        default: return refuse(errors::internal_error, "");
    }
}

}  // namespace mainstay::web
