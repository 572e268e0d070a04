#pragma once
#include "kernel/shared_state/shared_state.hpp"
#include "kernel/shared_state/store.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_set>

namespace mainstay::shared_state {

struct Hints::State {
    explicit State(Store& s) : store(s) {}
    void send_all();
    void follow();
    void hear(Message const&);
    bool pause(std::uint64_t failed_in_a_row);

    Store& store;
    std::string node;                                                   // before each hint, so that its own are known
    std::map<std::string, std::function<bool(std::string_view)>> tell;  // by channel
    std::vector<Signals::Listening> listening;

    std::mutex mutex;
    std::condition_variable wakes;
    std::deque<Message> waiting;
    std::unordered_set<std::string> is_waiting;  // the same, by what they say
    bool stops = false;

    std::atomic<std::uint64_t> sent = 0, heard = 0, lost = 0, malformed = 0;
    std::atomic<bool> is_listening = false, is_started = false;
    std::atomic<std::thread::id> hearing_thread;
    std::thread sender, hearer;
};

}  // namespace mainstay::shared_state
