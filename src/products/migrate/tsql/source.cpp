// Lines and columns of a script. Lines are found once; a position costs a binary search and the length of its line.
#include "products/migrate/tsql/source.hpp"

#include <algorithm>
#include <utility>

namespace mainstay::tsql {

namespace {

bool starts_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

std::uint32_t to_offset(std::size_t n) {
    return static_cast<std::uint32_t>(n);
}

}  // namespace

Source::Source(std::string file, std::string text) : file_(std::move(file)), original_(std::move(text)) {
    if (original_.size() > max_source_bytes) original_.resize(max_source_bytes);
    line_starts_.reserve(original_.size() / 32 + 1);
    line_starts_.push_back(0);
    // LF and CR LF end a line; so does a CR alone, which old editors wrote.
    bool const has_cr = original_.find('\r') != std::string::npos;
    auto const next_end = [&](std::size_t from) {
        if (!has_cr) return original_.find('\n', from);
        auto const end = original_.find_first_of("\r\n", from);
        bool const is_pair = end != std::string::npos && original_.compare(end, 2, "\r\n") == 0;
        return is_pair ? end + 1 : end;
    };
    for (auto end = next_end(0); end != std::string::npos; end = next_end(end + 1))
        line_starts_.push_back(to_offset(end + 1));
}

Position Source::position(std::uint32_t offset) const {
    auto const at = std::min(original_offset(offset), to_offset(original_.size()));
    auto const next = std::upper_bound(line_starts_.begin(), line_starts_.end(), at);
    auto const line = static_cast<std::uint32_t>(next - line_starts_.begin());
    auto const characters = std::count_if(original_.begin() + *(next - 1), original_.begin() + at, starts_character);
    return {line, static_cast<std::uint32_t>(characters) + 1};
}

std::string_view Source::line_text(std::uint32_t line) const {
    if (line == 0 || line > line_starts_.size()) return {};
    auto const begin = line_starts_[line - 1];
    auto const end = line < line_starts_.size() ? line_starts_[line] : to_offset(original_.size());
    std::string_view text = std::string_view(original_).substr(begin, end - begin);
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

void Source::set_expanded(std::string expanded, std::vector<Replacement> replacements) {
    expanded_ = std::move(expanded);
    is_expanded_ = true;
    replacements_ = std::move(replacements);
}

std::uint32_t Source::original_offset(std::uint32_t offset) const {
    auto const next = std::upper_bound(replacements_.begin(), replacements_.end(), offset,
                                       [](std::uint32_t at, Replacement const& r) { return at < r.at; });
    if (next == replacements_.begin()) return offset;
    auto const& last = *(next - 1);
    if (offset < last.at + last.length) return last.original_at;
    return last.original_at + last.original_length + (offset - last.at - last.length);
}

}  // namespace mainstay::tsql
