#include "kernel/net/client.hpp"

#include "base/fault.hpp"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace mainstay::net {
namespace {

constexpr std::size_t events_at_once = 256;
constexpr std::int64_t wait_max_us = 60'000'000;

int checked(int descriptor) {
    if (descriptor < 0) throw std::system_error(errno, std::generic_category(), "epoll");
    return descriptor;
}

}  // namespace

Client::Client(ClientOptions options, Clock& clock) : state_(std::make_unique<State>(std::move(options), clock)) {}
Client::~Client() = default;

TransferId Client::submit(Request request, Done done) {
    return state_->submit(std::move(request), std::move(done));
}
void Client::cancel(TransferId id) {
    state_->cancel(id);
}
void Client::resume(TransferId id) {
    state_->resume(id);
}
Counters Client::counters() const {
    return state_->counters();
}
void Client::drain(Duration at_most) {
    state_->drain(at_most);
}
void Client::look_at_the_clock() {
    state_->post([] {});
}

Client::State::State(ClientOptions options, Clock& clock)
    : options_(std::move(options)),
      clock_(clock),
      epoll_(checked(epoll_create1(EPOLL_CLOEXEC))),
      wake_(checked(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))) {
    need_curl();
    multi_.reset(curl_multi_init());
    if (!multi_) throw std::bad_alloc();
    curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETFUNCTION, &State::on_socket_change);
    curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_.get(), CURLMOPT_TIMERFUNCTION, &State::on_timer);
    curl_multi_setopt(multi_.get(), CURLMOPT_TIMERDATA, this);
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, options_.kept_connections);
    epoll_event event{.events = EPOLLIN, .data = {.fd = wake_}};
    epoll_ctl(epoll_, EPOLL_CTL_ADD, wake_, &event);
    thread_ = std::thread([this] { run(); });
}

Client::State::~State() {
    drain({});
    multi_.reset();  // closes what it kept, and tells epoll
    close(wake_);
    close(epoll_);
}

TransferId Client::State::submit(Request request, Done done) {
    auto fresh = std::make_unique<Transfer>();
    fresh->deadline = clock_.monotonic() + request.limits.total_time;
    fresh->request = std::move(request);
    fresh->done = std::move(done);
    TransferId id{};
    {
        std::lock_guard const lock(mutex_);
        if (!accepts_) throw Fault(errors::busy, "The program is ending.", "net: the client is drained");
        if (open_ >= options_.waiting_max + options_.running_max)
            throw Fault(errors::busy, "Too many requests to the outside wait already.",
                        "net: " + std::to_string(open_) + " transfers are open");
        id = fresh->id = TransferId(++next_id_);
        // In the same breath, so that whatever was accepted is in the mailbox before the end is.
        mailbox_.emplace_back([this, shared = std::make_shared<std::unique_ptr<Transfer>>(std::move(fresh))] {
            begin(std::move(*shared));
        });
        ++open_;
    }
    wake();
    return id;
}

void Client::State::cancel(TransferId id) {
    post([this, id] { abort(id, FailureReason::cancelled, "cancelled"); });
}

void Client::State::resume(TransferId id) {
    post([this, id] {
        auto const found = transfers_.find(id);
        if (found != transfers_.end() && found->second->wire)
            curl_easy_pause(found->second->wire->handle(), CURLPAUSE_CONT);
    });
}

void Client::State::post(std::function<void()> work) {
    {
        std::lock_guard const lock(mutex_);
        mailbox_.push_back(std::move(work));
    }
    wake();
}

void Client::State::wake() {
    std::uint64_t const one = 1;
    [[maybe_unused]] auto const written = write(wake_, &one, sizeof one);
}

void Client::State::drain(Duration at_most) {
    {
        std::unique_lock lock(mutex_);
        accepts_ = false;
        all_done_.wait_for(lock, std::chrono::microseconds(at_most.us), [this] { return open_ == 0; });
    }
    if (!thread_.joinable()) return;
    post([this] { stops_ = true; });
    thread_.join();
}

