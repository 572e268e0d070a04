// Values that cannot be wrong in type.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mainstay {

// An address as people type it; the domain is kept in lower case. RFC 5321's limits: 64 and 254 characters.
struct Email {
    std::string text;
    static std::optional<Email> parse(std::string_view);
    friend bool operator==(Email const&, Email const&) = default;
};

// Integer minor units (cents, paise, yen) and an ISO 4217 code.
struct Money {
    std::int64_t amount_minor = 0;
    std::string currency;
    friend bool operator==(Money const&, Money const&) = default;
};

// Any JSON value, kept as its compact text.
struct JsonText {
    std::string text = "null";
    friend bool operator==(JsonText const&, JsonText const&) = default;
};

// Text that is shown once and then never again: it is written in the reply that bears it, and a reply that bears one
// is not remembered under an idempotency key, nor logged.
struct Secret {
    std::string text;
};

}  // namespace mainstay
