// Names, data types and the lists of options that stand in many statements.
#include "products/migrate/tsql/parser.hpp"

#include "base/text.hpp"

#include <charconv>

namespace mainstay::tsql {

namespace {

constexpr std::size_t max_name_parts = 4;

}  // namespace

bool Parser::is_identifier(Token const& token) {
    switch (token.kind) {
        case TokenKind::word: return token.keyword == Keyword::none || !is_reserved(token.keyword);
        case TokenKind::bracketed:
        case TokenKind::double_quoted:
        case TokenKind::sqlcmd_variable: return true;
        default: return false;
    }
}

// The inside of a string or a quoted name, its escapes undone. A backslash at the end of a line joins the lines, in
// strings alone (SQL Server: "Backslash (Line Continuation)").
std::string_view Parser::unquote(Token const& token) {
    auto const whole = text(token);
    auto const prefix = token.kind == TokenKind::national_string ? 2U : 1U;
    auto const inside = whole.substr(prefix, whole.size() - prefix - 1);
    auto const close = whole.back();
    bool const is_text = close == '\'';
    bool const may_continue =
        is_text && inside.find('\n') != std::string_view::npos && inside.find('\\') != std::string_view::npos;
    if (inside.find(close) == std::string_view::npos && !may_continue) return inside;
    auto* const place = static_cast<char*>(arena_.allocate(inside.size(), 1));
    std::size_t size = 0;
    for (std::size_t i = 0; i < inside.size(); ++i) {
        if (may_continue && inside[i] == '\\') {
            auto const next = inside.substr(i + 1, 2);
            if (next.starts_with('\n') || next == "\r\n") {
                i += next.starts_with('\n') ? 1 : 2;
                continue;
            }
        }
        place[size++] = inside[i];
        if (inside[i] == close) ++i;
    }
    return {place, size};
}

Identifier Parser::take_identifier() {
    auto const& token = current();
    bool const quoted = is(TokenKind::bracketed) || is(TokenKind::double_quoted);
    Identifier const identifier{quoted ? unquote(token) : text(token), {token.begin, token.end}, quoted};
    advance();
    return identifier;
}

Identifier Parser::parse_identifier(char const* what) {
    if (!is_identifier()) fail(what);
    return take_identifier();
}

Identifier Parser::parse_any_word() {
    if (!is_identifier() && !is(TokenKind::word)) fail("a name");
    return take_identifier();
}

Name Parser::parse_name(char const* what) {
    auto const begin = current().begin;
    ListBuilder<Identifier> parts(arena_, 2);
    // In server..table and .table the parts between are left out.
    if (!is(TokenKind::dot)) parts.push(parse_identifier(what));
    while (is(TokenKind::dot) && parts.size() < max_name_parts) {
        if (parts.empty()) parts.push(Identifier{});
        advance();
        if (is(TokenKind::dot)) {
            parts.push(Identifier{});
        } else {
            // Behind a dot a reserved word can only be a name.
            parts.push(parse_any_word());
        }
    }
    if (parts.empty()) fail(what);
    return {parts.list(), span_from(begin)};
}

List<Identifier> Parser::parse_identifier_list() {
    expect(TokenKind::left_parenthesis, "\"(\"");
    ListBuilder<Identifier> names(arena_, 8);
    do names.push(is(TokenKind::dollar_word) ? take_identifier() : parse_identifier("a column name"));  // $from_id
    while (accept(TokenKind::comma));
    expect(TokenKind::right_parenthesis, "\")\"");
    return names.list();
}

std::string_view Parser::parse_string(char const* what) {
    if (!is_string()) fail(what);
    auto const value = unquote(current());
    advance();
    return value;
}

std::string_view Parser::parse_signed_number() {
    auto const begin = current().begin;
    if (!accept(TokenKind::minus)) accept(TokenKind::plus);
    if (!accept(TokenKind::integer) && !accept(TokenKind::decimal) && !accept(TokenKind::real)) fail("a number");
    return text(span_from(begin));
}

std::int32_t Parser::parse_length() {
    if (!is(TokenKind::integer)) fail("a number");
    constexpr std::int32_t largest = 65'535;
    auto const digits = text(current());
    std::int32_t value = 0;
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || value > largest)
        fail_with(codes::number_out_of_range, {at_->begin, at_->end}, "this number is out of range");
    advance();
    return value;
}

