// Procedures, functions and triggers: their headers. A body is kept as a place in the source.
#include "products/migrate/tsql/parser.hpp"

#include <algorithm>

namespace mainstay::tsql {

Statement const* Parser::parse_module(std::uint32_t begin, CreateMode mode) {
    auto* const module = make<CreateModule>(begin);
    module->mode = mode;
    auto const keyword = at_->keyword;
    advance();
    if (keyword == Keyword::function) {
        module->module_kind = ModuleKind::function;
        parse_function_header(*module);
    } else if (keyword == Keyword::trigger) {
        module->module_kind = ModuleKind::trigger;
        parse_trigger_header(*module);
    } else {
        module->module_kind = ModuleKind::procedure;
        parse_procedure_header(*module);
    }
    take_body(*module);
    return finish(module);
}

void Parser::take_body(CreateModule& module) {
    if (is(Keyword::external) && is_word("name", ahead(1))) module.is_external = true;
    if (module.returns == FunctionReturns::inline_table && !module.is_external) expect(Keyword::return_);
    module.body = {current().begin, current().begin};
    at_ = last_;
    module.body.end = std::max(module.body.begin, previous().end);
}

void Parser::parse_procedure_header(CreateModule& module) {
    module.name = parse_name("a procedure");
    if (is(TokenKind::semicolon) && ahead(1).kind == TokenKind::integer) {
        advance();
        module.number = parse_length();
    }
    bool const in_parentheses = accept(TokenKind::left_parenthesis);
    if (is(TokenKind::variable)) parse_parameters(module);
    if (in_parentheses) expect(TokenKind::right_parenthesis, "\")\"");
    if (is(Keyword::with)) module.options = parse_bare_options();
    module.for_replication = accept(Keyword::for_, Keyword::replication);
    expect(Keyword::as);
}

void Parser::parse_function_header(CreateModule& module) {
    module.name = parse_name("a function");
    expect(TokenKind::left_parenthesis, "\"(\"");
    if (is(TokenKind::variable)) parse_parameters(module);
    expect(TokenKind::right_parenthesis, "\")\"");
    expect(Keyword::returns);
    if (is(TokenKind::variable)) {
        module.returns = FunctionReturns::multi_statement_table;
        module.return_variable = text(current());
        advance();
        expect(Keyword::table);
        module.return_table = parse_table_definition();
    } else if (accept(Keyword::table)) {
        module.returns = FunctionReturns::inline_table;
        if (is(TokenKind::left_parenthesis)) {
            module.returns = FunctionReturns::external_table;
            module.return_table = parse_table_definition();
        }
    } else {
        module.returns = FunctionReturns::scalar;
        module.return_type = parse_data_type();
    }
    if (is(Keyword::with)) module.options = parse_bare_options();
    if (is(Keyword::order)) {  // ORDER (...) of a CLR function
        advance();
        skip_parentheses();
    }
    accept(Keyword::as);
}

void Parser::parse_parameters(CreateModule& module) {
    ListBuilder<Parameter> parameters(arena_);
    do parameters.push(parse_parameter());
    while (accept(TokenKind::comma));
    module.parameters = parameters.list();
}

Parameter Parser::parse_parameter() {
    Parameter parameter{};
    auto const begin = current().begin;
    if (!is(TokenKind::variable)) fail("a parameter");
    parameter.name = text(current());
    advance();
    accept(Keyword::as);
    parameter.type = parse_data_type();
    accept(Keyword::varying);
    if (accept(Keyword::not_, Keyword::null))
        parameter.nullability = Nullability::not_null;
    else if (accept(Keyword::null))
        parameter.nullability = Nullability::null;
    if (accept(TokenKind::equal)) parameter.default_value = parse_unary();
    parameter.is_output = accept(Keyword::output) || accept(Keyword::out);
    parameter.is_readonly = accept(Keyword::readonly);
    parameter.span = span_from(begin);
    return parameter;
}

void Parser::parse_trigger_header(CreateModule& module) {
    module.name = parse_name("a trigger");
    expect(Keyword::on);
    if (is(Keyword::database)) {
        module.on_scope = text(current());
        advance();
    } else if (is(Keyword::all)) {
        auto const begin = current().begin;
        advance();
        if (!accept_word("server")) fail("SERVER");
        module.on_scope = text(span_from(begin));
    } else {
        module.on_table = parse_name("a table or a view");
    }
    if (is(Keyword::with)) module.options = parse_bare_options();
    module.trigger_time = TriggerTime::after;
    if (accept(Keyword::instead)) {
        expect(Keyword::of);
        module.trigger_time = TriggerTime::instead_of;
    } else if (!accept(Keyword::after) && !accept(Keyword::for_)) {
        fail("FOR, AFTER or INSTEAD OF");
    }
    ListBuilder<Identifier> events(arena_, 2);
    do events.push(parse_any_word());
    while (accept(TokenKind::comma));
    module.events = events.list();
    if (accept(Keyword::with) && !accept_word("append")) fail("APPEND");
    if (is(Keyword::not_, Keyword::for_)) {
        advance();
        advance();
        expect(Keyword::replication);
    }
    expect(Keyword::as);
}

}  // namespace mainstay::tsql
