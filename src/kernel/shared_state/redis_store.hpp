#pragma once
#include "kernel/shared_state/redis_connection.hpp"

namespace mainstay::shared_state {

// A node of several that share one Redis: limits in keys that expire by themselves, messages by publish/subscribe.
// Three connections, one for each of the three threads that book, publish and follow.
class RedisStore : public Store {
public:
    explicit RedisStore(RedisPlace const&);

    bool is_alone() const override { return false; }
    std::vector<Duration> book(std::uint64_t number, std::span<Booking const>) override;
    void publish(std::span<Message const>) override;
    void follow(std::span<std::string const> channels, Heard const&, std::function<void()> const& ready) override;
    void interrupt() override { interrupt_.set(); }

private:
    std::string const node_;     // the name of this one's last batch
    std::string const channel_;  // before a message's own: channels know no databases
    Interrupt interrupt_;
    RedisConnection booking_, publishing_, following_;
};

// The script that books a batch, for what measures it alone. KEYS: the server's time as it was last told, this node's
// last number, the keys. ARGV: the number; then for each key age, work and known lead in microseconds.
extern std::string_view const booking_script;

}  // namespace mainstay::shared_state
