// The child's side of the conversation: one thread listens, the main thread works.
#pragma once
#include "kernel/duck/child/engine.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>

namespace mainstay::duck {

struct Request {
    FrameHeader header;
    std::string body;
};

class Server {
public:
    explicit Server(int socket) : socket_(socket) {}

    void send(std::string const& frame);
    Request read();  // ends the process when the parent is gone

    // Answers requests until the parent is gone, which ends the process, as does a parent that is not understood.
    [[noreturn]] void serve(Engine&) noexcept;

private:
    [[noreturn]] void listen(Engine&);
    Request next();
    void answer(Engine&, Request const&);
    std::string work(Engine&, Request const&);  // gives the closing frame

    int socket_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Request> waiting_;
    std::mutex working_mutex_;
    std::atomic<std::uint32_t> working_on_ = 0;
    std::atomic<std::uint32_t> cancelled_ = 0;
    std::uint32_t failed_append_ = 0;  // its remaining rows are passed over
};

}  // namespace mainstay::duck
