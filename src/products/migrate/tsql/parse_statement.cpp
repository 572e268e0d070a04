// The loop over statements: which one begins, where it ends, and how to go on after a broken one.
#include "products/migrate/tsql/parser.hpp"
#include "products/migrate/tsql/statement_extent.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace mainstay::tsql {

namespace {

constexpr std::size_t max_description_bytes = 60;
constexpr std::size_t max_object_name_parts = 4;

std::string_view object_kind(Keyword keyword) {
    switch (keyword) {
        case Keyword::table: return "table";
        case Keyword::view: return "view";
        case Keyword::proc:
        case Keyword::procedure: return "procedure";
        case Keyword::function: return "function";
        case Keyword::trigger: return "trigger";
        case Keyword::sequence: return "sequence";
        case Keyword::synonym: return "synonym";
        case Keyword::type: return "type";
        default: return {};
    }
}

// Words of CREATE, ALTER and DROP that say little without the next one.
bool is_qualifier(std::string_view word) {
    constexpr std::string_view qualifiers[] = {"application",   "asymmetric", "availability", "broker",   "column",
                                               "cryptographic", "event",      "external",     "fulltext", "master",
                                               "message",       "partition",  "remote",       "resource", "search",
                                               "security",      "server",     "symmetric",    "workload", "xml"};
    return std::any_of(std::begin(qualifiers), std::end(qualifiers),
                       [&](std::string_view qualifier) { return equals_ignoring_case(qualifier, word); });
}

bool is_table_action(Keyword keyword) {
    return keyword == Keyword::alter || keyword == Keyword::drop || keyword == Keyword::set ||
           keyword == Keyword::enable || keyword == Keyword::disable;
}

// What these leave undone changes no table and no object that a model could stand on.
bool changes_nothing_of_interest(std::string_view what) {
    constexpr std::string_view changing[] = {"ALTER TABLE", "ALTER VIEW",       "ALTER INDEX",     "ALTER SCHEMA",
                                             "ALTER TYPE",  "ALTER SEQUENCE",   "ALTER PARTITION", "BULK",
                                             "COPY",        "CREATE AGGREGATE", "CREATE DEFAULT",  "CREATE PARTITION",
                                             "CREATE RULE", "CREATE SECURITY",  "DELETE",          "DROP TABLE",
                                             "DROP VIEW",   "DROP PROC",        "DROP FUNCTION",   "DROP TYPE",
                                             "DROP SCHEMA", "DROP SEQUENCE",    "DROP SYNONYM",    "INSERT",
                                             "MERGE",       "RENAME",           "TRUNCATE",        "UPDATE",
                                             "WHILE",       "WRITETEXT"};
    return std::none_of(std::begin(changing), std::end(changing),
                        [&](std::string_view prefix) { return what.starts_with(prefix); }) ||
           what == "UPDATE STATISTICS";
}

}  // namespace

List<Statement const*> Parser::parse_statements(bool in_block) {
    ListBuilder<Statement const*> statements(arena_, 2);
    for (;;) {
        while (accept(TokenKind::semicolon)) {
        }
        if (at_end()) break;
        if (is(Keyword::end) && ahead(1).keyword != Keyword::conversation) {
            if (in_block) break;
            sink_.add(codes::stray_end, {at_->begin, at_->end}, "this END closes nothing");
            advance();
            if (is(Keyword::try_) || is(Keyword::catch_)) advance();
            continue;
        }
        if (counts_.broken >= max_broken_statements) {
            if (!gave_up_)
                sink_.add(codes::too_many_errors, {at_->begin, at_->end}, "the script is not read from here on");
            gave_up_ = true;
            at_ = last_;
            break;
        }
        statements.push(parse_statement());
    }
    return statements.list();
}

