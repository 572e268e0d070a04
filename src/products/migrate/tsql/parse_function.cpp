// Columns and calls: what begins with a name. Then windows, which follow calls.
#include "products/migrate/tsql/parser.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace mainstay::tsql {

namespace {

// db.schema.table.column.method(...) is the longest there is, with a linked server before it.
constexpr std::size_t max_dotted_parts = 6;

// Methods of the xml type are told apart by case (SQL Server: "xml Data Type Methods"), those of hierarchyid and the
// spatial types too, since they are CLR methods.
constexpr std::array<std::string_view, 22> methods = {
    "value",
    "query",
    "exist",
    "nodes",
    "modify",
    "GetAncestor",
    "GetDescendant",
    "GetLevel",
    "IsDescendantOf",
    "GetReparentedValue",
    "ToString",
    "Reparent",
    "MakeValid",
    "Reduce",
    "BufferWithTolerance",
    "BufferWithCurves",
    "AsTextZM",
    "AsGml",
    "Filter",
    "InstanceOf",
    "EnvelopeCenter",
    "EnvelopeAngle",
};

bool is_method(std::string_view name) {
    if (name.size() > 2 && name.starts_with("ST") && name[2] >= 'A' && name[2] <= 'Z') return true;
    return std::find(methods.begin(), methods.end(), name) != methods.end();
}

bool is_schema_of_functions(std::string_view name) {
    return equals_ignoring_case(name, "dbo") || equals_ignoring_case(name, "sys");
}

}  // namespace

Expression const* Parser::parse_named_operand() {
    auto const begin = at_->begin;
    ListBuilder<Identifier> parts(arena_, ahead(1).kind == TokenKind::dot ? 3 : 1);
    if (is(TokenKind::dollar_word) || is(Keyword::identitycol) || is(Keyword::rowguidcol))
        parts.push(take_identifier());
    else
        parts.push(parse_identifier("an expression"));
    while (is(TokenKind::dot) && parts.size() < max_dotted_parts) {
        advance();
        if (is(TokenKind::star)) {
            auto* const star = make<Star>(begin);
            star->qualifier = {parts.list(), {begin, at_[-1].begin}};
            advance();
            return finish(star);
        }
        if (is(TokenKind::dot))
            parts.push(Identifier{});
        else if (is(TokenKind::dollar_word))
            parts.push(take_identifier());
        else
            parts.push(parse_any_word());
    }
    Name const name{parts.list(), span_from(begin)};
    if (is(TokenKind::double_colon)) {
        advance();
        auto* const node = make<StaticMethodCall>(begin);
        node->type = name;
        node->method = parse_any_word();
        node->is_property = !accept(TokenKind::left_parenthesis);
        if (!node->is_property && !accept(TokenKind::right_parenthesis)) node->arguments = parse_expression_list();
        return finish(node);
    }
    if (is(TokenKind::left_parenthesis)) {
        auto const count = name.parts.size();
        bool const calls_method =
            count > 1 && is_method(name.object()) && !(count == 2 && is_schema_of_functions(name.parts[0].text));
        if (!calls_method) return parse_function_call(begin, name);
        auto* const target = make<ColumnReference>(begin);
        target->name = {name.parts.first(count - 1), {begin, name.parts[count - 2].span.end}};
        target->span = target->name.span;
        auto* const node = make<MethodCall>(begin);
        node->target = target;
        node->method = name.parts.back();
        advance();
        if (!accept(TokenKind::right_parenthesis)) node->arguments = parse_expression_list();
        return finish(node);
    }
    auto* const node = make<ColumnReference>(begin);
    node->name = name;
    return finish(node);
}

// .method(...) or .property behind a call, a variable or parentheses.
Expression const* Parser::parse_method_call(Expression const* target) {
    advance();
    auto* const node = make<MethodCall>(target->span.begin);
    node->target = target;
    node->method = parse_any_word();
    node->is_property = !accept(TokenKind::left_parenthesis);
    if (!node->is_property && !accept(TokenKind::right_parenthesis)) node->arguments = parse_expression_list();
    return finish(node);
}

FunctionCall const* Parser::parse_function_call(std::uint32_t begin, Name name) {
    Nesting const nesting(*this);
    auto* const call = make<FunctionCall>(begin);
    call->name = name;
    expect(TokenKind::left_parenthesis, "\"(\"");
    parse_function_arguments(*call);
    expect(TokenKind::right_parenthesis, "\")\"");
    if (accept(Keyword::within)) {
        expect(Keyword::group);
        expect(TokenKind::left_parenthesis, "\"(\"");
        if (is_word("graph") && ahead(1).keyword == Keyword::path) {
            advance();
            advance();
            call->within_graph_path = true;
        } else {
            expect(Keyword::order);
            call->within_group = parse_order_items();
        }
        expect(TokenKind::right_parenthesis, "\")\"");
    }
    if (accept(Keyword::ignore, Keyword::nulls)) call->nulls = NullTreatment::ignore_nulls;
    if (accept(Keyword::respect, Keyword::nulls)) call->nulls = NullTreatment::respect_nulls;
    if (is(Keyword::over)) call->over = parse_over();
    return finish(call);
}

