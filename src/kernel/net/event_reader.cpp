#include "base/text.hpp"
#include "kernel/net/streams.hpp"

#include <charconv>

namespace mainstay::net {
namespace {
constexpr std::string_view bom = "\xEF\xBB\xBF";
}

bool EventReader::feed(std::string_view piece, Seen const& seen) {
    if (is_too_large_) return false;
    for (char const c : piece) {
        // The mark may be cut as well; what only began as one is part of the first line.
        if (at_start_) {
            if (c == bom[bom_seen_]) {
                if (++bom_seen_ == bom.size()) at_start_ = false;
                continue;
            }
            line_ = bom.substr(0, bom_seen_);
            at_start_ = false;
        }
        bool const is_second_half = after_cr_ && c == '\n';
        after_cr_ = c == '\r';
        if (is_second_half) continue;
        if (c == '\r' || c == '\n') {
            take_line(seen);
            line_.clear();
        } else {
            line_ += c;
        }
        if (line_.size() + data_.size() > event_bytes_max) {
            is_too_large_ = true;
            return false;
        }
    }
    return true;
}

void EventReader::take_line(Seen const& seen) {
    if (line_.empty()) {
        if (!data_.empty()) {
            data_.pop_back();  // every line of data has added a line end
            seen({type_.empty() ? "message" : type_, std::move(data_), last_id_});
        }
        data_.clear();
        type_.clear();
        return;
    }
    std::string_view const line = line_;
    auto const colon = line.find(':');
    if (colon == 0) return;  // a comment
    auto value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
    if (value.starts_with(' ')) value.remove_prefix(1);
    take_field(line.substr(0, colon), value);
}

void EventReader::take_field(std::string_view name, std::string_view value) {
    if (name == "data") {
        data_.append(value).push_back('\n');
    } else if (name == "event") {
        type_ = value;
    } else if (name == "id") {
        if (value.find('\0') == std::string_view::npos) last_id_ = value;
    } else if (name == "retry") {
        std::int64_t ms = 0;
        auto const [end, error] = std::from_chars(value.data(), value.data() + value.size(), ms);
        constexpr std::int64_t ms_max = 86'400'000;
        bool const is_number = error == std::errc() && end == value.data() + value.size() && value[0] != '-';
        if (is_number) retry_ = milliseconds(std::min(ms, ms_max));
    }
}

}  // namespace mainstay::net
