// CREATE and ALTER of everything but tables, indexes and modules.
#include "products/migrate/tsql/parser.hpp"

namespace mainstay::tsql {

Statement const* Parser::parse_create() {
    auto const* const start = at_;
    auto const begin = at_->begin;
    advance();
    auto mode = CreateMode::create;
    if (accept(Keyword::or_, Keyword::alter)) mode = CreateMode::create_or_alter;
    switch (at_->keyword) {
        case Keyword::table: return parse_create_table(begin);
        case Keyword::external:
            if (ahead(1).keyword == Keyword::table) return parse_create_table(begin);
            break;
        case Keyword::type: return parse_create_type(begin);
        case Keyword::view:
        case Keyword::materialized: return parse_create_view(begin, mode);
        case Keyword::unique:
        case Keyword::clustered:
        case Keyword::nonclustered:
        case Keyword::columnstore:
        case Keyword::index:
        case Keyword::spatial:
        case Keyword::primary: return parse_create_index(begin);
        case Keyword::xml:
            if (ahead(1).keyword == Keyword::index) return parse_create_index(begin);
            return parse_create_xml_schema_collection(begin);
        case Keyword::schema: return parse_create_schema(begin);
        case Keyword::sequence: return parse_create_sequence(begin);
        case Keyword::synonym: return parse_create_synonym(begin);
        case Keyword::proc:
        case Keyword::procedure:
        case Keyword::function:
        case Keyword::trigger: return parse_module(begin, mode);
        default: break;
    }
    if (!is(TokenKind::word)) fail("what is to be created");
    return skip_statement(start);
}

Statement const* Parser::parse_alter() {
    auto const* const start = at_;
    switch (ahead(1).keyword) {
        case Keyword::table: return parse_alter_table(start->begin);
        case Keyword::view: advance(); return parse_create_view(start->begin, CreateMode::alter);
        case Keyword::proc:
        case Keyword::procedure:
        case Keyword::function:
        case Keyword::trigger: advance(); return parse_module(start->begin, CreateMode::alter);
        default: return skip_statement(start);
    }
}

Statement const* Parser::parse_create_view(std::uint32_t begin, CreateMode mode) {
    auto* const view = make<CreateView>(begin);
    view->mode = mode;
    view->is_materialized = accept(Keyword::materialized);
    expect(Keyword::view);
    view->name = parse_name("a view");
    if (is(TokenKind::left_parenthesis)) view->columns = parse_identifier_list();
    if (is(Keyword::with)) view->options = parse_bare_options();
    expect(Keyword::as);
    view->query = parse_query();
    if (accept(Keyword::with, Keyword::check)) {
        expect(Keyword::option);
        view->with_check_option = true;
    }
    return finish(view);
}

Statement const* Parser::parse_create_schema(std::uint32_t begin) {
    auto* const schema = make<CreateSchema>(begin);
    advance();
    if (!is(Keyword::authorization)) schema->name = parse_identifier("a schema");
    if (accept(Keyword::authorization)) schema->owner = parse_any_word();
    if (!schema->name.is_set()) schema->name = schema->owner;
    return finish(schema);
}

Statement const* Parser::parse_create_sequence(std::uint32_t begin) {
    auto* const sequence = make<CreateSequence>(begin);
    advance();
    sequence->name = parse_name("a sequence");
    for (;;) {
        if (accept(Keyword::as)) {
            sequence->type = parse_data_type();
        } else if (accept(Keyword::start)) {
            expect(Keyword::with);
            sequence->start = parse_signed_number();
        } else if (accept(Keyword::increment)) {
            expect(Keyword::by);
            sequence->increment = parse_signed_number();
        } else if (accept(Keyword::minvalue)) {
            sequence->minimum = parse_signed_number();
        } else if (accept(Keyword::maxvalue)) {
            sequence->maximum = parse_signed_number();
        } else if (accept(Keyword::cycle)) {
            sequence->is_cycling = true;
        } else if (accept(Keyword::cache)) {
            if (is(TokenKind::integer)) sequence->cache = parse_signed_number();
        } else if (accept(Keyword::no, Keyword::cache)) {
            sequence->no_cache = true;
        } else if (accept(Keyword::no, Keyword::minvalue) || accept(Keyword::no, Keyword::maxvalue) ||
                   accept(Keyword::no, Keyword::cycle)) {
            continue;
        } else {
            return finish(sequence);
        }
    }
}

Statement const* Parser::parse_create_synonym(std::uint32_t begin) {
    auto* const synonym = make<CreateSynonym>(begin);
    advance();
    synonym->name = parse_name("a synonym");
    expect(Keyword::for_);
    synonym->target = parse_name("an object");
    return finish(synonym);
}

Statement const* Parser::parse_create_xml_schema_collection(std::uint32_t begin) {
    auto* const collection = make<CreateXmlSchemaCollection>(begin);
    expect(Keyword::xml);
    expect(Keyword::schema);
    expect(Keyword::collection);
    collection->name = parse_name("an XML schema collection");
    expect(Keyword::as);
    collection->schema = parse_expression();
    return finish(collection);
}

// WITH a, b = c, EXECUTE AS OWNER: without parentheses, up to the word that goes on with the statement. Synapse puts
// those of a materialized view in parentheses.
List<Option> Parser::parse_bare_options() {
    expect(Keyword::with);
    if (is(TokenKind::left_parenthesis)) return parse_option_list();
    ListBuilder<Option> options(arena_, 1);
    do {
        Option option{};
        auto const begin = current().begin;
        if (!is(TokenKind::word)) fail("an option");
        bool const is_execute_as = is(Keyword::execute) || is(Keyword::exec);
        advance();
        if (is_execute_as) {
            expect(Keyword::as);
            option.name = text(span_from(begin));
            auto const value_begin = current().begin;
            if (!is(TokenKind::word) && !is_string() && !is_identifier()) fail("CALLER, SELF, OWNER or a user");
            advance();
            option.value = text(span_from(value_begin));
        } else {
            // RETURNS NULL ON NULL INPUT
            while (is(TokenKind::word) && (is(Keyword::null) || is(Keyword::on) || is_word("input"))) advance();
            option.name = text(span_from(begin));
            if (accept(TokenKind::equal)) {
                option.value = text(current());
                advance();
            }
        }
        option.span = span_from(begin);
        options.push(option);
    } while (accept(TokenKind::comma));
    return options.list();
}

}  // namespace mainstay::tsql
