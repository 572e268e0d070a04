#include "kernel/web/edge_stream.hpp"

#include "kernel/web/edge_session.hpp"

#include <utility>

namespace mainstay::web {
namespace {

class Handle final : public Stream {
public:
    explicit Handle(std::shared_ptr<StreamBuffer> buffer) : buffer_(std::move(buffer)) {}
    ~Handle() override { buffer_->finish(); }

    bool push(std::string chunk) override { return buffer_->push(std::move(chunk)); }
    void finish() override { buffer_->finish(); }
    bool is_open() const override { return buffer_->is_open(); }
    void on_close(std::function<void()> callback) override { buffer_->on_close(std::move(callback)); }

private:
    std::shared_ptr<StreamBuffer> const buffer_;
};

}  // namespace

StreamBuffer::StreamBuffer(std::shared_ptr<Mailbox> mailbox, std::weak_ptr<Session> session, std::size_t capacity)
    : mailbox_(std::move(mailbox)), session_(std::move(session)), capacity_(capacity) {}

bool StreamBuffer::push(std::string chunk) {
    std::lock_guard const lock(mutex_);
    if (closed_ || finished_ || overflow_) return false;
    if (unwritten_ + chunk.size() > capacity_) {
        overflow_ = true;
        waiting_.clear();
    } else {
        unwritten_ += chunk.size();
        if (waiting_.empty()) {
            waiting_ = std::move(chunk);
        } else {
            waiting_ += chunk;
        }
    }
    tell_session();
    return !overflow_;
}

void StreamBuffer::finish() {
    std::lock_guard const lock(mutex_);
    if (closed_ || finished_) return;
    finished_ = true;
    tell_session();
}

bool StreamBuffer::is_open() const {
    std::lock_guard const lock(mutex_);
    return !closed_ && !finished_ && !overflow_;
}

void StreamBuffer::on_close(std::function<void()> callback) {
    std::unique_lock lock(mutex_);
    if (!closed_) {
        on_close_ = std::move(callback);
        return;
    }
    lock.unlock();
    if (!mailbox_->post(callback)) callback();
}

StreamBuffer::Taken StreamBuffer::take() {
    std::lock_guard const lock(mutex_);
    told_ = false;
    return {std::exchange(waiting_, {}), finished_, overflow_};
}

void StreamBuffer::written(std::size_t size) {
    std::lock_guard const lock(mutex_);
    unwritten_ -= size;
}

void StreamBuffer::close() {
    std::function<void()> callback;
    {
        std::lock_guard const lock(mutex_);
        closed_ = true;
        waiting_.clear();
        callback = std::exchange(on_close_, nullptr);
    }
    if (callback) callback();
}

void StreamBuffer::tell_session() {
    if (std::exchange(told_, true)) return;
    mailbox_->post([self = shared_from_this()] {
        if (auto const session = self->session_.lock()) session->on_stream(*self);
    });
}

std::shared_ptr<Stream> make_stream(std::shared_ptr<StreamBuffer> buffer) {
    return std::make_shared<Handle>(std::move(buffer));
}

}  // namespace mainstay::web
