// FROM: joins, and what turns one source into another (PIVOT, UNPIVOT).
#include "products/migrate/tsql/parser.hpp"

namespace mainstay::tsql {

namespace {

struct JoinWords {
    JoinKind kind = JoinKind::inner;
    JoinHint hint = JoinHint::none;
    std::uint32_t words = 0;  // 0 when no join begins here
};

JoinHint hint_of(Keyword keyword) {
    switch (keyword) {
        case Keyword::loop: return JoinHint::loop;
        case Keyword::hash: return JoinHint::hash;
        case Keyword::merge: return JoinHint::merge;
        case Keyword::remote: return JoinHint::remote;
        default: return JoinHint::none;
    }
}

}  // namespace

List<TableSource const*> Parser::parse_from() {
    ListBuilder<TableSource const*> sources(arena_, 1);
    do sources.push(parse_joined_source());
    while (accept(TokenKind::comma));
    return sources.list();
}

TableSource const* Parser::parse_joined_source() {
    Nesting const nesting(*this);
    return parse_join_rest(parse_table_source());
}

TableSource const* Parser::parse_join_rest(TableSource const* left) {
    auto const read_words = [&] {
        JoinWords join;
        std::uint32_t at = 1;
        switch (current().keyword) {
            case Keyword::join: return JoinWords{JoinKind::inner, JoinHint::none, 1};
            case Keyword::cross:
                if (ahead(1).keyword == Keyword::join) return JoinWords{JoinKind::cross, JoinHint::none, 2};
                if (ahead(1).keyword == Keyword::apply) return JoinWords{JoinKind::cross_apply, JoinHint::none, 2};
                return join;
            case Keyword::outer:
                if (ahead(1).keyword == Keyword::apply) return JoinWords{JoinKind::outer_apply, JoinHint::none, 2};
                return join;
            case Keyword::inner: join.kind = JoinKind::inner; break;
            case Keyword::left: join.kind = JoinKind::left; break;
            case Keyword::right: join.kind = JoinKind::right; break;
            case Keyword::full: join.kind = JoinKind::full; break;
            default: return join;
        }
        if (ahead(at).keyword == Keyword::outer) ++at;
        join.hint = hint_of(ahead(at).keyword);
        if (join.hint != JoinHint::none) ++at;
        if (ahead(at).keyword == Keyword::join) join.words = at + 1;
        return join;
    };
    for (auto join = read_words(); join.words > 0; join = read_words()) {
        for (std::uint32_t i = 0; i < join.words; ++i) advance();
        add_to_chain();
        auto* const node = make<Join>(left->span.begin);
        node->join_kind = join.kind;
        node->hint = join.hint;
        node->left = left;
        node->right = parse_table_source();
        bool const takes_condition =
            join.kind != JoinKind::cross && join.kind != JoinKind::cross_apply && join.kind != JoinKind::outer_apply;
        if (takes_condition) {
            // a JOIN b JOIN c ON ... ON ...: the inner join is the right side of the outer one.
            if (!is(Keyword::on)) {
                Nesting const nesting(*this);
                node->right = parse_join_rest(node->right);
            }
            expect(Keyword::on);
            node->on = parse_expression();
        }
        left = finish(node);
    }
    return left;
}

TableSource const* Parser::parse_pivots(TableSource const* source) {
    for (;;) {
        if (is(Keyword::pivot))
            source = parse_pivot(source);
        else if (is(Keyword::unpivot))
            source = parse_unpivot(source);
        else
            return source;
        add_to_chain();
    }
}

TableSource const* Parser::parse_pivot(TableSource const* source) {
    auto* const pivot = make<Pivot>(source->span.begin);
    pivot->source = source;
    advance();
    expect(TokenKind::left_parenthesis, "\"(\"");
    ListBuilder<SelectItem> aggregates(arena_, 1);
    do {
        SelectItem item{};
        auto const begin = current().begin;
        item.expression = parse_expression();
        item.alias = parse_alias(item.alias_form);
        item.span = span_from(begin);
        aggregates.push(item);
    } while (accept(TokenKind::comma));
    pivot->aggregates = aggregates.list();
    expect(Keyword::for_);
    pivot->column = parse_name("a column");
    expect(Keyword::in);
    pivot->values = parse_identifier_list();
    expect(TokenKind::right_parenthesis, "\")\"");
    pivot->alias = parse_table_alias();
    return finish(pivot);
}

TableSource const* Parser::parse_unpivot(TableSource const* source) {
    auto* const unpivot = make<Unpivot>(source->span.begin);
    unpivot->source = source;
    advance();
    expect(TokenKind::left_parenthesis, "\"(\"");
    unpivot->value_column = parse_identifier("a column");
    expect(Keyword::for_);
    unpivot->name_column = parse_identifier("a column");
    expect(Keyword::in);
    unpivot->columns = parse_identifier_list();
    expect(TokenKind::right_parenthesis, "\")\"");
    unpivot->alias = parse_table_alias();
    return finish(unpivot);
}

Identifier Parser::parse_table_alias() {
    if (!is(Keyword::as) && is(Keyword::window) && ahead(2).keyword == Keyword::as) return {};
    if (is_string()) return {};
    AliasForm form{};
    return parse_alias(form);
}

Temporal Parser::parse_temporal() {
    Temporal temporal{};
    advance();
    advance();
    if (accept(Keyword::all)) {
        temporal.temporal_kind = TemporalKind::all;
    } else if (accept(Keyword::as, Keyword::of)) {
        temporal.temporal_kind = TemporalKind::as_of;
        temporal.from = parse_additive();
    } else if (accept(Keyword::from)) {
        temporal.temporal_kind = TemporalKind::from_to;
        temporal.from = parse_additive();
        expect(Keyword::to);
        temporal.to = parse_additive();
    } else if (accept(Keyword::between)) {
        temporal.temporal_kind = TemporalKind::between;
        temporal.from = parse_additive();
        expect(Keyword::and_);
        temporal.to = parse_additive();
    } else if (accept(Keyword::contained, Keyword::in)) {
        temporal.temporal_kind = TemporalKind::contained_in;
        expect(TokenKind::left_parenthesis, "\"(\"");
        temporal.from = parse_additive();
        expect(TokenKind::comma, "\",\"");
        temporal.to = parse_additive();
        expect(TokenKind::right_parenthesis, "\")\"");
    } else {
        fail("AS OF, FROM, BETWEEN, CONTAINED IN or ALL");
    }
    return temporal;
}

TableSample const* Parser::parse_table_sample() {
    auto* const sample = arena_.make<TableSample>();
    advance();
    sample->is_system = accept(Keyword::system);
    expect(TokenKind::left_parenthesis, "\"(\"");
    sample->amount = parse_additive();
    sample->is_rows = accept(Keyword::rows);
    if (!sample->is_rows) accept(Keyword::percent);
    expect(TokenKind::right_parenthesis, "\")\"");
    if (accept(Keyword::repeatable)) sample->repeatable = parse_parenthesized();
    return sample;
}

}  // namespace mainstay::tsql
