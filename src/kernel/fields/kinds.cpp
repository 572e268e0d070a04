// What is known of each plain kind.
#include "base/text.hpp"
#include "kernel/fields/fields.hpp"

#include <charconv>

namespace mainstay::fields::detail {
namespace {

using Type = json::Node::Type;

template <class T>
std::optional<T> number_of(std::string_view text) {
    T value{};
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional<T>(value) : std::nullopt;
}

std::string_view text_column(SqlValue const& sql) {
    if (auto const* text = std::get_if<std::string_view>(&sql)) return *text;
    refuse_column("text");
}

void read_instant(void* v, std::string_view text, Report& report) {
    if (auto const instant = parse_rfc3339(text))
        *static_cast<Instant*>(v) = *instant;
    else
        report.add("must be a time as RFC 3339 has it, such as 2026-11-20T17:00:00Z");
}

void read_email(void* v, std::string_view text, Report& report) {
    if (auto email = Email::parse(text))
        *static_cast<Email*>(v) = std::move(*email);
    else
        report.add("must be an e-mail address");
}

bool is_currency(std::string_view text) {
    return text.size() == 3 && text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
}

}  // namespace

void const* itself(void const* value) {
    return value;
}

void refuse_column(std::string_view expected) {
    throw std::logic_error("a column holds something else than " + std::string(expected));
}

std::optional<std::string_view> string_or_report(json::Node const& node, Report& report) {
    if (node.type == Type::string) return node.string;
    report.add("must be a string");
    return std::nullopt;
}

template <>
Kind plain_kind<std::string>() {
    return {[](void* v, json::Node const& n, Report& r) {
                if (auto const text = string_or_report(n, r)) *static_cast<std::string*>(v) = *text;
            },
            [](void* v, std::string_view text, Report&) { *static_cast<std::string*>(v) = text; },
            [](void const* v, std::string& out) { json::write_string(*static_cast<std::string const*>(v), out); },
            [](std::string& out, Components&) { out += R"("type":"string")"; },
            [](void const* v, SqlArena&) -> SqlValue { return std::string_view(*static_cast<std::string const*>(v)); },
            [](void* v, SqlValue const& sql) { *static_cast<std::string*>(v) = text_column(sql); },
            itself,
            nullptr,
            Shape::text,
            false,
            false,
            nullptr};
}

template <>
Kind plain_kind<std::int64_t>() {
    return {[](void* v, json::Node const& n, Report& r) {
                if (n.type == Type::integer)
                    *static_cast<std::int64_t*>(v) = n.integer;
                else
                    r.add(n.type == Type::real ? "must be a whole number within 64 bits" : "must be an integer");
            },
            [](void* v, std::string_view text, Report& r) {
                if (auto const n = number_of<std::int64_t>(text))
                    *static_cast<std::int64_t*>(v) = *n;
                else
                    r.add("must be an integer");
            },
            [](void const* v, std::string& out) { json::write_integer(*static_cast<std::int64_t const*>(v), out); },
            [](std::string& out, Components&) { out += R"("type":"integer","format":"int64")"; },
            [](void const* v, SqlArena&) -> SqlValue { return *static_cast<std::int64_t const*>(v); },
            [](void* v, SqlValue const& sql) {
                if (auto const* n = std::get_if<std::int64_t>(&sql))
                    *static_cast<std::int64_t*>(v) = *n;
                else
                    refuse_column("an integer");
            },
            itself,
            nullptr,
            Shape::integer,
            false,
            false,
            nullptr};
}

template <>
Kind plain_kind<double>() {
    return {[](void* v, json::Node const& n, Report& r) {
                if (n.type == Type::integer || n.type == Type::real)
                    *static_cast<double*>(v) = n.real;
                else
                    r.add("must be a number");
            },
            [](void* v, std::string_view text, Report& r) {
                if (auto const n = number_of<double>(text))
                    *static_cast<double*>(v) = *n;
                else
                    r.add("must be a number");
            },
            [](void const* v, std::string& out) { json::write_real(*static_cast<double const*>(v), out); },
            [](std::string& out, Components&) { out += R"("type":"number")"; },
            [](void const* v, SqlArena&) -> SqlValue { return *static_cast<double const*>(v); },
            [](void* v, SqlValue const& sql) {
                if (auto const* d = std::get_if<double>(&sql))
                    *static_cast<double*>(v) = *d;
                else if (auto const* n = std::get_if<std::int64_t>(&sql))
                    *static_cast<double*>(v) = static_cast<double>(*n);
                else
                    refuse_column("a number");
            },
            itself,
            nullptr,
            Shape::real,
            false,
            false,
            nullptr};
}

template <>
Kind plain_kind<bool>() {
    return {[](void* v, json::Node const& n, Report& r) {
                if (n.type == Type::boolean)
                    *static_cast<bool*>(v) = n.boolean;
                else
                    r.add("must be true or false");
            },
            [](void* v, std::string_view text, Report& r) {
                if (text == "true" || text == "false")
                    *static_cast<bool*>(v) = text == "true";
                else
                    r.add("must be true or false");
            },
            [](void const* v, std::string& out) { out += *static_cast<bool const*>(v) ? "true" : "false"; },
            [](std::string& out, Components&) { out += R"("type":"boolean")"; },
            [](void const* v, SqlArena&) -> SqlValue { return *static_cast<bool const*>(v); },
            [](void* v, SqlValue const& sql) {
                if (auto const* b = std::get_if<bool>(&sql))
                    *static_cast<bool*>(v) = *b;
                else if (auto const* n = std::get_if<std::int64_t>(&sql))
                    *static_cast<bool*>(v) = *n != 0;  // SQLite
                else
                    refuse_column("a boolean");
            },
            itself,
            nullptr,
            Shape::boolean,
            false,
            false,
            nullptr};
}

template <>
Kind plain_kind<Instant>() {
    return {[](void* v, json::Node const& n, Report& r) {
                if (auto const text = string_or_report(n, r)) read_instant(v, *text, r);
            },
            read_instant,
            [](void const* v, std::string& out) { out += '"' + to_rfc3339(*static_cast<Instant const*>(v)) + '"'; },
            [](std::string& out, Components&) { out += R"("type":"string","format":"date-time")"; },
            [](void const* v, SqlArena&) -> SqlValue { return static_cast<Instant const*>(v)->us; },
            [](void* v, SqlValue const& sql) {
                if (auto const* n = std::get_if<std::int64_t>(&sql))
                    static_cast<Instant*>(v)->us = *n;
                else
                    refuse_column("a time in microseconds");
            },
            itself,
            nullptr,
            Shape::other,
            false,
            false,
            nullptr};
}

template <>
Kind plain_kind<Email>() {
    return {[](void* v, json::Node const& n, Report& r) {
                if (auto const text = string_or_report(n, r)) read_email(v, *text, r);
            },
            read_email,
            [](void const* v, std::string& out) { json::write_string(static_cast<Email const*>(v)->text, out); },
            [](std::string& out, Components&) { out += R"("type":"string","format":"email","maxLength":254)"; },
            [](void const* v, SqlArena&) -> SqlValue { return std::string_view(static_cast<Email const*>(v)->text); },
            [](void* v, SqlValue const& sql) { static_cast<Email*>(v)->text = text_column(sql); },
            itself,
            nullptr,
            Shape::other,
            false,
            false,
            nullptr};
}

template <>
Kind plain_kind<Money>() {
    return {
        [](void* v, json::Node const& n, Report& r) {
            auto const* amount = n.find("amount_minor");
            auto const* currency = n.find("currency");
            if (n.members.size() != 2 || amount == nullptr || currency == nullptr || amount->type != Type::integer ||
                currency->type != Type::string || !is_currency(currency->string))
                return r.add("must be {\"amount_minor\": integer, \"currency\": three capital letters of ISO 4217}");
            *static_cast<Money*>(v) = {amount->integer, std::string(currency->string)};
        },
        nullptr,
        [](void const* v, std::string& out) {
            auto const& money = *static_cast<Money const*>(v);
            out += "{\"amount_minor\":";
            json::write_integer(money.amount_minor, out);
            out += ",\"currency\":\"" + money.currency + "\"}";
        },
        [](std::string& out, Components&) {
            out +=
                R"("type":"object","additionalProperties":false,"required":["amount_minor","currency"],"properties":{)"
                R"("amount_minor":{"type":"integer","format":"int64"},"currency":{"type":"string","pattern":"^[A-Z]{3}$"}})";
        },
        [](void const* v, SqlArena& arena) { return bind_json(v, kind_of<Money>(), arena); },
        [](void* v, SqlValue const& sql) { load_json(v, sql, kind_of<Money>()); },
        itself,
        nullptr,
        Shape::other,
        false,
        false,
        nullptr};
}

template <>
Kind plain_kind<JsonText>() {
    return {
        [](void* v, json::Node const& n, Report&) {
            auto& text = static_cast<JsonText*>(v)->text;
            text.clear();
            json::write_node(n, text);
        },
        nullptr,
        [](void const* v, std::string& out) { out += static_cast<JsonText const*>(v)->text; },
        [](std::string&, Components&) {},
        [](void const* v, SqlArena&) -> SqlValue { return std::string_view(static_cast<JsonText const*>(v)->text); },
        [](void* v, SqlValue const& sql) { static_cast<JsonText*>(v)->text = text_column(sql); },
        itself,
        nullptr,
        Shape::other,
        false,
        false,
        nullptr};
}

template <>
Kind plain_kind<Secret>() {
    return {[](void* v, json::Node const& n, Report& r) {
                if (auto const text = string_or_report(n, r)) static_cast<Secret*>(v)->text = *text;
            },
            nullptr,
            [](void const* v, std::string& out) { json::write_string(static_cast<Secret const*>(v)->text, out); },
            [](std::string& out, Components&) { out += R"("type":"string")"; },
            [](void const*, SqlArena&) -> SqlValue { throw std::logic_error("a secret is not stored"); },
            [](void*, SqlValue const&) { throw std::logic_error("a secret is not stored"); },
            itself,
            nullptr,
            Shape::other,
            false,
            true,
            nullptr};
}

void read_list(json::Node const& node, Report& report, void* list, void (*append)(void*, json::Node const&, Report&)) {
    if (node.type != Type::array) return report.add("must be an array");
    std::size_t const length = report.pointer.size();
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        json::append_pointer(report.pointer, std::to_string(i));
        append(list, node.items[i], report);
        report.pointer.resize(length);
    }
}