Statement const* Parser::parse_statement() {
    auto const* const begin = at_;
    Statement const* statement = nullptr;
    try {
        Nesting const nesting(*this);
        statement = parse_statement_inner();
    } catch (SyntaxError const&) {
        statement = give_up(begin);
    }
    ++counts_.statements;
    if (statement->kind == NodeKind::skipped)
        ++counts_.skipped;
    else if (statement->kind == NodeKind::broken)
        ++counts_.broken;
    else
        ++counts_.parsed;
    return statement;
}

Statement const* Parser::parse_statement_inner() {
    auto const* const begin = at_;
    switch (at_->keyword) {
        case Keyword::insert: return parse_insert(begin->begin, {}, {});
        case Keyword::select: {
            auto* const statement = make<SelectStatement>(begin->begin);
            statement->query = parse_query();
            return finish(statement);
        }
        case Keyword::with: return parse_with_statement();
        case Keyword::create: return parse_create();
        case Keyword::alter: return parse_alter();
        case Keyword::exec:
        case Keyword::execute:
            if (ahead(1).keyword == Keyword::as) return skip_statement(begin);  // EXECUTE AS USER = '...'
            return parse_execute();
        case Keyword::use: return parse_use();
        case Keyword::set: return parse_set();
        case Keyword::begin: return parse_begin();
        case Keyword::if_: return parse_if();
        default: break;
    }
    if (is(TokenKind::left_parenthesis) && is_query_ahead()) {
        auto* const statement = make<SelectStatement>(begin->begin);
        statement->query = parse_query();
        return finish(statement);
    }
    if (StatementExtent(text_, first_, last_).begins_statement(begin) || ahead(1).kind == TokenKind::colon)
        return skip_statement(begin);
    bool const is_first = std::all_of(first_, begin, [](Token const& t) { return t.kind == TokenKind::semicolon; });
    if (is_first && is_identifier()) return parse_bare_execute();
    if (is(TokenKind::unknown)) throw SyntaxError{};
    fail_with(codes::not_a_statement, {begin->begin, begin->end},
              "no statement begins with \"" + std::string(text(*begin).substr(0, 40)) + '"');
}

// WITH ... AS (...) before INSERT is parsed; before UPDATE, DELETE and MERGE the whole statement is passed over.
Statement const* Parser::parse_with_statement() {
    auto const* const begin = at_;
    List<XmlNamespace> namespaces;
    List<CommonTable> tables;
    parse_with_clause(namespaces, tables);
    if (is(Keyword::insert)) return parse_insert(begin->begin, namespaces, tables);
    if (is(Keyword::update) || is(Keyword::delete_) || is(Keyword::merge)) return skip_statement(begin);
    auto* const statement = make<SelectStatement>(begin->begin);
    statement->query = parse_query_with(begin->begin, namespaces, tables);
    return finish(statement);
}

Statement const* Parser::parse_use() {
    auto* const statement = make<Use>(at_->begin);
    advance();
    statement->database = parse_identifier("a database");
    return finish(statement);
}

Statement const* Parser::parse_set() {
    auto const* const begin = at_;
    if (ahead(1).kind == TokenKind::variable) return skip_statement(begin);
    auto* const statement = make<SetOption>(begin->begin);
    advance();
    if (!is(TokenKind::word)) fail("an option");
    auto const* const end = StatementExtent(text_, first_, last_).end_of(begin);
    bool const is_quoted_identifier =
        std::any_of(at_, end, [&](Token const& t) { return equals_ignoring_case(text(t), "quoted_identifier"); });
    at_ = end;
    statement->text = text(Span{begin[1].begin, previous().end});
    if (is_quoted_identifier) quoted_identifiers_ = previous().keyword != Keyword::off;
    return finish(statement);
}

Statement const* Parser::skip_statement(Token const* begin) {
    auto* const statement = make<Skipped>(begin->begin);
    at_ = StatementExtent(text_, first_, last_).end_of(begin);
    statement->what = describe(begin);
    finish(statement);
    auto const& code = changes_nothing_of_interest(statement->what) ? codes::skipped_other : codes::skipped_change;
    auto const* const last_word = std::min(begin + 1, at_ - 1);
    sink_.add(code, {begin->begin, last_word->end}, std::string(statement->what) + " was not read");
    return statement;
}

