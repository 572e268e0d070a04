// Checks read for what they say of single columns: lists, bounds and patterns.
#include "base/text.hpp"
#include "products/migrate/dbt/sample_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>

namespace mainstay::dbt {
namespace {

using tsql::as;
using tsql::BinaryOperator;

// The column itself, or within UPPER and its like.
tsql::ColumnReference const* column_of(tsql::Expression const* expression) {
    if (auto const* const call = as<tsql::FunctionCall>(expression); call != nullptr && call->arguments.size() == 1)
        for (std::string_view const name : {"upper", "lower", "ltrim", "rtrim", "trim"})
            if (equals_ignoring_case(call->name.object(), name)) return as<tsql::ColumnReference>(call->arguments[0]);
    return as<tsql::ColumnReference>(expression);
}

// Moments that checks compare with: the day of the run counts as one that is long past, so that what was good once
// stays good. DATEADD moves by whole years, months or days.
constexpr std::chrono::year_month_day today{std::chrono::year(2024), std::chrono::January, std::chrono::day(1)};
constexpr int shift_max = 1000;  // of DATEADD, in any unit

std::string written(std::chrono::year_month_day const& day) {
    std::array<char, 32> room{};
    std::snprintf(room.data(), room.size(), "%04d-%02u-%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return room.data();
}

std::optional<std::string> literal_of(tsql::Expression const*);

std::optional<std::string> moment_of(tsql::FunctionCall const& call) {
    auto const name = lower_ascii(call.name.object());
    std::chrono::year_month_day day = today;
    if (name == "dateadd" && call.arguments.size() == 3) {
        auto const* const part = as<tsql::ColumnReference>(call.arguments[0]);
        auto const amount = literal_of(call.arguments[1]);
        auto const* const inner = as<tsql::FunctionCall>(call.arguments[2]);
        int by = 0;
        if (part == nullptr || !amount || inner == nullptr || moment_of(*inner) != written(today) ||
            std::from_chars(amount->data(), amount->data() + amount->size(), by).ec != std::errc() ||
            std::abs(by) > shift_max)
            return std::nullopt;
        auto const unit = lower_ascii(part->name.object());
        if (unit == "year" || unit == "yy" || unit == "yyyy")
            day += std::chrono::years(by);
        else if (unit == "month" || unit == "mm" || unit == "m")
            day += std::chrono::months(by);
        else
            day = std::chrono::sys_days(day) + std::chrono::days(by);
    } else if (name != "getdate" && name != "sysdatetime" && name != "getutcdate" && name != "sysutcdatetime" &&
               name != "current_timestamp") {
        return std::nullopt;
    }
    return written(day);
}

std::optional<std::string> literal_of(tsql::Expression const* expression) {
    if (auto const* const call = as<tsql::FunctionCall>(expression)) return moment_of(*call);
    if (auto const* const unary = as<tsql::Unary>(expression);
        unary != nullptr && unary->op == tsql::UnaryOperator::minus) {
        auto const inner = literal_of(unary->operand);
        return inner ? std::optional("-" + *inner) : std::nullopt;
    }
    if (auto const* const cast = as<tsql::Cast>(expression)) return literal_of(cast->operand);
    auto const* const literal = as<tsql::Literal>(expression);
    if (literal == nullptr || literal->literal_kind == tsql::LiteralKind::null) return std::nullopt;
    std::string text(literal->text);
    if (literal->literal_kind == tsql::LiteralKind::money)
        while (!text.empty() && (text.front() < '0' || text.front() > '9')) text.erase(0, 1);
    return text;
}

BinaryOperator mirrored(BinaryOperator op) {
    switch (op) {
        case BinaryOperator::less: return BinaryOperator::greater;
        case BinaryOperator::less_or_equal: return BinaryOperator::greater_or_equal;
        case BinaryOperator::greater: return BinaryOperator::less;
        case BinaryOperator::greater_or_equal: return BinaryOperator::less_or_equal;
        default: return op;
    }
}

class HintReader {
public:
    TableHints hints;

    void read(tsql::Expression const* expression) {
        if (auto const* const logical = as<tsql::Logical>(expression))
            return logical->is_and ? all_of(*logical) : any_of(*logical);
        if (auto const* const binary = as<tsql::Binary>(expression))
            return compare(binary->op, binary->left, binary->right);
        if (auto const* const between = as<tsql::Between>(expression); between != nullptr && !between->negated) {
            compare(BinaryOperator::greater_or_equal, between->operand, between->low);
            compare(BinaryOperator::less_or_equal, between->operand, between->high);
        } else if (auto const* const in = as<tsql::In>(expression); in != nullptr && !in->negated) {
            if (auto const* const column = column_of(in->operand))
                for (auto const* item : in->list)
                    if (auto const value = literal_of(item)) of(column).allowed.push_back(*value);
        } else if (auto const* const like = as<tsql::Like>(expression);
                   like != nullptr && !like->negated && like->escape == nullptr) {
            auto const* const column = column_of(like->operand);
            auto const pattern = literal_of(like->pattern);
            if (column != nullptr && pattern) of(column).patterns.push_back(*pattern);
        }
    }

private:
    Hints& of(tsql::ColumnReference const* column) { return hints.columns[std::string(column->name.object())]; }

    void all_of(tsql::Logical const& logical) {
        for (auto const* operand : logical.operands) read(operand);
    }

    // `c IS NULL OR …` says the rest; `c = a OR c = b` is a list. Of other alternatives the last is as good as any.
    void any_of(tsql::Logical const& logical) {
        std::vector<tsql::Expression const*> rest;
        for (auto const* operand : logical.operands)
            if (as<tsql::IsNull>(operand) == nullptr) rest.push_back(operand);
        bool const is_list = std::all_of(rest.begin(), rest.end(), [](auto const* operand) {
            auto const* const binary = as<tsql::Binary>(operand);
            return (binary != nullptr && binary->op == BinaryOperator::equal) || as<tsql::Like>(operand) != nullptr ||
                   as<tsql::In>(operand) != nullptr;
        });
        if (rest.size() == 1 || is_list)
            for (auto const* operand : rest) read(operand);
    }

    void compare(BinaryOperator op, tsql::Expression const* left, tsql::Expression const* right) {
        auto const* const a = column_of(left);
        auto const* const b = column_of(right);
        if (a != nullptr && b != nullptr) return order(op, *a, *b);
        if (a == nullptr && b != nullptr) return bound(mirrored(op), b, literal_of(left));
        if (a != nullptr) bound(op, a, literal_of(right));
    }

    void order(BinaryOperator op, tsql::ColumnReference const& a, tsql::ColumnReference const& b) {
        std::string const left(a.name.object()), right(b.name.object());
        if (op == BinaryOperator::greater || op == BinaryOperator::greater_or_equal)
            hints.orders.push_back({left, right, op == BinaryOperator::greater});
        if (op == BinaryOperator::less || op == BinaryOperator::less_or_equal)
            hints.orders.push_back({right, left, op == BinaryOperator::less});
    }

    void bound(BinaryOperator op, tsql::ColumnReference const* column, std::optional<std::string> value) {
        if (!value) return;
        auto& hint = of(column);
        if (op == BinaryOperator::equal) hint.allowed.push_back(*value);
        if (op == BinaryOperator::greater || op == BinaryOperator::greater_or_equal) {
            hint.low = value;
            hint.is_low_open = op == BinaryOperator::greater;
        }
        if (op == BinaryOperator::less || op == BinaryOperator::less_or_equal) {
            hint.high = value;
            hint.is_high_open = op == BinaryOperator::less;
        }
    }
};

}  // namespace

TableHints hints_of(catalog::Table const& table) {
    HintReader reader;
    for (auto const& constraint : table.constraints)
        if (constraint.kind == catalog::ConstraintKind::check && constraint.check != nullptr)
            reader.read(constraint.check);
    return std::move(reader.hints);
}

std::set<std::string, catalog::NameLess> json_columns(catalog::Database const& database) {
    std::set<std::string, catalog::NameLess> columns;
    auto const read = [&](std::string_view sql) {
        auto const lower = lower_ascii(sql);
        for (std::string_view const call : {"json_value(", "json_query(", "json_modify(", "openjson(", "isjson("})
            for (auto at = lower.find(call); at != std::string::npos; at = lower.find(call, at + 1)) {
                auto const begin = at + call.size();
                auto argument = sql.substr(begin, std::min(sql.find_first_of(",)", begin), sql.size()) - begin);
                if (auto const dot = argument.rfind('.'); dot != std::string_view::npos)
                    argument.remove_prefix(dot + 1);
                argument = trim(argument);
                if (argument.starts_with('[') && argument.ends_with(']'))
                    argument = argument.substr(1, argument.size() - 2);
                if (!argument.empty()) columns.emplace(argument);
            }
    };
    for (auto const& [name, view] : database.views) read(view.definition);
    for (auto const& [name, table] : database.tables) {
        for (auto const& column : table.columns) read(column.computed_sql);
        for (auto const& constraint : table.constraints) read(constraint.check_sql);
    }
    return columns;
}

}  // namespace mainstay::dbt