void read_map(json::Node const& node, Report& report, void* map, void (*insert)(void*, json::Member const&, Report&)) {
    if (node.type != Type::object) return report.add("must be an object");
    std::size_t const length = report.pointer.size();
    for (json::Member const& member : node.members) {
        json::append_pointer(report.pointer, member.name);
        insert(map, member, report);
        report.pointer.resize(length);
    }
}

SqlValue bind_json(void const* value, Kind const& kind, SqlArena& arena) {
    std::string text;
    kind.write(value, text);
    return arena.keep(text);
}

void load_json(void* value, SqlValue const& sql, Kind const& kind) {
    json::Document document;
    Report report;
    if (document.parse(text_column(sql))) refuse_column("JSON");
    kind.read(value, document.root(), report);
    if (!report.is_clean())
        refuse_column("the JSON of its field: " + report.problems.front().pointer + " " +
                      report.problems.front().message);
}

void read_id(Uuid& uuid, std::string_view prefix, std::string_view text, Report& report) {
    bool const fits = text.size() == prefix.size() + 27 && text.starts_with(prefix) && text[prefix.size()] == '_';
    auto const parsed = fits ? parse_base32(text.substr(prefix.size() + 1)) : std::nullopt;
    if (parsed)
        uuid = *parsed;
    else
        report.add("must be an id that begins with " + std::string(prefix) + "_");
}

