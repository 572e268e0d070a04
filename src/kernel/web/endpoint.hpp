// One declaration for an endpoint: method, path, permission and handler; the kernel does the rest. The handler's
// signature says what it is:
//
//     Out read_one(Call const&, Snapshot&, In)        reads; runs on a snapshot bound to the caller's tenant
//     Out open_one(Call const&, Transaction&, In)     writes; the kernel owns the transaction and commits it
//     Out sign_in(Call const&, Database&, In)         staged work, or work that no tenant owns: opens its own units
//     Out quick(Call const&, In)                      memory only, on the edge's thread
//
// Work that takes time (hashing a password, storing a file) goes before the transaction, into a step of its own:
//
//     Prepared prepare(Call const&, Database&, In)    then  Out open_one(Call const&, Transaction&, Prepared)
//
// In is a described struct: members named in the path come from the path, the others from the query (GET, DELETE) or
// the JSON body (POST, PUT, PATCH); it may be left out. Out is a described struct, void (204), Content or a vector.
#pragma once
#include "kernel/fields/fields.hpp"
#include "kernel/storage/storage.hpp"
#include "kernel/web/call.hpp"
#include "kernel/web/edge.hpp"

#include <functional>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

namespace mainstay::web {

inline constexpr std::string_view public_access = "public";  // in place of a permission: anybody may call

// Whose rows the Snapshot or Transaction of a handler reaches: the caller's tenant's, or those of the whole
// installation (installation_scope), which only an operator's permission or public_access may ask for.
enum class Reach { tenant, installation };

enum class Body { none, json, multipart };  // multipart also accepts JSON

struct Endpoint {
    std::string_view name;  // unique, snake_case: the operation's id and the audit's action
    Method method = Method::get;
    std::string_view path;  // "/api/v1/tickets/{ticket_id}"
    std::string_view summary;
    std::string_view permission;  // or public_access
    int success = 200;
    Body body = Body::json;  // for POST, PUT and PATCH
    std::uint64_t body_limit = 1 << 20;
    std::string_view limits_class = "default";
    Duration deadline = seconds(30);
    Reach reach = Reach::tenant;
    Isolation isolation = Isolation::serializable;
};

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
};

struct Route {
    Endpoint endpoint;
    Handler handler;
    std::vector<std::string_view> parameters;  // names in the path, in order
    fields::Table body;                        // the input's members that do not stand in the path
    Lane lane = Lane::worker;
    std::uint64_t number = 0;
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

// All endpoints. One declared wrongly (no permission, a name or path twice, a parameter without its member) stops the
// start by std::logic_error.
class Routes {
public:
    template <class F>
    void add(Endpoint const& endpoint, F handler) {
        add_erased(endpoint, detail::erase(handler, typename detail::Signature<F>::Pointer{nullptr}));
    }
    template <class P, class F>
    void add(Endpoint const& endpoint, P prepare, F handler) {
        add_erased(endpoint, detail::erase_staged(prepare, typename detail::Signature<P>::Pointer{nullptr}, handler,
                                                  typename detail::Signature<F>::Pointer{nullptr}));
    }
    // The codes that a module may answer with, for the reference.
    void declare(std::initializer_list<ErrorCode const*> codes);

    struct Match {
        Route const* route = nullptr;
        std::vector<std::string_view> values;  // of the route's parameters, still percent-encoded
        std::vector<Method> allowed;           // when only the method does not fit
    };
    Match find(Method, std::string_view path) const;

    std::vector<Route const*> all() const;  // by path, then method
    std::vector<ErrorCode const*> const& codes() const { return codes_; }

private:
    struct Branch {
        std::map<std::string, std::unique_ptr<Branch>, std::less<>> words;
        std::unique_ptr<Branch> parameter;
        std::map<Method, std::unique_ptr<Route>> routes;
    };
    void add_erased(Endpoint const&, Handler);

    Branch root_;
    std::vector<Route const*> routes_;
    std::vector<ErrorCode const*> codes_;
};

}  // namespace mainstay::web
