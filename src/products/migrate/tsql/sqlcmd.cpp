// The part of sqlcmd that shapes a script: :setvar and $(name). Source: "sqlcmd - Use with scripting variables".
#include "base/text.hpp"
#include "products/migrate/tsql/diagnostic_codes.hpp"
#include "products/migrate/tsql/lexer.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace mainstay::tsql {

namespace {

constexpr std::array<std::string_view, 15> commands = {
    "setvar",  "r",     "on", "out",  "error",      "connect", "quit",      "exit",
    "listvar", "reset", "ed", "help", "serverlist", "xml",     "perftrace",
};

// A value may use other variables, also the one that it replaces; so it must not grow without end.
constexpr std::size_t max_value_bytes = 4 * 1024;

std::string_view line_at(std::string_view text, std::size_t at) {
    return text.substr(at, text.find_first_of("\r\n", at) - at);
}

constexpr std::size_t max_name_bytes = 512;

struct Assignment {
    std::string name;  // lower case
    std::string value;
};

// `name value` or `name "a value"` behind :setvar; a name alone takes the value away. Nothing when neither fits.
std::optional<Assignment> read_assignment(std::string_view argument) {
    auto const blank = std::min(argument.find_first_of(" \t"), argument.size());
    auto const name = argument.substr(0, blank);
    auto value = trim(argument.substr(blank));
    if (name.empty() || !std::all_of(name.begin(), name.end(), [](char c) { return continues_word(c) || c == '-'; }))
        return std::nullopt;
    if (value.starts_with('"')) {
        auto const close = value.find('"', 1);
        if (close == std::string_view::npos) return std::nullopt;
        value = value.substr(1, close - 1);
    } else {
        value = value.substr(0, value.find_first_of(" \t"));
    }
    return Assignment{lower_ascii(name), std::string(value)};
}

class Expander {
public:
    Expander(std::string_view text, std::vector<SqlcmdVariable> const& variables) : text_(text) {
        for (auto const& variable : variables) values_[lower_ascii(variable.name)] = variable.value;
    }

    void run() {
        out.reserve(text_.size() + text_.size() / 16);
        bool line_start = true;
        while (at_ < text_.size()) {
            char const c = text_[at_];
            if (c == '$' && take_variable()) continue;
            if (quote_ == '\0') {
                auto const two = text_.substr(at_, 2);
                if (two == "--") {
                    copy(line_at(text_, at_).size());
                    continue;
                }
                if (two == "/*") {
                    copy(comment_length());
                    continue;
                }
                if (c == ':' && line_start) obey(line_at(text_, at_));
                if (c == '\'' || c == '"') quote_ = c;
                if (c == '[') quote_ = ']';
            } else if (c == quote_) {
                quote_ = '\0';  // a doubled quote opens again at once
            }
            line_start = c == '\n' || (line_start && (c == ' ' || c == '\t' || c == '\r'));
            copy(1);
        }
    }

    std::string out;
    std::vector<Source::Replacement> replacements;
    std::map<std::string, Span> unset;  // by name: its first use, in the text that comes out

private:
    void copy(std::size_t length) {
        out += text_.substr(at_, length);
        at_ += std::min(length, text_.size() - at_);
    }

    std::size_t comment_length() const {
        std::size_t open = 0;
        for (auto i = at_; i + 1 < text_.size(); ++i) {
            auto const two = text_.substr(i, 2);
            if (two == "/*")
                ++open, ++i;
            else if (two == "*/" && (++i, --open == 0))
                return i + 1 - at_;
        }
        return text_.size() - at_;
    }

    std::string substituted(std::string_view value) const {
        std::string result;
        while (!value.empty()) {
            auto const name = sqlcmd_variable_at(value);
            auto const known = name.empty() ? values_.end() : values_.find(lower_ascii(name));
            if (known == values_.end()) {
                result += value[0];
                value.remove_prefix(1);
            } else {
                result += known->second;
                value.remove_prefix(name.size() + 3);
            }
        }
        return result;
    }

