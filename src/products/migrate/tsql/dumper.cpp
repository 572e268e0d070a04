// The plain parts of a dump, and the breaking into lines.
#include "products/migrate/tsql/dumper.hpp"

#include "products/migrate/tsql/lexer.hpp"

#include <algorithm>
#include <string>

namespace mainstay::tsql {

namespace {

constexpr std::size_t max_line = 110;

bool is_plain(std::string_view name) {
    return !name.empty() && !(name[0] >= '0' && name[0] <= '9') &&
           std::all_of(name.begin(), name.end(), [](char c) { return continues_word(c); });
}

std::string bracketed(std::string_view name) {
    if (name.empty() || is_plain(name)) return std::string(name);
    std::string out = "[";
    for (char const c : name) {
        if (c == ']')
            out += "]]";
        else
            out += c;
    }
    return out + ']';
}

// Breaks a flat expression into lines. The text is walked once; nodes that fit stay on their line.
class Formatter {
public:
    explicit Formatter(std::string_view flat) : flat_(flat), ends_(flat.size(), 0) {
        std::vector<std::size_t> open;
        for (std::size_t i = 0; i < flat.size(); ++i) {
            if (flat[i] == '\'' || flat[i] == '[')
                i = end_of_quoted(i) - 1;
            else if (flat[i] == '(')
                open.push_back(i);
            else if (flat[i] == ')') {
                ends_[open.back()] = i + 1;
                open.pop_back();
            }
        }
    }

    std::string format() {
        for (std::size_t at = 0; at < flat_.size();) {
            at = item(at, 0);
            out_ += '\n';
            while (at < flat_.size() && flat_[at] == ' ') ++at;
        }
        return std::move(out_);
    }

private:
    std::size_t end_of_quoted(std::size_t at) const {
        char const close = flat_[at] == '[' ? ']' : '\'';
        for (++at; at < flat_.size(); ++at) {
            if (flat_[at] != close) continue;
            if (at + 1 < flat_.size() && flat_[at + 1] == close)
                ++at;
            else
                return at + 1;
        }
        return at;
    }

    // Writes the item at `at` and gives the place behind it.
    std::size_t item(std::size_t at, std::size_t indent) {
        auto const end = end_of_item(at);
        if (flat_[at] != '(' || indent + end - at <= max_line) {
            out_ += flat_.substr(at, end - at);
            return end;
        }
        // The head and the plain words behind it stay on the first line.
        bool on_first_line = true;
        for (std::size_t child = at + 1; child < end - 1;) {
            auto const child_end = end_of_item(child);
            on_first_line = on_first_line && flat_[child] != '(';
            if (on_first_line) {
                out_ += child == at + 1 ? '(' : ' ';
            } else {
                out_ += '\n';
                out_.append(indent + 2, ' ');
            }
            item(child, indent + 2);
            child = child_end;
            while (child < end - 1 && flat_[child] == ' ') ++child;
        }
        out_ += ')';
        return end;
    }

    std::size_t end_of_item(std::size_t at) const {
        if (flat_[at] == '(') return ends_[at];
        while (at < flat_.size() && flat_[at] != ' ' && flat_[at] != ')')
            at = flat_[at] == '\'' || flat_[at] == '[' ? end_of_quoted(at) : at + 1;
        return at;
    }

    std::string_view flat_;
    std::vector<std::size_t> ends_;
    std::string out_;
};

}  // namespace

std::string Dumper::take() const {
    return Formatter(flat_).format();
}

void Dumper::separate() {
    if (!flat_.empty() && flat_.back() != '(') flat_ += ' ';
}

void Dumper::open(std::string_view head) {
    separate();
    flat_ += '(';
    flat_ += head;
}

void Dumper::word(std::string_view value) {
    separate();
    flat_ += value;
}

void Dumper::number(std::int64_t value) {
    word(std::to_string(value));
}

std::string Dumper::quoted(std::string_view value) {
    std::string out = "'";
    for (char const c : value) {
        if (c == '\'')
            out += "''";
        else if (c == '\n')
            out += "\\n";
        else if (c == '\r')
            out += "\\r";
        else
            out += c;
    }
    return out + '\'';
}

void Dumper::name(Name const& value) {
    std::string joined;
    for (std::size_t i = 0; i < value.parts.size(); ++i) {
        if (i > 0) joined += '.';
        joined += bracketed(value.parts[i].text);
    }
    word(joined);
}

void Dumper::identifier(Identifier const& value) {
    word(bracketed(value.text));
}

void Dumper::names(std::string_view head, List<Identifier> values) {
    if (values.empty()) return;
    open(head);
    for (auto const& value : values) identifier(value);
    close();
}

void Dumper::options(std::string_view head, List<Option> values) {
    if (values.empty()) return;
    open(head);
    for (auto const& value : values) option(value);
    close();
}

void Dumper::option(Option const& value) {
    open("");
    quote(value.name);
    if (!value.value.empty()) quote(value.value);
    for (auto const& child : value.children) option(child);
    close();
}

void Dumper::text(std::string_view head, std::string_view value) {
    if (value.empty()) return;
    open(head);
    quote(value);
    close();
}

void Dumper::named(std::string_view head, Identifier const& value) {
    if (!value.is_set()) return;
    open(head);
    identifier(value);
    close();
}

void Dumper::named(std::string_view head, Name const& value) {
    if (!value.is_set()) return;
    open(head);
    name(value);
    close();
}

void Dumper::labelled(std::string_view head, Expression const* value) {
    if (value == nullptr) return;
    open(head);
    expression(value);
    close();
}

void Dumper::expressions(std::string_view head, List<Expression const*> values) {
    if (values.empty()) return;
    open(head);
    expressions(values);
    close();
}

void Dumper::expressions(List<Expression const*> values) {
    for (auto const* value : values) expression(value);
}

std::string dump(ParseResult const& result) {
    Dumper dumper;
    for (auto const& batch : result.batches) dumper.batch(batch);
    return dumper.take();
}

std::string dump(Expression const& value) {
    Dumper dumper;
    dumper.expression(&value);
    return dumper.take();
}

std::string dump(Query const& value) {
    Dumper dumper;
    dumper.query(&value);
    return dumper.take();
}

std::string dump(Statement const& value) {
    Dumper dumper;
    dumper.statement(&value);
    return dumper.take();
}

}  // namespace mainstay::tsql
