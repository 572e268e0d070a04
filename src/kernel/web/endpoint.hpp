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
// What memory can answer mostly, and a transaction always:
//
//     std::optional<Out> recall(Call const&, In const&)    then, where it gives nothing,  Out open_one(..., In)
//
// recall runs on the edge's thread; a request with an Idempotency-Key goes to the transaction.
//
// In is a described struct: members named in the path come from the path, the others from the query (GET, DELETE) or
// the JSON body (POST, PUT, PATCH); it may be left out. Out is a described struct, void (204), Content or a vector.
#pragma once
#include "kernel/fields/fields.hpp"
#include "kernel/storage/storage.hpp"
#include "kernel/web/call.hpp"
#include "kernel/web/edge.hpp"
#include "kernel/web/handler.hpp"

#include <initializer_list>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

namespace mainstay::web {

inline constexpr std::string_view public_access = "public";  // in place of a permission: anybody may call

// Whose rows the Snapshot or Transaction of a handler reaches: the caller's tenant's, or those of the whole
// installation (installation_scope), which only an operator's permission or public_access may ask for.
enum class Reach { tenant, installation };

// Whether an operator who acts as a user (Identity::impersonator_id) may call it. By its kind: what anybody may read,
// and what reads an object without secrets; neither changes nor files, so that an endpoint that says nothing gives
// nothing away that lasts.
enum class Impersonators { by_kind, admitted, refused };

enum class Body { none, json, multipart };  // multipart also accepts JSON

struct Endpoint {
    std::string_view name;  // unique, snake_case: the operation's id and the audit's action
    Method method = Method::get;
    std::string_view path;  // "/api/v1/tickets/{ticket_id}"
    std::string_view summary;
    std::string_view permission;  // or public_access
    int success = 200;
    Body body = Body::json;                              // for POST, PUT and PATCH
    std::string_view content_type = "application/json";  // of an answer that is Content
    std::uint64_t body_limit = 1 << 20;
    std::string_view limits_class = "default";
    Duration deadline = seconds(30);
    Reach reach = Reach::tenant;
    bool is_audited = true;  // false: data in passing, which a count tells of and no line in the audit
    Isolation isolation = Isolation::serializable;
    Impersonators impersonators = Impersonators::by_kind;
};

struct Route {
    Endpoint endpoint;
    Handler handler;
    std::vector<std::string_view> parameters;  // names in the path, in order
    fields::Table body;                        // the input's members that do not stand in the path
    Lane lane = Lane::worker;
    std::uint64_t number = 0;
    bool admits_impersonators = false;
};

// All endpoints of the program. What is declared wrongly (no permission, two routes of one name or path, a path
// parameter without its member) throws std::logic_error, which stops the start.
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
    template <class R, class F>
    void add_recalled(Endpoint const& endpoint, R recall, F handler) {
        add_erased(endpoint, detail::erase_recalled(recall, typename detail::Signature<R>::Pointer{nullptr}, handler,
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
