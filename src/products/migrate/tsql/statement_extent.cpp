// One pass over the tokens of a statement; nothing is looked at twice but the first words of the next one.
#include "products/migrate/tsql/statement_extent.hpp"

#include "base/text.hpp"
#include "products/migrate/tsql/tsql.hpp"

#include <cstddef>

namespace mainstay::tsql {

namespace {

// A table has 1,024 columns at most, each with its comma.
constexpr std::ptrdiff_t max_column_list_tokens = 2 * 1024 + 2;

bool is_starting_keyword(Keyword keyword) {
    switch (keyword) {
        case Keyword::alter:
        case Keyword::backup:
        case Keyword::begin:
        case Keyword::break_:
        case Keyword::bulk:
        case Keyword::checkpoint:
        case Keyword::close:
        case Keyword::commit:
        case Keyword::continue_:
        case Keyword::create:
        case Keyword::dbcc:
        case Keyword::deallocate:
        case Keyword::declare:
        case Keyword::delete_:
        case Keyword::deny:
        case Keyword::drop:
        case Keyword::exec:
        case Keyword::execute:
        case Keyword::fetch:
        case Keyword::goto_:
        case Keyword::grant:
        case Keyword::if_:
        case Keyword::insert:
        case Keyword::kill:
        case Keyword::merge:
        case Keyword::open:
        case Keyword::print:
        case Keyword::raiserror:
        case Keyword::readtext:
        case Keyword::reconfigure:
        case Keyword::restore:
        case Keyword::return_:
        case Keyword::revert:
        case Keyword::revoke:
        case Keyword::rollback:
        case Keyword::save:
        case Keyword::select:
        case Keyword::set:
        case Keyword::setuser:
        case Keyword::shutdown:
        case Keyword::truncate:
        case Keyword::update:
        case Keyword::updatetext:
        case Keyword::use:
        case Keyword::waitfor:
        case Keyword::while_:
        case Keyword::writetext: return true;
        default: return false;
    }
}

// At the beginning of a line these begin a statement even where a parenthesis was left open before.
bool begins_in_spite_of_parentheses(Keyword keyword) {
    switch (keyword) {
        case Keyword::alter:
        case Keyword::create:
        case Keyword::declare:
        case Keyword::drop:
        case Keyword::exec:
        case Keyword::execute:
        case Keyword::grant:
        case Keyword::insert:
        case Keyword::print:
        case Keyword::return_:
        case Keyword::truncate:
        case Keyword::use:
        case Keyword::while_: return true;
        default: return false;
    }
}

bool is_row_change(Keyword keyword) {
    return keyword == Keyword::insert || keyword == Keyword::update || keyword == Keyword::delete_;
}

// Whether `keyword` belongs to the statement because of the token before it.
bool binds_the_next_word(Token const& token, Keyword keyword) {
    switch (token.kind) {
        case TokenKind::comma:
        case TokenKind::dot:
        case TokenKind::equal:
        case TokenKind::double_colon: return true;
        default: break;
    }
    switch (token.keyword) {
        case Keyword::with:  // WITH EXECUTE AS, WITH ROLLBACK IMMEDIATE
        case Keyword::as:
        case Keyword::for_: return true;
        case Keyword::on:  // ON DELETE CASCADE
            return keyword == Keyword::update || keyword == Keyword::delete_;
        case Keyword::then:  // WHEN MATCHED THEN UPDATE
        case Keyword::of:    // FOR UPDATE OF, INSTEAD OF INSERT
        case Keyword::after:
        case Keyword::before: return is_row_change(keyword);
        case Keyword::bulk: return keyword == Keyword::insert;
        case Keyword::union_:
        case Keyword::all:
        case Keyword::except:
        case Keyword::intersect: return keyword == Keyword::select;
        case Keyword::row:
        case Keyword::rows: return keyword == Keyword::fetch;
        case Keyword::inner:
        case Keyword::left:
        case Keyword::right:
        case Keyword::full:
        case Keyword::outer: return keyword == Keyword::merge;
        default: return false;
    }
}

// Whether DROP begins a statement of its own; else it is an action of ALTER: DROP COLUMN, DROP MEMBER, DROP name.
bool drops_object(Keyword next) {
    switch (next) {
        case Keyword::table:
        case Keyword::view:
        case Keyword::proc:
        case Keyword::procedure:
        case Keyword::function:
        case Keyword::trigger:
        case Keyword::index:
        case Keyword::schema:
        case Keyword::database:
        case Keyword::type:
        case Keyword::sequence:
        case Keyword::synonym:
        case Keyword::user:
        case Keyword::statistics: return true;
        default: return false;
    }
}

// ALTER TABLE t ALTER COLUMN c DROP MASKED; ALTER TABLE t DROP CONSTRAINT a, COLUMN b has one DROP.
bool is_column_property(Keyword keyword) {
    return keyword == Keyword::masked || keyword == Keyword::sparse || keyword == Keyword::persisted ||
           keyword == Keyword::rowguidcol || keyword == Keyword::not_ || keyword == Keyword::hidden;
}

// ALTER TABLE t ALTER COLUMN, ALTER TABLE t ENABLE TRIGGER, ALTER DATABASE d SET, ALTER INDEX i ON t SET (...).
bool is_alter_action(Keyword object, Token const& action, Token const& next) {
    switch (action.keyword) {
        case Keyword::alter: return next.keyword == Keyword::column;
        case Keyword::drop: return !drops_object(next.keyword);
        case Keyword::enable:
        case Keyword::disable: return object == Keyword::table;
        case Keyword::set:
            return object == Keyword::database || object == Keyword::fulltext ||
                   next.kind == TokenKind::left_parenthesis;
        default: return false;
    }
}

bool is_query_verb(Keyword keyword) {
    return keyword == Keyword::select || keyword == Keyword::insert || keyword == Keyword::update ||
           keyword == Keyword::delete_ || keyword == Keyword::merge;
}

bool opens_block(Token const& begin, Token const& next) {
    if (begin.keyword != Keyword::begin) return false;
    switch (next.keyword) {
        case Keyword::tran:
        case Keyword::transaction:
        case Keyword::distributed:
        case Keyword::dialog:
        case Keyword::conversation: return false;
        default: return true;
    }
}

}  // namespace

struct StatementExtent::Scan {
    Keyword verb;            // what the statement is about; behind WITH ... AS (...) its main verb
    Keyword object;          // the word behind the verb: TABLE of ALTER TABLE
    bool takes_set;          // UPDATE t SET, ALTER DATABASE d SET
    bool takes_action;       // ALTER TABLE t DROP, ALTER, ENABLE ...
    bool takes_source;       // INSERT t SELECT, INSERT t EXECUTE
    bool takes_verb;         // a main verb is to come
    bool lists_permissions;  // up to TO or FROM
};

bool StatementExtent::is_common_table(Token const* with) const {
    auto const* token = with + 1;
    if (token >= last_) return false;
    if (token->keyword == Keyword::xmlnamespaces) return true;
    if (token->kind != TokenKind::word && token->kind != TokenKind::bracketed &&
        token->kind != TokenKind::double_quoted)
        return false;
    ++token;
    if (token->kind == TokenKind::left_parenthesis) {
        auto const* const limit = last_ - token > max_column_list_tokens ? token + max_column_list_tokens : last_;
        while (token < limit && token->kind != TokenKind::right_parenthesis) ++token;
    }
    if (token->kind == TokenKind::right_parenthesis) ++token;
    return token < last_ && token->keyword == Keyword::as && token[1].kind == TokenKind::left_parenthesis;
}

bool StatementExtent::begins_statement(Token const* token) const {
    if (token >= last_) return false;
    if (is_starting_keyword(token->keyword)) return true;
    auto const& next = at(token, 1);
    switch (token->keyword) {
        case Keyword::with: return is_common_table(token);
        case Keyword::throw_:
        case Keyword::receive: return token->first_on_line;
        case Keyword::enable:
        case Keyword::disable: return next.keyword == Keyword::trigger;
        case Keyword::send: return next.keyword == Keyword::on && token->first_on_line;
        case Keyword::get:
        case Keyword::move:
        case Keyword::end: return next.keyword == Keyword::conversation;
        default: break;
    }
    return token->kind == TokenKind::word && token->first_on_line && next.kind == TokenKind::colon;
}

Token const* StatementExtent::end_of(Token const* begin, std::uint32_t nesting) const {
    if (begin >= last_) return last_;
    if (nesting > max_nesting) return last_;
    if (opens_block(*begin, at(begin, 1))) return end_of_block(begin);
    if (begin->keyword == Keyword::if_ || begin->keyword == Keyword::while_) return end_of_conditional(begin, nesting);
    if (begin->kind == TokenKind::word && at(begin, 1).kind == TokenKind::colon) return begin + 2;
    if (is_module(begin)) return last_;
    return end_of_simple(begin);
}

bool StatementExtent::is_module(Token const* begin) const {
    if (begin->keyword != Keyword::create && begin->keyword != Keyword::alter) return false;
    auto const keyword = at(begin, at(begin, 1).keyword == Keyword::or_ ? 3 : 1).keyword;
    return keyword == Keyword::proc || keyword == Keyword::procedure || keyword == Keyword::function ||
           keyword == Keyword::trigger;
}

// CASE ends with END as well; END TRY is followed by its CATCH.
Token const* StatementExtent::end_of_block(Token const* begin) const {
    std::uint32_t open = 0;
    for (auto const* token = begin; token < last_; ++token) {
        if (opens_block(*token, at(token, 1)) || token->keyword == Keyword::case_) ++open;
        if (token->keyword != Keyword::end || at(token, 1).keyword == Keyword::conversation) continue;
        if (--open > 0) continue;
        auto const next = at(token, 1).keyword;
        bool const has_handler =
            next == Keyword::try_ && at(token, 2).keyword == Keyword::begin && at(token, 3).keyword == Keyword::catch_;
        if (has_handler) continue;
        return token + (next == Keyword::try_ || next == Keyword::catch_ ? 2 : 1);
    }
    return last_;
}

Token const* StatementExtent::end_of_conditional(Token const* begin, std::uint32_t nesting) const {
    std::uint32_t open = 0;
    auto const* token = begin + 1;
    for (; token < last_; ++token) {
        if (token->kind == TokenKind::left_parenthesis) ++open;
        if (token->kind == TokenKind::right_parenthesis && open > 0) --open;
        if (open > 0) continue;
        // IF UPDATE(column) asks a function.
        bool const is_function = token->keyword == Keyword::update && at(token, 1).kind == TokenKind::left_parenthesis;
        if (!is_function && begins_statement(token)) break;
        if (token->kind == TokenKind::semicolon) return token;
    }
    token = end_of(token, nesting + 1);
    if (begin->keyword != Keyword::if_) return token;
    auto const* const after = token->kind == TokenKind::semicolon ? token + 1 : token;
    if (after >= last_ || after->keyword != Keyword::else_) return token;
    return end_of(after + 1, nesting + 1);
}

Token const* StatementExtent::end_of_simple(Token const* begin) const {
    auto const verb = begin->keyword;
    Scan scan{};
    scan.verb = verb;
    scan.object = at(begin, 1).keyword;
    scan.takes_set = verb == Keyword::update;
    scan.takes_action = verb == Keyword::alter;
    scan.takes_source = verb == Keyword::insert;
    scan.takes_verb = verb == Keyword::with;
    scan.lists_permissions = verb == Keyword::grant || verb == Keyword::deny || verb == Keyword::revoke;
    std::uint32_t open = 0;
    std::uint32_t cases = 0;
    for (auto const* token = begin + 1; token < last_; ++token) {
        if (token->kind == TokenKind::semicolon && open == 0) return token;
        if (token->kind == TokenKind::left_parenthesis) ++open;
        if (token->kind == TokenKind::right_parenthesis && open > 0) --open;
        if (open > 0) {
            if (token->first_on_line && begins_in_spite_of_parentheses(token->keyword)) return token;
            continue;
        }
        if (token->kind != TokenKind::word) continue;
        if (token->keyword == Keyword::case_) ++cases;
        if (token->keyword == Keyword::end && at(token, 1).keyword != Keyword::conversation) {
            if (cases == 0) return token;
            --cases;
            continue;
        }
        if (cases > 0) continue;
        if (token->keyword == Keyword::else_) return token;
        if (begins_statement(token) && !continues(scan, token)) return token;
        if (scan.lists_permissions && (token->keyword == Keyword::to || token->keyword == Keyword::from))
            scan.lists_permissions = false;
        bool const is_action =
            token->keyword == Keyword::add || token->keyword == Keyword::check || token->keyword == Keyword::nocheck;
        if (is_action) scan.takes_action = false;
        if (token->keyword == Keyword::values) scan.takes_source = false;
    }
    return last_;
}

// Whether a word that could begin a statement goes on with the one that is being scanned.
bool StatementExtent::continues(Scan& scan, Token const* token) const {
    auto const keyword = token->keyword;
    if (scan.lists_permissions) return true;
    if (keyword == Keyword::update) scan.takes_set = scan.verb == Keyword::merge || scan.takes_verb;
    if (scan.takes_verb && is_query_verb(keyword)) {
        scan.takes_verb = false;
        scan.verb = keyword;
        scan.takes_source = keyword == Keyword::insert;
        return true;
    }
    if (scan.verb != Keyword::set && binds_the_next_word(token[-1], keyword)) {
        if (keyword == Keyword::with) scan.takes_verb = true;  // DECLARE c CURSOR FOR WITH ...
        return true;
    }
    if (keyword == Keyword::set && scan.takes_set) {
        scan.takes_set = false;
        return true;
    }
    if (keyword == Keyword::drop && scan.verb == Keyword::alter && is_column_property(at(token, 1).keyword))
        return true;
    if (scan.takes_action && is_alter_action(scan.object, *token, at(token, 1))) {
        scan.takes_action = false;
        return true;
    }
    if (scan.takes_source && (keyword == Keyword::select || keyword == Keyword::exec || keyword == Keyword::execute)) {
        scan.takes_source = false;
        return true;
    }
    // DROP TABLE IF EXISTS t, ALTER TABLE t DROP COLUMN IF EXISTS c
    return keyword == Keyword::if_ && (scan.verb == Keyword::drop || scan.verb == Keyword::alter) &&
           at(token, 1).keyword == Keyword::exists && at(token, 2).kind != TokenKind::left_parenthesis;
}

}  // namespace mainstay::tsql
