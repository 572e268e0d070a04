// Columns of tables with everything that may follow their type, in any order.
#include "products/migrate/tsql/parser.hpp"

#include "base/text.hpp"

namespace mainstay::tsql {

ColumnDefinition const* Parser::parse_column() {
    Nesting const nesting(*this);
    auto* const column = arena_.make<ColumnDefinition>();
    auto const begin = current().begin;
    column->name = parse_identifier("a column, a constraint or an index");
    if (accept(Keyword::as)) {
        column->computed = parse_additive();
        column->is_persisted = accept(Keyword::persisted);
    } else if (is(TokenKind::comma) || is(TokenKind::right_parenthesis)) {
        // A column named timestamp needs no type.
        if (!equals_ignoring_case(column->name.text, "timestamp")) fail("a data type");
        auto* const type = arena_.make<DataType>();
        ListBuilder<Identifier> parts(arena_, 1);
        parts.push(column->name);
        type->name = {parts.list(), column->name.span};
        type->span = column->name.span;
        column->type = type;
    } else {
        column->type = parse_data_type();
    }
    ListBuilder<Constraint const*> constraints(arena_, 2);
    ListBuilder<IndexDefinition const*> indexes(arena_, 1);
    for (;;) {
        bool const names_nullability =
            is(Keyword::constraint) && (ahead(2).keyword == Keyword::null || ahead(2).keyword == Keyword::not_);
        if (names_nullability) {
            advance();
            advance();
        } else if (at_constraint()) {
            auto const* const constraint = parse_constraint(true);
            constraints.push(constraint);
            if (constraint->constraint_kind == ConstraintKind::default_value) column->default_value = constraint;
        } else if (is(Keyword::index)) {
            indexes.push(parse_inline_index());
        } else if (!parse_column_property(*column)) {
            break;
        }
    }
    column->constraints = constraints.list();
    column->indexes = indexes.list();
    column->span = span_from(begin);
    return column;
}

bool Parser::parse_column_property(ColumnDefinition& column) {
    switch (at_->keyword) {
        case Keyword::null:
            advance();
            column.nullability = Nullability::null;
            return true;
        case Keyword::not_:
            advance();
            if (accept(Keyword::for_, Keyword::replication)) {
                column.is_not_for_replication = true;
            } else {
                expect(Keyword::null);
                column.nullability = Nullability::not_null;
            }
            return true;
        case Keyword::collate:
            advance();
            column.collation = parse_identifier("a collation");
            return true;
        case Keyword::identity: column.identity = parse_identity(); return true;
        case Keyword::rowguidcol:
            advance();
            column.is_rowguidcol = true;
            return true;
        case Keyword::sparse:
            advance();
            column.is_sparse = true;
            return true;
        case Keyword::filestream:
            advance();
            column.is_filestream = true;
            return true;
        case Keyword::hidden:
            advance();
            column.is_hidden = true;
            return true;
        case Keyword::persisted:
            advance();
            column.is_persisted = true;
            return true;
        case Keyword::column_set:
            advance();
            expect(Keyword::for_);
            if (!accept_word("all_sparse_columns")) fail("ALL_SPARSE_COLUMNS");
            column.is_column_set = true;
            return true;
        case Keyword::generated: parse_generated(column); return true;
        case Keyword::masked:
            advance();
            expect(Keyword::with);
            expect(TokenKind::left_parenthesis, "\"(\"");
            expect(Keyword::function);
            expect(TokenKind::equal, "\"=\"");
            column.mask = parse_string("a masking function in quotes");
            expect(TokenKind::right_parenthesis, "\")\"");
            return true;
        case Keyword::encrypted:
            advance();
            expect(Keyword::with);
            column.encryption = parse_option_list();
            return true;
        default: return false;
    }
}

IdentityColumn const* Parser::parse_identity() {
    auto* const identity = arena_.make<IdentityColumn>();
    advance();
    if (accept(TokenKind::left_parenthesis)) {
        identity->seed = parse_signed_number();
        expect(TokenKind::comma, "\",\"");
        identity->increment = parse_signed_number();
        expect(TokenKind::right_parenthesis, "\")\"");
    }
    if (is(Keyword::not_, Keyword::for_)) {
        advance();
        advance();
        expect(Keyword::replication);
        identity->not_for_replication = true;
    }
    return identity;
}

// GENERATED ALWAYS AS ROW START, and the columns of ledger tables.
void Parser::parse_generated(ColumnDefinition& column) {
    advance();
    expect(Keyword::always);
    expect(Keyword::as);
    auto const of = at_->keyword;
    if (of != Keyword::row && of != Keyword::transaction_id && of != Keyword::sequence_number)
        fail("ROW, TRANSACTION_ID or SEQUENCE_NUMBER");
    advance();
    bool const is_start = accept(Keyword::start);
    if (!is_start) expect(Keyword::end);
    if (of == Keyword::row)
        column.generated = is_start ? GeneratedKind::row_start : GeneratedKind::row_end;
    else if (of == Keyword::transaction_id)
        column.generated = is_start ? GeneratedKind::transaction_id_start : GeneratedKind::transaction_id_end;
    else
        column.generated = is_start ? GeneratedKind::sequence_number_start : GeneratedKind::sequence_number_end;
}

}  // namespace mainstay::tsql
