// Templates are few and of our own making; whatever a script brings is escaped.
#include "products/migrate/dbt/jinja.hpp"

#include "base/text.hpp"

#include <vector>

namespace mainstay::dbt {
namespace {

constexpr std::string_view open = "{{ ";
constexpr std::string_view close = " }}";
constexpr std::string_view escaped_begin = "{{ '{";

// The names within quotes of ref('a') and source('a', 'b').
std::vector<std::string_view> quoted_names(std::string_view call) {
    std::vector<std::string_view> names;
    auto const parts = split(call, '\'');
    for (std::size_t i = 1; i + 1 < parts.size(); i += 2) names.push_back(parts[i]);
    return names;
}

}  // namespace

std::string model_ref(std::string_view model) {
    return "{{ ref('" + std::string(model) + "') }}";
}

std::string source_ref(std::string_view source, std::string_view table) {
    return "{{ source('" + std::string(source) + "', '" + std::string(table) + "') }}";
}

std::string escaped(std::string_view text, std::function<bool(std::string_view)> const& is_ours) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        bool const opens = text[at] == '{' && at + 1 < text.size() &&
                           (text[at + 1] == '{' || text[at + 1] == '%' || text[at + 1] == '#');
        if (!opens) {
            out += text[at];
            continue;
        }
        auto const end = text.find(close, at);
        if (is_ours && text.substr(at).starts_with(open) && end != std::string_view::npos && end > at + 2 &&
            is_ours(text.substr(at + open.size(), end - at - open.size()))) {
            out += text.substr(at, end + close.size() - at);
            at = end + close.size() - 1;
            continue;
        }
        out += "{{ '{' }}";
    }
    return out;
}

std::string compiled(std::string_view sql, Relation const& relation) {
    std::string out;
    for (std::size_t at = 0; at < sql.size();) {
        auto const begin = sql.find(open, at);
        auto const end = begin == std::string_view::npos ? begin : sql.find(close, begin);
        if (end == std::string_view::npos) {
            out += sql.substr(at);
            break;
        }
        out += sql.substr(at, begin - at);
        auto const inside = sql.substr(begin, end - begin);
        if (inside.starts_with(escaped_begin)) {
            out += '{';
        } else {
            auto const names = quoted_names(inside);
            auto const call = inside.substr(open.size());
            out += relation(call.substr(0, call.find('(')), names.empty() ? std::string_view{} : names[0],
                            names.size() > 1 ? names[1] : std::string_view{});
        }
        at = end + close.size();
    }
    return out;
}

std::string yaml_text(std::string_view text) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    for (char const c : escaped(text)) {
        auto const byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (c == '\n')
            out += "\\n";
        else if (c == '\t')
            out += "\\t";
        else if (byte < 0x20 || byte == 0x7F)
            ((out += "\\x") += digits[byte >> 4U]) += digits[byte & 15U];
        else
            out += c;
    }
    return out + '"';
}

}  // namespace mainstay::dbt
