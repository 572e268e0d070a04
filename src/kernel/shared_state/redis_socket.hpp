// A stream of bytes to a Redis server, by TCP or by TLS over it. Every act ends at its deadline or when it is
// interrupted; the system alone limits how long it looks up a host's name.
#pragma once
#include "base/time.hpp"
#include "kernel/shared_state/redis_url.hpp"
#include "kernel/shared_state/store.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace mainstay::shared_state {

class RedisError : public StoreAway {
public:
    enum class Reason {
        unreachable,  // or the connection broke
        late,         // past the deadline
        interrupted,
        refused,   // an error reply
        malformed  // what no Redis says
    };
    RedisError(Reason why, std::string const& text) : StoreAway(text), reason(why) {}
    Reason reason;
};

// Ends waiting, from any thread, for good.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(Interrupt const&) = delete;
    Interrupt& operator=(Interrupt const&) = delete;
    void set();
    int descriptor() const { return descriptor_; }
    bool wait_until(Duration deadline) const;  // whether it was set

private:
    int descriptor_;
};

// Times are of system_clock().monotonic(). All throw RedisError; afterwards the socket is of no use.
class RedisSocket {
public:
    // For TLS the server has to prove the URL's host by a certificate of `ca_file` (PEM), or of the system's without
    // it.
    RedisSocket(RedisUrl const&, std::string const& ca_file, Duration deadline, Interrupt const&);
    ~RedisSocket();
    void send(std::string_view, Duration deadline);
    std::size_t receive(std::span<char>, Duration deadline);  // at least one byte

private:
    struct Tls;
    void connect(RedisUrl const&, Duration deadline);
    bool try_address(std::string_view address, Duration deadline);  // the bytes of a sockaddr
    void start_tls(RedisUrl const&, std::string const& ca_file, Duration deadline);
    void send_plain(std::string_view, Duration deadline) const;
    std::size_t receive_plain(std::span<char>, Duration deadline) const;
    void send_sealed(Duration deadline);
    void receive_sealed(Duration deadline);
    void wait_for(short events, Duration deadline) const;

    Interrupt const& interrupt_;
    int descriptor_ = -1;
    std::unique_ptr<Tls> tls_;
};

}  // namespace mainstay::shared_state
