// For tests: a program of others that runs as long as the test does.
#pragma once
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mainstay::testing {

// A program that runs until the test is over; its output can be read line by line.
class ChildProcess {
public:
    explicit ChildProcess(std::vector<std::string> arguments) {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error(std::strerror(errno));
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        std::vector<char*> pointers;
        for (auto& argument : arguments) pointers.push_back(argument.data());
        pointers.push_back(nullptr);
        int const error = posix_spawnp(&pid_, pointers[0], &actions, nullptr, pointers.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
        output_ = ends[0];
        if (error != 0) throw std::runtime_error(arguments[0] + ": " + std::strerror(error));
    }
    ~ChildProcess() {
        if (pid_ > 0) ::kill(pid_, SIGKILL);
        wait();
        ::close(output_);
    }
    ChildProcess(ChildProcess const&) = delete;
    ChildProcess& operator=(ChildProcess const&) = delete;

    // The next line; throws when the program ends before it has said one.
    std::string line() {
        while (text_.find('\n') == std::string::npos)
            if (!receive()) throw std::runtime_error("the program has ended: " + text_);
        std::string const first = text_.substr(0, text_.find('\n'));
        text_.erase(0, first.size() + 1);
        return first;
    }
    std::string line_with(std::string_view mark) {
        for (;;)
            if (auto found = line(); found.find(mark) != std::string::npos) return found;
    }
    std::string all() {
        while (receive()) {
        }
        return std::exchange(text_, {});
    }
    int wait() {
        int status = -1;
        if (pid_ > 0) ::waitpid(std::exchange(pid_, 0), &status, 0);
        return status;
    }

private:
    bool receive() {
        std::array<char, 4096> bytes;
        ssize_t const size = ::read(output_, bytes.data(), bytes.size());
        if (size > 0) text_.append(bytes.data(), static_cast<std::size_t>(size));
        return size > 0;
    }

    pid_t pid_ = 0;
    int output_ = -1;
    std::string text_;
};

}  // namespace mainstay::testing
