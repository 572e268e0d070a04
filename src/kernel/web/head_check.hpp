// Refuses every head of a request that two programs could read differently (SECURITY 23; RFC 9112 sections 2 to 6).
// Pure: it looks at the raw bytes, before Beast splits them, because Boost 1.81 lets several such forms pass.
#pragma once
#include "base/fault.hpp"
#include "kernel/web/edge.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mainstay::web {

// Where a head ends in the bytes received so far.
struct HeadEnd {
    enum class State { incomplete, complete, malformed };
    State state = State::incomplete;
    std::size_t size = 0;  // when complete: bytes of the head with its empty line
};

// Looks for the empty line, from `scanned` bytes on (those before were looked at by earlier calls). A line feed without
// its carriage return is malformed at once, so that such a client is not left waiting for a timeout.
HeadEnd find_head_end(std::string_view bytes, std::size_t scanned);

struct HeadFacts {
    Method method = Method::get;
    std::optional<std::uint64_t> content_length;
    bool chunked = false;
    bool expects_continue = false;
    bool http_1_0 = false;

    bool has_body() const { return chunked || content_length.value_or(0) > 0; }
};

struct HeadRefusal {
    ErrorCode const* code = nullptr;
    std::string_view detail;
};

struct HeadVerdict {
    std::optional<HeadRefusal> refusal;
    HeadFacts facts;  // when not refused
};

// `head` is what find_head_end found, empty line included.
HeadVerdict check_head(std::string_view head, Limits const&);

}  // namespace mainstay::web
