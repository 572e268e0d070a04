// The text of a body: a clause a line, lower-case words, four blanks.
#include "products/migrate/translate/binder.hpp"

namespace mainstay::translate {

namespace {

std::string lines_of(std::vector<std::string> const& items) {
    std::string out;
    for (std::size_t i = 0; i < items.size(); ++i) {
        out += indented(items[i]);
        out += i + 1 < items.size() ? ",\n" : "";
    }
    return out;
}

std::string_view words(tsql::SetOperator op) {
    switch (op) {
        case tsql::SetOperator::union_all: return "union all";
        case tsql::SetOperator::union_distinct: return "union";
        case tsql::SetOperator::except: return "except";
        case tsql::SetOperator::intersect: return "intersect";
    }
    return "";
}

std::vector<std::string> quoted(std::vector<std::string> const& names) {
    std::vector<std::string> out;
    for (auto const& name : names) out.push_back(quote_identifier(name));
    return out;
}

// Whether the text ends in the name, as a column does that needs no alias.
bool is_named(std::string const& text, std::string const& name) {
    return text == name || (text.size() > name.size() + 1 && text.ends_with('.' + name) &&
                            text.find_first_of(" (") == std::string::npos);
}

}  // namespace

std::string Binder::render(Body const& body) const {
    auto text = body.is_set() ? render_set(body) : render(body.select);
    if (body.order_by.empty() && body.limit.empty()) return text;
    auto const names = quoted(body.first().select.names);
    text = "select\n" + lines_of(names) + "\nfrom (\n" + indented(text) + "\n) as combined";
    if (!body.order_by.empty()) text += "\norder by " + body.order_by;
    if (!body.limit.empty()) text += "\nlimit " + body.limit;
    return text;
}

std::string Binder::render(SelectParts const& parts) const {
    std::vector<std::string> items;
    for (std::size_t i = 0; i < parts.items.size(); ++i) {
        auto const& item = parts.items[i];
        auto const name = quote_identifier(parts.names[i]);
        items.push_back(parts.names[i].empty() || is_named(item.text, name) ? item.text : item.text + " as " + name);
    }
    std::string out = "select";
    if (parts.is_distinct) out += " distinct";
    if (!parts.distinct_on.empty()) out += " distinct on (" + joined(parts.distinct_on, ", ") + ')';
    if (items.size() == 1 && items[0].find('\n') == std::string::npos)
        out += ' ' + items[0];
    else
        out += '\n' + lines_of(items);
    if (!parts.from.empty()) out += "\nfrom " + parts.from;
    if (!parts.where.empty()) out += "\nwhere " + indented(parts.where).substr(4);
    if (!parts.group_by.empty()) out += "\ngroup by " + parts.group_by;
    if (!parts.having.empty()) out += "\nhaving " + indented(parts.having).substr(4);
    if (!parts.qualify.empty()) out += "\nqualify " + parts.qualify;
    if (!parts.order_by.empty()) out += "\norder by " + parts.order_by;
    if (!parts.limit.empty()) out += "\nlimit " + parts.limit;
    return out;
}

std::string Binder::render_set(Body const& body) const {
    auto const& first = body.first().select;
    auto const columns = columns_of(body);
    bool has_text = false;
    for (auto const& column : columns) has_text = has_text || is_text(column.family());
    auto const operand_text = [&](Body const& operand) {
        auto const text = render(operand);
        bool const needs_parentheses = operand.is_set() || !operand.select.order_by.empty() ||
                                       !operand.select.limit.empty() || !operand.select.distinct_on.empty();
        return needs_parentheses ? "(\n" + indented(text) + "\n)" : text;
    };
    auto const chain = [&](std::string_view word) {
        std::string text;
        for (auto const& operand : body.operands) {
            if (!text.empty()) text += "\n" + std::string(word) + "\n";
            text += operand_text(operand);
        }
        return text;
    };
    if (!has_text || body.op == tsql::SetOperator::union_all || first.names.empty() || first.names[0].empty())
        return chain(words(body.op));

    auto const names = quoted(first.names);
    auto const keys_of = [&](std::string_view alias) {
        std::vector<std::string> keys;
        for (std::size_t i = 0; i < names.size() && i < columns.size(); ++i) {
            auto column = columns[i];
            column.text = std::string(alias) + '.' + names[i];
            column.literal.reset();
            keys.push_back(key_of(column));
        }
        return keys;
    };
    auto const distinct = [&](std::string_view alias, std::string const& from) {
        auto list = names;
        for (auto& name : list) name = std::string(alias) + '.' + name;
        return "select distinct on (" + joined(keys_of(alias), ", ") + ")\n" + lines_of(list) + "\nfrom " + from;
    };
    if (body.op == tsql::SetOperator::union_distinct)
        return distinct("combined", "(\n" + indented(chain("union all")) + "\n) as combined");
    // Rows of the first operand that are, or are not, among those of each other one.
    auto text = distinct("kept", "(\n" + indented(render(body.operands.front())) + "\n) as kept");
    bool const is_except = body.op == tsql::SetOperator::except;
    auto const left = keys_of("kept");
    auto const right = keys_of("other");
    for (std::size_t n = 1; n < body.operands.size(); ++n) {
        std::vector<std::string> same;
        for (std::size_t i = 0; i < left.size(); ++i) same.push_back(left[i] + " is not distinct from " + right[i]);
        auto const list = joined(names, ", ");
        text += std::string(n == 1 ? "\nwhere " : "\n    and ") + (is_except ? "not exists (\n" : "exists (\n") +
                indented("select 1\nfrom (\n" + indented(render(body.operands[n])) + "\n) as other (" + list +
                         ")\nwhere " + joined(same, "\n    and ")) +
                "\n)";
    }
    return text;
}

}  // namespace mainstay::translate
