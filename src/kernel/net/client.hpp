// The client's thread: curl's multi interface over epoll, the schedule and the breakers.
#pragma once
#include "kernel/net/net.hpp"
#include "kernel/net/net_rules.hpp"
#include "kernel/net/schedule.hpp"
#include "kernel/net/wire.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>

namespace mainstay::net {

class Client::State {
public:
    State(ClientOptions, Clock&);
    ~State();

    TransferId submit(Request, Done);
    void cancel(TransferId);
    void resume(TransferId);
    void post(std::function<void()>);
    void drain(Duration at_most);
    Counters counters() const;

private:
    struct Transfer {
        TransferId id{};
        Request request;
        Done done;
        Duration deadline{};
        std::optional<Leg> leg{};  // the next or the running one
        int attempt = 1, redirects = 0;
        std::unique_ptr<Wire> wire{};
    };
    using Transfers = std::unordered_map<TransferId, std::unique_ptr<Transfer>>;

    void wake();
    void run();
    void run_mailbox();
    void begin(std::unique_ptr<Transfer>);
    void wait_for_turn(Transfer&, Duration not_before);
    void start_due();
    void start(Transfer&);
    void expire();
    void wait();
    int wait_ms() const;
    void collect();
    void ended(Transfer&, CURLcode);
    // Whether it goes on, with another attempt or to where the reply leads; the failure replaces the reply.
    bool repeats(Transfer&, Outcome const&, bool was_delivered);
    bool follows(Transfer&, Reply const&, std::optional<Failure>&);
    void leave_wire(Transfer&);
    void judge_host(Transfer const&, Outcome const&);
    void to_first_leg(Transfer&);
    void end(TransferId, Outcome);
    void abort(TransferId, FailureReason, std::string_view why);
    Breaker& breaker_of(Transfer const&);

    static int on_socket_change(CURL*, curl_socket_t, int what, void* self, void*);
    static int on_timer(CURLM*, long timeout_ms, void* self);

    ClientOptions const options_;
    Clock& clock_;
    int epoll_, wake_;

    std::mutex mutex_;
    std::condition_variable all_done_;
    std::vector<std::function<void()>> mailbox_;  // guarded by mutex_, as are the next three
    std::size_t open_ = 0;                        // submitted and not done
    bool accepts_ = true;
    std::uint64_t next_id_ = 0;

    // Of the thread alone.
    std::unique_ptr<CURLM, CurlMultiCleanup> multi_;
    std::optional<Duration> curl_due_;  // by the system's clock, whatever the other one says
    Transfers transfers_;
    Schedule schedule_;
    std::set<std::pair<Duration, TransferId>> deadlines_;
    std::unordered_map<std::string, Breaker> breakers_;
    std::size_t looking_up_ = 0, running_ = 0;
    bool stops_ = false;

    std::atomic<std::uint64_t> started_ = 0, replies_ = 0, retries_ = 0, sent_ = 0, received_ = 0;
    std::array<std::atomic<std::uint64_t>, failure_reasons> failures_{};
    std::atomic<std::size_t> running_seen_ = 0, waiting_seen_ = 0;
    std::thread thread_;
};

}  // namespace mainstay::net
