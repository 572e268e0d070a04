// Ids that say what they name and sort by time: a prefix and a UUIDv7 (RFC 9562 section 5.7) in 26 characters of
// Crockford's base32, such as tkt_01j9zq5w8vf2tq0k6s3e9m4x7c.
#pragma once
#include "base/time.hpp"

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace mainstay {

using Uuid = std::array<unsigned char, 16>;

Uuid make_uuid(Instant now);  // version 7
void append_base32(Uuid const&, std::string& out);
std::optional<Uuid> parse_base32(std::string_view);  // exactly 26 lower-case characters

template <std::size_t N>
struct IdPrefix {
    constexpr IdPrefix(char const (&text)[N]) { std::copy_n(text, N, chars); }
    constexpr std::string_view view() const { return {chars, N - 1}; }
    char chars[N]{};
};

// Ids of different prefixes are different types. A default-constructed one names nothing.
template <IdPrefix Prefix>
struct Id {
    static constexpr std::string_view prefix = Prefix.view();

    Uuid uuid{};

    static Id make(Instant now) { return {make_uuid(now)}; }

    // Not before any id that was made until then, not behind any that is made from then on.
    static Id first_at(Instant t) {
        Id id = make(t);
        std::fill(id.uuid.begin() + 6, id.uuid.end(), static_cast<unsigned char>(0));
        return id;
    }

    static std::optional<Id> parse(std::string_view text) {
        if (!text.starts_with(prefix) || text.size() < prefix.size() + 1 || text[prefix.size()] != '_')
            return std::nullopt;
        auto const parsed = parse_base32(text.substr(prefix.size() + 1));
        return parsed ? std::optional<Id>{{*parsed}} : std::nullopt;
    }

    std::string to_string() const {
        std::string out;
        out.reserve(prefix.size() + 27);
        out += prefix;
        out += '_';
        append_base32(uuid, out);
        return out;
    }

    bool is_set() const { return uuid != Uuid{}; }
    friend auto operator<=>(Id const&, Id const&) = default;
};

using TenantId = Id<"ten">;

struct IdHash {
    template <IdPrefix Prefix>
    std::size_t operator()(Id<Prefix> const& id) const {
        std::size_t value = 0;
        std::memcpy(&value, id.uuid.data() + 8, sizeof value);  // the random half
        return value;
    }
};

}  // namespace mainstay
