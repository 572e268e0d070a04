#include "kernel/net/streams.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>

namespace mainstay::net {

struct Stream::State {
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::string> pieces;
    std::size_t bytes = 0;
    bool is_paused = false, is_done = false, is_left = false;
    std::optional<Outcome> head;
    std::optional<Failure> failure;

    Take take(std::string_view piece) {
        std::lock_guard const lock(mutex);
        if (is_left) return Take::stop;
        if (bytes >= buffer_bytes) {
            is_paused = true;
            return Take::pause;
        }
        pieces.emplace_back(piece);
        bytes += piece.size();
        changed.notify_all();
        return Take::taken;
    }

    void end(Outcome outcome) {
        std::lock_guard const lock(mutex);
        is_done = true;
        if (auto const* const failed = std::get_if<Failure>(&outcome)) failure = *failed;
        if (!head) head = std::move(outcome);
        changed.notify_all();
    }

    void begin(Reply const& reply) {
        std::lock_guard const lock(mutex);
        head = reply;
        changed.notify_all();
    }
};

Stream::Stream(Transport& transport, Request request) : transport_(transport), state_(std::make_shared<State>()) {
    request.sink = {[state = state_](Reply const& head) { state->begin(head); },
                    [state = state_](std::string_view piece) { return state->take(piece); }};
    id_ = transport_.submit(std::move(request), [state = state_](Outcome outcome) { state->end(std::move(outcome)); });
}

Stream::~Stream() {
    {
        std::lock_guard const lock(state_->mutex);
        state_->is_left = true;
        if (state_->is_done) return;
    }
    transport_.cancel(id_);
}

Outcome const& Stream::head() {
    std::unique_lock lock(state_->mutex);
    state_->changed.wait(lock, [this] { return state_->head.has_value(); });
    return *state_->head;
}

std::optional<std::string> Stream::read() {
    std::unique_lock lock(state_->mutex);
    state_->changed.wait(lock, [this] { return !state_->pieces.empty() || state_->is_done; });
    if (state_->pieces.empty()) return std::nullopt;
    std::string piece = std::move(state_->pieces.front());
    state_->pieces.pop_front();
    state_->bytes -= piece.size();
    bool const was_paused = std::exchange(state_->is_paused, false);
    lock.unlock();  // a transport may call the sink at once
    if (was_paused) transport_.resume(id_);
    return piece;
}

std::optional<Failure> const& Stream::failure() const {
    std::lock_guard const lock(state_->mutex);
    return state_->failure;
}

}  // namespace mainstay::net
