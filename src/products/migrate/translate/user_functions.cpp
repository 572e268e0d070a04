// Functions of the database whose body is one RETURN: a scalar function becomes its expression, an inline table
// function a query in FROM, with the arguments in place of the parameters.
#include "base/text.hpp"
#include "products/migrate/translate/from.hpp"
#include "products/migrate/translate/functions.hpp"

namespace mainstay::translate {

using tsql::as;

namespace {

// `RETURN expression` of BEGIN RETURN expression END; empty when there is more to the body.
std::string_view returned(tsql::ParseResult const& body) {
    std::string_view found;
    std::size_t count = 0;
    tsql::for_each_statement(body, [&](tsql::Statement const& statement) {
        if (statement.kind == tsql::NodeKind::block) return;
        ++count;
        auto const text = trim(body.text(statement));
        if (lower_ascii(text.substr(0, 6)) == "return") found = text.substr(6);
    });
    if (count != 1) return {};
    found = trim(found);
    while (found.ends_with(';')) found = trim(found.substr(0, found.size() - 1));
    return found;
}

std::shared_ptr<tsql::ParseResult const> parsed(std::string file, std::string text) {
    return std::make_shared<tsql::ParseResult const>(
        tsql::parse(std::make_unique<tsql::Source>(std::move(file), std::move(text))));
}

tsql::Query const* first_query(tsql::ParseResult const& result) {
    tsql::Query const* query = nullptr;
    tsql::for_each_statement(result, [&](tsql::Statement const& statement) {
        if (auto const* select = as<tsql::SelectStatement>(&statement); select != nullptr && query == nullptr)
            query = select->query;
    });
    return result.counts.broken == 0 ? query : nullptr;
}

// The query `SELECT expression` or the query of an inline function; nullptr when the body is another one.
tsql::Query const* body_of(Shared& shared, catalog::Module const& module,
                           std::shared_ptr<tsql::ParseResult const>& kept) {
    auto& entry = shared.bodies[module.name];
    if (entry == nullptr) {
        auto const written = std::string(module.script->text(module.statement->body));
        if (module.kind == catalog::ModuleKind::scalar_function) {
            auto const body = parsed(module.file, written);
            auto const expression = returned(*body);
            entry = parsed(module.file,
                           expression.empty() ? std::string{} : "SELECT " + std::string(expression) + " AS result");
        } else {
            entry = parsed(module.file, written);
        }
    }
    kept = entry;
    return first_query(*kept);
}

}  // namespace

// The surroundings of the body: each parameter with the text of its argument, as a value of the parameter's type.
std::optional<Surroundings> Binder::arguments_of(tsql::FunctionCall const& node, catalog::Module const& module,
                                                 std::function<Value(tsql::Expression const*)> const& bind) {
    Surroundings inside;
    auto const& parameters = module.statement->parameters;
    if (node.arguments.size() > parameters.size()) {
        fail(codes::wrong_arguments, node.span, "too many arguments for " + catalog::to_string(module.name));
        return std::nullopt;
    }
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        auto const& parameter = parameters[i];
        bool const is_given = i < node.arguments.size() && as<tsql::DefaultValue>(node.arguments[i]) == nullptr;
        auto const type = catalog::resolve_type(shared_.database, *parameter.type);
        Value argument_value;
        if (is_given) {
            argument_value = bind(node.arguments[i]);
        } else if (parameter.default_value != nullptr) {
            auto const* const script_before = std::exchange(script_, module.script);
            argument_value = bind(parameter.default_value);
            script_ = script_before;
        }
        argument_value = convert(std::move(argument_value), type, node.span, Conversion::cast);
        if (argument_value.is_failed) return std::nullopt;
        inside.variables[std::string(parameter.name)] = {within(argument_value, Rank::atom), type};
    }
    return inside;
}

