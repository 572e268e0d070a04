// One table of fields per struct: reading JSON, writing it, its schema, and its row in SQL all come from it.
// Templates only build type-erased rows; the loops stand in fields.cpp.
//
//     fields::Table const& table_of(OpenTicket const*) {
//         static fields::Table const table{"OpenTicket", {
//             field("subject", &OpenTicket::subject, "One line, shown in lists.", length(1, 200)),
//             field("priority", &OpenTicket::priority, "How urgent it is.", defaulted()),
//         }};
//         return table;
//     }
#pragma once
#include "base/fault.hpp"
#include "kernel/fields/json_document.hpp"
#include "kernel/fields/sql_value.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::fields {

inline constexpr std::size_t max_problems = 100;

// Collects every problem of an input, each at its place.
struct Report {
    std::vector<Problem> problems;
    std::string pointer;

    void add(std::string message);
    bool is_clean() const { return problems.empty(); }
};

struct Table;

// Schemas of the tables met while one was written; they become the document's components.
using Components = std::map<std::string, Table const*, std::less<>>;

enum class Shape : unsigned char { text, integer, real, boolean, list, map, object, other };

// What may be done with a value of one type, without naming the type.
struct Kind {
    void (*read)(void* value, json::Node const&, Report&);
    void (*read_text)(void* value, std::string_view, Report&);  // from a path or a query; null when it cannot be there
    void (*write)(void const* value, std::string& out);
    void (*schema)(std::string& out, Components&);  // the members of a JSON Schema object, without braces
    SqlValue (*bind)(void const* value, SqlArena&);
    void (*load)(void* value, SqlValue const&);
    // The value that rules look at: of an optional, what it holds or null.
    void const* (*held)(void const* value);
    std::size_t (*count)(void const* value);  // of a list's items; else null
    Shape shape;
    bool optional;
    bool secret;
    Table const& (*table)();  // of a struct, of an optional struct, of a list's or map's structs; else null
};

// A rule adds a problem to a value that was read, and says itself in the schema.
struct Rule {
    Shape shape;
    std::function<void(void const* value, Kind const&, Report&)> check;
    std::string schema;  // members of a JSON Schema object, such as "maxLength":200
    bool defaulted = false;
};

struct Field {
    std::string_view name;
    std::size_t offset;
    Kind const* kind;
    std::vector<Rule> rules;
    std::string_view doc;
    bool required;
};

enum class Unknown { refused, ignored };

struct Table {
    std::string_view name;  // unique in the API document
    std::vector<Field> fields;
    Unknown unknown = Unknown::refused;  // ignored only for documents that other programs make

    Field const* find(std::string_view name) const;
    bool bears_secret() const;
};

Rule length(std::size_t min, std::size_t max);              // code points of a text
Rule range(std::int64_t min, std::int64_t max);             // of an integer
Rule range(double min, double max);                         // of a real
Rule items(std::size_t min, std::size_t max);               // of a list
Rule pattern(std::string_view re2, std::string_view says);  // the whole text; says: "must be a slug"
Rule defaulted();                                           // may be absent: then the member keeps its initial value

void read_object(void* object, Table const&, json::Node const&, Report&);
// Reads one member from the text of a path, a query or a form; its kind must have read_text.
void read_member(void* object, Field const&, std::string_view text, Report&);
void report_missing(Field const&, Report&);
void report_unknown(std::string_view name, Report&);
void write_object(void const* object, Table const&, std::string& out);
void schema_object(Table const&, std::string& out, Components&);

Field make_field(std::string_view name, std::size_t offset, Kind const&, std::string_view doc, std::vector<Rule>);

template <class T>
Kind const& kind_of();

template <class Owner, class Member, class... Rules>
Field field(std::string_view name, Member Owner::*member, std::string_view doc, Rules... rules) {
    alignas(Owner) static char room[sizeof(Owner)];
    auto const* owner = reinterpret_cast<Owner const*>(room);
    auto const offset = reinterpret_cast<char const*>(&(owner->*member)) - room;
    return make_field(name, static_cast<std::size_t>(offset), kind_of<Member>(), doc, {std::move(rules)...});
}

// One's own fields, and behind them those of a member that is a described struct, as if they were one's own.
template <class Owner, class Member>
std::vector<Field> with_those_of(Member Owner::*member, std::vector<Field> own) {
    std::size_t const offset = field("", member, "").offset;
    for (Field inner : table_of(static_cast<Member const*>(nullptr)).fields) {
        inner.offset += offset;
        own.push_back(std::move(inner));
    }
    return own;
}

// Reads a whole text. Throws Fault with errors::malformed_json (400) or errors::invalid_input (422, all problems).
template <class T>
T from_json(std::string_view text);

template <class T>
std::string to_json(T const& value) {
    std::string out;
    kind_of<T>().write(&value, out);
    return out;
}

void read_whole(void* value, Kind const&, std::string_view text);

bool bears_secret(Kind const&);
// As JSON with secrets replaced by "***"; a list or map whose items bear some is replaced as a whole.
void write_masked(void const* value, Kind const&, std::string& out);
template <class T>
std::string to_masked_json(T const& value) {
    std::string out;
    write_masked(&value, kind_of<T>(), out);
    return out;
}

}  // namespace mainstay::fields

namespace mainstay::errors {
inline constexpr ErrorCode malformed_json{"malformed_json", 400, "The body is not JSON that can be read",
                                          "`errors` has the place. Depth over 32, a member named twice, bytes that are "
                                          "not UTF-8 and numbers out of range are refused."};
}

#include "kernel/fields/kinds.hpp"