// The statement as far as its form can be told; where that is before the place of the error, up to the next statement
// behind it.
Statement const* Parser::give_up(Token const* begin) {
    auto* const statement = make<Broken>(begin->begin);
    StatementExtent const extent(text_, first_, last_);
    auto const* end = begin == last_ ? last_ : extent.end_of(begin);
    while (end < at_) end = end->kind == TokenKind::semicolon ? end + 1 : extent.end_of(end);
    name_object(*statement, begin);
    at_ = end;
    statement->what = describe(begin);
    return finish(statement);
}

// What CREATE would have made, so that it is not lost with the statement.
void Parser::name_object(Broken& statement, Token const* begin) {
    at_ = begin;
    if (!accept(Keyword::create)) return;
    accept(Keyword::or_, Keyword::alter);
    if (is(Keyword::external) || is(Keyword::materialized)) advance();
    auto const kind = object_kind(at_->keyword);
    if (kind.empty()) return;
    advance();
    auto const name_begin = current().begin;
    ListBuilder<Identifier> parts(arena_, 2);
    bool goes_on = true;
    while (goes_on && !at_end() && parts.size() < max_object_name_parts) {
        if (is(TokenKind::dot))
            parts.push(Identifier{});
        else if (is_identifier() || (!parts.empty() && is(TokenKind::word)))
            parts.push(take_identifier());
        else
            return;
        goes_on = accept(TokenKind::dot);
    }
    if (parts.empty()) return;
    statement.object_kind = kind;
    statement.object = {parts.list(), span_from(name_begin)};
}

// The words that name a statement: MERGE, DROP TABLE, CREATE FULLTEXT INDEX, ALTER TABLE DROP.
std::string_view Parser::describe(Token const* begin) const {
    auto const* const second = begin + 1 < last_ ? begin + 1 : last_;
    if (begin == last_) return "nothing";
    if (second->kind == TokenKind::colon) return "label";
    std::string name(text(*begin));
    auto const add = [&](Token const* token) {
        if (token < last_ && token->kind == TokenKind::word) name += ' ' + std::string(text(*token));
    };
    switch (begin->keyword) {
        case Keyword::create:
        case Keyword::alter:
        case Keyword::drop: {
            auto const* word = second;
            if (word->keyword == Keyword::or_ && word + 2 < last_) word += 2;  // CREATE OR ALTER
            add(word);
            if (begin->keyword == Keyword::alter && word->keyword == Keyword::table) {
                auto const* const end = begin + 12 < last_ ? begin + 12 : last_;
                auto const* const action =
                    std::find_if(begin + 2, end, [](Token const& t) { return is_table_action(t.keyword); });
                add(action);
                if (action != end && is_reserved(action[1].keyword)) add(action + 1);
            } else if (is_qualifier(text(*word))) {
                add(word + 1);
            }
            break;
        }
        case Keyword::update:
            if (second->keyword == Keyword::statistics) add(second);
            break;
        case Keyword::begin:
        case Keyword::bulk:
        case Keyword::truncate:
        case Keyword::backup:
        case Keyword::restore:
        case Keyword::enable:
        case Keyword::disable:
        case Keyword::get:
        case Keyword::move:
        case Keyword::end: add(second); break;
        case Keyword::exec:
        case Keyword::execute:
            if (second->keyword == Keyword::as) add(second);
            break;
        case Keyword::set:
            if (second->kind == TokenKind::variable) return "SET of a variable";
            break;
        case Keyword::with:
            for (auto const* token = begin; token < at_; ++token) {
                if (token->keyword == Keyword::update || token->keyword == Keyword::delete_ ||
                    token->keyword == Keyword::merge)
                    return spelling_of(token->keyword);
            }
            break;
        default: break;
    }
    if (name.size() > max_description_bytes) name.resize(max_description_bytes);
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return arena_.copy(name);
}

}  // namespace mainstay::tsql
