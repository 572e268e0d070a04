// The part of Session that writes replies: from memory, from a file, from a Stream.
#include "kernel/web/edge_session.hpp"

#include "kernel/web/web_errors.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <exception>
#include <utility>

namespace mainstay::web {
namespace {

constexpr std::size_t file_piece_bytes = 256 * 1024;
constexpr std::string_view last_chunk = "0\r\n\r\n";

bool has_no_body(int status) {
    return status == 204 || status == 304;
}

// The line before a chunk's bytes.
void put_chunk_size(std::string& out, std::size_t size) {
    std::array<char, 16> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), size, 16).ptr;
    out.assign(digits.data(), end);
    out += "\r\n";
}

}  // namespace

void Session::refuse(ErrorCode const& code, std::string_view detail) {
    add_one(thread_.refused);
    reply(make_refusal(thread_.shared.application, code, detail));
}

void Session::reply(Response response) {
    response_ = std::move(response);
    if (response_.status < 200 || response_.status > 599 || !headers_are_sound(response_.headers)) {
        thread_.shared.application.note_exception("reply", "a status or header that must not be sent");
        remove_sent();
        response_ = Response{};
        response_.status = 500;
    }
    state_ = State::replying;
    window_open_ = false;
    close_after_ =
        response_.close || body_unread_ || !keep_alive_ || thread_.shared.draining.load(std::memory_order_relaxed);
    if (response_.open) return open_stream();
    if (!response_.file.empty()) return open_file();
    std::string_view const body = response_.static_body.empty() ? response_.body : response_.static_body;
    put_head(has_no_body(response_.status) ? ReplyBody::none : ReplyBody::sized, body.size());
    if (request_method_ != Method::head && !has_no_body(response_.status)) body_rest_ = body;
    if (write_out()) on_written();
}

void Session::put_head(ReplyBody body, std::uint64_t size) {
    write_response_head(head_out_, response_.status, response_.headers, response_.header_lines,
                        {body, size, close_after_, facts_.http_1_0}, thread_.date.at(std::time(nullptr)));
    head_rest_ = head_out_;
    body_rest_ = {};
}

// Files are opened and read by the disk's threads, a piece at a time; the next is read when the kernel has the last.
void Session::open_file() {
    source_ = std::make_shared<SourceFile>();
    thread_.shared.disk.run([self = shared_from_this(), source = source_, path = response_.file] {
        bool const is_open = source->open(path);
        self->mailbox_->post([self, is_open] { self->on_file_opened(is_open); });
    });
}

void Session::on_file_opened(bool is_open) {
    if (state_ == State::closed) return;
    if (!is_open) {
        source_.reset();
        thread_.shared.application.note_exception("reply", "the file to be sent cannot be read");
        remove_sent();
        refuse(errors::internal_error, "");
        return advance();
    }
    source_offset_ = 0;
    source_left_ = request_method_ == Method::head || has_no_body(response_.status) ? 0 : source_->size();
    put_head(has_no_body(response_.status) ? ReplyBody::none : ReplyBody::sized, source_->size());
    if (write_out()) on_written();
    advance();
}

void Session::read_file() {
    auto const size = static_cast<std::size_t>(std::min<std::uint64_t>(source_left_, file_piece_bytes));
    thread_.shared.disk.run([self = shared_from_this(), source = source_, offset = source_offset_, size] {
        self->mailbox_->post([self, bytes = source->read(offset, size)] { self->on_file_read(bytes); });
    });
}

void Session::on_file_read(std::string bytes) {
    if (state_ == State::closed) return;
    if (bytes.empty()) return close();  // the file has shrunk; the length already sent cannot be kept
    source_offset_ += bytes.size();
    source_left_ -= bytes.size();
    response_.body = std::move(bytes);
    body_rest_ = response_.body;
    if (write_out()) on_written();
    advance();
}

void Session::open_stream() {
    close_after_ = close_after_ || facts_.http_1_0;
    put_head(facts_.http_1_0 ? ReplyBody::to_close : ReplyBody::chunked, 0);
    if (request_method_ != Method::head) {
        state_ = State::streaming;
        stream_opened_ = stream_finished_ = false;
        stream_taken_ = 0;
        stream_ = std::make_shared<StreamBuffer>(mailbox_, weak_from_this(), thread_.shared.limits.stream_buffer_bytes);
        thread_.set_deadline(*this, never);
    }
    if (write_out()) on_written();
}

