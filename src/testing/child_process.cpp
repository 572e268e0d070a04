#include "testing/child_process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace mainstay::testing {
namespace {

constexpr int not_started = 127;

[[noreturn]] void fail(char const* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

}  // namespace

ChildProcess::ChildProcess(std::vector<std::string> arguments, std::filesystem::path const& log)
    : name_(arguments.at(0)) {
    std::vector<char*> pointers;
    for (auto& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    std::array<int, 2> ends{-1, -1};
    if (log.empty() && ::pipe2(ends.data(), O_CLOEXEC) != 0) fail("pipe");
    int const out = log.empty() ? ends[1] : ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (out < 0) fail(log.c_str());
    int const errors = log.empty() ? STDERR_FILENO : out;
    pid_ = ::fork();
    if (pid_ == 0) {
        if (::prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && ::dup2(out, STDOUT_FILENO) >= 0 &&
            ::dup2(errors, STDERR_FILENO) >= 0)
            ::execvp(pointers[0], pointers.data());
        ::_exit(not_started);
    }
    ::close(out);
    output_ = ends[0];
    if (pid_ < 0) {
        pid_ = 0;
        if (output_ >= 0) ::close(output_);
        fail("fork");
    }
}

ChildProcess::~ChildProcess() {
    tell(SIGKILL);
    wait();
    if (output_ >= 0) ::close(output_);
}

std::string ChildProcess::line() {
    while (text_.find('\n') == std::string::npos)
        if (!receive()) throw std::runtime_error(name_ + " has ended: " + text_);
    std::string const first = text_.substr(0, text_.find('\n'));
    text_.erase(0, first.size() + 1);
    return first;
}

std::string ChildProcess::line_with(std::string_view mark) {
    for (;;)
        if (auto found = line(); found.find(mark) != std::string::npos) return found;
}

std::string ChildProcess::all() {
    while (receive()) {
    }
    return std::exchange(text_, {});
}

bool ChildProcess::is_running() {
    if (pid_ > 0 && ::waitpid(pid_, &status_, WNOHANG) == pid_) pid_ = 0;
    return pid_ > 0;
}

void ChildProcess::tell(int signal) const {
    if (pid_ > 0) ::kill(pid_, signal);
}

int ChildProcess::wait() {
    while (pid_ > 0 && ::waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    return status_;
}

bool ChildProcess::receive() {
    std::array<char, 4096> bytes;
    ssize_t const size = output_ < 0 ? 0 : ::read(output_, bytes.data(), bytes.size());
    if (size > 0) text_.append(bytes.data(), static_cast<std::size_t>(size));
    return size > 0;
}

}  // namespace mainstay::testing
