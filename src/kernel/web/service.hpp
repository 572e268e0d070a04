// What stands between the edge and the handlers: finds the route, asks the gate who calls, reads the input, runs the
// handler in its unit of work, and answers. The whole life of a request is in service.cpp.
#pragma once
#include "kernel/web/endpoint.hpp"

#include <mutex>
#include <set>

namespace mainstay::web {

// How a request ended, for the audit, the usage and the metrics.
struct Outcome {
    int status = 0;
    std::string_view code;  // of the fault, or empty
    std::string object_id;  // of what the request was about, when it has an id or a name
    Duration took{};
    std::string_view after;  // of a change: the object as the reply shows it, without its secrets
};

// A limits_class: no limit stands against callers without a credential. For what probes ask, which has to be cheap.
inline constexpr std::string_view unlimited = "unlimited";

// The platform's part: credentials, limits, audit and usage. Implemented above the kernel, in app/.
class Gate {
public:
    virtual ~Gate() = default;

    // Who calls; anonymous when the request bears no credential. Throws Fault(errors::unauthorized) for one that is
    // not valid, and errors::csrf_refused for a browser's request that did not come from our pages. Memory only in
    // the common case.
    virtual Identity identify(RequestHead const&, Endpoint const&) = 0;

    // Whether memory does for identify(): what runs on the edge may not wait for a look into the database.
    virtual bool knows(RequestHead const&) = 0;

    // Whose share of the workers a request takes, before anything of it is believed: one number for all credentials of
    // a tenant. Memory only: it runs on the edge.
    virtual std::uint64_t share_of(RequestHead const&) = 0;

    // Whether a script of the request's Origin may read the answer, and of a preflight, which bears no credential,
    // whether it may ask. Memory only: it runs on the edge.
    virtual bool allows_origin(RequestHead const&, Identity const& caller) = 0;

    // Throws Fault(errors::limited) when a limit or a quota stands against it; may add headers to the reply.
    virtual void admit(Call const&, Endpoint const&, std::vector<Header>& headers) = 0;

    // In the transaction of a mutating endpoint, after its handler: the audit line and the billable usage.
    virtual void record(Transaction&, Call const&, Endpoint const&, Outcome const&) = 0;

    // After every reply, in memory.
    virtual void count(Call const&, Endpoint const&, Outcome const&) = 0;
};

struct ServiceOptions {
    std::vector<std::string> hosts;  // that the Host header may name; empty: loopback names only
    bool is_tls = false;             // behind TLS: HSTS is said
};

class Service : public Application {
public:
    Service(Routes const&, Gate&, Database&, Clock&, ServiceOptions);

    Admission admit(RequestHead const&) override;
    void handle(Request, std::shared_ptr<void const> route, Reply) override;
    Response refuse(int status, std::string_view code, std::string_view detail) override;
    void note_exception(std::string_view where, std::string_view what) noexcept override;

    // Files of pages, asked when no route has the path. Set once before the start.
    std::function<std::optional<Response>(RequestHead const&)> assets = [](auto const&) { return std::nullopt; };

    // Logs what must not reach the caller. Set once before the start.
    std::function<void(std::string_view level, std::string_view text)> log = [](auto, auto) {};

private:
    struct Work;
    Admission route(RequestHead const&);
    void start(std::shared_ptr<Work> const&);
    void hand_over(std::shared_ptr<Work> const&, void (Service::*rest)(std::shared_ptr<Work> const&));
    void run_transaction(std::shared_ptr<Work> const&);
    void finish(Work&);
    void fail(Work&, std::exception_ptr const&);
    void answer(Work&, Response);
    bool claim_in_flight(std::string const& key);
    void release_in_flight(std::string const& key);

    Routes const& routes_;
    Gate& gate_;
    Database& database_;
    Clock& clock_;
    ServiceOptions options_;
    std::mutex in_flight_mutex_;
    std::set<std::string, std::less<>> in_flight_;  // idempotency keys whose first request still runs on this node
};

// RFC 9457: what a fault looks like on the wire.
Response problem_response(Fault const&, RequestId);

}  // namespace mainstay::web

namespace mainstay::errors {
inline constexpr ErrorCode unauthorized{
    "unauthorized", 401, "A valid credential is needed",
    "Send `Authorization: Bearer mk_…` or sign in. The credential sent is missing, unknown, "
    "expired or revoked."};
inline constexpr ErrorCode forbidden{"forbidden", 403, "Your rights do not allow this",
                                     "`detail` names the permission. Ask an administrator of the tenant for it."};
inline constexpr ErrorCode tenant_required{"tenant_required", 403, "The credential belongs to no tenant",
                                           "Use a credential of the tenant whose objects are meant."};
inline constexpr ErrorCode impersonator_refused{
    "impersonator_refused", 403, "Who acts as a user may not do this",
    "An operator acts as the user by the tenant's consent. Credentials, keys, members, ownership, exports and consent "
    "itself are not theirs to touch: the user does this, or the operator in their own name."};
inline constexpr ErrorCode csrf_refused{
    "csrf_refused", 403, "The request did not come from our pages",
    "A signed-in browser's request must come from the same origin and bear the CSRF token."};
inline constexpr ErrorCode limited{"limited", 429, "Too many requests",
                                   "`detail` names the limit. Send the request again after Retry-After seconds."};
inline constexpr ErrorCode method_not_allowed{"method_not_allowed", 405, "The path does not have this method",
                                              "The Allow header lists those it has."};
inline constexpr ErrorCode unsupported_media_type{
    "unsupported_media_type", 415, "The body is of a type that is not read here",
    "Send application/json, or multipart/form-data where the endpoint says so."};
inline constexpr ErrorCode host_refused{"host_refused", 421, "The Host is not one of this server's",
                                        "Add the name with --hosts (or MAINSTAY_HOSTS) if it is."};
inline constexpr ErrorCode idempotency_key_reused{"idempotency_key_reused", 422,
                                                  "The Idempotency-Key was used with another request",
                                                  "A key belongs to one request for 24 hours. Use a new one."};
inline constexpr ErrorCode idempotency_in_progress{"idempotency_in_progress", 409,
                                                   "The first request with this Idempotency-Key still runs",
                                                   "Send it again after Retry-After seconds to get its reply."};
inline constexpr ErrorCode idempotency_secret{
    "idempotency_secret", 409, "The request with this Idempotency-Key was carried out",
    "Its reply bore a secret that is shown once; `detail` has the object's id."};
}  // namespace mainstay::errors
