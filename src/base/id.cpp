#include "base/id.hpp"

#include "base/random.hpp"

namespace mainstay {
namespace {
constexpr std::string_view digits = "0123456789abcdefghjkmnpqrstvwxyz";
}

Uuid make_uuid(Instant now) {
    Uuid out;
    random_bytes(out);
    auto const ms = static_cast<std::uint64_t>(now.us / 1000);
    for (std::size_t i = 0; i < 6; ++i) out[i] = static_cast<unsigned char>(ms >> (40 - 8 * i));
    // rand_a holds the fraction of the millisecond (RFC 9562 section 6.2, method 3), so ids of one node sort by time.
    auto const fraction = static_cast<unsigned>(now.us % 1000 * 4096 / 1000);
    out[6] = static_cast<unsigned char>(0x70u | fraction >> 8);
    out[7] = static_cast<unsigned char>(fraction);
    out[8] = static_cast<unsigned char>(0x80u | (out[8] & 0x3Fu));
    return out;
}

void append_base32(Uuid const& uuid, std::string& out) {
    // 26 characters hold 130 bits; the first carries the top 3 of 128.
    unsigned buffer = 0;
    int bits = 2;
    for (unsigned char const byte : uuid) {
        buffer = (buffer << 8 | byte) & 0xFFFF;
        for (bits += 8; bits >= 5; bits -= 5) out += digits[buffer >> (bits - 5) & 31];
    }
}

std::optional<Uuid> parse_base32(std::string_view text) {
    if (text.size() != 26) return std::nullopt;
    Uuid out{};
    std::size_t at = 0;
    unsigned buffer = 0;
    int bits = -2;
    for (char const c : text) {
        auto const value = digits.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        if (bits == -2 && value > 7) return std::nullopt;
        buffer = (buffer << 5 | static_cast<unsigned>(value)) & 0xFFFF;
        if ((bits += 5) >= 8) {
            bits -= 8;
            out[at++] = static_cast<unsigned char>(buffer >> bits);
        }
    }
    return out;
}

}  // namespace mainstay
