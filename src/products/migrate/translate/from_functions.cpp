// Functions in FROM: those of SQL Server that have a counterpart; the others are named and refused.
#include "base/text.hpp"
#include "products/migrate/translate/from.hpp"

namespace mainstay::translate {

using tsql::as;

std::string FromBinder::function(tsql::FunctionTable const& node, bool is_applied) {
    auto const* const call_node = as<tsql::FunctionCall>(node.call);
    if (call_node == nullptr) {
        auto const* const method = as<tsql::MethodCall>(node.call);
        if (method != nullptr && equals_ignoring_case(method->method.text, "nodes"))
            binder_.value(method);  // refuses it by its name
        else
            binder_.say(codes::table_function, node.span,
                        std::string(binder_.written(node.span)) + " is not translated");
        return add_failed(node.alias.text);
    }
    auto const name = lower_ascii(call_node->name.object());
    if (call_node->name.parts.size() == 1) {
        if (name == "string_split") return string_split(node, *call_node, is_applied);
        if (name == "generate_series") return series(node, *call_node, is_applied);
        binder_.say(codes::table_function, node.span, std::string(call_node->name.object()) + " is not translated");
        return add_failed(node.alias.text);
    }
    return user_function(node, *call_node, is_applied);
}

std::string FromBinder::string_split(tsql::FunctionTable const& node, tsql::FunctionCall const& call_node,
                                     bool is_applied) {
    is_applied_ = is_applied;
    std::vector<Value> arguments;
    bool is_failed = call_node.arguments.size() < 2 || call_node.arguments.size() > 3;
    for (auto const* argument : call_node.arguments) {
        arguments.push_back(bind(argument));
        is_failed = is_failed || arguments.back().is_failed;
    }
    is_applied_ = false;
    if (is_failed) {
        binder_.say(codes::wrong_arguments, node.span, "STRING_SPLIT takes a text and a separator");
        return add_failed(node.alias.text);
    }
    bool const with_ordinal = arguments.size() == 3 && integer_of(arguments[2]) == 1;
    Relation relation;
    relation.alias = node.alias.is_set() ? node.alias.text : "string_split";
    auto type = arguments[0].type;
    if (type.name == "char") type.name = "varchar";
    relation.columns.push_back(
        {"value", binder_.shared_.identifier("value"), type, false, arguments[0].is_case_sensitive, {}});
    auto const parts = call("string_split", {arguments[0].text, arguments[1].text});
    std::string text = "select unnest(" + parts + ") as " + quote_identifier(relation.columns[0].name);
    if (with_ordinal) {
        relation.columns.push_back(
            {"ordinal", binder_.shared_.identifier("ordinal"), simple_type("bigint"), false, false, {}});
        text += ", unnest(range(1, len(" + parts + ") + 1)) as " + quote_identifier(relation.columns[1].name);
    }
    return add(std::move(relation), '(' + text + ')', is_applied);
}

std::string FromBinder::series(tsql::FunctionTable const& node, tsql::FunctionCall const& call_node, bool is_applied) {
    is_applied_ = is_applied;
    std::vector<Value> arguments;
    std::string list;
    bool is_failed = call_node.arguments.size() < 2 || call_node.arguments.size() > 3;
    for (auto const* argument : call_node.arguments) {
        arguments.push_back(bind(argument));
        is_failed = is_failed || arguments.back().is_failed || !is_integer(arguments.back().family());
        list += (list.empty() ? "" : ", ") + arguments.back().text;
    }
    is_applied_ = false;
    if (is_failed) {
        binder_.say(codes::table_function, node.span, "GENERATE_SERIES of whole numbers alone is translated");
        return add_failed(node.alias.text);
    }
    // Without a step the series goes down where its end is the lesser.
    if (arguments.size() == 2 && !(arguments[0].literal && arguments[1].literal))
        list += ", case when " + within(arguments[0], Rank::other) + " > " + within(arguments[1], Rank::other) +
                " then -1 else 1 end";
    else if (arguments.size() == 2 && integer_of(arguments[0]) > integer_of(arguments[1]))
        list += ", -1";
    Relation relation;
    relation.alias = node.alias.is_set() ? node.alias.text : "generate_series";
    relation.columns.push_back({"value", binder_.shared_.identifier("value"), simple_type("int"), false, false, {}});
    auto const text = "(select cast(unnest(generate_series(" + list + ")) as integer) as " +
                      quote_identifier(relation.columns[0].name) + ')';
    return add(std::move(relation), text, is_applied);
}

}  // namespace mainstay::translate
