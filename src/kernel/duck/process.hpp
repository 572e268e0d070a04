// A child process and its socket: started with an argument vector and nothing inherited, heard until a deadline.
#pragma once
#include "base/time.hpp"
#include "kernel/duck/protocol.hpp"

#include <filesystem>
#include <mutex>
#include <optional>
#include <string>

namespace mainstay::duck {

class Process {
public:
    // Throws Fault when the program does not start. The child ends with the thread that calls this.
    static Process start(std::filesystem::path const& program);
    // Speaks to a socket without a process behind it, for tests.
    static Process over_socket(int socket) { return Process(socket, 0); }

    Process(Process&&) noexcept;
    Process& operator=(Process&&) noexcept;
    ~Process();  // kills

    int pid() const { return pid_; }

    enum class Ended { no, deadline, closed };
    struct Received {
        Ended ended = Ended::no;
        FrameHeader header;
        std::string body;
    };
    // Until `deadline` by the monotonic clock; hurry() may bring it forward. Throws Malformed.
    Received receive(Duration deadline);
    Ended send(std::string_view frame, Duration deadline);

    // From any thread: a receive or send under way, or the next one, ends by that time.
    void hurry(Duration deadline);
    void forget_hurry();

    // Ends the child and waits for it. Says how it ended: "signal 9 (Killed)", "exit status 1".
    std::string kill();
    void begin_kill();  // does not wait

private:
    Process(int socket, int pid);
    Ended wait_for(short events, Duration deadline);

    int socket_ = -1;
    int wake_ = -1;  // an eventfd
    int pid_ = 0;
    std::unique_ptr<std::mutex> mutex_ = std::make_unique<std::mutex>();
    std::optional<Duration> hurried_;
};

}  // namespace mainstay::duck
