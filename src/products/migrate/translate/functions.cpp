// Calls of functions: built-in ones by the tables, those of the database by their bodies, all others by a diagnostic.
#include "products/migrate/translate/functions.hpp"

#include "base/text.hpp"

#include <array>
#include <unordered_map>

namespace mainstay::translate {

namespace {

using Table = std::unordered_map<std::string_view, FunctionRow const*>;

Table const& table() {
    static Table const all = [] {
        Table rows;
        for (auto const part : {text_functions(), more_text_functions(), date_functions(), more_date_functions(),
                                number_functions(), aggregate_functions(), window_functions(), other_functions()})
            for (auto const& row : part) rows.emplace(row.name, &row);
        return rows;
    }();
    return all;
}

}  // namespace

Value Binder::function(tsql::FunctionCall const& node) {
    auto const& name = node.name;
    if (name.parts.size() > 1) {
        auto const object = catalog::resolve(database(), catalog::object_name(name));
        auto const module = database().modules.find(object);
        if (module != database().modules.end()) return user_function(node, module->second);
        return fail(codes::unknown_function, node.span, catalog::to_string(object) + " is not known");
    }
    if (node.is_odbc && name.object().size() <= 2 && node.arguments.size() == 1)  // {d '2024-01-31'}
        return convert(value(node.arguments[0]), simple_type("datetime"), node.span, Conversion::cast);
    auto const found = table().find(lower_ascii(name.object()));
    if (found == table().end())
        return fail(codes::unknown_function, node.span, std::string(name.object()) + " has no translation");
    auto const& row = *found->second;
    if (node.arguments.size() < row.least || node.arguments.size() > row.most)
        return fail(codes::wrong_arguments, node.span,
                    std::string(name.object()) + " takes another number of arguments than " +
                        std::to_string(node.arguments.size()));
    return row.handler(*this, node);
}

Value text_argument(Binder& binder, tsql::FunctionCall const& node, std::size_t i) {
    auto value = argument(binder, node, i);
    if (value.is_failed || is_text(value.family())) return value;
    if (value.is_null()) {
        value = text_result("cast(null as varchar)", text_literal(""));
        value.is_nullable = true;
        return value;
    }
    return binder.convert(std::move(value), text_type("varchar", 8000), node.arguments[i]->span);
}

Value text_result(std::string text, Value const& like, Rank rank) {
    auto type = like.type;
    if (!is_text(family_of(type))) type = text_type("varchar", 8000);
    // The functions give varying lengths, whatever they were given.
    if (type.name == "char") type.name = "varchar";
    if (type.name == "nchar") type.name = "nvarchar";
    type.alias.clear();
    auto value = make_value(std::move(text), rank, std::move(type), like.is_nullable);
    value.is_case_sensitive = like.is_case_sensitive;
    return value;
}

Value common_values(Binder& binder, std::vector<Value>& results, tsql::Span span) {
    Value shape;
    bool is_plain = true;
    bool all_nullable = true;
    bool any_nullable = false;
    for (auto const& result : results) {
        if (result.is_failed) return failed_value();
        shape.type = common_type(shape.type, result.type);
        shape.is_case_sensitive = shape.is_case_sensitive || result.is_case_sensitive;
        all_nullable = all_nullable && result.is_nullable;
        any_nullable = any_nullable || result.is_nullable;
    }
    for (auto& result : results) {
        result = binder.convert(std::move(result), shape.type, span);
        if (result.is_failed) return failed_value();
        is_plain = is_plain && (result.is_plain || result.literal);
    }
    shape.is_nullable = any_nullable;
    shape.is_plain = is_plain && shape.family() != Family::decimal && !is_money(shape.family());
    return shape;
}

}  // namespace mainstay::translate
