// The kinds of values; included by fields.hpp alone.
#pragma once
#include "base/id.hpp"
#include "base/time.hpp"
#include "kernel/fields/values.hpp"

#include <boost/describe/enum.hpp>
#include <boost/describe/enumerators.hpp>
#include <boost/mp11/algorithm.hpp>

#include <optional>
#include <span>
#include <type_traits>

namespace mainstay::fields {
namespace detail {

// The plain kinds: all that is known of one is in kinds.cpp.
template <class T>
Kind plain_kind();
template <>
Kind plain_kind<std::string>();
template <>
Kind plain_kind<std::int64_t>();
template <>
Kind plain_kind<double>();
template <>
Kind plain_kind<bool>();
template <>
Kind plain_kind<Instant>();
template <>
Kind plain_kind<Email>();
template <>
Kind plain_kind<Money>();
template <>
Kind plain_kind<JsonText>();
template <>
Kind plain_kind<Secret>();

void const* itself(void const* value);
void read_list(json::Node const&, Report&, void* list, void (*append)(void* list, json::Node const&, Report&));
void read_map(json::Node const&, Report&, void* map, void (*insert)(void* map, json::Member const&, Report&));
void load_json(void* value, SqlValue const&, Kind const&);
SqlValue bind_json(void const* value, Kind const&, SqlArena&);
[[noreturn]] void refuse_column(std::string_view expected);

void read_id(Uuid&, std::string_view prefix, std::string_view text, Report&);
void write_id(Uuid const&, std::string_view prefix, std::string& out);
void load_id(Uuid&, std::string_view prefix, SqlValue const&);
SqlValue bind_id(Uuid const&, std::string_view prefix, SqlArena&);
void schema_id(std::string_view prefix, std::string& out);

int read_name(std::span<std::string_view const>, std::string_view text, Report&);
int load_name(std::span<std::string_view const>, SqlValue const&);
void schema_names(std::span<std::string_view const>, std::string& out);
std::optional<std::string_view> string_or_report(json::Node const&, Report&);

// The names of a described enum in their order; a trailing underscore, which a C++ keyword needs, is cut.
template <class E>
std::span<std::string_view const> enum_names() {
    static auto const all = [] {
        std::vector<std::string_view> list;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
            std::string_view name = d.name;
            if (name.ends_with('_')) name.remove_suffix(1);
            list.push_back(name);
        });
        return list;
    }();
    return all;
}

template <class E>
std::size_t enum_index(E value) {
    std::size_t at = 0, found = 0;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
        if (d.value == value) found = at;
        ++at;
    });
    return found;
}

template <class E>
E enum_at(int index) {
    E value{};
    int at = 0;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) {
        if (at++ == index) value = d.value;
    });
    return value;
}

template <class T>
struct KindOf {
    static Kind make() {
        if constexpr (requires(T const* t) { table_of(t); }) {
            return {[](void* v, json::Node const& n, Report& r) {
                        read_object(v, table_of(static_cast<T const*>(v)), n, r);
                    },
                    nullptr,
                    [](void const* v, std::string& out) { write_object(v, table_of(static_cast<T const*>(v)), out); },
                    [](std::string& out, Components& components) {
                        Table const& table = table_of(static_cast<T const*>(nullptr));
                        components.emplace(table.name, &table);
                        out += R"("$ref":"#/components/schemas/)";
                        out += table.name;
                        out += '"';
                    },
                    [](void const* v, SqlArena& arena) { return bind_json(v, kind_of<T>(), arena); },
                    [](void* v, SqlValue const& sql) { load_json(v, sql, kind_of<T>()); },
                    itself,
                    nullptr,
                    Shape::object,
                    false,
                    false,
                    []() -> Table const& { return table_of(static_cast<T const*>(nullptr)); }};
        } else {
            return plain_kind<T>();
        }
    }
};

template <IdPrefix Prefix>
struct KindOf<Id<Prefix>> {
    using T = Id<Prefix>;
    static Kind make() {
        return {
            [](void* v, json::Node const& n, Report& r) {
                if (auto const text = string_or_report(n, r)) read_id(static_cast<T*>(v)->uuid, T::prefix, *text, r);
            },
            [](void* v, std::string_view text, Report& r) { read_id(static_cast<T*>(v)->uuid, T::prefix, text, r); },
            [](void const* v, std::string& out) { write_id(static_cast<T const*>(v)->uuid, T::prefix, out); },
            [](std::string& out, Components&) { schema_id(T::prefix, out); },
            [](void const* v, SqlArena& arena) { return bind_id(static_cast<T const*>(v)->uuid, T::prefix, arena); },
            [](void* v, SqlValue const& sql) { load_id(static_cast<T*>(v)->uuid, T::prefix, sql); },
            itself,
            nullptr,
            Shape::other,
            false,
            false,
            nullptr};
    }
};

template <class E>
requires std::is_enum_v<E>
struct KindOf<E> {
    static Kind make() {
        return {
            [](void* v, json::Node const& n, Report& r) {
                if (auto const text = string_or_report(n, r)) kind_of<E>().read_text(v, *text, r);
            },
            [](void* v, std::string_view text, Report& r) {
                if (int const i = read_name(enum_names<E>(), text, r); i >= 0) *static_cast<E*>(v) = enum_at<E>(i);
            },
            [](void const* v, std::string& out) {
                json::write_string(enum_names<E>()[enum_index(*static_cast<E const*>(v))], out);
            },
            [](std::string& out, Components&) { schema_names(enum_names<E>(), out); },
            [](void const* v, SqlArena&) -> SqlValue { return enum_names<E>()[enum_index(*static_cast<E const*>(v))]; },
            [](void* v, SqlValue const& sql) { *static_cast<E*>(v) = enum_at<E>(load_name(enum_names<E>(), sql)); },
            itself,
            nullptr,
            Shape::other,
            false,
            false,
            nullptr};
    }
};

