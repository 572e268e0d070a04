// Everything that calls the outside: HTTP, server-sent events and mail. The one client guards against requests that
// are forged into the own network (SSRF): the address that is connected to is the address that was checked, at each
// connection and each redirect; environment proxies are ignored; certificates are verified, from TLS 1.2 on.
//
//     auto const outcome = client.fetch({.url = "https://example.com/"});
//     if (auto const* failure = std::get_if<Failure>(&outcome)) ...
//     else if (auto const& reply = std::get<Reply>(outcome); reply.status == 200) ...
#pragma once
#include "kernel/net/exchange.hpp"
#include "kernel/net/mail.hpp"
#include "kernel/net/replay.hpp"
#include "kernel/net/streams.hpp"
#include "kernel/net/txt_records.hpp"

#include <array>
#include <filesystem>
#include <memory>

namespace mainstay::net {

struct BreakerRule {
    std::size_t failures = 10;  // of a scope to a host, within the window
    Duration window = seconds(30);
    Duration open_time = seconds(30);  // then one request tries
};

struct ClientOptions {
    Reach reach = Reach::internet;
    std::size_t running_max = 4'000;
    std::size_t waiting_max = 10'000;
    std::size_t looking_up_max = 64;  // names at once: each takes a thread
    long kept_connections = 256;
    BreakerRule breaker{};
    std::string user_agent = "Mainstay";
    std::filesystem::path ca_file{};  // instead of the system's
};

struct Counters {
    std::uint64_t started = 0, replies = 0, retries = 0, bytes_sent = 0, bytes_received = 0;
    std::array<std::uint64_t, failure_reasons> failures{};  // by FailureReason
    std::size_t running = 0, waiting = 0;
};

// One thread drives all transfers.
class Client : public Transport {
public:
    Client(ClientOptions, Clock&);
    ~Client() override;  // cancels what runs
    TransferId submit(Request, Done) override;
    void cancel(TransferId) override;
    void resume(TransferId) override;

    Counters counters() const;
    // Takes nothing more, waits for what is under way, and cancels what is not done by then.
    void drain(Duration at_most);
    void look_at_the_clock();  // at once: for tests that moved it

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace mainstay::net
