// Expressions as S-expressions: operators by their own sign, calls as (call name ...).
#include "products/migrate/tsql/dumper.hpp"

namespace mainstay::tsql {

namespace {

constexpr std::string_view binary_spellings[] = {"+",  "-", "*",  "/", "%",  "&", "|",  "^", "<<",
                                                 ">>", "=", "<>", "<", "<=", ">", ">=", ":"};
constexpr std::string_view assignment_spellings[] = {"=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^="};
constexpr std::string_view unary_spellings[] = {"plus", "minus", "~", "not"};
constexpr std::string_view cast_heads[] = {"cast", "try_cast", "convert", "try_convert", "parse", "try_parse"};
constexpr std::string_view null_words[] = {"", "ignore_nulls", "respect_nulls", "null_on_null", "absent_on_null"};
constexpr std::string_view bound_words[] = {"unbounded_preceding", "preceding", "current_row", "following",
                                            "unbounded_following"};

template <class E>
std::string_view pick(std::string_view const* words, E value) {
    return words[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view spelling_of(BinaryOperator op) {
    return pick(binary_spellings, op);
}

std::string_view spelling_of(AssignmentOperator op) {
    return pick(assignment_spellings, op);
}

void Dumper::literal(Literal const& value) {
    switch (value.literal_kind) {
        case LiteralKind::null: return word("null");
        case LiteralKind::string: return quote(value.text);
        case LiteralKind::national_string: return word('N' + quoted(value.text));
        default: return word(value.text);
    }
}

void Dumper::expression(Expression const* value) {
    if (value == nullptr) return word("?");
    if (auto const* literal_value = as<Literal>(value)) return literal(*literal_value);
    if (auto const* variable = as<Variable>(value)) return word(variable->name);
    if (auto const* column = as<ColumnReference>(value)) return name(column->name);
    if (auto const* call = as<FunctionCall>(value)) return function_call(*call);
    if (as<DefaultValue>(value) != nullptr) return word("default");
    if (auto const* star = as<Star>(value)) {
        if (!star->qualifier.is_set()) return word("*");
        name(star->qualifier);
        flat_ += ".*";
        return;
    }
    if (auto const* unary = as<Unary>(value)) {
        open(pick(unary_spellings, unary->op));
        expression(unary->operand);
        return close();
    }
    if (auto const* binary = as<Binary>(value)) {
        open(spelling_of(binary->op));
        expression(binary->left);
        expression(binary->right);
        return close();
    }
    if (auto const* logical = as<Logical>(value)) {
        open(logical->is_and ? "and" : "or");
        expressions(logical->operands);
        return close();
    }
    if (auto const* subquery = as<Subquery>(value)) return query(subquery->query);
    if (auto const* choice = as<Case>(value)) {
        open("case");
        labelled("of", choice->operand);
        for (auto const& when : choice->whens) {
            open("when");
            expression(when.condition);
            expression(when.result);
            close();
        }
        labelled("else", choice->otherwise);
        return close();
    }
    if (auto const* conversion = as<Cast>(value)) {
        open(pick(cast_heads, conversion->cast_kind));
        expression(conversion->operand);
        data_type(*conversion->type);
        labelled("style", conversion->style);
        return close();
    }
    if (auto const* call = as<MethodCall>(value)) {
        open(call->is_property ? "property" : "method");
        expression(call->target);
        return method(call->method, call->is_property, call->arguments);
    }
    if (auto const* call = as<StaticMethodCall>(value)) {
        open(call->is_property ? "static_property" : "static_method");
        name(call->type);
        return method(call->method, call->is_property, call->arguments);
    }
    if (auto const* zone = as<AtTimeZone>(value)) {
        open("at_time_zone");
        expression(zone->operand);
        expression(zone->zone);
        return close();
    }
    if (auto const* collate = as<Collate>(value)) {
        open("collate");
        expression(collate->operand);
        identifier(collate->collation);
        return close();
    }
    if (auto const* next = as<NextValueFor>(value)) {
        open("next_value_for");
        name(next->sequence);
        if (next->over != nullptr) window(*next->over);
        return close();
    }
    if (auto const* tuple = as<Tuple>(value)) return expressions("tuple", tuple->items);
    if (auto const* match = as<GraphMatch>(value)) return text("match", match->pattern);
    predicate(value);
}

void Dumper::predicate(Expression const* value) {
    if (auto const* between = as<Between>(value)) {
        open(between->negated ? "not_between" : "between");
        expression(between->operand);
        expression(between->low);
        expression(between->high);
    } else if (auto const* in = as<In>(value)) {
        open(in->negated ? "not_in" : "in");
        expression(in->operand);
        if (in->query != nullptr)
            query(in->query);
        else
            expressions(in->list);
    } else if (auto const* like = as<Like>(value)) {
        open(like->negated ? "not_like" : "like");
        expression(like->operand);
        expression(like->pattern);
        labelled("escape", like->escape);
    } else if (auto const* is_null = as<IsNull>(value)) {
        open(is_null->negated ? "is_not_null" : "is_null");
        expression(is_null->operand);
    } else if (auto const* distinct = as<IsDistinctFrom>(value)) {
        open(distinct->negated ? "is_not_distinct_from" : "is_distinct_from");
        expression(distinct->left);
        expression(distinct->right);
    } else if (auto const* exists = as<Exists>(value)) {
        open("exists");
        query(exists->query);
    } else if (auto const* quantified = as<Quantified>(value)) {
        open(spelling_of(quantified->op));
        word(quantified->is_all ? "all" : "any");
        expression(quantified->operand);
        query(quantified->query);
    } else {
        open("unknown");
    }
    close();
}

void Dumper::function_call(FunctionCall const& call) {
    open("call");
    name(call.name);
    flag(!call.has_parentheses, "bare");
    flag(call.is_odbc, "odbc");
    flag(call.is_distinct, "distinct");
    if (!call.trim_side.empty()) word(call.trim_side);
    expressions(call.arguments);
    labelled("language", call.language);
    if (call.nulls != NullTreatment::unspecified) word(pick(null_words, call.nulls));
    order("within_group", call.within_group);
    flag(call.within_graph_path, "within_graph_path");
    if (call.over != nullptr) window(*call.over);
    close();
}

void Dumper::method(Identifier const& called, bool is_property, List<Expression const*> arguments) {
    identifier(called);
    if (!is_property) expressions(arguments);
    close();
}

void Dumper::window(Window const& value) {
    open("over");
    named("window", value.base);
    expressions("partition_by", value.partition_by);
    order("order_by", value.order_by);
    if (value.frame != nullptr) {
        open(value.frame->unit == FrameUnit::rows ? "rows" : "range");
        frame_bound(value.frame->start);
        frame_bound(value.frame->end);
        close();
    }
    close();
}

void Dumper::frame_bound(FrameBound const& bound) {
    if (bound.distance == nullptr) return word(pick(bound_words, bound.bound_kind));
    labelled(pick(bound_words, bound.bound_kind), bound.distance);
}

void Dumper::order(std::string_view head, List<OrderItem> order_items) {
    if (order_items.empty()) return;
    open(head);
    for (auto const& order_item : order_items) {
        if (!order_item.is_descending) {
            expression(order_item.expression);
            continue;
        }
        labelled("desc", order_item.expression);
    }
    close();
}

void Dumper::data_type(DataType const& type) {
    open("type");
    name(type.name);
    if (type.length >= 0) number(type.length);
    if (type.scale >= 0) number(type.scale);
    flag(type.is_max, "max");
    flag(type.is_document, "document");
    flag(type.is_content, "content");
    flag(type.is_varying, "varying");
    if (type.xml_schema_collection.is_set()) name(type.xml_schema_collection);
    if (type.table != nullptr) definition(*type.table);
    close();
}

}  // namespace mainstay::tsql