// Standard SQL's types of several words; SQL Server takes them as synonyms.
bool Parser::parse_type_words(DataType& type) {
    auto const begin = current().begin;
    bool const national = accept(Keyword::national);
    if (national && !is_identifier()) fail("CHARACTER, CHAR or TEXT");
    bool several = national;
    if (!national && accept(Keyword::double_)) {
        several = true;
        if (!accept(Keyword::precision)) fail("PRECISION");
    } else if (is(Keyword::character) || is(Keyword::char_) || national || is_word("binary")) {
        if (!national && ahead(1).keyword != Keyword::varying) return false;
        advance();
        if (accept(Keyword::varying)) several = true;
    }
    if (!several) return false;
    std::string joined;
    for (auto const* token = at_ - 1; token >= first_ && token->begin >= begin; --token)
        joined = lower_ascii(text(*token)) + (joined.empty() ? "" : " ") + joined;
    ListBuilder<Identifier> parts(arena_, 1);
    parts.push({arena_.copy(joined), span_from(begin), false});
    type.name = {parts.list(), span_from(begin)};
    return true;
}

DataType const* Parser::parse_data_type() {
    Nesting const nesting(*this);
    auto* const type = arena_.make<DataType>();
    auto const begin = current().begin;
    if (accept(Keyword::cursor) || accept(Keyword::table)) {
        auto const& token = previous();
        ListBuilder<Identifier> parts(arena_, 1);
        parts.push({text(token), {token.begin, token.end}, false});
        type->name = {parts.list(), span_from(begin)};
        if (token.keyword == Keyword::table) type->table = parse_table_definition();
        type->is_varying = accept(Keyword::varying);
    } else {
        if (!parse_type_words(*type)) type->name = parse_name("a data type");
        if (is(TokenKind::left_parenthesis)) parse_type_arguments(*type);
    }
    type->span = span_from(begin);
    return type;
}

void Parser::parse_type_arguments(DataType& type) {
    advance();
    if (accept(Keyword::max)) {
        type.is_max = true;
    } else if (is(TokenKind::integer)) {
        type.length = parse_length();
        if (accept(TokenKind::comma)) {
            bool const negative = accept(TokenKind::minus);
            type.scale = negative ? -parse_length() : parse_length();
            if (negative) fail_with(codes::number_out_of_range, type.name.span, "a scale is not negative");
        }
        // vector(1536, float16)
        if (accept(TokenKind::comma)) parse_identifier();
    } else {
        type.is_document = is(Keyword::document) && is_identifier(ahead(1)) && accept(Keyword::document);
        type.is_content = is(Keyword::content) && is_identifier(ahead(1)) && accept(Keyword::content);
        type.xml_schema_collection = parse_name("a length or an XML schema collection");
    }
    expect(TokenKind::right_parenthesis, "\")\"");
}

List<Option> Parser::parse_option_list() {
    Nesting const nesting(*this);
    expect(TokenKind::left_parenthesis, "\"(\"");
    ListBuilder<Option> options(arena_);
    if (accept(TokenKind::right_parenthesis)) return {};
    do options.push(parse_option());
    while (accept(TokenKind::comma));
    expect(TokenKind::right_parenthesis, "\")\"");
    return options.list();
}

// The words up to a value, a comma or the end are the name: DATA_COMPRESSION = PAGE ON PARTITIONS (1, 2).
Option Parser::parse_option() {
    Option option{};
    auto const begin = current().begin;
    if (!is(TokenKind::word) && !is_identifier() && !is_string()) fail("an option");
    do advance();
    while (is(TokenKind::word));
    option.name = text(span_from(begin));
    if (accept(TokenKind::equal)) {
        auto const value_begin = current().begin;
        if ((is(Keyword::on) || is(Keyword::off)) && ahead(1).kind == TokenKind::left_parenthesis) {
            option.value = text(current());
            advance();
            option.children = parse_option_list();
            skip_option_value();
        } else {
            skip_option_value();
            option.value = text(span_from(value_begin));
        }
    } else if (!is(TokenKind::comma) && !is(TokenKind::right_parenthesis)) {
        auto const value_begin = current().begin;
        skip_option_value();
        option.value = text(span_from(value_begin));
    }
    option.span = span_from(begin);
    return option;
}

// To the comma or parenthesis that ends it.
void Parser::skip_option_value() {
    std::uint32_t open = 0;
    while (!at_end() && !is(TokenKind::semicolon)) {
        if (open == 0 && (is(TokenKind::comma) || is(TokenKind::right_parenthesis))) return;
        if (is(TokenKind::left_parenthesis)) ++open;
        if (is(TokenKind::right_parenthesis)) --open;
        advance();
    }
}

Span Parser::skip_parentheses() {
    expect(TokenKind::left_parenthesis, "\"(\"");
    auto const begin = current().begin;
    for (std::uint32_t open = 1;; advance()) {
        if (at_end()) fail("\")\"");
        if (is(TokenKind::left_parenthesis)) ++open;
        if (is(TokenKind::right_parenthesis) && --open == 0) break;
    }
    Span const inside{begin, current().begin};
    advance();
    return inside;
}

}  // namespace mainstay::tsql