    bool take_variable() {
        auto const name = sqlcmd_variable_at(text_.substr(at_));
        if (name.empty()) return false;
        auto const key = lower_ascii(name);
        auto const value = values_.find(key);
        auto const length = name.size() + 3;
        auto const at = static_cast<std::uint32_t>(out.size());
        if (out.size() > max_source_bytes) return false;
        if (value == values_.end()) {
            unset.try_emplace(std::string(name), Span{at, at + static_cast<std::uint32_t>(length)});
            return false;
        }
        replacements.push_back({at, static_cast<std::uint32_t>(value->second.size()), static_cast<std::uint32_t>(at_),
                                static_cast<std::uint32_t>(length)});
        out += value->second;
        at_ += length;
        return true;
    }

    void obey(std::string_view line) {
        constexpr std::string_view setvar = ":setvar";
        if (!equals_ignoring_case(line.substr(0, setvar.size()), setvar)) return;
        auto assignment = read_assignment(trim(line.substr(setvar.size())));
        if (!assignment) return;
        assignment->value = substituted(assignment->value);
        if (assignment->value.size() <= max_value_bytes) values_[assignment->name] = assignment->value;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    char quote_ = '\0';
    std::map<std::string, std::string> values_;
};

}  // namespace

std::string_view sqlcmd_variable_at(std::string_view text) {
    if (!text.starts_with("$(")) return {};
    auto const inside = text.substr(2, max_name_bytes);
    auto const length = static_cast<std::size_t>(
        std::find_if_not(inside.begin(), inside.end(), [](char c) { return continues_word(c) || c == '-'; }) -
        inside.begin());
    return length < inside.size() && inside[length] == ')' ? inside.substr(0, length) : std::string_view{};
}

void expand_sqlcmd_variables(Source& source, std::vector<SqlcmdVariable> const& variables, DiagnosticSink& sink) {
    if (source.text().find("$(") == std::string_view::npos) return;
    Expander expander(source.original(), variables);
    expander.run();
    if (expander.out.size() > max_source_bytes) {
        sink.add(codes::too_large, {}, "with its sqlcmd variables the script has more than 256 MiB");
        return;
    }
    source.set_expanded(std::move(expander.out), std::move(expander.replacements));
    for (auto const& [name, span] : expander.unset)
        sink.add(codes::unset_sqlcmd_variable, span, "the sqlcmd variable " + name + " has no value");
}

bool Lexer::take_sqlcmd_line() {
    auto const line = line_at(text_, at_);
    Span const span{at_, at_ + static_cast<std::uint32_t>(line.size())};
    if (line.starts_with("!!")) {
        sqlcmd_lines_.push_back({span, "!!", trim(line.substr(2))});
        sink_.add(codes::sqlcmd_command, span, "the command for the system is recorded, not run");
        at_ = span.end;
        return true;
    }
    auto const word = line.substr(1, std::min(line.find_first_of(" \t", 1), line.size()) - 1);
    auto const command = std::find_if(commands.begin(), commands.end(),
                                      [&](std::string_view known) { return equals_ignoring_case(known, word); });
    if (command == commands.end()) return false;
    auto const argument = trim(line.substr(1 + word.size()));
    sqlcmd_lines_.push_back({span, *command, argument});
    at_ = span.end;
    if (*command == "setvar") {
        if (!read_assignment(argument)) sink_.add(codes::bad_sqlcmd_command, span, ":setvar takes a name and a value");
    } else if (*command == "r") {
        sink_.add(codes::sqlcmd_command, span, "the file of :r is recorded, not read: " + std::string(argument));
    } else if (*command != "on") {
        sink_.add(codes::sqlcmd_command, span, ":" + std::string(*command) + " is recorded, not carried out");
    }
    return true;
}

}  // namespace mainstay::tsql
