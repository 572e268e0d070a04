// CREATE TABLE, ALTER TABLE ADD and CHECK CONSTRAINT, CREATE TYPE, and the list of elements that tables are made of.
#include "products/migrate/tsql/parser.hpp"

namespace mainstay::tsql {

TableDefinition const* Parser::parse_table_definition() {
    Nesting const nesting(*this);
    auto const begin = current().begin;
    expect(TokenKind::left_parenthesis, "\"(\"");
    auto* const definition = arena_.make<TableDefinition>(*parse_table_elements());
    expect(TokenKind::right_parenthesis, "\",\" or \")\"");
    definition->span = span_from(begin);
    return definition;
}

TableDefinition const* Parser::parse_table_elements() {
    auto* const definition = arena_.make<TableDefinition>();
    auto const begin = current().begin;
    ListBuilder<ColumnDefinition const*> columns(arena_, 8);
    ListBuilder<Constraint const*> constraints(arena_, 2);
    ListBuilder<IndexDefinition const*> indexes(arena_, 1);
    do {
        // SQL Server lets a comma stand before the closing parenthesis.
        if (is(TokenKind::right_parenthesis)) break;
        if (is(Keyword::period, Keyword::for_))
            definition->period = parse_period();
        else if (is(Keyword::index))
            indexes.push(parse_inline_index());
        else if (at_constraint())
            constraints.push(parse_constraint(false));
        else
            columns.push(parse_column());
        // Constraints of the table may follow each other without a comma.
        while (at_constraint()) constraints.push(parse_constraint(false));
    } while (accept(TokenKind::comma));
    definition->columns = columns.list();
    definition->constraints = constraints.list();
    definition->indexes = indexes.list();
    definition->span = span_from(begin);
    return definition;
}

SystemTimePeriod const* Parser::parse_period() {
    auto* const period = arena_.make<SystemTimePeriod>();
    advance();
    expect(Keyword::for_);
    expect(Keyword::system_time);
    expect(TokenKind::left_parenthesis, "\"(\"");
    period->start = parse_identifier("a column");
    expect(TokenKind::comma, "\",\"");
    period->end = parse_identifier("a column");
    expect(TokenKind::right_parenthesis, "\")\"");
    return period;
}

Statement const* Parser::parse_create_table(std::uint32_t begin) {
    auto* const table = make<CreateTable>(begin);
    table->is_external = accept(Keyword::external);
    expect(Keyword::table);
    table->name = parse_name("a table");
    if (is(TokenKind::left_parenthesis)) {
        table->definition = parse_table_definition();
    } else if (is(Keyword::as, Keyword::filetable)) {
        advance();
        advance();
        table->is_filetable = true;
    } else if (!is(Keyword::with) && !is(Keyword::as)) {
        fail("\"(\"");
    }
    parse_table_options(*table);
    return finish(table);
}

void Parser::parse_table_options(CreateTable& table) {
    for (;;) {
        if (accept(Keyword::as, Keyword::node)) {
            table.is_node = true;
        } else if (accept(Keyword::as, Keyword::edge)) {
            table.is_edge = true;
        } else if (is(Keyword::as) && (ahead(1).keyword == Keyword::select || ahead(1).keyword == Keyword::with)) {
            advance();
            table.as_query = parse_query();
        } else if (accept(Keyword::on)) {
            table.placement = parse_placement();
        } else if (accept(Keyword::textimage_on)) {
            table.textimage = parse_placement();
        } else if (accept(Keyword::filestream_on)) {
            table.filestream = parse_placement();
        } else if (is(Keyword::with) && ahead(1).kind == TokenKind::left_parenthesis) {
            advance();
            table.options = parse_option_list();
        } else {
            return;
        }
    }
}

// ON filegroup or ON scheme(column), behind ON.
Placement Parser::parse_placement() {
    Placement placement{};
    if (is_string()) {
        placement.name = {unquote(current()), {current().begin, current().end}, true};
        advance();
    } else {
        placement.name = parse_any_word();
    }
    if (accept(TokenKind::left_parenthesis)) {
        placement.partition_column = parse_identifier("a column");
        expect(TokenKind::right_parenthesis, "\")\"");
    }
    return placement;
}

// At ALTER; everything but ADD and the switching of constraints is passed over.
Statement const* Parser::parse_alter_table(std::uint32_t begin) {
    auto const* const start = at_;
    advance();
    advance();
    auto const name = parse_name("a table");
    auto state = CheckState::unspecified;
    if (accept(Keyword::with, Keyword::check))
        state = CheckState::check;
    else if (accept(Keyword::with, Keyword::nocheck))
        state = CheckState::nocheck;
    if (is(Keyword::add)) {
        auto* const node = make<AlterTableAdd>(begin);
        advance();
        node->name = name;
        node->with_check = state;
        node->added = parse_table_elements();
        return finish(node);
    }
    if (is(Keyword::check, Keyword::constraint) || is(Keyword::nocheck, Keyword::constraint)) {
        auto* const node = make<AlterTableCheck>(begin);
        node->name = name;
        node->with_check = state;
        node->enables = is(Keyword::check);
        advance();
        advance();
        node->is_all = accept(Keyword::all);
        if (!node->is_all) {
            ListBuilder<Identifier> names(arena_, 1);
            do names.push(parse_identifier("a constraint"));
            while (accept(TokenKind::comma));
            node->constraints = names.list();
        }
        return finish(node);
    }
    return skip_statement(start);
}

Statement const* Parser::parse_create_type(std::uint32_t begin) {
    auto* const type = make<CreateType>(begin);
    advance();
    type->name = parse_name("a type");
    if (accept(Keyword::from)) {
        type->base = parse_data_type();
        if (accept(Keyword::not_, Keyword::null))
            type->nullability = Nullability::not_null;
        else if (accept(Keyword::null))
            type->nullability = Nullability::null;
    } else if (accept(Keyword::as)) {
        expect(Keyword::table);
        type->table = parse_table_definition();
        if (is(Keyword::with) && ahead(1).kind == TokenKind::left_parenthesis) {
            advance();
            type->options = parse_option_list();
        }
    } else if (accept(Keyword::external)) {
        if (!accept_word("name")) fail("NAME");
        type->external_name = text(parse_name("an assembly").span);
    } else {
        fail("FROM, AS TABLE or EXTERNAL NAME");
    }
    return finish(type);
}

}  // namespace mainstay::tsql
