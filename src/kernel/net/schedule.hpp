// Who may start when: politeness to each host, in the order of asking. Pure over the times it is given.
#pragma once
#include "kernel/net/exchange.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>

namespace mainstay::net {

class Schedule {
public:
    static constexpr std::size_t idle_hosts_max = 10'000;  // past it those are forgotten to whom nothing is owed

    struct Entry {
        TransferId id{};
        std::string host;
        std::size_t concurrent = 1;
        Duration delay{};
        Duration not_before{};
    };

    void add(Entry, Duration now);
    bool remove(TransferId);  // whether it was waiting
    // One that may start; it counts as running until finished().
    std::optional<TransferId> take_due(Duration now);
    void finished(std::string const& host);
    std::optional<Duration> next_due() const;  // nothing when all that wait, wait for others to finish
    std::size_t waiting() const { return places_.size(); }
    std::size_t hosts() const { return hosts_.size(); }

private:
    struct Host {
        std::multimap<Duration, Entry> waiting;  // by not_before, else in order of arrival
        std::size_t running = 0;
        Duration free_from{};  // the last start and its delay
        std::optional<Duration> last_start{};
        std::optional<Duration> listed{};
    };
    using Hosts = std::unordered_map<std::string, Host>;

    void list(Hosts::value_type&);

    Hosts hosts_;
    std::set<std::pair<Duration, std::string>> due_;
    std::unordered_map<TransferId, std::pair<std::string, std::multimap<Duration, Entry>::iterator>> places_;
};

}  // namespace mainstay::net