Value Binder::user_function(tsql::FunctionCall const& node, catalog::Module const& module) {
    auto const name = catalog::to_string(module.name);
    if (module.kind != catalog::ModuleKind::scalar_function || module.statement == nullptr)
        return fail(codes::user_function, node.span, name + " is no function of one value");
    if (++functions_in_place_ > max_functions_in_place)
        return fail(codes::too_large, {0, 0},
                    "more than " + std::to_string(max_functions_in_place) + " calls of functions");
    if (++depth_ > max_view_depth) return fail(codes::too_large, node.span, name + " is nested too deeply");
    std::shared_ptr<tsql::ParseResult const> kept;
    auto const* const query_node = body_of(shared_, module, kept);
    auto const* const select_node = query_node == nullptr ? nullptr : as<tsql::Select>(query_node->body);
    if (select_node == nullptr || select_node->items.size() != 1 || !select_node->from.empty()) {
        --depth_;
        for (auto const* argument_node : node.arguments) value(argument_node);
        return fail(codes::user_function, node.span, name + " has statements and not one expression");
    }
    auto const inside =
        arguments_of(node, module, [&](tsql::Expression const* expression) { return value(expression); });
    if (!inside) {
        --depth_;
        return failed_value();
    }
    auto const* const script_before = std::exchange(script_, kept.get());
    auto const* const surroundings_before = std::exchange(surroundings_, &*inside);
    Scope empty;
    auto* const scope_before = set_scope(&empty);
    auto result = value(select_node->items[0].expression);
    set_scope(scope_before);
    surroundings_ = surroundings_before;
    script_ = script_before;
    --depth_;
    if (result.is_failed) {
        say(codes::user_function, node.span, "the body of " + name + " is not translated");
        return result;
    }
    auto const type = catalog::resolve_type(shared_.database, *module.statement->return_type);
    auto const family = family_of(type);
    // A number that already has the type's values keeps its text.
    if (family == result.family() && is_integer(family)) {
        result.type = type;
        return result;
    }
    return convert(std::move(result), type, node.span, Conversion::cast);
}

std::string FromBinder::user_function(tsql::FunctionTable const& node, tsql::FunctionCall const& call_node,
                                      bool is_applied) {
    auto const object = catalog::resolve(binder_.database(), catalog::object_name(call_node.name));
    auto const module = binder_.database().modules.find(object);
    auto const alias = node.alias.is_set() ? node.alias.text : call_node.name.object();
    if (++binder_.functions_in_place_ > max_functions_in_place) {
        binder_.say(codes::too_large, {0, 0},
                    "more than " + std::to_string(max_functions_in_place) + " calls of functions");
        return add_failed(alias);
    }
    if (module == binder_.database().modules.end() || module->second.kind != catalog::ModuleKind::inline_function ||
        module->second.statement == nullptr || ++binder_.depth_ > max_view_depth) {
        bool const is_known = module != binder_.database().modules.end();
        binder_.say(is_known ? codes::user_function : codes::table_function, node.span,
                    catalog::to_string(object) + (is_known ? " has statements and not one query" : " is not known"));
        return add_failed(alias);
    }
    is_applied_ = is_applied;
    std::shared_ptr<tsql::ParseResult const> kept;
    auto const* const query = body_of(binder_.shared_, module->second, kept);
    auto const inside = binder_.arguments_of(call_node, module->second,
                                             [&](tsql::Expression const* expression) { return bind(expression); });
    is_applied_ = false;
    if (query == nullptr || !inside) {
        --binder_.depth_;
        if (query == nullptr)
            binder_.say(codes::user_function, node.span, catalog::to_string(object) + " could not be read");
        return add_failed(alias);
    }
    // Aliases of the body must not hide those that the arguments name.
    auto const reserved_before = binder_.reserved_aliases_;
    for (auto const* scope = &scope_; scope != nullptr; scope = scope->outer)
        for (auto const& relation : scope->relations) binder_.reserved_aliases_.insert(relation.alias_text);
    auto const* const script_before = std::exchange(binder_.script_, kept.get());
    auto const* const surroundings_before = std::exchange(binder_.surroundings_, &*inside);
    auto tables_before = std::exchange(binder_.common_tables_, {});
    std::vector<std::string> names;
    for (auto const& column : node.columns) names.emplace_back(column.text);
    auto bound = binder_.query(*query, nullptr, names);
    binder_.check_as_table(bound, query->span);
    binder_.common_tables_ = std::move(tables_before);
    binder_.surroundings_ = surroundings_before;
    binder_.script_ = script_before;
    binder_.reserved_aliases_ = reserved_before;
    --binder_.depth_;
    Relation relation;
    relation.alias = alias;
    relation.columns = std::move(bound.columns);
    relation.is_failed = bound.is_failed;
    return add(std::move(relation), "(\n" + indented(bound.text) + "\n)", is_applied);
}

}  // namespace mainstay::translate
