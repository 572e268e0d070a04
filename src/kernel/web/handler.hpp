// Handlers with their types taken away, and what they give. Included by endpoint.hpp.
#pragma once
#include "kernel/fields/fields.hpp"
#include "kernel/storage/storage.hpp"
#include "kernel/web/call.hpp"
#include "kernel/web/edge.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace mainstay::web {

// An answer that is not JSON of a described struct.
struct Content {
    std::string content_type;
    std::string file_name;  // for Content-Disposition: attachment; empty shows it in place
    std::string body;
    std::filesystem::path file;
    bool remove_file = false;
    std::string cache_control = "no-store";
    std::function<void(std::shared_ptr<Stream>)> open;  // a stream instead: server-sent events
    std::vector<Header> headers;
    int status = 0;  // 0: the endpoint's success
};

struct Nothing {};  // an endpoint without input
inline fields::Table const& table_of(Nothing const*) {
    static fields::Table const table{"Nothing", {}};
    return table;
}

enum class Access { memory, snapshot, transaction, database };

// What a handler gave.
struct Answer {
    std::string json;
    std::string masked;     // the same without its secrets, when it bears any
    std::string object_id;  // of the described struct, when it has a member "id"
    std::optional<Content> content;
};

// A handler with its types taken away.
struct Handler {
    Access access;
    fields::Kind const* input;
    fields::Kind const* output;  // null: Content or nothing
    bool gives_nothing = false;
    std::shared_ptr<void> (*make_input)();
    // Turns the input into what run() takes; empty when it takes the input itself.
    std::function<std::shared_ptr<void>(Call const&, Database&, void* input)> prepare;
    std::function<void(Call const&, void* unit, void* input, Answer&)> run;
    // Answers from memory where it can: true. Empty where the handler has no such step.
    std::function<bool(Call const&, void const* input, Answer&)> recall{};
};

namespace detail {

template <class Unit>
constexpr Access access_of() {
    if constexpr (std::is_same_v<Unit, Snapshot>)
        return Access::snapshot;
    else if constexpr (std::is_same_v<Unit, Transaction>)
        return Access::transaction;
    else
        return Access::database;
}

void take_described(void const* object, fields::Kind const&, Answer&);

template <class Out>
void take(Out out, Answer& answer) {
    if constexpr (std::is_same_v<Out, Content>)
        answer.content.emplace(std::move(out));
    else
        take_described(&out, fields::kind_of<Out>(), answer);
}

template <class Out>
fields::Kind const* output_kind() {
    if constexpr (std::is_void_v<Out> || std::is_same_v<Out, Content>)
        return nullptr;
    else
        return &fields::kind_of<Out>();
}

template <class Out, class In, class Invoke>
Handler make_handler(Access access, Invoke invoke) {
    return {access,
            &fields::kind_of<In>(),
            output_kind<Out>(),
            std::is_void_v<Out>,
            [] { return std::shared_ptr<void>(std::make_shared<In>()); },
            nullptr,
            [invoke](Call const& call, void* unit, void* input, Answer& answer) {
                if constexpr (std::is_void_v<Out>)
                    invoke(call, unit, *static_cast<In*>(input));
                else
                    take<Out>(invoke(call, unit, *static_cast<In*>(input)), answer);
            }};
}

template <class F, class Out, class Unit, class In>
Handler erase(F f, Out (*)(Call const&, Unit&, In)) {
    return make_handler<Out, In>(access_of<Unit>(), [f](Call const& call, void* unit, In const& in) {
        return f(call, *static_cast<Unit*>(unit), in);  // a copy, since a unit may run more than once
    });
}
template <class F, class Out, class Unit>
requires(std::is_same_v<Unit, Snapshot> || std::is_same_v<Unit, Transaction> || std::is_same_v<Unit, Database>) Handler
    erase(F f, Out (*)(Call const&, Unit&)) {
    return make_handler<Out, Nothing>(
        access_of<Unit>(), [f](Call const& call, void* unit, Nothing&) { return f(call, *static_cast<Unit*>(unit)); });
}
template <class F, class Out, class In>
Handler erase(F f, Out (*)(Call const&, In)) {
    return make_handler<Out, In>(Access::memory,
                                 [f](Call const& call, void*, In& in) { return f(call, std::move(in)); });
}
template <class F, class Out>
Handler erase(F f, Out (*)(Call const&)) {
    return make_handler<Out, Nothing>(Access::memory, [f](Call const& call, void*, Nothing&) { return f(call); });
}

// The input's kind is that of the first step; what it gives goes into the transaction as it is.
template <class P, class Prepared, class In, class F, class Out>
Handler erase_staged(P prepare, Prepared (*)(Call const&, Database&, In), F f,
                     Out (*)(Call const&, Transaction&, Prepared)) {
    return {Access::transaction,
            &fields::kind_of<In>(),
            output_kind<Out>(),
            std::is_void_v<Out>,
            [] { return std::shared_ptr<void>(std::make_shared<In>()); },
            [prepare](Call const& call, Database& database, void* input) {
                return std::shared_ptr<void>(
                    std::make_shared<Prepared>(prepare(call, database, std::move(*static_cast<In*>(input)))));
            },
            [f](Call const& call, void* unit, void* prepared, Answer& answer) {
                // A copy, since a unit may run more than once.
                if constexpr (std::is_void_v<Out>)
                    f(call, *static_cast<Transaction*>(unit), *static_cast<Prepared*>(prepared));
                else
                    take<Out>(f(call, *static_cast<Transaction*>(unit), *static_cast<Prepared*>(prepared)), answer);
            }};
}

template <class R, class F, class Out, class In>
Handler erase_recalled(R recall, std::optional<Out> (*)(Call const&, In const&), F f,
                       Out (*signature)(Call const&, Transaction&, In)) {
    Handler handler = erase(f, signature);
    handler.recall = [recall](Call const& call, void const* input, Answer& answer) {
        std::optional<Out> out = recall(call, *static_cast<In const*>(input));
        if (out) take<Out>(std::move(*out), answer);
        return out.has_value();
    };
    return handler;
}

template <class F>
struct Signature : Signature<decltype(&F::operator())> {};
template <class C, class R, class... A>
struct Signature<R (C::*)(A...) const> {
    using Pointer = R (*)(A...);
};
template <class R, class... A>
struct Signature<R (*)(A...)> {
    using Pointer = R (*)(A...);
};

}  // namespace detail

}  // namespace mainstay::web
