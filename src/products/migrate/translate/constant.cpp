// Numbers are exact; dates are those of moment.hpp; everything else is text.
#include "products/migrate/translate/constant.hpp"

#include "base/text.hpp"
#include "products/migrate/translate/functions.hpp"

#include <array>
#include <cstdio>

namespace mainstay::translate {

using tsql::as;
using tsql::NodeKind;

namespace {

using Kind = Constant::Kind;
constexpr int max_scale = 18;

Constant text_constant(std::string text) {
    Constant value;
    value.kind = Kind::text;
    value.text = std::move(text);
    return value;
}
Constant exact_constant(Exact exact) {
    Constant value;
    value.kind = Kind::exact;
    value.exact = exact;
    return value;
}
Constant moment_constant(Moment moment) {
    Constant value;
    value.kind = Kind::moment;
    value.moment = moment;
    return value;
}

std::optional<Constant> literal(tsql::Literal const& node) {
    switch (node.literal_kind) {
        case tsql::LiteralKind::null: return Constant{};
        case tsql::LiteralKind::string:
        case tsql::LiteralKind::national_string: return text_constant(std::string(node.text));
        case tsql::LiteralKind::binary: {
            Constant value;
            value.kind = Kind::binary;
            value.text = node.text.substr(std::min<std::size_t>(2, node.text.size()));
            if (value.text.size() % 2 == 1) value.text.insert(value.text.begin(), '0');
            return value;
        }
        case tsql::LiteralKind::real: {
            Constant value;
            value.kind = Kind::real;
            value.text = node.text;
            return value;
        }
        default: {
            std::string digits;
            for (char const c : node.text)
                if ((c >= '0' && c <= '9') || c == '.' || c == '-') digits += c;
            auto const exact = read_exact(digits);
            return exact ? std::optional(exact_constant(*exact)) : std::nullopt;
        }
    }
}

Exact scaled(Exact value, int scale) {
    while (value.scale < scale) {
        value.units *= 10;
        ++value.scale;
    }
    return value;
}

std::optional<Constant> calculated(tsql::BinaryOperator op, Constant const& left, Constant const& right) {
    if (left.kind == Kind::null || right.kind == Kind::null) return Constant{};
    if (op == tsql::BinaryOperator::add && left.kind == Kind::text && right.kind == Kind::text)
        return text_constant(left.text + right.text);
    if (left.kind != Kind::exact || right.kind != Kind::exact) return std::nullopt;
    auto const scale = std::max(left.exact.scale, right.exact.scale);
    auto const a = scaled(left.exact, scale);
    auto const b = scaled(right.exact, scale);
    switch (op) {
        case tsql::BinaryOperator::add: return exact_constant({a.units + b.units, scale});
        case tsql::BinaryOperator::subtract: return exact_constant({a.units - b.units, scale});
        case tsql::BinaryOperator::multiply:
            if (left.exact.scale + right.exact.scale > max_scale) return std::nullopt;
            return exact_constant({left.exact.units * right.exact.units, left.exact.scale + right.exact.scale});
        case tsql::BinaryOperator::divide:
            if (scale != 0 || b.units == 0) return std::nullopt;
            return exact_constant({a.units / b.units, 0});
        case tsql::BinaryOperator::modulo:
            if (b.units == 0) return std::nullopt;
            return exact_constant({a.units % b.units, scale});
        default: return std::nullopt;
    }
}

// The same identifier for the same row in every run; a UUID of version 8, which leaves its bits to us.
std::string identifier_of(std::uint64_t row) {
    auto mix = (row + 1) * 0x9E3779B97F4A7C15ULL;
    mix ^= mix >> 29;
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%08x-%04x-8%03x-8%03x-%012llx", static_cast<unsigned>(mix >> 32),
                  static_cast<unsigned>(mix >> 16 & 0xFFFF), static_cast<unsigned>(mix & 0xFFF),
                  static_cast<unsigned>(mix >> 5 & 0xFFF), static_cast<unsigned long long>(row));
    return text.data();
}

std::optional<Moment> as_moment(Constant const& value) {
    if (value.kind == Kind::moment) return value.moment;
    if (value.kind == Kind::text) return read_moment(value.text);
    if (value.kind == Kind::exact && value.exact.scale == 0)
        return moment_of_days(days_from_civil(1900, 1, 1) + static_cast<std::int64_t>(value.exact.units));
    return std::nullopt;
}

std::optional<Constant> date_added(std::string_view part, std::int64_t count, Moment moment) {
    if (part == "day" || part == "dd" || part == "d") return moment_constant(plus_days(moment, count));
    if (part == "week" || part == "wk" || part == "ww") return moment_constant(plus_days(moment, 7 * count));
    std::int64_t months = 0;
    if (part == "month" || part == "mm" || part == "m")
        months = count;
    else if (part == "year" || part == "yy" || part == "yyyy")
        months = 12 * count;
    if (months != 0 || count == 0) {
        auto const total = moment.year * std::int64_t{12} + moment.month - 1 + months;
        moment.year = static_cast<int>(total / 12);
        moment.month = static_cast<int>(total % 12) + 1;
        moment.day = std::min(moment.day, days_in_month(moment.year, moment.month));
        return moment_constant(moment);
    }
    std::int64_t seconds = 0;
    if (part == "hour" || part == "hh")
        seconds = 3600 * count;
    else if (part == "minute" || part == "mi" || part == "n")
        seconds = 60 * count;
    else if (part == "second" || part == "ss" || part == "s")
        seconds = count;
    else
        return std::nullopt;
    auto const total = moment.hour * std::int64_t{3600} + moment.minute * std::int64_t{60} + moment.second + seconds;
    auto const day = total >= 0 ? total / 86400 : -((86399 - total) / 86400);
    auto const rest = total - day * 86400;
    moment = plus_days(moment, day);
    moment.hour = static_cast<int>(rest / 3600);
    moment.minute = static_cast<int>(rest / 60 % 60);
    moment.second = static_cast<int>(rest % 60);
    moment.has_time = true;
    return moment_constant(moment);
}

std::optional<Constant> function(tsql::FunctionCall const& node, ConstantSource& source) {
    if (node.name.parts.size() != 1) return std::nullopt;
    auto const name = lower_ascii(node.name.object());
    auto const is_one_of = [&](std::initializer_list<std::string_view> names) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (is_one_of({"getdate", "sysdatetime", "getutcdate", "sysutcdatetime", "current_timestamp", "sysdatetimeoffset"}))
        return moment_constant(source.now);
    if (node.is_odbc && is_one_of({"d", "t", "ts"}) && node.arguments.size() == 1) {
        auto const text = evaluate(node.arguments[0], source);
        auto const moment = text && text->kind == Kind::text ? read_moment(text->text) : std::nullopt;
        return moment ? std::optional(moment_constant(*moment)) : std::nullopt;
    }
    if (is_one_of({"newid", "newsequentialid"})) return text_constant(identifier_of(source.row));
    if (is_one_of({"user_name", "user", "current_user", "session_user", "schema_name"})) return text_constant("dbo");
    if (is_one_of({"suser_sname", "suser_name", "system_user", "original_login"})) return text_constant("sa");
    if (is_one_of({"db_name"})) return text_constant(source.database.name);
    if (is_one_of({"host_name", "app_name"})) return text_constant("mainstay");
    if (name == "dateadd" && node.arguments.size() == 3) {
        auto const* const part = as<tsql::ColumnReference>(node.arguments[0]);
        auto const count = evaluate(node.arguments[1], source);
        auto const moment = evaluate(node.arguments[2], source);
        if (part == nullptr || !count || !moment || count->kind != Kind::exact) return std::nullopt;
        auto const start = as_moment(*moment);
        if (!start) return std::nullopt;
        return date_added(lower_ascii(part->name.object()), static_cast<std::int64_t>(rounded(count->exact, 0).units),
                          *start);
    }
    std::vector<Constant> values;
    for (auto const* argument : node.arguments) {
        auto value = evaluate(argument, source);
        if (!value) return std::nullopt;
        values.push_back(std::move(*value));
    }
    if (is_one_of({"char", "nchar"}) && values.size() == 1 && values[0].kind == Kind::exact &&
        values[0].exact.units > 0 && values[0].exact.units < 128)
        return text_constant(std::string(1, static_cast<char>(values[0].exact.units)));
    if (name == "isnull" && values.size() == 2) return values[values[0].kind == Kind::null ? 1 : 0];
    if (name == "replicate" && values.size() == 2 && values[0].kind == Kind::text && values[1].kind == Kind::exact) {
        std::string text;
        for (std::int64_t i = 0; i < static_cast<std::int64_t>(values[1].exact.units) && i < 8000; ++i)
            text += values[0].text;
        return text_constant(std::move(text));
    }
    if (name == "datefromparts" && values.size() == 3) {
        Moment moment;
        moment.year = static_cast<int>(values[0].exact.units);
        moment.month = static_cast<int>(values[1].exact.units);
        moment.day = static_cast<int>(values[2].exact.units);
        moment.has_date = true;
        return moment_constant(moment);
    }
    return std::nullopt;
}

// START WITH and INCREMENT BY stand in the statement as written.
std::int64_t number_behind(std::string_view definition, std::string_view words, std::int64_t otherwise) {
    auto const lower = lower_ascii(definition);
    auto const at = lower.find(words);
    if (at == std::string::npos) return otherwise;
    auto const number = trim(definition.substr(at + words.size()));
    auto const exact = read_exact(number.substr(0, number.find_first_not_of("+-0123456789")));
    return exact ? static_cast<std::int64_t>(exact->units) : otherwise;
}

std::optional<Constant> next_value(tsql::NextValueFor const& node, ConstantSource& source) {
    auto const object = catalog::resolve(source.database, catalog::object_name(node.sequence));
    auto const found = source.database.modules.find(object);
    if (found == source.database.modules.end() || found->second.kind != catalog::ModuleKind::sequence)
        return std::nullopt;
    auto const& definition = found->second.definition;
    auto const start = number_behind(definition, "start with ", 1);
    auto const [at, is_new] = source.sequences.emplace(catalog::to_string(object), start);
    auto const value = at->second;
    at->second += number_behind(definition, "increment by ", 1);
    return exact_constant({value, 0});
}

std::optional<Constant> converted(tsql::Cast const& node, ConstantSource& source) {
    auto value = evaluate(node.operand, source);
    if (!value || value->kind == Kind::null) return value;
    auto const type = catalog::resolve_type(source.database, *node.type, 30);
    auto const family = family_of(type);
    if (is_temporal(family) && value->kind == Kind::text && node.style != nullptr) {
        auto const style = evaluate(node.style, source);
        if (!style || style->kind != Kind::exact) return std::nullopt;
        auto const moment = read_moment(value->text, order_of_style(static_cast<std::int64_t>(style->exact.units)));
        return moment ? std::optional(moment_constant(*moment)) : std::nullopt;
    }
    auto const cell = cell_of(*value, type);
    if (!cell.is_valid || !cell.cell) return std::nullopt;
    if (is_temporal(family)) {
        auto const moment = read_moment(*cell.cell);
        return moment ? std::optional(moment_constant(*moment)) : std::nullopt;
    }
    if (family == Family::bit) return exact_constant({*cell.cell == "true" ? 1 : 0, 0});
    if (is_exact(family)) {
        auto const exact = read_exact(*cell.cell);
        return exact ? std::optional(exact_constant(*exact)) : std::nullopt;
    }
    if (is_binary(family)) return value->kind == Kind::binary ? value : std::nullopt;
    if (is_float(family)) {
        Constant real;
        real.kind = Kind::real;
        real.text = *cell.cell;
        return real;
    }
    auto text = *cell.cell;
    if (is_text(family) && type.length > 0)  // cut off, where a column would refuse it
        while (utf8_length(text) > static_cast<std::size_t>(type.length)) {
            while ((static_cast<unsigned char>(text.back()) & 0xC0) == 0x80) text.pop_back();
            text.pop_back();
        }
    return text_constant(std::move(text));
}

}  // namespace

