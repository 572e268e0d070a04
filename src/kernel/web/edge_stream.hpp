// What stands between whoever pushes into a Stream, on any thread, and the connection that writes it.
#pragma once
#include "kernel/web/edge.hpp"
#include "kernel/web/edge_thread.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace mainstay::web {

class StreamBuffer : public std::enable_shared_from_this<StreamBuffer> {
public:
    StreamBuffer(std::shared_ptr<Mailbox>, std::weak_ptr<Session>, std::size_t capacity);

    // Any thread.
    bool push(std::string);
    void finish();
    bool is_open() const;
    void on_close(std::function<void()>);

    // The loop's thread.
    struct Taken {
        std::string bytes;
        bool finished = false;  // nothing follows
        bool overflow = false;  // the reader is too slow
    };
    Taken take();
    void written(std::size_t size);  // of the bytes taken
    void close();

private:
    void tell_session();

    std::shared_ptr<Mailbox> const mailbox_;
    std::weak_ptr<Session> const session_;
    std::size_t const capacity_;
    mutable std::mutex mutex_;
    std::string waiting_;
    std::size_t unwritten_ = 0;  // waiting, and taken but not yet with the kernel
    bool finished_ = false;
    bool overflow_ = false;
    bool closed_ = false;
    bool told_ = false;
    std::function<void()> on_close_;
};

// What an Application holds; letting it go finishes the stream.
std::shared_ptr<Stream> make_stream(std::shared_ptr<StreamBuffer>);

}  // namespace mainstay::web
