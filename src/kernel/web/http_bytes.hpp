// Which bytes HTTP allows where; one table for what is read and for what is written.
#pragma once
#include <array>
#include <string_view>

namespace mainstay::web {

using ByteSet = std::array<bool, 256>;

constexpr ByteSet byte_set(std::string_view others) {
    ByteSet set{};
    for (char c = '0'; c <= '9'; ++c) set[static_cast<unsigned char>(c)] = true;
    for (char c = 'a'; c <= 'z'; ++c) set[static_cast<unsigned char>(c)] = true;
    for (char c = 'A'; c <= 'Z'; ++c) set[static_cast<unsigned char>(c)] = true;
    for (char const c : others) set[static_cast<unsigned char>(c)] = true;
    return set;
}

// RFC 9110 section 5.6.2: methods and the names of headers.
inline constexpr ByteSet token_bytes = byte_set("!#$%&'*+-.^_`|~");

// RFC 9110 section 5.5: visible characters, obs-text, space and tab; no CR, LF, NUL or other control.
inline constexpr ByteSet value_bytes = [] {
    ByteSet set{};
    for (unsigned c = 0x20; c < set.size(); ++c) set[c] = c != 0x7f;
    set['\t'] = true;
    return set;
}();

// RFC 9112 section 3.2.1: visible ASCII; a fragment is never sent.
inline constexpr ByteSet target_bytes = [] {
    ByteSet set{};
    for (unsigned c = 0x21; c < 0x7f; ++c) set[c] = c != '#';
    return set;
}();

// A registered name, an IPv4 address or a bracketed IPv6 address, and a port.
inline constexpr ByteSet host_bytes = byte_set("-._:[]");

constexpr bool consists_of(ByteSet const& set, std::string_view text) {
    for (char const c : text)
        if (!set[static_cast<unsigned char>(c)]) return false;
    return true;
}

}  // namespace mainstay::web
