// The parent's side of one session; DuckSession is its public face.
#pragma once
#include "kernel/duck/process.hpp"

#include <atomic>
#include <functional>
#include <mutex>

namespace mainstay::duck {

class DuckSession::Child {
public:
    // `on_end` gets the process back, to wait for it.
    using OnEnd = std::function<void(Process)>;
    Child(Process, DuckLimits const&, OnEnd);
    ~Child();
    Child(Child const&) = delete;
    Child& operator=(Child const&) = delete;

    // Makes the child the tenant's within `time`. `opening.limits` must be the constructor's.
    std::optional<Error> open(Opening const& opening, Duration time);
    Outcome<Result> ask(FrameType, std::string_view sql);
    Outcome<std::uint64_t> append(TableName const&, std::span<std::string const> columns, std::span<Value const>);
    void cancel();
    bool is_alive() const { return alive_; }
    int pid() const { return pid_; }

private:
    class Turn;
    std::optional<Error> send(std::string_view frame, Duration deadline);
    std::optional<Error> send_rows(std::uint32_t request, std::size_t width, std::span<Value const>, Duration deadline);
    Outcome<Result> receive(std::uint32_t request, Duration deadline);
    Error lost(Process::Ended);
    Error dead_already() const;

    Process process_;
    DuckLimits limits_;
    OnEnd on_end_;
    int pid_;
    std::atomic<bool> alive_ = true;
    std::string how_it_ended_;

    std::mutex sending_;  // one frame at a time
    std::mutex turn_;     // guards the four below it
    std::uint32_t last_request_ = 0;
    std::uint32_t running_ = 0;  // 0: none
    bool cancelled_ = false;
};

}  // namespace mainstay::duck
