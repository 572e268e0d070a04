#include "kernel/web/chunked_body.hpp"

#include "kernel/web/http_bytes.hpp"

#include <algorithm>

namespace mainstay::web {
namespace {

constexpr std::size_t size_digits = 15;  // below 2^60 bytes
constexpr std::size_t chunk_line_bytes = 512;
constexpr std::size_t trailer_bytes = 8 * 1024;

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool is_text(char c) {
    return value_bytes[static_cast<unsigned char>(c)];
}

bool is_token(char c) {
    return token_bytes[static_cast<unsigned char>(c)];
}

}  // namespace

ChunkedBody::Step ChunkedBody::next(std::string_view bytes) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        if (state_ == State::data) {
            auto const size = static_cast<std::size_t>(std::min<std::uint64_t>(remaining_, bytes.size() - at));
            remaining_ -= size;
            if (remaining_ == 0) state_ = State::data_return;
            return {Status::more, at + size, bytes.substr(at, size)};
        }
        bool const ends = state_ == State::last_feed;
        if (!take(bytes[at])) return {Status::malformed, at, {}};
        ++at;
        if (ends) return {Status::done, at, {}};
    }
    return {Status::more, at, {}};
}

// One byte outside of the chunks' data; false when it may not stand there.
bool ChunkedBody::take(char c) {
    switch (state_) {
        case State::size:
            if (int const digit = hex_digit(c); digit >= 0) {
                remaining_ = remaining_ * 16 + static_cast<std::uint64_t>(digit);
                return ++digits_ <= size_digits;
            }
            if (digits_ == 0) return false;
            overhead_ = 0;
            state_ = c == '\r' ? State::size_feed : State::extension;
            return c == '\r' || c == ';';
        case State::extension:
            if (c == '\r') {
                state_ = State::size_feed;
                return true;
            }
            return is_text(c) && ++overhead_ <= chunk_line_bytes;
        case State::size_feed:
            state_ = remaining_ > 0 ? State::data : State::trailer;
            digits_ = 0;
            overhead_ = 0;
            return c == '\n';
        case State::data: return false;
        case State::data_return: state_ = State::data_feed; return c == '\r';
        case State::data_feed: state_ = State::size; return c == '\n';
        case State::trailer:
            state_ = c == '\r' ? State::last_feed : State::trailer_name;
            return c == '\r' || is_token(c);
        case State::trailer_name:
            if (c == ':') state_ = State::trailer_value;
            return (c == ':' || is_token(c)) && ++overhead_ <= trailer_bytes;
        case State::trailer_value:
            if (c == '\r') {
                state_ = State::trailer_feed;
                return true;
            }
            return is_text(c) && ++overhead_ <= trailer_bytes;
        case State::trailer_feed: state_ = State::trailer; return c == '\n' && ++overhead_ <= trailer_bytes;
        case State::last_feed: return c == '\n';
    }
    return false;
}

}  // namespace mainstay::web
