// One exchange as a line of JSON.
#pragma once
#include "kernel/net/replay.hpp"

#include <optional>

namespace mainstay::net {

struct Recording {
    std::string method, url, body;  // the URL with masked parameters
    std::vector<Header> headers{};  // masked
    Outcome outcome = Reply{};

    std::string key() const;  // what makes a request the same
};

// Without an outcome. Reads a body's source to its end.
Recording record(Request const&, Masks const&);
std::string to_line(Recording const&, Masks const&);
std::optional<Recording> read_line(std::string_view);

}  // namespace mainstay::net
