// Counts constructs by words; what stands in comments, texts and quoted names is passed over.
#include "products/migrate/dbt/words.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace mainstay::dbt {
namespace {

// Words before a parenthesis that call nothing.
constexpr std::array<std::string_view, 44> not_functions = {
    "all",       "and",     "any",       "apply",          "as",      "between", "binary",  "by",
    "char",      "check",   "datetime2", "datetimeoffset", "decimal", "else",    "except",  "exists",
    "float",     "from",    "in",        "intersect",      "into",    "join",    "key",     "like",
    "nchar",     "not",     "numeric",   "nvarchar",       "on",      "or",      "over",    "pivot",
    "select",    "some",    "then",      "time",           "top",     "union",   "unpivot", "values",
    "varbinary", "varchar", "when",      "where"};
constexpr std::array<std::string_view, 13> aggregate_functions = {"approx_count_distinct",
                                                                  "avg",
                                                                  "checksum_agg",
                                                                  "count",
                                                                  "count_big",
                                                                  "max",
                                                                  "min",
                                                                  "stdev",
                                                                  "stdevp",
                                                                  "string_agg",
                                                                  "sum",
                                                                  "var",
                                                                  "varp"};

template <std::size_t N>
bool contains(std::array<std::string_view, N> const& sorted, std::string_view word) {
    return std::binary_search(sorted.begin(), sorted.end(), word);
}

bool is_word_character(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '@' || c == '#' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
}

std::size_t skip_quoted(std::string_view sql, std::size_t at, char close) {
    for (++at; at < sql.size(); ++at)
        if (sql[at] == close) {
            if (at + 1 < sql.size() && sql[at + 1] == close)
                ++at;
            else
                return at + 1;
        }
    return sql.size();
}

std::size_t skip_comment(std::string_view sql, std::size_t at) {
    int depth = 0;
    while (at + 1 < sql.size()) {
        if (sql[at] == '/' && sql[at + 1] == '*')
            ++depth, at += 2;
        else if (sql[at] == '*' && sql[at + 1] == '/') {
            at += 2;
            if (--depth == 0) return at;
        } else
            ++at;
    }
    return sql.size();
}

struct Word {
    std::string text;
    bool calls = false;     // a parenthesis follows
    std::size_t depth = 0;  // of parentheses around it
};

// Parentheses are words too, so that the one that closes a call can be found.
std::vector<Word> words_of(std::string_view sql) {
    std::vector<Word> words;
    std::size_t depth = 0;
    for (std::size_t at = 0; at < sql.size();) {
        char const c = sql[at];
        if (c == '-' && sql.substr(at, 2) == "--")
            at = std::min(sql.find('\n', at), sql.size());
        else if (c == '/' && sql.substr(at, 2) == "/*")
            at = skip_comment(sql, at);
        else if (c == '\'' || c == '"')
            at = skip_quoted(sql, at, c);
        else if (c == '[')
            at = skip_quoted(sql, at, ']');
        else if (is_word_character(c)) {
            auto const begin = at;
            while (at < sql.size() && is_word_character(sql[at])) ++at;
            words.push_back({lower_ascii(sql.substr(begin, at - begin)), false, depth});
        } else {
            if (c == '(') {
                if (!words.empty()) words.back().calls = true;
                words.push_back({"(", false, depth++});
            } else if (c == ')') {
                depth -= depth > 0 ? 1 : 0;
                words.push_back({")", false, depth});
            } else if (std::isspace(static_cast<unsigned char>(c)) == 0) {
                words.push_back({std::string(1, c), false, depth});
            }
            ++at;
        }
    }
    return words;
}

// Whether OVER follows the call that begins at `at`.
bool is_window(std::vector<Word> const& words, std::size_t at) {
    for (std::size_t i = at + 2; i < words.size(); ++i)
        if (words[i].text == ")" && words[i].depth == words[at].depth)
            return i + 1 < words.size() && words[i + 1].text == "over";
    return false;
}

}  // namespace

TextCounts count_constructs(std::string_view sql) {
    TextCounts counts;
    auto const words = words_of(sql);
    std::int64_t selects = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        auto const& [word, calls, depth] = words[i];
        if (word == "join" || word == "apply")
            ++counts.joins;
        else if (word == "select")
            ++selects;
        else if (word == "union" || word == "except" || word == "intersect")
            ++counts.set_operations;
        else if (word == "over")
            ++counts.windows;
        else if (word == "case")
            ++counts.cases;
        else if (word == "pivot" || word == "unpivot")
            ++counts.pivots;
        else if (word == "group" && i + 1 < words.size() && words[i + 1].text == "by")
            counts.aggregates = true;
        if (!calls || contains(not_functions, word) || !is_word_character(word.front())) continue;
        ++counts.functions;
        if (contains(aggregate_functions, word) && !is_window(words, i)) counts.aggregates = true;
    }
    counts.subqueries = std::max<std::int64_t>(selects - 1, 0);
    return counts;
}

}  // namespace mainstay::dbt