void write_id(Uuid const& uuid, std::string_view prefix, std::string& out) {
    out += '"';
    out += prefix;
    out += '_';
    append_base32(uuid, out);
    out += '"';
}

void load_id(Uuid& uuid, std::string_view prefix, SqlValue const& sql) {
    Report report;
    read_id(uuid, prefix, text_column(sql), report);
    if (!report.is_clean()) refuse_column("an id of the right prefix");
}

SqlValue bind_id(Uuid const& uuid, std::string_view prefix, SqlArena& arena) {
    std::string text(prefix);
    text += '_';
    append_base32(uuid, text);
    return arena.keep(text);
}

void schema_id(std::string_view prefix, std::string& out) {
    out += R"("type":"string","pattern":"^)" + std::string(prefix) + R"(_[0-7][0-9a-hjkmnp-tv-z]{25}$")";
}

int read_name(std::span<std::string_view const> names, std::string_view text, Report& report) {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == text) return static_cast<int>(i);
    std::string known;
    for (auto const name : names) known += (known.empty() ? "" : ", ") + std::string(name);
    report.add("must be one of " + known);
    return -1;
}

int load_name(std::span<std::string_view const> names, SqlValue const& sql) {
    Report report;
    int const index = read_name(names, text_column(sql), report);
    if (index < 0) refuse_column("a name of its enum");
    return index;
}

void schema_names(std::span<std::string_view const> names, std::string& out) {
    out += R"("type":"string","enum":[)";
    for (auto const name : names) {
        if (out.back() != '[') out += ',';
        json::write_string(name, out);
    }
    out += ']';
}

}  // namespace mainstay::fields::detail
