#include "kernel/web/edge_session.hpp"

#include "kernel/web/client_address.hpp"
#include "kernel/web/web_errors.hpp"

#include <algorithm>
#include <utility>

namespace mainstay::web {
namespace {

// A connection that was used this lately may have its next request on the way; drain() answers that one.
constexpr Duration drain_idle_grace = seconds(1);
// How long the peer may take to read the last reply before the connection is closed under it.
constexpr Duration linger_time = seconds(2);
constexpr std::size_t body_buffer_bytes = 64 * 1024;
constexpr std::size_t linger_buffer_bytes = 16 * 1024;
constexpr std::string_view empty_line = "\r\n";

}  // namespace

Session::Session(EdgeThread& thread, int descriptor, PeerAddress peer, ConnectionGate::Pass pass)
    : thread_(thread),
      mailbox_(thread.mailbox),
      peer_(std::move(peer)),
      pass_(pass),
      connection_(std::make_unique<Connection>(thread.loop, descriptor)) {}

// The last one to let go may be a worker, long after close().
Session::~Session() {
    std::error_code ignored;
    if (!spool_path_.empty()) std::filesystem::remove(spool_path_, ignored);
    if (response_.remove_file) std::filesystem::remove(response_.file, ignored);
}

void Session::start() {
    self_ = shared_from_this();
    thread_.now();
    become_idle();
    if (pass_ == ConnectionGate::Pass::full) return read_more();
    body_unread_ = true;
    refuse(errors::too_many_connections, "The server has no room for another connection.");
}

void Session::begin_drain() {
    if (is_idle()) thread_.set_deadline(*this, idle_since_ + drain_idle_grace);
    if (state_ == State::streaming && stream_) stream_->finish();
}

void Session::close() {
    if (state_ == State::closed) return;
    auto const self = std::exchange(self_, nullptr);
    bool const application_has_it = state_ == State::working && !take_back();
    state_ = State::closed;
    thread_.deadlines.remove(*this);
    connection_.reset();
    end_stream();
    if (!application_has_it) {  // else response_ may be being written; take_answer() cleans up
        remove_spooled();
        remove_sent();
    }
    thread_.shared.gate.leave(peer_, pass_);
}

void Session::become_idle() {
    state_ = State::head;
    head_started_ = false;
    scanned_ = 0;
    idle_since_ = thread_.coarse_now;
    bool const draining = thread_.shared.draining.load(std::memory_order_relaxed);
    thread_.set_deadline(*this, idle_since_ + (draining ? drain_idle_grace : thread_.shared.limits.idle_time));
}

void Session::linger() {
    state_ = State::lingering;
    buffer_.clear();
    connection_->end_writing();
    thread_.set_deadline(*this, thread_.now() + linger_time);
    if (peer_ended_) return close();
    read_more();
}

void Session::read_more() {
    if (reading_ || peer_ended_) return;
    reading_ = true;
    connection_->read(shared_from_this(), buffer_.room(wanted_room()));
}

std::size_t Session::wanted_room() const {
    if (state_ == State::lingering) return linger_buffer_bytes;
    if (state_ != State::body) return ReadBuffer::idle_capacity;
    if (facts_.chunked) return body_buffer_bytes;
    std::uint64_t const missing = *facts_.content_length - request_.body_size;
    return std::max(ReadBuffer::idle_capacity,
                    static_cast<std::size_t>(std::min<std::uint64_t>(missing, body_buffer_bytes)));
}

void Session::on_read(std::size_t size) {
    reading_ = false;
    if (state_ == State::closed) return;
    peer_ended_ = size == 0;
    buffer_.received(size);
    switch (state_) {
        case State::head:
        case State::body:
            window_bytes_ += size;
            if (peer_ended_) return close();
            return advance();
        case State::streaming:
            if (peer_ended_) return close();
            // What a client pipelines behind a stream is kept as far as the buffer goes.
            if (buffer_.bytes().size() < ReadBuffer::idle_capacity) read_more();
            return;
        case State::lingering:
            buffer_.clear();
            if (peer_ended_) return close();
            return read_more();
        default: return;  // begun before the reply; advance() will find it
    }
}

// Goes through what is in the buffer until something is missing. Nothing that is called from here calls it again, so
// that a long pipeline of requests does not become a deep stack.
void Session::advance() {
    while (state_ == State::head || state_ == State::body) {
        if (state_ == State::head ? read_head() : read_body()) continue;
        if (state_ != State::head && state_ != State::body) return;
        if (peer_ended_) return close();
        bool const disk_is_behind = state_ == State::body && spool_busy_ && spool_waiting_.size() >= body_buffer_bytes;
        if (!disk_is_behind) read_more();
        return;
    }
}

// True when it got anywhere.
bool Session::read_head() {
    Limits const& limits = thread_.shared.limits;
    // RFC 9112 section 2.2: one empty line before a request is read over.
    if (scanned_ < empty_line.size() && buffer_.bytes().starts_with(empty_line)) {
        buffer_.consume(empty_line.size());
        scanned_ = 0;
    }
    std::string_view const bytes = buffer_.bytes();
    if (bytes.empty()) {
        if (!reading_) buffer_.shrink();
        return false;
    }
    HeadEnd const end = find_head_end(bytes, scanned_);
    if (end.state == HeadEnd::State::malformed)
        return reject_head(errors::bad_request, "A line does not end with carriage return and line feed.");
    if (end.state == HeadEnd::State::complete && end.size <= limits.head_bytes)
        return accept_head(bytes.substr(0, end.size));
    if (bytes.size() >= limits.head_bytes) {
        bool const in_first_line = bytes.substr(0, limits.head_bytes).find('\n') == std::string_view::npos;
        return in_first_line ? reject_head(errors::uri_too_long, "The request line is too long.")
                             : reject_head(errors::headers_too_large, "The head of the request is too long.");
    }
    scanned_ = bytes.size();
    if (!std::exchange(head_started_, true)) thread_.set_deadline(*this, thread_.now() + limits.head_time);
    return false;
}

// What follows such a head cannot be told from another request, so nothing more is read as one.
bool Session::reject_head(ErrorCode const& code, std::string_view detail) {
    add_one(thread_.requests);
    body_unread_ = true;
    refuse(code, detail);
    return true;
}

bool Session::accept_head(std::string_view head) {
    request_ = Request{};
    request_.arrived = thread_.now();
    HeadVerdict const verdict = check_head(head, thread_.shared.limits);
    facts_ = verdict.facts;
    request_.method = request_method_ = facts_.method;
    request_.http_1_0 = facts_.http_1_0;
    if (verdict.refusal) return reject_head(*verdict.refusal->code, verdict.refusal->detail);
    ParsedHead const parsed = parse_head(head, request_);
    if (!parsed.ok || parsed.chunked != facts_.chunked || parsed.content_length != facts_.content_length)
        return reject_head(errors::bad_request, "The head of the request is malformed.");
    request_.remote_address =
        peer_.is_proxy ? forwarded_address(peer_.text, request_.headers, thread_.shared.proxies) : peer_.text;
    request_.is_local = peer_.is_loopback && !says_forwarded(request_.headers);
    keep_alive_ = parsed.keep_alive;
    body_unread_ = facts_.has_body();
    buffer_.consume(head.size());
    head_started_ = true;
    scanned_ = 0;
    add_one(thread_.requests);
    begin_body();
    return true;
}

void Session::on_deadline(Duration now) {
    Limits const& limits = thread_.shared.limits;
    thread_.set_deadline(*this, never);  // whatever follows may set a nearer one
    switch (state_) {
        case State::head:
            if (!head_started_) return close();
            reject_head(errors::request_timeout, "The head of the request took too long.");
            return;
        case State::body:
            if (!is_body_too_slow(now)) return begin_window(now);
            refuse(errors::request_timeout, "The body of the request came too slowly.");
            return;
        case State::working:
            if (!take_back()) return;  // whoever has it answers
            refuse(errors::deadline_exceeded, "No worker was free in time.");
            return advance();
        case State::replying:
        case State::streaming:
            if (!waiting_until_writable_) return end_window();
            if (is_window_too_slow(limits.reply_bytes_per_s)) return close();
            return begin_window(now);
        case State::lingering: return close();
        case State::flushing:
        case State::closed: return;
    }
}

}  // namespace mainstay::web
