// Expressions that give a value. Each construct that is not named here is refused by its name.
#include "base/text.hpp"
#include "products/migrate/translate/binder.hpp"
#include "products/migrate/translate/collation.hpp"

#include <algorithm>
#include <charconv>

namespace mainstay::translate {

using tsql::as;
using tsql::NodeKind;

namespace {

// A type that stands in a text, as value() takes it; without a name when it is none.
Type named_type(catalog::Database const& database, std::string_view written) {
    auto const script =
        tsql::parse(std::make_unique<tsql::Source>("type", "CREATE TYPE t FROM " + std::string(written)));
    if (script.batches.empty() || script.batches[0].statements.empty()) return {};
    auto const* const created = as<tsql::CreateType>(script.batches[0].statements[0]);
    return created == nullptr || created->base == nullptr ? Type{} : catalog::resolve_type(database, *created->base);
}

// The path alone, behind the namespaces that it declares.
std::string_view without_prolog(std::string_view text) {
    for (text = trim(text); text.starts_with("declare ");) {
        auto const end = text.find(';');
        if (end == std::string_view::npos) break;
        text = trim(text.substr(end + 1));
    }
    return text;
}

}  // namespace

Binder::Binder(Shared& shared, tsql::ParseResult const& script, Surroundings const& surroundings)
    : shared_(shared), script_(&script), surroundings_(&surroundings) {}

Value Binder::in_scope(Scope& scope, tsql::Expression const* expression, bool as_condition) {
    auto* const before = set_scope(&scope);
    auto result = as_condition ? condition(expression) : value(expression);
    set_scope(before);
    return result;
}

Value Binder::value(tsql::Expression const* expression) {
    if (expression == nullptr) return {};
    auto const bind = [&]() -> Value {
        switch (expression->kind) {
            case NodeKind::literal: return literal(*as<tsql::Literal>(expression));
            case NodeKind::column_reference: {
                auto const& name = as<tsql::ColumnReference>(expression)->name;
                return column(name, expression->span);
            }
            case NodeKind::variable: return variable(*as<tsql::Variable>(expression));
            case NodeKind::unary: return unary(*as<tsql::Unary>(expression));
            case NodeKind::binary: {
                auto const& binary = *as<tsql::Binary>(expression);
                auto left = value(binary.left);
                auto right = value(binary.right);
                return arithmetic(binary.op, std::move(left), std::move(right), expression->span);
            }
            case NodeKind::case_expression: return case_of(*as<tsql::Case>(expression));
            case NodeKind::cast: return cast(*as<tsql::Cast>(expression));
            case NodeKind::function_call: return function(*as<tsql::FunctionCall>(expression));
            case NodeKind::subquery: return subquery(*as<tsql::Subquery>(expression)->query);
            case NodeKind::method_call: return method(*as<tsql::MethodCall>(expression));
            case NodeKind::at_time_zone: return at_time_zone(*as<tsql::AtTimeZone>(expression));
            case NodeKind::collate: {
                auto const& collate = *as<tsql::Collate>(expression);
                auto operand = value(collate.operand);
                if (!equals_ignoring_case(collate.collation.text, "DATABASE_DEFAULT"))
                    operand.is_case_sensitive = is_case_sensitive_collation(collate.collation.text);
                operand.origin.reset();
                return operand;
            }
            case NodeKind::static_method_call:
                return fail(codes::clr_method, expression->span,
                            std::string(written(*expression)) + " has no counterpart");
            default:
                return fail(codes::unknown_construct, expression->span,
                            std::string(tsql::name_of(expression->kind)) + " is not translated");
        }
    };
    auto result = bind();
    // A function's argument may stand in its text more than once, so that texts double with each call around.
    if (result.text.size() > max_sql_bytes)
        return fail(codes::too_large, expression->span,
                    "an expression has more than " + std::to_string(max_sql_bytes) + " bytes");
    if (scope_ != nullptr && scope_->is_grouped && expression->kind != NodeKind::column_reference)
        return shown_for_group(std::move(result), *scope_, expression->span);
    return result;
}

Value Binder::literal(tsql::Literal const& literal) {
    auto const text = literal.text;
    switch (literal.literal_kind) {
        case tsql::LiteralKind::null: return {};
        case tsql::LiteralKind::string: return text_literal(text, "varchar");
        case tsql::LiteralKind::national_string: return text_literal(text, "nvarchar");
        case tsql::LiteralKind::integer: {
            std::int64_t number = 0;
            auto const end = text.data() + text.size();
            auto const result = std::from_chars(text.data(), end, number);
            if (result.ec == std::errc() && number <= 2'147'483'647) {
                auto value = atom(std::to_string(number), "int", false);
                value.literal = value.text;
                return value;
            }
            auto value = make_value(std::string(text), Rank::atom,
                                    decimal_type(static_cast<std::int64_t>(text.size()), 0), false);
            value.literal = text;
            value.is_plain = false;
            return value;
        }
        case tsql::LiteralKind::decimal: {
            auto const dot = text.find('.');
            auto whole = text.substr(0, dot);
            auto const fraction = dot == std::string_view::npos ? std::string_view{} : text.substr(dot + 1);
            while (!whole.empty() && whole.front() == '0') whole.remove_prefix(1);
            auto const scale = static_cast<std::int64_t>(fraction.size());
            auto const precision = std::max<std::int64_t>(1, static_cast<std::int64_t>(whole.size()) + scale);
            std::string digits(whole.empty() ? "0" : whole);
            if (scale > 0) digits += '.' + std::string(fraction);
            auto value = make_value(digits, Rank::atom, decimal_type(precision, scale), false);
            value.literal = digits;
            value.is_plain = scale > 0 && !whole.empty();
            return value;
        }
        case tsql::LiteralKind::real: {
            auto value = atom(std::string(text), "float", false);
            value.type.precision = 53;
            value.literal = text;
            return value;
        }
        case tsql::LiteralKind::money: {
            std::string digits;
            for (char const c : text)
                if ((c >= '0' && c <= '9') || c == '.' || c == '-') digits += c;
            if (digits.empty() || digits.back() == '.') digits += '0';
            auto value = atom(digits, "money", false);
            value.literal = digits;
            value.is_plain = false;
            return value;
        }
        case tsql::LiteralKind::binary: {
            std::string hex(text.substr(std::min<std::size_t>(2, text.size())));
            if (hex.size() % 2 == 1) hex.insert(hex.begin(), '0');
            auto value = make_value("unhex('" + hex + "')", Rank::atom,
                                    text_type("varbinary", static_cast<std::int64_t>(hex.size() / 2)), false);
            value.literal = hex;
            return value;
        }
    }
    return {};
}

Value Binder::variable(tsql::Variable const& variable) {
    auto const found = surroundings_->variables.find(variable.name);
    if (found == surroundings_->variables.end())
        return fail(codes::unknown_variable, variable.span, std::string(variable.name) + " has no value here");
    auto value = make_value(found->second.text, Rank::atom, found->second.type);
    value.is_case_sensitive = shared_.database_is_case_sensitive;
    return value;
}

Value Binder::unary(tsql::Unary const& unary) {
    auto operand = value(unary.operand);
    if (operand.is_failed || operand.is_null()) return operand;
    if (is_text(operand.family())) operand = convert(std::move(operand), simple_type("int"), unary.span);
    if (!is_number(operand.family()))
        return fail(codes::unknown_conversion, unary.span, "a sign before " + catalog::to_string(operand.type));
    operand.origin.reset();
    if (unary.op == tsql::UnaryOperator::plus) return operand;
    auto type = operand.type;
    if (operand.family() == Family::tinyint || operand.family() == Family::bit) {
        type = simple_type(operand.family() == Family::bit ? "int" : "smallint");
        operand = convert(std::move(operand), type, unary.span, Conversion::cast);
    }
    bool const is_minus = unary.op == tsql::UnaryOperator::minus;
    auto result =
        make_value((is_minus ? "-" : "~") + within(operand, Rank::atom), Rank::sign, type, operand.is_nullable);
    result.is_plain = operand.is_plain;
    if (is_minus && operand.literal) {
        auto const& digits = *operand.literal;
        result.literal = digits.starts_with('-') ? digits.substr(1) : '-' + digits;
        result.text = *result.literal;
    }
    return result;
}

Value Binder::case_of(tsql::Case const& node) {
    std::vector<std::string> conditions;
    std::vector<Value> results;
    for (auto const& when : node.whens) {
        if (node.operand == nullptr) {
            conditions.push_back(condition(when.condition).text);
        } else {
            auto operand = value(node.operand);
            auto candidate = value(when.condition);
            conditions.push_back(
                compared(tsql::BinaryOperator::equal, std::move(operand), std::move(candidate), when.condition->span)
                    .text);
        }
        results.push_back(value(when.result));
    }
    bool const has_else = node.otherwise != nullptr;
    if (has_else) results.push_back(value(node.otherwise));
    Type type;
    bool is_nullable = !has_else;
    bool is_case_sensitive = false;
    for (auto const& result : results) {
        if (result.is_failed) return result;
        type = common_type(type, result.type);
        is_nullable = is_nullable || result.is_nullable;
        is_case_sensitive = is_case_sensitive || result.is_case_sensitive;
    }
    bool is_plain = true;
    std::string text = "case";
    bool const is_short = node.whens.size() == 1;
    for (std::size_t i = 0; i < results.size(); ++i) {
        results[i] = convert(std::move(results[i]), type, node.span);
        if (results[i].is_failed) return results[i];
        is_plain = is_plain && (results[i].is_plain || results[i].literal);
        text += is_short ? " " : "\n    ";
        if (i < conditions.size())
            text += "when " + conditions[i] + " then " + results[i].text;
        else
            text += "else " + results[i].text;
    }
    text += is_short ? " end" : "\nend";
    auto value = make_value(std::move(text), Rank::atom, type, is_nullable);
    // Decimals of several widths give the widest on both sides, but not always the same one.
    value.is_plain = is_plain && value.family() != Family::decimal && !is_money(value.family());
    value.is_case_sensitive = is_case_sensitive;
    return value;
}

Value Binder::subquery(tsql::Query const& query, Use use) {
    bool const joins_texts = query.for_clause != nullptr && query.for_clause->for_kind == tsql::ForKind::xml;
    auto const bound = this->query(query, scope_, {}, joins_texts ? Use::joined_text : use);
    if (bound.is_failed || bound.columns.empty()) return failed_value();
    auto value = make_value("(\n" + indented(bound.text) + "\n)", Rank::atom, bound.columns.front().type, true);
    value.is_case_sensitive = bound.columns.front().is_case_sensitive;
    return value;
}

Value Binder::cast(tsql::Cast const& cast) {
    auto operand = value(cast.operand);
    auto const type = catalog::resolve_type(shared_.database, *cast.type, 30);
    if (operand.is_failed) return operand;
    if (cast.cast_kind == tsql::CastKind::parse || cast.cast_kind == tsql::CastKind::try_parse)
        return fail(codes::unknown_function, cast.span, "PARSE follows .NET's cultures");
    bool const tries = cast.cast_kind == tsql::CastKind::try_cast || cast.cast_kind == tsql::CastKind::try_convert;
    auto const style = value(cast.style);
    auto result = convert(std::move(operand), type, cast.span, tries ? Conversion::try_cast : Conversion::cast,
                          cast.style == nullptr ? nullptr : &style);
    if (tries) result.is_nullable = true;
    return result;
}

Value Binder::at_time_zone(tsql::AtTimeZone const& node) {
    auto operand = as_moment(value(node.operand), node.span);
    auto const zone = value(node.zone);
    if (operand.is_failed || zone.is_failed) return failed_value();
    auto const name = zone.is_text_literal() ? time_zone_of(*zone.literal) : std::string_view{};
    if (name.empty())
        return fail(codes::unknown_argument, node.zone->span, "the time zone is not one whose counterpart is known");
    auto type = simple_type("datetimeoffset");
    type.precision = operand.type.precision == 0 ? 3 : operand.type.precision;
    say(codes::offset_lost, node.span, "the result keeps the instant without its offset");
    if (operand.family() == Family::datetimeoffset)
        return make_value(operand.text, operand.rank, type, operand.is_nullable);
    auto const text = within(operand, Rank::other) + " at time zone " + quote_text(name);
    return make_value('(' + text + ')', Rank::atom, type, operand.is_nullable);
}

Value Binder::method(tsql::MethodCall const& call) {
    auto const* const subquery_node = as<tsql::Subquery>(call.target);
    auto const is_value = equals_ignoring_case(call.method.text, "value");
    auto const* const path = call.arguments.empty() ? nullptr : as<tsql::Literal>(call.arguments.front());
    // (SELECT … FOR XML PATH(''), TYPE).value('.', 'nvarchar(max)') takes the joined text as it is.
    if (subquery_node != nullptr && is_value && path != nullptr && subquery_node->query->for_clause != nullptr) {
        static constexpr std::string_view paths[] = {".", "(./text())[1]", "text()[1]", "(.)[1]", "./text()[1]", "."};
        auto const* const type_name = call.arguments.size() == 2 ? as<tsql::Literal>(call.arguments[1]) : nullptr;
        auto const type = type_name == nullptr ? Type{} : named_type(shared_.database, type_name->text);
        if (std::find(std::begin(paths), std::end(paths), trim(path->text)) != std::end(paths) && !type.name.empty())
            return convert(subquery(*subquery_node->query), type, call.span, Conversion::cast);
    }
    static constexpr std::string_view xml_methods[] = {"value", "query", "exist", "nodes", "modify"};
    bool const is_xml = std::any_of(std::begin(xml_methods), std::end(xml_methods), [&](std::string_view method) {
        return equals_ignoring_case(call.method.text, method);
    });
    auto const argument = path == nullptr ? std::string{} : quote_text(without_prolog(path->text));
    return fail(is_xml ? codes::xml_method : codes::clr_method, call.span,
                '.' + std::string(call.method.text) + '(' + argument + ") is not translated");
}

}  // namespace mainstay::translate
