// The text of SQL taken apart as far as the storage needs it: parameters, verb and the tables it names. Guarantees that
// nothing within strings, quoted names and comments is taken for SQL. Pure; both engines stand on it.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::sql_text {

struct Token {
    enum class Kind {
        word,         // a keyword or a bare name
        quoted_name,  // "name"
        string,       // 'text', E'text', $tag$text$tag$
        number,
        parameter,  // :name
        symbol,     // one character, or the two of ::
        unclosed    // a string, name or comment that has no end; the last token
    };
    Kind kind;
    std::size_t at;  // where it begins in the text
    std::string_view text;

    bool is_word(std::string_view upper) const;  // whatever its case
    bool is_symbol(char c) const { return kind == Kind::symbol && text.size() == 1 && text[0] == c; }
};

std::vector<Token> tokenize(std::string_view sql);  // without white space and comments

// A table as a statement names it: `name` or `schema.name`, quotes removed.
struct Mention {
    std::string_view schema;  // empty: none was said
    std::string_view name;
    std::size_t at;  // where the first of the two begins, its quote included
};

enum class Verb { select, insert, update, remove, other };

struct Statement {
    Verb verb = Verb::other;                   // of the main statement, behind its WITH; VALUES counts as select
    bool is_returning = false;                 // has RETURNING
    bool is_several = false;                   // something follows a semicolon
    std::vector<std::string_view> parameters;  // each once, in order of first appearance, without the colon
    std::vector<Mention> targets;              // what INSERT, UPDATE and DELETE change
    std::vector<Mention> tables;               // all that follows FROM, JOIN, INTO or UPDATE; the targets among them
    std::vector<std::string_view> defined;     // names that WITH (or WINDOW) defines

    std::vector<Token> tokens;
};

// Throws std::logic_error for text that ends within a string, a quoted name or a comment.
Statement analyze(std::string_view sql);

// The text with $1, $2, ... in place of the parameters, numbered as in `parameters`.
std::string with_numbered_parameters(std::string_view sql, Statement const&);

// The parts between semicolons, each with the comments before it. A semicolon within BEGIN ... END of a
// CREATE TRIGGER does not part. Parts of comments and white space alone are left out.
std::vector<std::string_view> split_statements(std::string_view sql);

}  // namespace mainstay::sql_text
