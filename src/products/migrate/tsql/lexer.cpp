// Words, literals, comments and the ends of batches. Every character is looked at once or twice, whatever is left open.
#include "products/migrate/tsql/lexer.hpp"

#include "base/text.hpp"
#include "products/migrate/tsql/diagnostic_codes.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace mainstay::tsql {

namespace {

constexpr std::size_t max_identifier_bytes = 4 * 128;  // SQL Server: 128 characters

enum class Class : std::uint8_t { other, space, newline, word, digit, not_ascii };

constexpr auto classes = [] {
    std::array<Class, 256> table{};
    for (int c = 0; c < 256; ++c) {
        auto& entry = table[static_cast<std::size_t>(c)];
        if (c == '\n' || c == '\r')
            entry = Class::newline;
        else if (c <= ' ')
            entry = Class::space;
        else if (c >= '0' && c <= '9')
            entry = Class::digit;
        else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '#')
            entry = Class::word;
        else if (c >= 0x80)
            entry = Class::not_ascii;
    }
    return table;
}();

constexpr auto word_continues = [] {
    std::array<bool, 256> table{};
    for (std::size_t c = 0; c < 256; ++c)
        table[c] = classes[c] == Class::word || classes[c] == Class::digit || classes[c] == Class::not_ascii ||
                   c == '@' || c == '$';
    return table;
}();

Class class_of(char c) {
    return classes[static_cast<unsigned char>(c)];
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

std::uint32_t find(std::string_view text, char c, std::uint32_t from) {
    auto const* const found = std::memchr(text.data() + from, c, text.size() - from);
    if (found == nullptr) return static_cast<std::uint32_t>(text.size());
    return static_cast<std::uint32_t>(static_cast<char const*>(found) - text.data());
}

// Blanks that are not ASCII: no-break space, the spaces of typography, the ideographic one, a stray byte order mark.
std::uint32_t wide_space_length(std::string_view rest) {
    if (rest.starts_with("\xC2\xA0") || rest.starts_with("\xC2\x85")) return 2;
    if (rest.starts_with("\xE3\x80\x80") || rest.starts_with("\xEF\xBB\xBF")) return 3;
    if (rest.starts_with("\xE2\x80") && rest.size() > 2) {
        auto const last = static_cast<unsigned char>(rest[2]);
        if ((last >= 0x80 && last <= 0x8B) || last == 0xA8 || last == 0xA9 || last == 0xAF) return 3;
    }
    return 0;
}

// U+2000 to U+203F: spaces, dashes, typographic quotes and the like, which no name has.
bool is_punctuation(std::string_view rest) {
    return rest.starts_with("\xE2\x80");
}

bool ends_word(std::string_view rest) {
    return is_punctuation(rest) || wide_space_length(rest) > 0;
}

// Currency signs open a money literal (SQL Server: "money and smallmoney").
std::uint32_t currency_length(std::string_view rest) {
    if (rest.starts_with("\xC2\xA3") || rest.starts_with("\xC2\xA5")) return 2;
    return rest.starts_with("\xE2\x82\xAC") ? 3 : 0;
}

// The first line in [from, to) that is only GO; `to` when there is none.
std::uint32_t find_go_line(std::string_view text, std::uint32_t from, std::uint32_t to) {
    auto const head = text.substr(0, to);  // or a line of megabytes is searched again for each of its strings
    for (auto line = find(head, '\n', from); line < to; line = find(head, '\n', line + 1)) {
        auto at = line + 1;
        while (at < to && is_blank(text[at])) ++at;
        if (at < to && read_go_line(text, at).end != 0) return at;
    }
    return to;
}

}  // namespace

bool continues_word(char c) {
    return word_continues[static_cast<unsigned char>(c)];
}

GoLine read_go_line(std::string_view text, std::uint32_t at) {
    auto const size = text.size();
    if (at + 2 > size || (text[at] | 0x20) != 'g' || (text[at + 1] | 0x20) != 'o') return {};
    auto p = at + 2;
    auto const skip_blanks = [&] {
        while (p < size && (is_blank(text[p]) || text[p] == '\x1A')) ++p;
    };
    auto const is_end = [&] { return p == size || text[p] == '\n' || text[p] == '\r'; };
    if (!is_end() && !is_blank(text[p]) && text[p] != '-' && text[p] != '/' && text[p] != ';' && text[p] != '\x1A')
        return {};
    skip_blanks();
    auto const count_begin = p;
    while (p < size && is_digit(text[p])) ++p;
    auto const count = text.substr(count_begin, p - count_begin);
    skip_blanks();
    if (p < size && text[p] == ';') ++p;
    skip_blanks();
    auto const rest = text.substr(p, 2);
    if (!is_end() && rest != "--" && rest != "/*") return {};
    return {p, count};
}

