// Constraints, of a column or of a table.
#include "products/migrate/tsql/parser.hpp"

namespace mainstay::tsql {

bool Parser::at_constraint() const {
    switch (at_->keyword) {
        case Keyword::constraint:
        case Keyword::primary:
        case Keyword::unique:
        case Keyword::check:
        case Keyword::foreign:
        case Keyword::references:
        case Keyword::default_: return true;
        case Keyword::connection: return ahead(1).kind == TokenKind::left_parenthesis;
        default: return false;
    }
}

Constraint const* Parser::parse_constraint(bool of_column) {
    auto* const constraint = arena_.make<Constraint>();
    auto const begin = current().begin;
    if (accept(Keyword::constraint)) constraint->name = parse_identifier("the name of a constraint");
    switch (at_->keyword) {
        case Keyword::primary:
            advance();
            expect(Keyword::key);
            parse_key(*constraint, ConstraintKind::primary_key);
            break;
        case Keyword::unique:
            advance();
            parse_key(*constraint, ConstraintKind::unique);
            break;
        case Keyword::check:
            advance();
            constraint->constraint_kind = ConstraintKind::check;
            if (is(Keyword::not_, Keyword::for_)) {
                advance();
                advance();
                expect(Keyword::replication);
                constraint->not_for_replication = true;
            }
            expect(TokenKind::left_parenthesis, "\"(\"");
            constraint->expression = parse_expression();
            expect(TokenKind::right_parenthesis, "\")\"");
            break;
        case Keyword::foreign:
        case Keyword::references: parse_foreign_key(*constraint); break;
        case Keyword::default_:
            advance();
            constraint->constraint_kind = ConstraintKind::default_value;
            constraint->expression = parse_additive();
            if (!of_column && accept(Keyword::for_)) constraint->for_column = parse_identifier("a column");
            constraint->with_values = accept(Keyword::with, Keyword::values);
            break;
        case Keyword::connection: {
            advance();
            constraint->constraint_kind = ConstraintKind::connection;
            constraint->connections = text(skip_parentheses());
            if (is(Keyword::on, Keyword::delete_)) {
                advance();
                advance();
                constraint->on_delete = parse_referential_action();
            }
            break;
        }
        default: fail("PRIMARY KEY, UNIQUE, CHECK, FOREIGN KEY or DEFAULT");
    }
    constraint->span = span_from(begin);
    return constraint;
}

void Parser::parse_key(Constraint& constraint, ConstraintKind kind) {
    constraint.constraint_kind = kind;
    constraint.clustering = parse_clustering();
    constraint.is_hash = accept(Keyword::hash);
    if (is(TokenKind::left_parenthesis)) constraint.columns = parse_index_columns();
    for (;;) {
        if (is(Keyword::with) && ahead(1).kind == TokenKind::left_parenthesis) {
            advance();
            constraint.options = parse_option_list();
        } else if (is(Keyword::with, Keyword::fillfactor)) {  // the form of SQL Server 2000
            advance();
            ListBuilder<Option> options(arena_, 1);
            Option option{};
            auto const begin = current().begin;
            option.name = text(current());
            advance();
            accept(TokenKind::equal);
            option.value = parse_signed_number();
            option.span = span_from(begin);
            options.push(option);
            constraint.options = options.list();
        } else if (accept(Keyword::on)) {
            constraint.placement = parse_placement();
        } else if (is(Keyword::not_, Keyword::enforced)) {
            advance();
            advance();
            constraint.not_enforced = true;
        } else {
            return;
        }
    }
}

void Parser::parse_foreign_key(Constraint& constraint) {
    constraint.constraint_kind = ConstraintKind::foreign_key;
    if (accept(Keyword::foreign)) {
        expect(Keyword::key);
        if (is(TokenKind::left_parenthesis)) constraint.columns = parse_index_columns();
    }
    expect(Keyword::references);
    constraint.references = parse_name("a table");
    if (is(TokenKind::left_parenthesis)) constraint.referenced_columns = parse_identifier_list();
    for (;;) {
        if (accept(Keyword::on, Keyword::delete_)) {
            constraint.on_delete = parse_referential_action();
        } else if (accept(Keyword::on, Keyword::update)) {
            constraint.on_update = parse_referential_action();
        } else if (is(Keyword::not_, Keyword::for_)) {
            advance();
            advance();
            expect(Keyword::replication);
            constraint.not_for_replication = true;
        } else {
            return;
        }
    }
}

ReferentialAction Parser::parse_referential_action() {
    if (accept(Keyword::cascade)) return ReferentialAction::cascade;
    if (accept(Keyword::no, Keyword::action)) return ReferentialAction::no_action;
    if (accept(Keyword::set, Keyword::null)) return ReferentialAction::set_null;
    if (accept(Keyword::set, Keyword::default_)) return ReferentialAction::set_default;
    fail("CASCADE, NO ACTION, SET NULL or SET DEFAULT");
}

Clustering Parser::parse_clustering() {
    if (accept(Keyword::clustered)) return Clustering::clustered;
    if (accept(Keyword::nonclustered)) return Clustering::nonclustered;
    return Clustering::unspecified;
}

List<IndexColumn> Parser::parse_index_columns() {
    expect(TokenKind::left_parenthesis, "\"(\"");
    ListBuilder<IndexColumn> columns(arena_, 2);
    do {
        IndexColumn column{};
        column.name = is(TokenKind::dollar_word) ? take_identifier() : parse_identifier("a column");
        column.is_descending = accept(Keyword::desc);
        if (!column.is_descending) accept(Keyword::asc);
        columns.push(column);
    } while (accept(TokenKind::comma));
    expect(TokenKind::right_parenthesis, "\")\"");
    return columns.list();
}

}  // namespace mainstay::tsql
