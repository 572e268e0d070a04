#include "kernel/duck/child/server.hpp"

#include <unistd.h>
#include <cerrno>
#include <new>
#include <thread>

namespace mainstay::duck {
namespace {

constexpr std::size_t waiting_max = 4;  // frames read ahead; the parent's writes wait beyond

// Nothing is kept, so nothing is to be cleaned up.
[[noreturn]] void leave() {
    _exit(0);
}

}  // namespace

void Server::send(std::string const& frame) {
    for (std::size_t sent = 0; sent < frame.size();) {
        auto const written = write(socket_, frame.data() + sent, frame.size() - sent);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) leave();
        sent += static_cast<std::size_t>(written);
    }
}

Request Server::read() {
    auto const fill = [&](char* data, std::size_t size) {
        for (std::size_t got = 0; got < size;) {
            auto const count = ::read(socket_, data + got, size - got);
            if (count < 0 && errno == EINTR) continue;
            if (count <= 0) leave();
            got += static_cast<std::size_t>(count);
        }
    };
    char header[frame_header_bytes];
    fill(header, sizeof header);
    Request request;
    request.header = read_header({header, sizeof header});
    request.body.resize(request.header.body_bytes);
    fill(request.body.data(), request.body.size());
    return request;
}

void Server::serve(Engine& engine) noexcept {
    std::jthread const listener([&] { listen(engine); });
    for (;;) answer(engine, next());
}

void Server::listen(Engine& engine) {
    for (;;) {
        auto request = read();
        if (request.header.type == FrameType::cancel) {
            // Together, so that an interrupt cannot reach the statement behind the one it was meant for.
            std::lock_guard const lock(working_mutex_);
            cancelled_ = request.header.request;
            if (working_on_ == request.header.request) engine.interrupt();
            continue;
        }
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_.size() < waiting_max; });
        waiting_.push_back(std::move(request));
        changed_.notify_all();
    }
}

Request Server::next() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !waiting_.empty(); });
    auto request = std::move(waiting_.front());
    waiting_.pop_front();
    changed_.notify_all();
    return request;
}

void Server::answer(Engine& engine, Request const& request) {
    auto const number = request.header.request;
    if (number == failed_append_) return;
    {
        std::lock_guard const lock(working_mutex_);
        engine.clear_interrupt();
        working_on_ = number;
        if (cancelled_ == number) engine.interrupt();
    }
    std::string closing;
    try {
        closing = work(engine, request);
    } catch (Failure const& failure) {
        closing = write_failed(number, failure.error);
    } catch (std::bad_alloc const&) {
        closing = write_failed(number, {ErrorType::out_of_memory, "The process may not have more memory"});
    }
    {
        std::lock_guard const lock(working_mutex_);
        working_on_ = 0;
    }
    if (closing.empty()) return;
    bool const failed = static_cast<FrameType>(closing[4]) == FrameType::failed;
    if (failed) {
        engine.append_abort();
        if (request.header.type == FrameType::append_begin || request.header.type == FrameType::append_rows)
            failed_append_ = number;
    }
    send(closing);
}

std::string Server::work(Engine& engine, Request const& request) {
    auto const number = request.header.request;
    auto const forward = [&](std::string const& frame) { send(frame); };
    Reader in(request.body);
    switch (request.header.type) {
        case FrameType::execute:
        case FrameType::query: {
            std::string const sql(in.text());
            return write_done(number, engine.run(sql, request.header.type == FrameType::query, number, forward));
        }
        case FrameType::describe:
            engine.describe(std::string(in.text()), number, forward);
            return write_done(number, 0);
        case FrameType::append_begin: engine.append_begin(in); return {};
        case FrameType::append_rows: engine.append_rows(in); return {};
        case FrameType::append_end: return write_done(number, engine.append_end());
        default: throw Malformed("a frame that no parent sends");
    }
}

}  // namespace mainstay::duck
