// The seam between nodes: what they tell each other lies behind it, in the memory of one process or in Redis. Each
// node has a Store of its own.
#pragma once
#include "base/time.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::shared_state {

// Whoever meets it goes on alone and tries again later.
class StoreAway : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

// What a node took of one key. Lengths of time alone, since nodes have no clock in common: the store has its own.
struct Booking {
    std::string key;
    Duration age;         // since the first of these takes; negative: the arrival time is at least so far ahead
    Duration work;        // the spacings of all of them together
    Duration known_lead;  // of the shared arrival time over now, as this node last heard; for a store that forgot it
};

struct Message {
    std::string channel, text;
};

inline constexpr std::size_t bookings_max = 500;  // in one batch; Redis works on nothing else meanwhile (about 1 ms)
inline constexpr Duration lead_max = days(400);   // no limit runs further ahead

inline constexpr Duration back_off_first = milliseconds(100);
inline constexpr Duration back_off_most = seconds(5);

// How long to wait after so many failures in a row: twice as long each time, and half of it left to chance, so that
// nodes do not come back together.
Duration back_off(std::uint64_t failures, std::uint64_t chance);

// By which nodes tell themselves from others.
std::string random_node_name();

class Store {
public:
    using Heard = std::function<void(Message const&)>;

    virtual ~Store() = default;

    // No other node is there: nothing needs to be told.
    virtual bool is_alone() const = 0;

    // Books the takes of a batch and gives the lead of each key's shared arrival time over now. The same number again
    // books nothing again: numbers rise, and a batch whose reply was lost is sent once more.
    // An empty one only asks whether the store is there. Throws StoreAway.
    virtual std::vector<Duration> book(std::uint64_t number, std::span<Booking const>) = 0;

    // Tells the nodes that listen now, this one too. Throws StoreAway; then some may have been told.
    virtual void publish(std::span<Message const>) = 0;

    // Gives what is published on the channels from now on, until interrupt() or until it throws StoreAway; `ready` is
    // called once it listens.
    virtual void follow(std::span<std::string const> channels, Heard const&, std::function<void()> const& ready) = 0;

    // Ends what waits, for good.
    virtual void interrupt() = 0;
};

}  // namespace mainstay::shared_state