bool Lexer::next_batch(RawBatch& batch) {
    if (at_ >= size()) return false;
    batch.tokens.clear();
    batch.repeat = 1;
    batch.span.begin = at_;
    batch_ended_ = false;
    first_on_line_ = true;
    has_suspect_ = false;
    batch.span.end = size();
    while (at_ < size() && !batch_ended_) lex(batch);
    if (!batch_ended_) batch.span.end = size();
    batch.tokens.push_back({batch.span.end, batch.span.end, Keyword::none, TokenKind::end, true});
    return true;
}

void Lexer::push(RawBatch& batch, TokenKind kind, std::uint32_t begin, Keyword keyword) {
    batch.tokens.push_back({begin, at_, keyword, kind, first_on_line_});
    first_on_line_ = false;
}

void Lexer::lex(RawBatch& batch) {
    auto const begin = at_;
    char const c = text_[at_];
    switch (class_of(c)) {
        case Class::space: ++at_; return;
        case Class::newline:
            ++at_;
            first_on_line_ = true;
            return;
        case Class::word: return lex_word(batch);
        case Class::digit: return lex_number(batch);
        case Class::not_ascii: return lex_not_ascii(batch);
        case Class::other: break;
    }
    switch (c) {
        case '\'': ++at_; return lex_delimited(batch, TokenKind::string, begin, '\'');
        case '[': ++at_; return lex_delimited(batch, TokenKind::bracketed, begin, ']');
        case '"': ++at_; return lex_delimited(batch, TokenKind::double_quoted, begin, '"');
        case '@': skip_word(); return push(batch, TokenKind::variable, begin);
        case '$': return lex_dollar(batch);
        case '.':
            if (is_digit(peek(1))) return lex_number(batch);
            ++at_;
            return push(batch, TokenKind::dot, begin);
        case '-':
        case '/':
            if (skip_comment(batch)) return;
            break;
        case ':':
        case '!':
            if (first_on_line_ && take_sqlcmd_line()) return;
            break;
        default: break;
    }
    lex_punctuation(batch);
}

// Past the first character of a word and all that go on with it.
void Lexer::skip_word() {
    for (++at_; at_ < size() && continues_word(text_[at_]); ++at_)
        if ((text_[at_] & 0x80) != 0 && ends_word(text_.substr(at_, 3))) return;
}

void Lexer::lex_word(RawBatch& batch) {
    auto const begin = at_;
    skip_word();
    auto const length = at_ - begin;
    if (length == 1 && peek() == '\'' && (text_[begin] | 0x20) == 'n') {
        ++at_;
        return lex_delimited(batch, TokenKind::national_string, begin, '\'');
    }
    if (length == 2 && first_on_line_ && (text_[begin] | 0x20) == 'g') {
        at_ = begin;
        if (take_go(batch)) return;
        at_ = begin + 2;
    }
    push(batch, TokenKind::word, begin, find_keyword(text_.substr(begin, length)));
}

bool Lexer::take_go(RawBatch& batch) {
    auto const go = read_go_line(text_, at_);
    if (go.end == 0) return false;
    batch.span.end = at_;
    batch_ended_ = true;
    if (!go.count.empty()) {
        std::uint32_t count = 0;
        auto const [end, error] = std::from_chars(go.count.data(), go.count.data() + go.count.size(), count);
        if (error != std::errc{} || count == 0 || count > max_batch_repeat)
            sink_.add(codes::bad_repeat, {at_, go.end}, "GO cannot repeat a batch " + std::string(go.count) + " times");
        else
            batch.repeat = static_cast<std::int32_t>(count);
    }
    at_ = go.end;
    return true;
}

void Lexer::lex_number(RawBatch& batch) {
    auto const begin = at_;
    auto const skip_digits = [&] {
        while (is_digit(peek())) ++at_;
    };
    if (text_[at_] == '0' && (peek(1) | 0x20) == 'x') {
        at_ += 2;
        auto const is_hex = [](char c) { return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); };
        // A backslash at the end of a line goes on with the literal on the next one.
        while (is_hex(peek()) || (peek() == '\\' && (peek(1) == '\n' || peek(1) == '\r'))) {
            if (peek() == '\\') at_ += peek(1) == '\r' && peek(2) == '\n' ? 2 : 1;
            ++at_;
        }
        return push(batch, TokenKind::binary, begin);
    }
    auto kind = TokenKind::integer;
    skip_digits();
    if (peek() == '.') {
        kind = TokenKind::decimal;
        ++at_;
        skip_digits();
    }
    if ((peek() | 0x20) == 'e') {
        std::uint32_t const sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
        if (is_digit(peek(1 + sign)) || !continues_word(peek(1 + sign))) {
            kind = TokenKind::real;
            at_ += 1 + sign;
            skip_digits();
        }
    }
    push(batch, kind, begin);
}