Counters Client::State::counters() const {
    Counters now{.started = started_,
                 .replies = replies_,
                 .retries = retries_,
                 .bytes_sent = sent_,
                 .bytes_received = received_,
                 .running = running_seen_,
                 .waiting = waiting_seen_};
    for (std::size_t i = 0; i < failure_reasons; ++i) now.failures[i] = failures_[i];
    return now;
}

int Client::State::on_socket_change(CURL*, curl_socket_t socket, int what, void* self, void*) {
    int const epoll = static_cast<State*>(self)->epoll_;
    epoll_event event{.events = 0, .data = {.fd = socket}};
    if (what & CURL_POLL_IN) event.events |= EPOLLIN;
    if (what & CURL_POLL_OUT) event.events |= EPOLLOUT;
    if (what == CURL_POLL_REMOVE) {
        epoll_ctl(epoll, EPOLL_CTL_DEL, socket, &event);
    } else if (epoll_ctl(epoll, EPOLL_CTL_MOD, socket, &event) != 0) {
        epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
    }
    return 0;
}

int Client::State::on_timer(CURLM*, long timeout_ms, void* self) {
    State& state = *static_cast<State*>(self);
    state.curl_due_.reset();
    if (timeout_ms >= 0) state.curl_due_ = system_clock().monotonic() + milliseconds(timeout_ms);
    return 0;
}

void Client::State::run() {
    while (!stops_) {
        run_mailbox();
        expire();
        start_due();
        running_seen_ = running_;
        waiting_seen_ = schedule_.waiting();
        if (stops_) break;
        wait();
        collect();
    }
    while (!transfers_.empty()) abort(transfers_.begin()->first, FailureReason::cancelled, "the program ends");
}

void Client::State::run_mailbox() {
    std::vector<std::function<void()>> work;
    {
        std::lock_guard const lock(mutex_);
        work.swap(mailbox_);
    }
    for (auto const& one : work) one();
}

int Client::State::wait_ms() const {
    std::int64_t wait_us = wait_max_us;
    if (curl_due_) wait_us = std::min(wait_us, (*curl_due_ - system_clock().monotonic()).us);
    auto const now = clock_.monotonic();
    auto const next = schedule_.next_due();
    if (next && running_ < options_.running_max && looking_up_ < options_.looking_up_max)
        wait_us = std::min(wait_us, (*next - now).us);
    if (!deadlines_.empty()) wait_us = std::min(wait_us, (deadlines_.begin()->first - now).us);
    return static_cast<int>((std::max<std::int64_t>(0, wait_us) + 999) / 1000);
}

void Client::State::wait() {
    std::array<epoll_event, events_at_once> events;
    int const count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), wait_ms());
    int running = 0;
    for (int i = 0; i < count; ++i) {
        auto const& event = events[static_cast<std::size_t>(i)];
        if (event.data.fd == wake_) {
            std::uint64_t ignored = 0;
            [[maybe_unused]] auto const got = read(wake_, &ignored, sizeof ignored);
            continue;
        }
        int happened = 0;
        if (event.events & EPOLLIN) happened |= CURL_CSELECT_IN;
        if (event.events & EPOLLOUT) happened |= CURL_CSELECT_OUT;
        if (event.events & (EPOLLERR | EPOLLHUP)) happened |= CURL_CSELECT_ERR;
        curl_multi_socket_action(multi_.get(), event.data.fd, happened, &running);
    }
    if (curl_due_ && *curl_due_ <= system_clock().monotonic()) {
        curl_due_.reset();  // curl says anew when it wants to be called
        curl_multi_socket_action(multi_.get(), CURL_SOCKET_TIMEOUT, 0, &running);
    }
}

void Client::State::collect() {
    int left = 0;
    while (CURLMsg const* message = curl_multi_info_read(multi_.get(), &left)) {
        if (message->msg != CURLMSG_DONE) continue;
        CURLcode const code = message->data.result;
        char* transfer = nullptr;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
        ended(*reinterpret_cast<Transfer*>(transfer), code);
    }
}

}  // namespace mainstay::net
