// Small questions about text, asked everywhere.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay {

std::string_view trim(std::string_view);                                // ASCII white space at both ends
std::vector<std::string_view> split(std::string_view, char separator);  // keeps empty parts
std::string lower_ascii(std::string_view);
bool equals_ignoring_case(std::string_view a, std::string_view b);  // ASCII

// Whether the bytes are UTF-8 as RFC 3629 has it: no overlong forms, no surrogates.
bool is_utf8(std::string_view);

// Number of code points; the text must be UTF-8.
std::size_t utf8_length(std::string_view);

std::string to_hex(std::span<unsigned char const>);  // lower case
std::optional<std::vector<unsigned char>> from_hex(std::string_view);

std::string to_base64url(std::span<unsigned char const>);  // RFC 4648 section 5, no padding
std::optional<std::vector<unsigned char>> from_base64url(std::string_view);

// RFC 3986 section 2.1; nothing for a broken escape. A plus sign stays a plus sign.
std::optional<std::string> percent_decode(std::string_view);
std::string percent_encode(std::string_view);

}  // namespace mainstay
