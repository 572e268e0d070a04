// A script as the parser reads it: UTF-8, with sqlcmd variables put in, and the way back from any place in it to the
// line and column that its author sees.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::tsql {

// Spans are 32 bits wide; a script larger than this is refused (TSQL1004).
inline constexpr std::size_t max_source_bytes = 256 * 1024 * 1024;

// Both count from 1; a column is a character (a code point), not a byte.
struct Position {
    std::uint32_t line = 1;
    std::uint32_t column = 1;
};

enum class Encoding : std::uint8_t { utf8, utf8_with_bom, utf16_le, utf16_be, windows_1252 };

class Source {
public:
    // Takes UTF-8 without a byte order mark. Text past max_source_bytes is cut off.
    Source(std::string file, std::string text);

    std::string const& file() const { return file_; }
    std::string_view text() const { return is_expanded_ ? expanded_ : original_; }
    std::string_view original() const { return original_; }
    Encoding encoding() const { return encoding_; }

    // The offset is one of text(); past its end means its end.
    Position position(std::uint32_t offset) const;
    std::string_view line_text(std::uint32_t line) const;  // of original(), without its line end
    std::uint32_t line_count() const { return static_cast<std::uint32_t>(line_starts_.size()); }

    // The text was made from original() by replacing some places. A replacement at text[at, at + length) stands for
    // original()[original_at, original_at + original_length).
    struct Replacement {
        std::uint32_t at;
        std::uint32_t length;
        std::uint32_t original_at;
        std::uint32_t original_length;
    };
    void set_expanded(std::string expanded, std::vector<Replacement>);
    std::uint32_t original_offset(std::uint32_t offset) const;

    void set_encoding(Encoding encoding) { encoding_ = encoding; }

private:
    std::string file_;
    std::string original_;
    std::string expanded_;
    bool is_expanded_ = false;
    std::vector<Replacement> replacements_;
    std::vector<std::uint32_t> line_starts_;
    Encoding encoding_ = Encoding::utf8;
};

}  // namespace mainstay::tsql