template <class T>
struct KindOf<std::optional<T>> {
    using Value = std::optional<T>;
    static Kind make() {
        Kind const& inner = kind_of<T>();
        return {[](void* v, json::Node const& n, Report& r) {
                    auto& value = *static_cast<Value*>(v);
                    if (n.type == json::Node::Type::null) return value.reset();
                    kind_of<T>().read(&value.emplace(), n, r);
                },
                inner.read_text == nullptr
                    ? nullptr
                    : +[](void* v, std::string_view text,
                          Report& r) { kind_of<T>().read_text(&static_cast<Value*>(v)->emplace(), text, r); },
                [](void const* v, std::string& out) {
                    auto const& value = *static_cast<Value const*>(v);
                    if (value)
                        kind_of<T>().write(&*value, out);
                    else
                        out += "null";
                },
                [](std::string& out, Components& components) {
                    std::string held;
                    kind_of<T>().schema(held, components);
                    out += held.empty() ? std::string() : "\"anyOf\":[{" + held + "},{\"type\":\"null\"}]";
                },
                [](void const* v, SqlArena& arena) -> SqlValue {
                    auto const& value = *static_cast<Value const*>(v);
                    return value ? kind_of<T>().bind(&*value, arena) : SqlValue{};
                },
                [](void* v, SqlValue const& sql) {
                    auto& value = *static_cast<Value*>(v);
                    if (std::holds_alternative<std::monostate>(sql)) return value.reset();
                    kind_of<T>().load(&value.emplace(), sql);
                },
                [](void const* v) -> void const* {
                    auto const& value = *static_cast<Value const*>(v);
                    return value ? kind_of<T>().held(&*value) : nullptr;
                },
                inner.count,
                inner.shape,
                true,
                inner.secret,
                inner.table};
    }
};

template <class T>
struct KindOf<std::vector<T>> {
    using Value = std::vector<T>;
    static_assert(!std::is_same_v<T, bool>, "std::vector<bool> has no elements to point at");
    static Kind make() {
        return {[](void* v, json::Node const& n, Report& r) {
                    static_cast<Value*>(v)->clear();
                    read_list(n, r, v, [](void* list, json::Node const& item, Report& report) {
                        kind_of<T>().read(&static_cast<Value*>(list)->emplace_back(), item, report);
                    });
                },
                nullptr,
                [](void const* v, std::string& out) {
                    out += '[';
                    for (auto const& item : *static_cast<Value const*>(v)) {
                        if (out.back() != '[') out += ',';
                        kind_of<T>().write(&item, out);
                    }
                    out += ']';
                },
                [](std::string& out, Components& components) {
                    out += R"("type":"array","items":{)";
                    kind_of<T>().schema(out, components);
                    out += '}';
                },
                [](void const* v, SqlArena& arena) { return bind_json(v, kind_of<Value>(), arena); },
                [](void* v, SqlValue const& sql) { load_json(v, sql, kind_of<Value>()); },
                itself,
                [](void const* v) { return static_cast<Value const*>(v)->size(); },
                Shape::list,
                false,
                kind_of<T>().secret,
                kind_of<T>().table};
    }
};

template <class T>
struct KindOf<std::map<std::string, T>> {
    using Value = std::map<std::string, T>;
    static Kind make() {
        return {[](void* v, json::Node const& n, Report& r) {
                    static_cast<Value*>(v)->clear();
                    read_map(n, r, v, [](void* map, json::Member const& member, Report& report) {
                        kind_of<T>().read(&(*static_cast<Value*>(map))[std::string(member.name)], member.value, report);
                    });
                },
                nullptr,
                [](void const* v, std::string& out) {
                    out += '{';
                    for (auto const& [key, item] : *static_cast<Value const*>(v)) {
                        if (out.back() != '{') out += ',';
                        json::write_string(key, out);
                        out += ':';
                        kind_of<T>().write(&item, out);
                    }
                    out += '}';
                },
                [](std::string& out, Components& components) {
                    out += R"("type":"object","additionalProperties":{)";
                    kind_of<T>().schema(out, components);
                    out += '}';
                },
                [](void const* v, SqlArena& arena) { return bind_json(v, kind_of<Value>(), arena); },
                [](void* v, SqlValue const& sql) { load_json(v, sql, kind_of<Value>()); },
                itself,
                nullptr,
                Shape::map,
                false,
                kind_of<T>().secret,
                kind_of<T>().table};
    }
};

}  // namespace detail

template <class T>
Kind const& kind_of() {
    static Kind const kind = detail::KindOf<T>::make();
    return kind;
}

template <class T>
T from_json(std::string_view text) {
    T value{};
    read_whole(&value, kind_of<T>(), text);
    return value;
}

// The word of a described enum, as it stands on the wire and in the database.
template <class E>
std::string_view name_of(E value) {
    return detail::enum_names<E>()[detail::enum_index(value)];
}

}  // namespace mainstay::fields