std::optional<Constant> evaluate(tsql::Expression const* expression, ConstantSource& source) {
    if (expression == nullptr) return std::nullopt;
    switch (expression->kind) {
        case NodeKind::literal: return literal(*as<tsql::Literal>(expression));
        case NodeKind::unary: {
            auto const& unary = *as<tsql::Unary>(expression);
            auto value = evaluate(unary.operand, source);
            if (!value || value->kind == Kind::null || unary.op == tsql::UnaryOperator::plus) return value;
            if (unary.op != tsql::UnaryOperator::minus) return std::nullopt;
            if (value->kind == Kind::exact)
                value->exact.units = -value->exact.units;
            else if (value->kind == Kind::real)
                value->text = '-' + value->text;
            else
                return std::nullopt;
            return value;
        }
        case NodeKind::binary: {
            auto const& binary = *as<tsql::Binary>(expression);
            auto const left = evaluate(binary.left, source);
            auto const right = evaluate(binary.right, source);
            return left && right ? calculated(binary.op, *left, *right) : std::nullopt;
        }
        case NodeKind::cast: return converted(*as<tsql::Cast>(expression), source);
        case NodeKind::function_call: return function(*as<tsql::FunctionCall>(expression), source);
        case NodeKind::collate: return evaluate(as<tsql::Collate>(expression)->operand, source);
        case NodeKind::next_value_for: return next_value(*as<tsql::NextValueFor>(expression), source);
        default: return std::nullopt;
    }
}

}  // namespace mainstay::translate
