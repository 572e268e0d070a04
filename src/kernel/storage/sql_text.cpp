#include "kernel/storage/sql_text.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <stdexcept>

namespace mainstay::sql_text {
namespace {

using Kind = Token::Kind;

bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0;
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_name_part(char c) {
    return is_name_start(c) || is_digit(c);
}
bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

class Tokenizer {
public:
    explicit Tokenizer(std::string_view sql) : sql_(sql) {}

    std::vector<Token> all() {
        while (skip_space_and_comments() && at_ < sql_.size()) next();
        return std::move(tokens_);
    }

private:
    char peek(std::size_t ahead = 0) const { return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0'; }

    void add(Kind kind, std::size_t end) {
        tokens_.push_back({kind, at_, sql_.substr(at_, end - at_)});
        at_ = end;
    }

    void add_unclosed() { add(Kind::unclosed, sql_.size()); }

    // False when a comment has no end.
    bool skip_space_and_comments() {
        while (at_ < sql_.size()) {
            if (is_space(sql_[at_])) {
                ++at_;
            } else if (peek() == '-' && peek(1) == '-') {
                at_ = std::min(sql_.find('\n', at_), sql_.size());
            } else if (peek() == '/' && peek(1) == '*') {
                // PostgreSQL nests comments and SQLite does not: one within another ends here and is refused.
                auto const end = sql_.find("*/", at_ + 2);
                if (end == std::string_view::npos || sql_.substr(at_ + 2, end - at_ - 2).find("/*") < sql_.size()) {
                    add_unclosed();
                    return false;
                }
                at_ = end + 2;
            } else {
                return true;
            }
        }
        return true;
    }

    void next() {
        char const c = sql_[at_];
        if (c == '\'') return quoted(at_, '\'', Kind::string, false);
        if ((c == 'E' || c == 'e') && peek(1) == '\'') return quoted(at_ + 1, '\'', Kind::string, true);
        if (c == '"') return quoted(at_, '"', Kind::quoted_name, false);
        if (c == '$' && dollar_quoted()) return;
        if (is_name_start(c)) return run(Kind::word, [](char d) { return is_name_part(d) || d == '$'; });
        if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return number();
        if (c == ':' && peek(1) == ':') return add(Kind::symbol, at_ + 2);
        if (c == ':' && is_name_start(peek(1))) {
            std::size_t end = at_ + 1;
            while (end < sql_.size() && is_name_part(sql_[end])) ++end;
            return add(Kind::parameter, end);
        }
        add(Kind::symbol, at_ + 1);
    }

    template <class Belongs>
    void run(Kind kind, Belongs belongs) {
        std::size_t end = at_;
        while (end < sql_.size() && belongs(sql_[end])) ++end;
        add(kind, end);
    }

    void number() {
        std::size_t end = at_;
        while (end < sql_.size() &&
               (is_name_part(sql_[end]) || sql_[end] == '.' ||
                ((sql_[end] == '+' || sql_[end] == '-') && (sql_[end - 1] == 'e' || sql_[end - 1] == 'E'))))
            ++end;
        add(Kind::number, end);
    }

    // From the token's start through the quote that closes the one at open; a doubled quote stands for itself.
    void quoted(std::size_t open, char quote, Kind kind, bool has_escapes) {
        for (std::size_t i = open + 1; i < sql_.size(); ++i) {
            if (has_escapes && sql_[i] == '\\') {
                ++i;
            } else if (sql_[i] == quote) {
                if (i + 1 < sql_.size() && sql_[i + 1] == quote)
                    ++i;
                else
                    return add(kind, i + 1);
            }
        }
        add_unclosed();
    }

    bool dollar_quoted() {
        std::size_t end = at_ + 1;
        while (end < sql_.size() && is_name_part(sql_[end])) ++end;
        if (end >= sql_.size() || sql_[end] != '$' || is_digit(sql_[at_ + 1])) return false;
        std::string_view const tag = sql_.substr(at_, end + 1 - at_);
        auto const close = sql_.find(tag, end + 1);
        if (close == std::string_view::npos)
            add_unclosed();
        else
            add(Kind::string, close + tag.size());
        return true;
    }

    std::string_view sql_;
    std::size_t at_ = 0;
    std::vector<Token> tokens_;
};

class Analyzer {
public:
    explicit Analyzer(std::string_view sql) : tokens_(tokenize(sql)) {
        if (!tokens_.empty() && tokens_.back().kind == Kind::unclosed)
            throw std::logic_error("SQL ends within a string, a name or a comment: " + std::string(sql));
    }

    Statement run() {
        int depth = 0;
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            Token const& token = tokens_[i];
            if (token.is_symbol('(')) ++depth;
            if (token.is_symbol(')')) --depth;
            if (token.is_symbol(';') && i + 1 < tokens_.size()) out_.is_several = true;
            if (token.kind == Kind::parameter) add_parameter(token.text.substr(1));
            if (token.kind == Kind::word && !is_behind_dot(i)) word(i, depth);
        }
        out_.tokens = std::move(tokens_);
        return std::move(out_);
    }

private:
    void add_parameter(std::string_view name) {
        if (std::find(out_.parameters.begin(), out_.parameters.end(), name) == out_.parameters.end())
            out_.parameters.push_back(name);
    }

    bool is_any(std::size_t i, std::initializer_list<std::string_view> words) const {
        return i < tokens_.size() &&
               std::any_of(words.begin(), words.end(), [&](auto word) { return tokens_[i].is_word(word); });
    }
    bool is_after_any(std::size_t i, std::initializer_list<std::string_view> words) const {
        return i > 0 && is_any(i - 1, words);
    }
    bool is_behind_dot(std::size_t i) const { return i > 0 && tokens_[i - 1].is_symbol('.'); }

