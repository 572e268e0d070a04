// Indexes, within CREATE TABLE and by CREATE INDEX.
#include "products/migrate/tsql/parser.hpp"

namespace mainstay::tsql {

IndexDefinition const* Parser::parse_inline_index() {
    auto* const index = arena_.make<IndexDefinition>();
    auto const begin = current().begin;
    expect(Keyword::index);
    index->name = parse_identifier("the name of an index");
    index->is_unique = accept(Keyword::unique);
    index->clustering = parse_clustering();
    if (accept(Keyword::hash)) index->index_kind = IndexKind::hash;
    if (accept(Keyword::columnstore)) index->index_kind = IndexKind::columnstore;
    if (is(TokenKind::left_parenthesis)) index->columns = parse_index_columns();
    parse_index_rest(*index);
    index->span = span_from(begin);
    return index;
}

void Parser::parse_index_rest(IndexDefinition& index) {
    for (;;) {
        if (accept(Keyword::include)) {
            index.included = parse_identifier_list();
        } else if (accept(Keyword::where)) {
            index.where = parse_expression();
        } else if (is(Keyword::with) && ahead(1).kind == TokenKind::left_parenthesis) {
            advance();
            index.options = parse_option_list();
        } else if (is(Keyword::with) && ahead(2).kind == TokenKind::equal) {  // WITH FILLFACTOR = 80
            advance();
            ListBuilder<Option> options(arena_, 1);
            do {
                Option option{};
                auto const begin = current().begin;
                option.name = text(current());
                advance();
                if (accept(TokenKind::equal)) option.value = parse_signed_number();
                option.span = span_from(begin);
                options.push(option);
            } while (accept(TokenKind::comma));
            index.options = options.list();
        } else if (accept(Keyword::on) || accept(Keyword::filestream_on)) {
            bool const is_filestream = previous().keyword == Keyword::filestream_on;
            auto const placement = parse_placement();
            if (!is_filestream) index.placement = placement;
        } else if (accept(Keyword::order)) {  // of a columnstore
            parse_identifier_list();
        } else {
            return;
        }
    }
}

// At the word behind CREATE.
Statement const* Parser::parse_create_index(std::uint32_t begin) {
    auto* const statement = make<CreateIndex>(begin);
    auto* const index = arena_.make<IndexDefinition>();
    index->is_unique = accept(Keyword::unique);
    if (accept(Keyword::primary)) {
        index->index_kind = IndexKind::xml;
        expect(Keyword::xml);
    } else if (accept(Keyword::xml)) {
        index->index_kind = IndexKind::xml;
    } else if (accept(Keyword::spatial)) {
        index->index_kind = IndexKind::spatial;
    } else {
        index->clustering = parse_clustering();
        if (accept(Keyword::columnstore)) index->index_kind = IndexKind::columnstore;
    }
    expect(Keyword::index);
    index->name = parse_identifier("the name of an index");
    expect(Keyword::on);
    statement->table = parse_name("a table");
    if (is(TokenKind::left_parenthesis)) index->columns = parse_index_columns();
    if (accept(Keyword::using_)) {
        if (accept(Keyword::xml)) {  // USING XML INDEX primary FOR PATH
            expect(Keyword::index);
            parse_identifier("the name of an index");
            if (accept(Keyword::for_)) parse_any_word();
        } else {
            parse_any_word();  // USING GEOGRAPHY_GRID
        }
    }
    parse_index_rest(*index);
    index->span = span_from(begin);
    statement->index = index;
    return finish(statement);
}

}  // namespace mainstay::tsql
