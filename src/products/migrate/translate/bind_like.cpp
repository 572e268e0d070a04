// LIKE and PATINDEX. Patterns without brackets stay patterns; those with classes become regular expressions.
// Source: "LIKE (Transact-SQL)".
#include "products/migrate/translate/pattern.hpp"

#include "products/migrate/translate/binder.hpp"

namespace mainstay::translate {

namespace {

void escape_into(std::string& out, char c) {
    static constexpr std::string_view special = "\\.+*?()|[]{}^$";
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
}

// [abc], [a-z], [^0-9]: everything but ^ first, - between and ] is itself.
std::size_t class_into(std::string& out, std::string_view pattern, std::size_t at) {
    auto const end = pattern.find(']', at + 1);
    if (end == std::string_view::npos) return std::string_view::npos;
    auto content = pattern.substr(at + 1, end - at - 1);
    if (content.empty()) return std::string_view::npos;
    out += '[';
    if (content.size() > 1 && content.front() == '^') {
        out += '^';
        content.remove_prefix(1);
    }
    for (std::size_t i = 0; i < content.size(); ++i) {
        char const c = content[i];
        bool const is_range = c == '-' && i > 0 && i + 1 < content.size();
        if (is_range) {
            out += '-';
            continue;
        }
        if (c == '\\' || c == ']' || c == '[' || c == '^' || c == '-' || c == '&' || c == '~') out += '\\';
        out += c;
    }
    out += ']';
    return end;
}

}  // namespace

std::optional<std::string> regular_expression(std::string_view pattern, std::optional<char> escape) {
    std::string out;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        char const c = pattern[i];
        if (escape && c == *escape) {
            if (++i >= pattern.size()) return std::nullopt;
            escape_into(out, pattern[i]);
        } else if (c == '%') {
            out += ".*";
        } else if (c == '_') {
            out += '.';
        } else if (c == '[') {
            auto const end = class_into(out, pattern, i);
            if (end == std::string_view::npos) return std::nullopt;
            i = end;
        } else {
            escape_into(out, c);
        }
    }
    return out;
}

std::string escaped_for_search(std::string_view text) {
    std::string out;
    for (char const c : text) escape_into(out, c);
    return out;
}

Value Binder::like(Value operand, Value pattern, Value const* escape, bool negated, tsql::Span span) {
    auto const as_text = [&](Value value) {
        return is_text(value.family()) || value.is_null() ? value
                                                          : convert(std::move(value), text_type("varchar", 8000), span);
    };
    operand = as_text(std::move(operand));
    pattern = as_text(std::move(pattern));
    if (operand.is_failed || pattern.is_failed || (escape != nullptr && escape->is_failed)) return failed_value();
    bool const is_case_sensitive = operand.is_case_sensitive;
    if (!is_case_sensitive) say(codes::text_compared, span, "LIKE does not regard case");
    std::optional<char> escape_mark;
    if (escape != nullptr) {
        if (!escape->is_text_literal() || escape->literal->size() != 1)
            return fail(codes::unknown_argument, span, "ESCAPE must be one character that is written out");
        escape_mark = escape->literal->front();
    }
    // Trailing spaces of char and varchar do not count unless the pattern has some; those of nchar and nvarchar do.
    auto subject = within(operand, Rank::other);
    bool const ends_open = pattern.is_text_literal() && pattern.literal->ends_with('%');
    bool const ends_in_space = pattern.is_text_literal() && pattern.literal->ends_with(' ');
    if (!is_unicode(operand.family()) && !is_unicode(pattern.family()) && !ends_open && !ends_in_space &&
        !operand.literal)
        subject = call("rtrim", {operand.text, "' '"});
    bool const has_class = pattern.is_text_literal() && pattern.literal->find('[') != std::string::npos;
    auto const flags = is_case_sensitive ? "(?s)" : "(?is)";
    if (has_class) {
        auto const expression = regular_expression(*pattern.literal, escape_mark);
        if (!expression) return fail(codes::unknown_argument, span, "the pattern has a class that is not closed");
        auto text = call("regexp_full_match", {subject, quote_text(flags + *expression)});
        return make_value(negated ? "not " + text : text, negated ? Rank::negation : Rank::atom, simple_type("bit"));
    }
    if (!pattern.is_text_literal()) say(codes::pattern_from_data, span, "the pattern is not written in the query");
    std::string text =
        subject + (negated ? " not" : "") + (is_case_sensitive ? " like " : " ilike ") + within(pattern, Rank::other);
    if (escape_mark) text += " escape " + quote_text(std::string(1, *escape_mark));
    return make_value(std::move(text), Rank::comparison, simple_type("bit"));
}

}  // namespace mainstay::translate
