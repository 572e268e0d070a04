#include "kernel/duck/process.hpp"

#include "base/fault.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

namespace mainstay::duck {
namespace {

[[noreturn]] void fail(std::string const& what, int error) {
    throw Fault(errors::internal_error, "The query engine is not available.", what + ": " + std::strerror(error));
}

struct SpawnActions {
    posix_spawn_file_actions_t value;
    SpawnActions() { posix_spawn_file_actions_init(&value); }
    ~SpawnActions() { posix_spawn_file_actions_destroy(&value); }
    SpawnActions(SpawnActions const&) = delete;
    SpawnActions& operator=(SpawnActions const&) = delete;
};

struct SpawnAttributes {
    posix_spawnattr_t value;
    SpawnAttributes() {
        posix_spawnattr_init(&value);
        sigset_t none, all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&value, &none);
        posix_spawnattr_setsigdefault(&value, &all);
        posix_spawnattr_setpgroup(&value, 0);
        posix_spawnattr_setflags(&value, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    }
    ~SpawnAttributes() { posix_spawnattr_destroy(&value); }
    SpawnAttributes(SpawnAttributes const&) = delete;
    SpawnAttributes& operator=(SpawnAttributes const&) = delete;
};

int spawn(std::filesystem::path const& program, int socket) {
    SpawnActions actions;
    posix_spawn_file_actions_addopen(&actions.value, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions.value, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
#ifndef MAINSTAY_SANITIZED  // whose reports are worth reading; else nothing a tenant causes goes to our log unread
    posix_spawn_file_actions_addopen(&actions.value, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
#endif
    posix_spawn_file_actions_adddup2(&actions.value, socket, child_socket);
    posix_spawn_file_actions_addclosefrom_np(&actions.value, child_socket + 1);
    SpawnAttributes const attributes;

    std::string name = program.string(), parent = std::to_string(getpid());
    std::array<char*, 3> arguments{name.data(), parent.data(), nullptr};
    std::string locale = "LC_ALL=C", zone = "TZ=UTC";
#ifdef MAINSTAY_SANITIZED  // DuckDB is not built with the thread sanitizer, which sees races in it that are none
    std::string sanitizer = "TSAN_OPTIONS=ignore_noninstrumented_modules=1";
    std::array<char*, 4> environment{locale.data(), zone.data(), sanitizer.data(), nullptr};
#else
    std::array<char*, 3> environment{locale.data(), zone.data(), nullptr};
#endif
    int pid = 0;
    int const error =
        posix_spawn(&pid, name.c_str(), &actions.value, &attributes.value, arguments.data(), environment.data());
    if (error != 0) fail("cannot start " + name, error);
    return pid;
}

std::string describe(int status) {
    if (!WIFSIGNALED(status)) return "exit status " + std::to_string(WEXITSTATUS(status));
    int const signal = WTERMSIG(status);
    return "signal " + std::to_string(signal) + " (" + sigdescr_np(signal) + ")";
}

}  // namespace

Process Process::start(std::filesystem::path const& program) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) fail("no socket pair", errno);
    // dup2 onto itself would keep the close-on-exec flag.
    int const theirs = ends[1] == child_socket ? fcntl(ends[1], F_DUPFD_CLOEXEC, child_socket + 1) : ends[1];
    if (theirs != ends[1]) close(ends[1]);
    try {
        int const pid = spawn(program, theirs);
        close(theirs);
        return Process(ends[0], pid);
    } catch (Fault const&) {
        close(theirs);
        close(ends[0]);
        throw;
    }
}

Process::Process(int socket, int pid) : socket_(socket), wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)), pid_(pid) {
    fcntl(socket_, F_SETFL, fcntl(socket_, F_GETFL) | O_NONBLOCK);
}

Process::Process(Process&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      wake_(std::exchange(other.wake_, -1)),
      pid_(std::exchange(other.pid_, 0)),
      mutex_(std::move(other.mutex_)),
      hurried_(other.hurried_) {}

Process& Process::operator=(Process&& other) noexcept {
    std::swap(socket_, other.socket_);
    std::swap(wake_, other.wake_);
    std::swap(pid_, other.pid_);
    std::swap(mutex_, other.mutex_);
    std::swap(hurried_, other.hurried_);
    return *this;
}

Process::~Process() {
    kill();
    if (socket_ >= 0) close(socket_);
    if (wake_ >= 0) close(wake_);
}

void Process::begin_kill() {
    if (pid_ != 0) ::kill(pid_, SIGKILL);
}

std::string Process::kill() {
    if (pid_ == 0) return "no process";
    begin_kill();
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    return describe(status);
}

void Process::hurry(Duration deadline) {
    {
        std::scoped_lock const lock(*mutex_);
        hurried_ = deadline;
    }
    std::uint64_t const one = 1;
    [[maybe_unused]] auto const written = write(wake_, &one, sizeof one);
}

void Process::forget_hurry() {
    std::scoped_lock const lock(*mutex_);
    hurried_.reset();
    std::uint64_t count = 0;
    [[maybe_unused]] auto const got = read(wake_, &count, sizeof count);
}

Process::Ended Process::wait_for(short events, Duration deadline) {
    for (;;) {
        auto until = deadline;
        {
            std::scoped_lock const lock(*mutex_);
            if (hurried_) until = std::min(until, *hurried_);
        }
        auto const left_us = until.us - system_clock().monotonic().us;
        if (left_us <= 0) return Ended::deadline;
        pollfd waited[] = {{socket_, events, 0}, {wake_, POLLIN, 0}};
        timespec const left{left_us / 1'000'000, left_us % 1'000'000 * 1000};
        if (ppoll(waited, 2, &left, nullptr) < 0 && errno != EINTR) return Ended::closed;
        if (waited[0].revents != 0) return Ended::no;
        std::uint64_t count = 0;
        [[maybe_unused]] auto const got = read(wake_, &count, sizeof count);
    }
}

Process::Received Process::receive(Duration deadline) {
    Received received;
    auto const fill = [&](char* data, std::size_t size) {
        for (std::size_t got = 0; got < size;) {
            auto const count = recv(socket_, data + got, size - got, 0);
            if (count > 0) {
                got += static_cast<std::size_t>(count);
                continue;
            }
            bool const would_block = count < 0 && (errno == EAGAIN || errno == EINTR);
            auto const ended = would_block ? wait_for(POLLIN, deadline) : Ended::closed;
            if (ended != Ended::no) return ended;
        }
        return Ended::no;
    };
    // A child that always has something to say would never be waited for.
    if (system_clock().monotonic() >= deadline) {
        received.ended = Ended::deadline;
        return received;
    }
    char header[frame_header_bytes];
    received.ended = fill(header, sizeof header);
    if (received.ended != Ended::no) return received;
    received.header = read_header({header, sizeof header});
    received.body.resize(received.header.body_bytes);
    received.ended = fill(received.body.data(), received.body.size());
    return received;
}

Process::Ended Process::send(std::string_view frame, Duration deadline) {
    while (!frame.empty()) {
        auto const count = ::send(socket_, frame.data(), frame.size(), MSG_NOSIGNAL);
        if (count >= 0) {
            frame.remove_prefix(static_cast<std::size_t>(count));
            continue;
        }
        bool const would_block = errno == EAGAIN || errno == EINTR;
        auto const ended = would_block ? wait_for(POLLOUT, deadline) : Ended::closed;
        if (ended != Ended::no) return ended;
    }
    return Ended::no;
}

}  // namespace mainstay::duck