void Lexer::lex_dollar(RawBatch& batch) {
    auto const begin = at_++;
    if (auto const name = sqlcmd_variable_at(text_.substr(begin)); !name.empty()) {
        at_ = begin + static_cast<std::uint32_t>(name.size()) + 3;
        // $(schema)_t is one word, as it would be once the variable has its value.
        while (at_ < size() && continues_word(text_[at_]) && !ends_word(text_.substr(at_, 3))) ++at_;
        return push(batch, TokenKind::sqlcmd_variable, begin);
    }
    if (class_of(peek()) == Class::word) {
        skip_word();
        return push(batch, TokenKind::dollar_word, begin);
    }
    if (peek() == '-' || peek() == '+') ++at_;
    while (is_digit(peek()) || peek() == '.') ++at_;
    push(batch, TokenKind::money, begin);
}

void Lexer::lex_not_ascii(RawBatch& batch) {
    auto const rest = text_.substr(at_);
    if (auto const length = wide_space_length(rest)) {
        at_ += length;
        return;
    }
    auto const begin = at_;
    if (auto const length = currency_length(rest)) {
        at_ += length;
        while (is_digit(peek()) || peek() == '.') ++at_;
        return push(batch, TokenKind::money, begin);
    }
    if (is_punctuation(rest)) {
        at_ += 3;
        at_ = std::min(at_, size());
        sink_.add(codes::unknown_character, {begin, at_}, "T-SQL has no \"" + std::string(rest.substr(0, 3)) + '"');
        return push(batch, TokenKind::unknown, begin);
    }
    lex_word(batch);
}

void Lexer::lex_delimited(RawBatch& batch, TokenKind kind, std::uint32_t begin, char close) {
    auto const limit =
        kind == TokenKind::bracketed ? std::min<std::size_t>(size(), begin + 2 + 2 * max_identifier_bytes) : size();
    for (;;) {
        auto const found =
            find(text_.substr(0, limit), close, std::min<std::uint32_t>(at_, static_cast<std::uint32_t>(limit)));
        if (found >= limit) break;
        at_ = found + 1;
        if (peek() == close) {
            ++at_;
            continue;
        }
        if (!has_suspect_ && find_go_line(text_, begin, at_) < at_) {
            has_suspect_ = true;
            suspect_token_ = batch.tokens.size();
        }
        return push(batch, kind, begin);
    }
    if (kind == TokenKind::bracketed) {
        at_ = std::min(find(text_, '\n', begin), size());
        sink_.add(codes::unclosed_identifier, {begin, begin + 1}, "this name has no closing bracket");
        return push(batch, TokenKind::unknown, begin);
    }
    if (kind == TokenKind::double_quoted)
        return resume_at_next_go(batch, begin, codes::unclosed_identifier, TokenKind::unknown,
                                 "this name has no closing double quote");
    resume_at_next_go(batch, begin, codes::unclosed_string, TokenKind::unknown, "this string has no closing quote");
}

// When quotes do not pair up, the culprit is rather the first string that runs over a GO than the last one, which only
// finds itself without a partner.
void Lexer::resume_at_next_go(RawBatch& batch, std::uint32_t begin, DiagnosticCode const& code, TokenKind kind,
                              char const* message) {
    if (has_suspect_) {
        auto const& suspect = batch.tokens[suspect_token_];
        begin = suspect.begin;
        first_on_line_ = suspect.first_on_line;
        batch.tokens.resize(suspect_token_);
    }
    sink_.add(code, {begin, begin + 1}, message);
    at_ = find_go_line(text_, begin, size());
    if (kind != TokenKind::end) push(batch, kind, begin);
    first_on_line_ = true;
}

bool Lexer::skip_comment(RawBatch& batch) {
    auto const begin = at_;
    if (text_[at_] == '-') {
        if (peek(1) != '-') return false;
        at_ = find(text_, '\n', at_);
        return true;
    }
    if (peek(1) != '*') return false;
    at_ += 2;
    std::uint32_t open = 1;
    while (open > 0 && at_ + 1 < size()) {
        auto const c = text_[at_];
        auto const next = text_[at_ + 1];
        if (c == '*' && next == '/')
            --open;
        else if (c == '/' && next == '*')
            ++open;
        else {
            ++at_;
            continue;
        }
        at_ += 2;
    }
    if (open > 0)
        resume_at_next_go(batch, begin, codes::unclosed_comment, TokenKind::end, "this comment is not closed");
    return true;
}

}  // namespace mainstay::tsql
