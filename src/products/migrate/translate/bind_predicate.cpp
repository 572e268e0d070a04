// Conditions, with SQL Server's comparison of texts: without case under a case-insensitive collation, and without
// trailing spaces under every one.
#include "base/text.hpp"
#include "products/migrate/translate/binder.hpp"

#include <algorithm>

namespace mainstay::translate {

using tsql::as;
using tsql::BinaryOperator;
using tsql::NodeKind;

namespace {

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string_view spelling(BinaryOperator op) {
    switch (op) {
        case BinaryOperator::equal: return "=";
        case BinaryOperator::not_equal: return "<>";
        case BinaryOperator::less: return "<";
        case BinaryOperator::less_or_equal: return "<=";
        case BinaryOperator::greater: return ">";
        default: return ">=";
    }
}

bool is_comparison(BinaryOperator op) {
    return op >= BinaryOperator::equal && op <= BinaryOperator::greater_or_equal;
}

Value predicate(std::string text, Rank rank = Rank::comparison) {
    return make_value(std::move(text), rank, simple_type("bit"));
}

}  // namespace

std::string Binder::key_of(Value const& value) const {
    if (!is_text(value.family())) return value.text;
    if (value.literal) {
        std::string_view characters = *value.literal;
        while (characters.ends_with(' ')) characters.remove_suffix(1);
        if (value.is_case_sensitive) return quote_text(characters);
        if (is_ascii(characters)) return quote_text(lower_ascii(characters));
        return call("lower", {quote_text(characters)});
    }
    auto const trimmed = call("rtrim", {value.text, "' '"});
    return value.is_case_sensitive ? trimmed : call("lower", {trimmed});
}

std::string Binder::key(Value const& value, tsql::Span span) {
    if (is_text(value.family()) && !value.is_case_sensitive)
        say(codes::text_compared, span, std::string(written(span)) + " is compared without case and trailing spaces");
    return key_of(value);
}

std::string Binder::order_key(Value const& value, tsql::Span span) {
    if (is_text(value.family()))
        say(codes::text_order, span, std::string(written(span)) + " is ordered by code points");
    if (value.family() == Family::uniqueidentifier)
        say(codes::uuid_order, span, "the order of uniqueidentifier is another one");
    return key_of(value);
}

Value Binder::compared(BinaryOperator op, Value left, Value right, tsql::Span span) {
    if (left.is_failed || right.is_failed) return failed_value();
    if (left.is_null() || right.is_null()) return predicate("null", Rank::atom);
    bool const is_order = op != BinaryOperator::equal && op != BinaryOperator::not_equal;
    auto const type = common_type(left.type, right.type);
    auto const family = family_of(type);
    // An int beside a bit makes the bit an int; 0 and 1 read better as what the column holds.
    auto const as_bit = [](Value const& bit, Value& other) {
        auto const number = integer_of(other);
        if (bit.family() != Family::bit || !number || *number < 0 || *number > 1) return false;
        other = make_value(*number == 1 ? "true" : "false", Rank::atom, simple_type("bit"), false);
        return true;
    };
    if (!is_order && (as_bit(left, right) || as_bit(right, left)))
        return predicate(within(left, Rank::other) + ' ' + std::string(spelling(op)) + ' ' +
                         within(right, Rank::other));
    auto const adapt = [&](Value& operand) {
        auto const own = operand.family();
        bool const mixed_numbers = is_number(own) && is_number(family) && own != Family::bit;
        bool const mixed_moments = is_temporal(own) && is_temporal(family) && own != Family::time;
        if (own == family || mixed_numbers || mixed_moments || (is_text(own) && is_text(family)) ||
            (is_binary(own) && is_binary(family)))
            return;
        operand = convert(std::move(operand), type, span);
    };
    adapt(left);
    adapt(right);
    if (left.is_failed || right.is_failed) return failed_value();
    if (is_text(family)) {
        bool const is_case_sensitive =
            (!left.literal && left.is_case_sensitive) || (!right.literal && right.is_case_sensitive);
        left.is_case_sensitive = right.is_case_sensitive = is_case_sensitive;
        auto const side = [&](Value const& value) { return is_order ? order_key(value, span) : key(value, span); };
        auto const l = side(left);
        return predicate(l + ' ' + std::string(spelling(op)) + ' ' + side(right));
    }
    if (family == Family::uniqueidentifier && is_order)
        say(codes::uuid_order, span, "uniqueidentifier has another order");
    if (family == Family::xml || family == Family::other)
        return fail(codes::unknown_conversion, span, "a comparison of " + catalog::to_string(type));
    return predicate(within(left, Rank::other) + ' ' + std::string(spelling(op)) + ' ' + within(right, Rank::other));
}

Value Binder::condition(tsql::Expression const* expression) {
    if (expression == nullptr) return failed_value();
    auto const span = expression->span;
    switch (expression->kind) {
        case NodeKind::logical: {
            auto const& logical = *as<tsql::Logical>(expression);
            auto const rank = logical.is_and ? Rank::both : Rank::either;
            auto const next = static_cast<Rank>(static_cast<int>(rank) + 1);
            std::vector<std::string> parts;
            bool is_failed = false;
            for (auto const* operand : logical.operands) {
                auto part = condition(operand);
                is_failed = is_failed || part.is_failed;
                parts.push_back(within(part, next));
            }
            if (is_failed) return failed_value();
            return predicate(joined(parts, logical.is_and ? "\nand " : "\nor "), rank);
        }
        case NodeKind::unary: {
            auto const& unary = *as<tsql::Unary>(expression);
            if (unary.op != tsql::UnaryOperator::logical_not) break;
            auto operand = condition(unary.operand);
            if (operand.is_failed) return operand;
            return predicate("not " + within(operand, Rank::comparison), Rank::negation);
        }
        case NodeKind::binary: {
            auto const& binary = *as<tsql::Binary>(expression);
            if (!is_comparison(binary.op)) break;
            auto left = value(binary.left);
            return compared(binary.op, std::move(left), value(binary.right), span);
        }
        case NodeKind::between: {
            auto const& between = *as<tsql::Between>(expression);
            auto low = compared(BinaryOperator::greater_or_equal, value(between.operand), value(between.low), span);
            auto high = compared(BinaryOperator::less_or_equal, value(between.operand), value(between.high), span);
            if (low.is_failed || high.is_failed) return failed_value();
            auto both = predicate(low.text + " and " + high.text, Rank::both);
            return between.negated ? predicate("not (" + both.text + ')', Rank::negation) : both;
        }
        case NodeKind::in: return in(*as<tsql::In>(expression));
        case NodeKind::like: {
            auto const& node = *as<tsql::Like>(expression);
            auto operand = value(node.operand);
            auto pattern = value(node.pattern);
            if (node.escape == nullptr)
                return like(std::move(operand), std::move(pattern), nullptr, node.negated, span);
            auto const escape = value(node.escape);
            return like(std::move(operand), std::move(pattern), &escape, node.negated, span);
        }
        case NodeKind::is_null: {
            auto const& node = *as<tsql::IsNull>(expression);
            auto const operand = value(node.operand);
            if (operand.is_failed) return operand;
            return predicate(within(operand, Rank::other) + (node.negated ? " is not null" : " is null"));
        }
        case NodeKind::is_distinct_from: {
            auto const& node = *as<tsql::IsDistinctFrom>(expression);
            auto left = value(node.left);
            auto right = value(node.right);
            if (left.is_failed || right.is_failed) return failed_value();
            auto const type = common_type(left.type, right.type);
            left = convert(std::move(left), type, span);
            right = convert(std::move(right), type, span);
            if (left.is_failed || right.is_failed) return failed_value();
            return predicate(key(left, span) + (node.negated ? " is not distinct from " : " is distinct from ") +
                             key(right, span));
        }
        case NodeKind::exists: {
            auto const bound = query(*as<tsql::Exists>(expression)->query, scope_, {}, Use::exists);
            if (bound.is_failed) return failed_value();
            return predicate("exists (\n" + indented(bound.text) + "\n)", Rank::atom);
        }
        case NodeKind::quantified: return quantified(*as<tsql::Quantified>(expression));
        default: break;
    }
    return fail(codes::unknown_construct, span,
                std::string(tsql::name_of(expression->kind)) + " is not translated as a condition");
}

Value Binder::in(tsql::In const& node) {
    auto operand = value(node.operand);
    if (operand.is_failed) {
        for (auto const* item : node.list) value(item);
        return operand;
    }
    std::string_view const word = node.negated ? " not in (" : " in (";
    if (node.query != nullptr) {
        auto const list = in_query(*node.query, operand, node.span);
        if (list.empty()) return failed_value();
        return predicate(key(operand, node.operand->span) + std::string(word) + '\n' + indented(list) + "\n)");
    }
    std::vector<Value> items;
    auto type = operand.type;
    for (auto const* item : node.list) {
        items.push_back(value(item));
        if (items.back().is_failed) return failed_value();
        type = common_type(type, items.back().type);
    }
    bool const is_bit = operand.family() == Family::bit;
    if (is_bit) operand = convert(std::move(operand), simple_type("int"), node.span, Conversion::cast);
    if (is_text(operand.family()) != is_text(family_of(type)) ||
        is_temporal(operand.family()) != is_temporal(family_of(type)))
        operand = convert(std::move(operand), type, node.span);
    std::vector<std::string> texts;
    for (auto& item : items) {
        bool const fits = item.is_null() || (is_number(item.family()) && is_number(family_of(type))) ||
                          (is_text(item.family()) && is_text(family_of(type)));
        if (!fits) item = convert(std::move(item), type, node.span);
        if (item.is_failed) return failed_value();
        item.is_case_sensitive = operand.is_case_sensitive;
        texts.push_back(key_of(item));
    }
    if (operand.is_failed) return operand;
    return predicate(key(operand, node.operand->span) + std::string(word) + joined(texts, ", ") + ')');
}

Value Binder::quantified(tsql::Quantified const& node) {
    auto operand = value(node.operand);
    auto const list = operand.is_failed ? std::string{} : in_query(*node.query, operand, node.span);
    if (list.empty()) return failed_value();
    return predicate(key(operand, node.span) + ' ' + std::string(spelling(node.op)) +
                     (node.is_all ? " all (\n" : " any (\n") + indented(list) + "\n)");
}

}  // namespace mainstay::translate