    void word(std::size_t i, int depth) {
        if (depth == 0 && !has_verb_) verb(i);
        if (is_any(i, {"RETURNING"})) out_.is_returning = true;
        if (is_any(i, {"AS"})) definition(i);
        if (is_any(i, {"INTO"})) return mention(i + 1, true);
        if (is_any(i, {"JOIN"})) return mention(i + 1, false);
        if (is_any(i, {"FROM"}) && !is_after_any(i, {"DISTINCT"})) return mention(i + 1, is_after_any(i, {"DELETE"}));
        // Not FOR UPDATE, FOR NO KEY UPDATE, DO UPDATE SET, nor ON UPDATE of a foreign key.
        if (is_any(i, {"UPDATE"}) && !is_after_any(i, {"FOR", "KEY", "DO", "ON"})) {
            std::size_t name = i + 1;
            if (is_any(name, {"OR"})) name += 2;
            mention(name, true);
        }
    }

    void verb(std::size_t i) {
        has_verb_ = true;
        if (is_any(i, {"SELECT", "VALUES"}))
            out_.verb = Verb::select;
        else if (is_any(i, {"INSERT", "REPLACE"}))
            out_.verb = Verb::insert;
        else if (is_any(i, {"UPDATE"}))
            out_.verb = Verb::update;
        else if (is_any(i, {"DELETE"}))
            out_.verb = Verb::remove;
        else
            has_verb_ = !is_any(0, {"WITH"});  // what stands between WITH and the verb: names, AS, RECURSIVE
    }

    // name [(columns)] AS [[NOT] MATERIALIZED] ( ...
    void definition(std::size_t as) {
        std::size_t open = as + 1;
        while (is_any(open, {"NOT", "MATERIALIZED"})) ++open;
        if (as == 0 || open >= tokens_.size() || !tokens_[open].is_symbol('(')) return;
        std::size_t name = as - 1;
        if (tokens_[name].is_symbol(')')) {
            while (name > 0 && !tokens_[name].is_symbol('(')) --name;
            if (name == 0) return;
            --name;
        }
        if (auto const text = name_at(name)) out_.defined.push_back(*text);
    }

    std::optional<std::string_view> name_at(std::size_t i) const {
        if (i >= tokens_.size()) return std::nullopt;
        std::string_view const text = tokens_[i].text;
        if (tokens_[i].kind == Kind::word) return text;
        if (tokens_[i].kind == Kind::quoted_name || (tokens_[i].kind == Kind::string && text[0] == '\''))
            return text.substr(1, text.size() - 2);
        return std::nullopt;
    }

    void mention(std::size_t i, bool is_target) {
        while (is_any(i, {"ONLY", "LATERAL"})) ++i;
        auto first = name_at(i);
        if (!first) return;
        Mention found{{}, *first, tokens_[i].at};
        if (i + 2 < tokens_.size() && tokens_[i + 1].is_symbol('.')) {
            auto const second = name_at(i + 2);
            if (!second) return;
            found = {*first, *second, tokens_[i].at};
            i += 2;
        }
        bool const is_function = !is_target && i + 1 < tokens_.size() && tokens_[i + 1].is_symbol('(');
        if (is_function) return;
        if (is_target) out_.targets.push_back(found);
        out_.tables.push_back(found);
    }

    std::vector<Token> tokens_;
    Statement out_;
    bool has_verb_ = false;
};

}  // namespace

bool Token::is_word(std::string_view upper) const {
    return kind == Kind::word && equals_ignoring_case(text, upper);
}

std::vector<Token> tokenize(std::string_view sql) {
    return Tokenizer(sql).all();
}

Statement analyze(std::string_view sql) {
    return Analyzer(sql).run();
}

std::string with_numbered_parameters(std::string_view sql, Statement const& statement) {
    std::string out;
    std::size_t copied = 0;
    for (Token const& token : statement.tokens) {
        if (token.kind != Kind::parameter) continue;
        auto const& names = statement.parameters;
        auto const number = std::find(names.begin(), names.end(), token.text.substr(1)) - names.begin() + 1;
        out += sql.substr(copied, token.at - copied);
        out += '$';
        out += std::to_string(number);
        copied = token.at + token.text.size();
    }
    out += sql.substr(copied);
    return out;
}

std::vector<std::string_view> split_statements(std::string_view sql) {
    std::vector<std::string_view> parts;
    std::size_t start = 0, words = 0;
    int depth = 0;
    bool is_empty = true, is_create = false, is_trigger = false;
    for (Token const& token : tokenize(sql)) {
        if (token.kind == Kind::unclosed)
            throw std::logic_error("SQL ends within a string, a name or a comment: " + std::string(token.text));
        if (token.is_symbol(';') && depth == 0) {
            if (!is_empty) parts.push_back(sql.substr(start, token.at - start));
            start = token.at + 1;
            words = 0;
            is_empty = true;
            is_create = is_trigger = false;
            continue;
        }
        is_empty = false;
        if (token.kind != Kind::word) continue;
        if (++words == 1) is_create = token.is_word("CREATE");
        // CREATE [TEMP | TEMPORARY | OR REPLACE | CONSTRAINT] TRIGGER
        if (is_create && words <= 4 && token.is_word("TRIGGER")) is_trigger = true;
        if (is_trigger && (token.is_word("BEGIN") || token.is_word("CASE"))) ++depth;
        if (is_trigger && token.is_word("END")) --depth;
    }
    if (!is_empty) parts.push_back(sql.substr(start));
    return parts;
}

}  // namespace mainstay::sql_text
