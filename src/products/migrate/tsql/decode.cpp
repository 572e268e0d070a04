// Bytes of a file to UTF-8. What cannot be a script is refused, what may be one is read, and a guess is reported.
#include "base/text.hpp"
#include "products/migrate/tsql/diagnostic_codes.hpp"
#include "products/migrate/tsql/diagnostic_sink.hpp"
#include "products/migrate/tsql/tsql.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace mainstay::tsql {

namespace {

constexpr std::size_t sample_bytes = 4096;

// ICU's and the WHATWG's table of windows-1252 from 0x80 to 0x9F; the rest is Latin-1.
constexpr char16_t windows_1252_high[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

void append_utf8(std::string& out, char32_t c) {
    auto const put = [&](char32_t byte) { out += static_cast<char>(byte); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | (c >> 6));
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3F));
        put(0x80 | ((c >> 6) & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

struct Utf16Text {
    std::string text;
    std::size_t broken = 0;        // units that are no characters
    std::size_t first_broken = 0;  // offset in text
};

Utf16Text from_utf16(std::string_view bytes, bool big_endian) {
    Utf16Text result;
    result.text.reserve(bytes.size());
    auto const unit = [&](std::size_t i) -> char32_t {
        auto const a = static_cast<unsigned char>(bytes[i]);
        auto const b = static_cast<unsigned char>(bytes[i + 1]);
        return static_cast<char32_t>(big_endian ? (a << 8) | b : (b << 8) | a);
    };
    auto const put_broken = [&] {
        if (result.broken++ == 0) result.first_broken = result.text.size();
        append_utf8(result.text, 0xFFFD);
    };
    std::size_t i = 0;
    for (; i + 1 < bytes.size(); i += 2) {
        auto const c = unit(i);
        bool const is_high = c >= 0xD800 && c < 0xDC00;
        if (is_high && i + 3 < bytes.size() && unit(i + 2) >= 0xDC00 && unit(i + 2) < 0xE000) {
            append_utf8(result.text, 0x10000 + ((c - 0xD800) << 10) + (unit(i + 2) - 0xDC00));
            i += 2;
        } else if (is_high || (c >= 0xDC00 && c < 0xE000) || c == 0) {
            put_broken();
        } else {
            append_utf8(result.text, c);
        }
    }
    if (i < bytes.size()) put_broken();
    return result;
}

std::string from_windows_1252(std::string_view bytes) {
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 16);
    for (char const byte : bytes) {
        auto const c = static_cast<unsigned char>(byte);
        append_utf8(text, c >= 0x80 && c < 0xA0 ? windows_1252_high[c - 0x80] : c);
    }
    return text;
}

// UTF-16 without a byte order mark shows by its zeros: most units have one, and nearly all on the same side.
std::optional<Encoding> evident_utf16(std::string_view bytes) {
    auto const sample = bytes.substr(0, sample_bytes);
    if (sample.size() < 4) return std::nullopt;
    std::size_t zeros[2] = {};
    for (std::size_t i = 0; i < sample.size(); ++i)
        if (sample[i] == '\0') ++zeros[i % 2];
    auto const units = sample.size() / 2;
    if (zeros[0] * 8 <= zeros[1] && zeros[1] > units / 2) return Encoding::utf16_le;
    if (zeros[1] * 8 <= zeros[0] && zeros[0] > units / 2) return Encoding::utf16_be;
    return std::nullopt;
}

bool looks_binary(std::string_view bytes) {
    if (std::memchr(bytes.data(), '\0', bytes.size()) != nullptr) return true;
    auto const sample = bytes.substr(0, sample_bytes);
    auto const controls = std::count_if(sample.begin(), sample.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\x1A';
    });
    return static_cast<std::size_t>(controls) > sample.size() / 20;
}

class Decoder {
public:
    explicit Decoder(std::string file) : file_(std::move(file)) {}

    Decoded decode(std::string_view bytes) {
        if (bytes.size() > max_source_bytes) {
            take_text({}, Encoding::utf8);
            report(codes::too_large, {}, "the file has " + std::to_string(bytes.size()) + " bytes");
        } else if (bytes.starts_with("\xEF\xBB\xBF")) {
            decode_bytes(bytes.substr(3), Encoding::utf8_with_bom);
        } else if (bytes.starts_with(std::string_view("\xFF\xFE\0\0", 4))) {
            refuse();
        } else if (bytes.starts_with("\xFF\xFE")) {
            decode_utf16(bytes.substr(2), Encoding::utf16_le);
        } else if (bytes.starts_with("\xFE\xFF")) {
            decode_utf16(bytes.substr(2), Encoding::utf16_be);
        } else if (auto const encoding = evident_utf16(bytes)) {
            decode_utf16(bytes, *encoding);
        } else {
            decode_bytes(bytes, Encoding::utf8);
        }
        auto const text = decoded_.source->text();
        if (decoded_.diagnostics.empty() && text.find_first_not_of(" \t\r\n\f\x1A") == std::string_view::npos)
            report(codes::empty_file, {}, "the file is empty");
        return std::move(decoded_);
    }

private:
    void decode_bytes(std::string_view bytes, Encoding encoding) {
        if (!bytes.empty() && looks_binary(bytes)) return refuse();
        if (is_utf8(bytes)) return take_text(std::string(bytes), encoding);
        take_text(from_windows_1252(bytes), Encoding::windows_1252);
        auto const text = decoded_.source->text();
        auto const first = std::find_if(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
        auto const at = static_cast<std::uint32_t>(first - text.begin());
        report(codes::assumed_windows_1252, {at, at + 2}, "this is not UTF-8; the file was read as Windows-1252");
    }

    void decode_utf16(std::string_view bytes, Encoding encoding) {
        auto decoded = from_utf16(bytes, encoding == Encoding::utf16_be);
        if (decoded.broken > bytes.size() / 40) return refuse();
        take_text(std::move(decoded.text), encoding);
        auto const at = static_cast<std::uint32_t>(decoded.first_broken);
        if (decoded.broken > 0)
            report(codes::broken_encoding, {at, at + 3},
                   std::to_string(decoded.broken) + " units of the UTF-16 text are no characters; the first is here");
    }

    void refuse() {
        take_text({}, Encoding::utf8);
        report(codes::not_text, {}, "the file is not a text file");
    }

    void take_text(std::string text, Encoding encoding) {
        decoded_.source = std::make_unique<Source>(file_, std::move(text));
        decoded_.source->set_encoding(encoding);
    }

    void report(DiagnosticCode const& code, Span span, std::string message) {
        decoded_.diagnostics.push_back(make_diagnostic(*decoded_.source, code, span, std::move(message)));
    }

    std::string file_;
    Decoded decoded_;
};

}  // namespace

Decoded decode(std::string file, std::string_view bytes) {
    return Decoder(std::move(file)).decode(bytes);
}

}  // namespace mainstay::tsql