void Parser::parse_function_arguments(FunctionCall& call) {
    if (is(TokenKind::right_parenthesis)) return;
    if (accept(Keyword::distinct))
        call.is_distinct = true;
    else
        accept(Keyword::all);
    // TRIM(LEADING 'x' FROM y): the text comes first in the tree, as in LTRIM(y, 'x').
    bool const is_trim = call.name.parts.size() == 1 && equals_ignoring_case(call.name.object(), "trim");
    if (is_trim && (is(Keyword::leading) || is(Keyword::trailing) || is(Keyword::both))) {
        call.trim_side = text(current());
        advance();
    }
    ListBuilder<Expression const*> arguments(arena_);
    if (!is(Keyword::null) || ahead(1).keyword != Keyword::on) {
        if (is_trim && is(Keyword::from)) {
            advance();
            arguments.push(parse_expression());
        } else {
            do {
                // CONTAINS(body, 'x', LANGUAGE 1033)
                auto const next = ahead(1).kind;
                bool const is_language =
                    is_word("language") && (next == TokenKind::variable || next == TokenKind::string ||
                                            next == TokenKind::integer || next == TokenKind::binary);
                if (is_language) {
                    advance();
                    call.language = parse_additive();
                } else {
                    arguments.push(parse_function_argument());
                }
            } while (accept(TokenKind::comma));
            if (is_trim && arguments.size() == 1 && accept(Keyword::from)) {
                auto const* const characters = arguments.list()[0];
                ListBuilder<Expression const*> turned(arena_, 2);
                turned.push(parse_expression());
                turned.push(characters);
                call.arguments = turned.list();
                return;
            }
        }
    }
    call.arguments = arguments.list();
    if (accept(Keyword::order)) call.within_group = parse_order_items();
    if (is(Keyword::null, Keyword::on) || is(Keyword::absent, Keyword::on)) {
        call.nulls = is(Keyword::null) ? NullTreatment::null_on_null : NullTreatment::absent_on_null;
        advance();
        advance();
        expect(Keyword::null);
    }
}

Expression const* Parser::parse_function_argument() {
    if (is(TokenKind::star)) return parse_star();
    auto const* const argument = parse_expression();
    if (!accept(TokenKind::colon)) return argument;
    return make_binary(BinaryOperator::json_pair, argument, parse_expression());
}

Window const* Parser::parse_over() {
    expect(Keyword::over);
    if (is(TokenKind::left_parenthesis)) return parse_window_body();
    auto* const window = arena_.make<Window>();
    window->base = parse_identifier("a window");
    window->span = window->base.span;
    return window;
}

Window const* Parser::parse_window_body() {
    Nesting const nesting(*this);
    auto* const window = arena_.make<Window>();
    auto const begin = current().begin;
    expect(TokenKind::left_parenthesis, "\"(\"");
    bool const is_clause = is(Keyword::partition, Keyword::by) || is(Keyword::rows) || is(Keyword::range);
    if (is_identifier() && !is_clause) window->base = take_identifier();
    if (accept(Keyword::partition, Keyword::by)) {
        ListBuilder<Expression const*> items(arena_);
        do items.push(parse_expression());
        while (accept(TokenKind::comma));
        window->partition_by = items.list();
    }
    if (accept(Keyword::order)) window->order_by = parse_order_items();
    if (is(Keyword::rows) || is(Keyword::range)) window->frame = parse_frame();
    expect(TokenKind::right_parenthesis, "\")\"");
    window->span = span_from(begin);
    return window;
}

Frame const* Parser::parse_frame() {
    auto* const frame = arena_.make<Frame>();
    frame->unit = is(Keyword::rows) ? FrameUnit::rows : FrameUnit::range;
    advance();
    if (accept(Keyword::between)) {
        frame->start = parse_frame_bound();
        expect(Keyword::and_);
        frame->end = parse_frame_bound();
    } else {
        frame->start = parse_frame_bound();
        frame->end = {FrameBoundKind::current_row, nullptr};
    }
    return frame;
}

FrameBound Parser::parse_frame_bound() {
    if (accept(Keyword::current, Keyword::row)) return {FrameBoundKind::current_row, nullptr};
    bool const is_unbounded = accept(Keyword::unbounded);
    auto const* const distance = is_unbounded ? nullptr : parse_additive();
    if (accept(Keyword::preceding))
        return {is_unbounded ? FrameBoundKind::unbounded_preceding : FrameBoundKind::preceding, distance};
    if (!accept(Keyword::following)) fail("PRECEDING or FOLLOWING");
    return {is_unbounded ? FrameBoundKind::unbounded_following : FrameBoundKind::following, distance};
}

// From BY on.
List<OrderItem> Parser::parse_order_items() {
    expect(Keyword::by);
    ListBuilder<OrderItem> items(arena_, 2);
    do {
        auto const* const expression = parse_expression();
        bool const descending = accept(Keyword::desc);
        if (!descending) accept(Keyword::asc);
        items.push({expression, descending});
    } while (accept(TokenKind::comma));
    return items.list();
}

}  // namespace mainstay::tsql
