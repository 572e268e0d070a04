// Two threads: one sends what waits in the bounded queue, one hears the others. Neither holds up who tells a word.
#include "kernel/shared_state/hints.hpp"

#include "base/random.hpp"

#include <chrono>

namespace mainstay::shared_state {
namespace {

constexpr std::size_t sent_at_once = 256;

std::string said_by(Message const& message) {
    return message.channel + ' ' + message.text;
}

}  // namespace

Hints::Hints(Signals& signals, Store& store) : signals_(signals), state_(std::make_unique<State>(store)) {
    state_->node = random_node_name();
}

Hints::~Hints() {
    stop();
}

void Hints::add(std::string const& name, std::function<bool(std::string_view)> tell) {
    if (state_->sender.joinable()) throw std::logic_error("hints are registered before they are started");
    if (!state_->tell.emplace("hints." + name, std::move(tell)).second)
        throw std::logic_error("there are hints called " + name + " already");
}

void Hints::keep_listening(Signals::Listening listening) {
    state_->listening.push_back(std::move(listening));
}

// What a listener tells while it hears of another node's word was told there too.
bool Hints::is_wanted() const {
    return state_->is_started && std::this_thread::get_id() != state_->hearing_thread && !state_->store.is_alone();
}

void Hints::send(std::string const& name, std::string text) {
    State& state = *state_;
    if (text.empty()) return;
    if (text.size() > hint_bytes_max) {
        ++state.lost;
        return;
    }
    Message message{"hints." + name, state.node + ' ' + std::move(text)};
    {
        std::lock_guard const lock(state.mutex);
        if (!state.is_waiting.insert(said_by(message)).second) return;
        if (state.waiting.size() == hints_waiting_max) {
            state.is_waiting.erase(said_by(state.waiting.front()));
            state.waiting.pop_front();
            ++state.lost;
        }
        state.waiting.push_back(std::move(message));
    }
    state.wakes.notify_all();
}

void Hints::start() {
    State& state = *state_;
    state.hearer = std::thread([&state] { state.follow(); });
    state.sender = std::thread([&state] { state.send_all(); });
    state.is_started = true;
}

void Hints::stop() {
    State& state = *state_;
    state.listening.clear();
    {
        std::lock_guard const lock(state.mutex);
        state.stops = true;
    }
    state.wakes.notify_all();
    state.store.interrupt();
    if (state.sender.joinable()) state.sender.join();
    if (state.hearer.joinable()) state.hearer.join();
}

// Whether to go on.
bool Hints::State::pause(std::uint64_t failed_in_a_row) {
    std::unique_lock lock(mutex);
    Duration const time = back_off(failed_in_a_row, random_u64());
    return !wakes.wait_for(lock, std::chrono::microseconds(time.us), [&] { return stops; });
}

void Hints::State::send_all() {
    std::uint64_t failed_in_a_row = 0;
    std::unique_lock lock(mutex);
    for (;;) {
        wakes.wait(lock, [&] { return stops || !waiting.empty(); });
        if (stops) return;
        std::size_t const size = std::min(waiting.size(), sent_at_once);
        std::vector<Message> batch(std::move_iterator(waiting.begin()),
                                   std::move_iterator(waiting.begin() + static_cast<std::ptrdiff_t>(size)));
        waiting.erase(waiting.begin(), waiting.begin() + static_cast<std::ptrdiff_t>(size));
        for (auto const& message : batch) is_waiting.erase(said_by(message));
        lock.unlock();
        bool is_sent = true;
        try {
            store.publish(batch);
            sent += size;
        } catch (StoreAway const&) {
            is_sent = false;
        }
        failed_in_a_row = is_sent ? 0 : failed_in_a_row + 1;
        if (!is_sent) lost += size;  // who reads the tables has caught up by the time that Redis is back
        if (!is_sent && !pause(failed_in_a_row)) return;
        lock.lock();
        if (wakes.wait_for(lock, std::chrono::microseconds(hints_pause.us), [&] { return stops; })) return;
    }
}

void Hints::State::follow() {
    hearing_thread = std::this_thread::get_id();
    std::vector<std::string> channels;
    for (auto const& [channel, tells] : tell) channels.push_back(channel);
    std::uint64_t failed_in_a_row = 0;
    do {
        try {
            store.follow(
                channels, [&](Message const& message) { hear(message); },
                [&] {
                    is_listening = true;
                    failed_in_a_row = 0;
                });
            is_listening = false;
            return;
        } catch (StoreAway const&) {
            is_listening = false;
            ++failed_in_a_row;
        }
    } while (pause(failed_in_a_row));
}

void Hints::State::hear(Message const& message) {
    auto const found = tell.find(message.channel);
    auto const space = message.text.find(' ');
    std::string_view const text(message.text);
    if (found == tell.end() || space == std::string::npos || text.size() - space - 1 > hint_bytes_max) {
        ++malformed;
        return;
    }
    if (text.substr(0, space) == node) return;
    ++(found->second(text.substr(space + 1)) ? heard : malformed);
}

}  // namespace mainstay::shared_state
