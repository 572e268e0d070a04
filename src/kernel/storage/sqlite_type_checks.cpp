#include "kernel/storage/sqlite_type_checks.hpp"

#include "kernel/storage/sql_text.hpp"

#include <algorithm>
#include <span>
#include <vector>

namespace mainstay {
namespace {

using sql_text::Token;
using Tokens = std::span<Token const>;

bool is_any(Token const& token, std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](auto word) { return token.is_word(word); });
}

// For the tokens of one column's definition: its name, its type, the rest.
std::string check_for(Tokens column) {
    if (column.size() < 2 || is_any(column[0], {"PRIMARY", "UNIQUE", "CHECK", "FOREIGN", "CONSTRAINT"})) return {};
    std::string const name(column[0].text);
    if (is_any(column[1], {"BIGINT"})) return " CHECK (typeof(" + name + ") IN ('integer', 'null'))";
    if (is_any(column[1], {"BOOLEAN"})) return " CHECK (" + name + " IN (0, 1))";
    if (is_any(column[1], {"DOUBLE"})) return " CHECK (typeof(" + name + ") IN ('real', 'null'))";
    return {};
}

class Rewriter {
public:
    explicit Rewriter(std::string_view statement) : statement_(statement), tokens_(sql_text::tokenize(statement)) {}

    std::string run() {
        if (is_at(0, {"CREATE"}) && is_at(1, {"TABLE"}))
            create_table();
        else if (is_at(0, {"ALTER"}) && is_at(1, {"TABLE"}))
            add_column();
        out_ += statement_.substr(copied_);
        return std::move(out_);
    }

private:
    bool is_at(std::size_t i, std::initializer_list<std::string_view> words) const {
        return i < tokens_.size() && is_any(tokens_[i], words);
    }

    void create_table() {
        int depth = 0;
        std::size_t start = 0;
        for (std::size_t i = 2; i < tokens_.size(); ++i) {
            bool const is_end = depth == 1 && (tokens_[i].is_symbol(',') || tokens_[i].is_symbol(')'));
            if (is_end) close(start, i);
            if (tokens_[i].is_symbol('(') && ++depth == 1) start = i + 1;
            if (tokens_[i].is_symbol(')') && --depth == 0) return;
            if (is_end) start = i + 1;
        }
    }

    void add_column() {
        for (std::size_t i = 2; i < tokens_.size(); ++i) {
            if (!is_at(i, {"ADD"})) continue;
            return close(is_at(i + 1, {"COLUMN"}) ? i + 2 : i + 1, tokens_.size());
        }
    }

    // Puts the check behind the last token of a definition, so that a comment after it does not swallow it.
    void close(std::size_t start, std::size_t end) {
        if (start >= end) return;
        Token const& last = tokens_[end - 1];
        std::size_t const at = last.at + last.text.size();
        out_ += statement_.substr(copied_, at - copied_);
        out_ += check_for(Tokens(tokens_).subspan(start, end - start));
        copied_ = at;
    }

    std::string_view statement_;
    std::vector<Token> tokens_;
    std::string out_;
    std::size_t copied_ = 0;
};

}  // namespace

std::string with_type_checks(std::string_view statement) {
    return Rewriter(statement).run();
}

}  // namespace mainstay