void Session::on_stream(StreamBuffer const& of) {
    if (stream_.get() != &of || !stream_opened_) return;
    pump_stream();
    advance();
}

// Writes what was pushed, until there is nothing, or the kernel takes no more.
void Session::pump_stream() {
    while (!waiting_until_writable_) {
        stream_->written(std::exchange(stream_taken_, 0));
        if (stream_finished_) {
            end_stream();
            return finish_reply();
        }
        StreamBuffer::Taken taken = stream_->take();
        if (taken.overflow) return close();
        if (taken.bytes.empty() && !taken.finished) return;
        stream_taken_ = taken.bytes.size();
        stream_finished_ = taken.finished;
        head_out_.clear();
        response_.body = std::move(taken.bytes);
        if (!facts_.http_1_0) {
            if (stream_taken_ > 0) {
                put_chunk_size(head_out_, stream_taken_);
                response_.body += "\r\n";
            }
            if (stream_finished_) response_.body += last_chunk;
        }
        head_rest_ = head_out_;
        body_rest_ = response_.body;
        if (!write_out()) return;
    }
}

void Session::end_stream() noexcept {
    if (auto const stream = std::exchange(stream_, nullptr)) stream->close();
}

// True when all has gone to the kernel; false when it will go on by itself, or the connection is gone.
bool Session::write_out() {
    while (!head_rest_.empty() || !body_rest_.empty()) {
        auto const written = connection_->write(head_rest_, body_rest_);
        if (!written) {
            close();
            return false;
        }
        if (*written == 0) {
            waiting_until_writable_ = true;
            connection_->wait_until_writable(shared_from_this());
            if (!window_open_) begin_window(thread_.now());
            return false;
        }
        window_bytes_ += *written;
        std::size_t const of_head = std::min(*written, head_rest_.size());
        head_rest_.remove_prefix(of_head);
        body_rest_.remove_prefix(*written - of_head);
    }
    return true;
}

void Session::on_writable() {
    waiting_until_writable_ = false;
    if (state_ == State::closed) return;
    if (write_out()) on_written();
    advance();
}

void Session::on_written() {
    if (stream_) {
        if (!std::exchange(stream_opened_, true)) {
            read_more();  // tells when the reader has gone
            std::string what = "of an unknown type";
            bool opened = false;
            try {
                std::exchange(response_.open, nullptr)(make_stream(stream_));
                opened = true;
            } catch (std::exception const& error) {
                what = error.what();
            } catch (...) {
            }
            if (!opened) {
                thread_.shared.application.note_exception("open", what);
                return close();
            }
            if (thread_.shared.draining.load(std::memory_order_relaxed)) stream_->finish();
        }
        return pump_stream();
    }
    if (source_left_ > 0) return read_file();
    finish_reply();
}

void Session::finish_reply() {
    remove_spooled();
    remove_sent();
    source_.reset();
    response_ = Response{};
    if (close_after_ || peer_ended_) return linger();
    become_idle();
}

// The spooled body, unless the handler has moved it away. While the disk writes it, on_spooled() comes here later.
void Session::remove_spooled() {
    if (spool_path_.empty() || spool_busy_) return;
    spool_file_.reset();
    spool_waiting_.clear();
    remove_on_disk(std::exchange(spool_path_, {}));
}

void Session::remove_sent() {
    if (response_.remove_file && !response_.file.empty()) remove_on_disk(std::exchange(response_.file, {}));
}

void Session::remove_on_disk(std::filesystem::path path) {
    thread_.shared.disk.run([path = std::move(path)] {
        std::error_code ignored;  // it may have been moved away
        std::filesystem::remove(path, ignored);
    });
}

void Session::begin_window(Duration now) {
    window_open_ = true;
    window_bytes_ = 0;
    Duration const end = now + thread_.shared.limits.rate_window;
    thread_.set_deadline(*this, state_ == State::body ? std::min(end, body_until_) : end);
}

void Session::end_window() {
    window_open_ = false;
    thread_.set_deadline(*this, never);
}

bool Session::is_window_too_slow(std::uint64_t bytes_per_s) const {
    auto const window_us = static_cast<std::uint64_t>(thread_.shared.limits.rate_window.us);
    return window_bytes_ < bytes_per_s * window_us / 1'000'000;
}

}  // namespace mainstay::web
