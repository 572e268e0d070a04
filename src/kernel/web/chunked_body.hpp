// Reads a chunked body piece by piece (RFC 9112 section 7.1), in memory that does not grow with what is sent.
// Ours and not Beast's: that one wants each chunk's line whole in the buffer, and asserts on "0\r\n\r" alone.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mainstay::web {

class ChunkedBody {
public:
    enum class Status { more, done, malformed };
    struct Step {
        Status status = Status::more;
        std::size_t consumed = 0;  // bytes of the input, `data` included
        std::string_view data;     // a piece of the body; a view into the input
    };

    // Reads on until a piece of the body, the end of the input, or the end of the body. Call again with what is behind
    // `consumed`. Extensions and trailers are read over, within limits.
    Step next(std::string_view bytes);

private:
    enum class State {
        size,
        extension,
        size_feed,
        data,
        data_return,
        data_feed,
        trailer,
        trailer_name,
        trailer_value,
        trailer_feed,
        last_feed
    };
    bool take(char);

    State state_ = State::size;
    std::uint64_t remaining_ = 0;
    std::size_t digits_ = 0;
    std::size_t overhead_ = 0;  // bytes of this chunk's line, or of all trailers
};

}  // namespace mainstay::web
