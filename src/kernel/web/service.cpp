#include "kernel/web/service.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "kernel/web/browser_rules.hpp"
#include "kernel/web/idempotency.hpp"
#include "kernel/web/input.hpp"
#include "kernel/web/web_errors.hpp"

#include <algorithm>
#include <charconv>
#include <fstream>

namespace mainstay::web {
namespace {

constexpr std::uint64_t memory_body_bytes_max = 1u << 20;
constexpr std::size_t object_id_bytes_max = 100;
constexpr std::size_t hashed_at_once_bytes = 256u << 10;

struct Matched {
    Route const* route;
    std::vector<std::string> values;
};

Response problem(int status, std::string_view code, std::string_view title, std::string_view detail,
                 std::vector<Problem> const& problems, std::string const& request_id) {
    Response response;
    response.status = status;
    response.headers.push_back({"Content-Type", "application/problem+json"});
    std::string& out = response.body;
    out = "{\"type\":\"/docs/errors#";
    out += code;
    out += "\",\"title\":";
    json::write_string(title, out);
    out += ",\"status\":";
    json::write_integer(status, out);
    out += ",\"code\":";
    json::write_string(code, out);
    out += ",\"detail\":";
    json::write_string(detail, out);
    out += ",\"errors\":[";
    for (Problem const& one : problems) {
        if (out.back() != '[') out += ',';
        out += "{\"pointer\":";
        json::write_string(one.pointer, out);
        out += ",\"message\":";
        json::write_string(one.message, out);
        out += '}';
    }
    out += "],\"request_id\":\"" + request_id + "\"}";
    return response;
}

bool bears_secret(Handler const& handler) {
    return handler.output != nullptr && fields::bears_secret(*handler.output);
}

// What a request was about: the object of its reply, else what the last parameter of its path names, if that can be a
// name at all.
std::string object_of(Answer const& given, Matched const& matched) {
    if (!given.object_id.empty() || matched.values.empty()) return given.object_id;
    auto const named = percent_decode(matched.values.back()).value_or(std::string());
    bool const is_text =
        std::none_of(named.begin(), named.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
    return is_text ? std::string(utf8_prefix(named, object_id_bytes_max)) : std::string();
}

// Even an empty one.
bool bears_header(RequestHead const& head, std::string_view name) {
    return std::any_of(head.headers.begin(), head.headers.end(),
                       [&](Header const& header) { return lower_ascii(header.name) == name; });
}

Scope scope_of(Call const& call, Endpoint const& endpoint) {
    if (endpoint.reach == Reach::installation) return installation_scope(endpoint.summary, call.identity.actor_id);
    return Scope(call.tenant(), call.identity.actor_id);
}

std::string hash_of(Request const& request) {
    Sha256Sum sum;
    sum.add(std::string(to_string(request.method)) + ' ' + request.target + '\n');
    sum.add(request.body);
    if (!request.body_file.empty()) {
        std::ifstream in(request.body_file, std::ios::binary);
        std::string piece(hashed_at_once_bytes, '\0');
        while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())), in.gcount() > 0)
            sum.add(std::string_view(piece).substr(0, static_cast<std::size_t>(in.gcount())));
    }
    return to_hex(sum.finish());
}

// What waits in memory before anybody knows who sends it.
bool fits_in_memory(RequestHead const& head) {
    auto const announced = head.header("content-length");
    std::uint64_t length = 0;
    auto const [end, error] = std::from_chars(announced.data(), announced.data() + announced.size(), length);
    return error == std::errc() && end == announced.data() + announced.size() && length <= memory_body_bytes_max;
}

}  // namespace

// One request on its way. Whoever answers it lets it go.
struct Service::Work {
    Work(Request r, std::shared_ptr<Matched const> m, Reply answer)
        : request(std::move(r)), matched(std::move(m)), reply(std::move(answer)) {}

    Route const& route() const { return *matched->route; }

    Request request;
    std::shared_ptr<Matched const> matched;
    std::optional<Reply> reply;  // none while the request waits for a worker
    bool has_worker = false;     // of a route that begins on the edge
    Call call;
    Duration began{};
    std::vector<Header> limit_headers;
    std::shared_ptr<void> input;
    std::optional<IdempotencyClaim> claim;
    std::string in_flight_key;
    Answer given;
    std::optional<KeptReply> kept;  // the reply of an earlier request under the same key
    std::string_view fault_code;
};

Response problem_response(Fault const& fault, RequestId request_id) {
    Response response = problem(fault.code().status, fault.code().name, fault.code().title, fault.public_text(),
                                fault.problems(), request_id.to_string());
    if (fault.retry_after_s > 0) response.headers.push_back({"Retry-After", std::to_string(fault.retry_after_s)});
    if (fault.code().status == 401) response.headers.push_back({"WWW-Authenticate", "Bearer"});
    return response;
}

Service::Service(Routes const& routes, Gate& gate, Database& database, Clock& clock, ServiceOptions options)
    : routes_(routes), gate_(gate), database_(database), clock_(clock), options_(std::move(options)) {}

Response Service::refuse(int status, std::string_view code, std::string_view detail) {
    std::string const request_id = RequestId::make(clock_.now()).to_string();
    auto const& known = routes_.codes();
    auto const named =
        std::find_if(known.begin(), known.end(), [&](ErrorCode const* one) { return one->name == code; });
    std::string_view const title = named == known.end() ? detail : (*named)->title;
    Response response = problem(status, code, title, detail.empty() ? title : detail, {}, request_id);
    add_common_headers(response, options_.is_tls);
    response.headers.push_back({"X-Request-Id", request_id});
    return response;
}

// Whatever is answered without a handler gets its common headers here: pages, assets, preflights and refusals.
Admission Service::admit(RequestHead const& head) {
    Admission admission = route(head);
    if (admission.refusal) add_common_headers(*admission.refusal, options_.is_tls);
    return admission;
}

Admission Service::route(RequestHead const& head) {
    Admission admission;
    auto const refuse_with = [&](Fault const& fault, std::vector<Header> headers = {}) {
        RequestId const request_id = RequestId::make(clock_.now());
        Response response = problem_response(fault, request_id);
        response.headers.push_back({"X-Request-Id", request_id.to_string()});
        for (auto& header : headers) response.headers.push_back(std::move(header));
        add_cors_headers(response, head, gate_.allows_origin(head, {}));
        admission.refusal = std::move(response);
        return std::move(admission);
    };
    if (!is_allowed_host(head.header("host"), options_.hosts))
        return refuse_with(Fault(errors::host_refused, "This server does not answer for that Host."));
    auto match = routes_.find(head.method, head.path());
    if (match.route == nullptr && head.method == Method::options && !match.allowed.empty()) {
        admission.refusal = preflight(head, match.allowed, gate_.allows_origin(head, {}));
        return admission;
    }
    if (match.route == nullptr && match.allowed.empty()) {
        if (auto asset = assets(head)) {
            admission.refusal = std::move(*asset);
            return admission;
        }
        return refuse_with(Fault(errors::not_found, "There is no such path."));
    }
    if (match.route == nullptr) {
        std::string allow;
        for (Method const method : match.allowed) allow += (allow.empty() ? "" : ", ") + std::string(to_string(method));
        return refuse_with(Fault(errors::method_not_allowed, "This path knows " + allow + "."), {{"Allow", allow}});
    }
    auto matched = std::make_shared<Matched>();
    matched->route = match.route;
    matched->values.assign(match.values.begin(), match.values.end());
    Endpoint const& endpoint = match.route->endpoint;
    // A body is taken only from who says who they are; whether it is true is asked when a worker has the request.
    if (endpoint.permission != public_access && head.header("authorization").empty() && head.header("cookie").empty())
        return refuse_with(Fault(errors::unauthorized, "This needs a credential."));
    admission.body_limit = endpoint.body == Body::none ? 0 : endpoint.body_limit;
    admission.body_to_file = endpoint.body == Body::multipart && (is_multipart(head) || !fits_in_memory(head));
    admission.lane = match.route->lane;
    admission.deadline = endpoint.deadline;
    admission.fairness_key = gate_.share_of(head);
    admission.route = std::move(matched);
    return admission;
}

void Service::note_exception(std::string_view where, std::string_view what) noexcept {
    log("error", std::string(where) + ": " + std::string(what));
}

void Service::handle(Request request, std::shared_ptr<void const> route, Reply reply) {
    auto work =
        std::make_shared<Work>(std::move(request), std::static_pointer_cast<Matched const>(route), std::move(reply));
    work->call.now = clock_.now();
    work->began = work->request.arrived;
    work->call.request_id = RequestId::make(work->call.now);
    if (work->route().handler.recall && !gate_.knows(work->request)) return hand_over(work, &Service::start);
    try {
        start(work);
    } catch (std::exception const&) {
        fail(*work, std::current_exception());
    }
}

void Service::start(std::shared_ptr<Work> const& work) {
    Route const& route = work->route();
    Endpoint const& endpoint = route.endpoint;
    Call& call = work->call;
    call.remote_address = work->request.remote_address;
    call.is_local = work->request.is_local;
    call.user_agent = work->request.header("user-agent");
    call.last_event_id = work->request.header("last-event-id");
    call.identity = gate_.identify(work->request, endpoint);
    if (endpoint.permission != public_access) {
        if (call.identity.kind == Identity::Kind::anonymous)
            throw Fault(errors::unauthorized, "This needs a credential.");
        gate_.admit(call, endpoint, work->limit_headers);
        if (!call.identity.may(endpoint.permission))
            throw Fault(errors::forbidden, "This needs the permission " + std::string(endpoint.permission) + ".");
        bool const needs_tenant = endpoint.reach == Reach::tenant && (route.handler.access == Access::snapshot ||
                                                                      route.handler.access == Access::transaction);
        if (needs_tenant && !call.tenant().is_set())
            throw Fault(errors::tenant_required, "This credential belongs to no tenant.");
    } else {
        gate_.admit(call, endpoint, work->limit_headers);
    }
    if (!call.identity.impersonator_id.empty() && !route.admits_impersonators)
        throw Fault(errors::impersonator_refused, "Only the user themselves may do this.");
    work->input = route.handler.make_input();
    read_input(route, work->matched->values, work->request, work->input.get(), call.files);

    switch (route.handler.access) {
        case Access::memory: route.handler.run(call, nullptr, work->input.get(), work->given); break;
        case Access::database: route.handler.run(call, &database_, work->input.get(), work->given); break;
        case Access::snapshot:
            database_.read(scope_of(call, endpoint), [&](Snapshot& snapshot) {
                work->given = {};
                route.handler.run(call, &snapshot, work->input.get(), work->given);
            });
            break;
        case Access::transaction:
            if (!route.handler.recall) return run_transaction(work);
            if (work->request.header("idempotency-key").empty() &&
                route.handler.recall(call, work->input.get(), work->given))
                break;
            return work->has_worker ? run_transaction(work) : hand_over(work, &Service::run_transaction);
    }
    finish(*work);
}

// From the edge, where nothing may wait.
void Service::hand_over(std::shared_ptr<Work> const& work, void (Service::*rest)(std::shared_ptr<Work> const&)) {
    Reply reply = std::move(*work->reply);
    work->reply.reset();
    reply.hand_over([this, work, rest](Reply given) {
        work->reply.emplace(std::move(given));
        work->has_worker = true;
        try {
            (this->*rest)(work);
        } catch (std::exception const&) {
            fail(*work, std::current_exception());
        }
    });
}

void Service::run_transaction(std::shared_ptr<Work> const& work) {
    Route const& route = work->route();
    // Who bears no credential has no keys of their own.
    bool const may_claim = work->call.identity.kind != Identity::Kind::anonymous;
    if (bears_header(work->request, "idempotency-key") && may_claim) {
        auto const key = work->request.header("idempotency-key");
        if (!is_valid_idempotency_key(key))
            throw Fault(errors::invalid_input, "Idempotency-Key must be 1 to 255 visible ASCII characters.");
        work->call.idempotency_key = key;
        work->claim = IdempotencyClaim{work->call.identity.credential_id, std::string(route.endpoint.name),
                                       std::string(key), hash_of(work->request)};
        std::string const in_flight = work->claim->credential_id + '\n' + work->claim->route + '\n' + work->claim->key;
        if (!claim_in_flight(in_flight)) {
            Fault fault(errors::idempotency_in_progress,
                        "The first request with this Idempotency-Key has not ended yet.");
            fault.retry_after_s = 1;
            throw fault;
        }
        work->in_flight_key = in_flight;
    }
    if (route.handler.prepare) work->input = route.handler.prepare(work->call, database_, work->input.get());

    auto const unit = [this, work](Transaction& tx) {
        Route const& the_route = work->route();
        work->given = {};
        work->call.before.clear();
        work->call.after.clear();
        work->kept.reset();
        if (work->claim) work->kept = find_kept_reply(tx, *work->claim);
        if (work->kept) return;
        the_route.handler.run(work->call, &tx, work->input.get(), work->given);
        int const status = the_route.endpoint.success;
        Answer const& given = work->given;
        std::string const& shown = given.masked.empty() ? given.json : given.masked;
        gate_.record(
            tx, work->call, the_route.endpoint,
            {status, {}, object_of(given, *work->matched), {}, work->call.after.empty() ? shown : work->call.after});
        if (!work->claim) return;
        KeptReply reply{status, work->given.json, std::nullopt};
        if (bears_secret(the_route.handler)) reply = {status, {}, work->given.object_id};
        keep_reply(tx, *work->claim, reply);
    };
    auto const done = [this, work](std::exception_ptr fault) {
        if (fault)
            fail(*work, fault);
        else
            finish(*work);
    };
    database_.submit(scope_of(work->call, route.endpoint), unit, done, route.endpoint.isolation);
}

void Service::finish(Work& work) {
    if (work.kept && work.kept->secret_object_id) {
        fail(work, std::make_exception_ptr(Fault(errors::idempotency_secret, "It was carried out; the object is " +
                                                                                 *work.kept->secret_object_id + ".")));
        return;
    }
    Endpoint const& endpoint = work.route().endpoint;
    Response response;
    response.status = endpoint.success;
    if (work.kept) {
        response.status = static_cast<int>(work.kept->status);
        response.body = std::move(work.kept->body);
        response.headers.push_back({"Idempotent-Replayed", "true"});
    } else if (work.given.content) {
        response = to_response(std::move(*work.given.content), endpoint.success);
    } else {
        response.body = std::move(work.given.json);
    }
    if (work.route().handler.gives_nothing)
        response.status = 204;
    else if (!work.given.content)
        response.headers.push_back({"Content-Type", "application/json"});
    if (response.status == 201 && !work.given.object_id.empty())
        response.headers.push_back({"Location", std::string(work.request.path()) + '/' + work.given.object_id});
    answer(work, std::move(response));
}

void Service::fail(Work& work, std::exception_ptr const& failure) {
    try {
        std::rethrow_exception(failure);
    } catch (Fault const& fault) {
        work.fault_code = fault.code().name;
        if (fault.code().status >= 500 || !fault.internal_text().empty())
            log(fault.code().status >= 500 ? "error" : "info", work.call.request_id.to_string() + " " + fault.what());
        answer(work, problem_response(fault, work.call.request_id));
    } catch (std::exception const& other) {
        work.fault_code = errors::internal_error.name;
        log("error", work.call.request_id.to_string() + " " + other.what());
        answer(work, problem_response(Fault(errors::internal_error, "The request was not carried out."),
                                      work.call.request_id));
    }
}

void Service::answer(Work& work, Response response) {
    if (!work.in_flight_key.empty()) release_in_flight(work.in_flight_key);
    for (UploadedFile const& file : work.call.files) {
        std::error_code ignored;  // moved away by the handler, or already gone
        std::filesystem::remove(file.path, ignored);
    }
    Outcome const outcome{response.status,
                          work.fault_code,
                          object_of(work.given, *work.matched),
                          Duration{clock_.monotonic().us - work.began.us},
                          {}};
    gate_.count(work.call, work.route().endpoint, outcome);
    response.headers.reserve(response.headers.size() + work.limit_headers.size() + 2);
    for (auto& header : work.limit_headers) response.headers.push_back(std::move(header));
    response.headers.push_back({"X-Request-Id", work.call.request_id.to_string()});
    add_common_headers(response, options_.is_tls);
    add_cors_headers(response, work.request, gate_.allows_origin(work.request, work.call.identity));
    work.reply->send(std::move(response));
}

bool Service::claim_in_flight(std::string const& key) {
    std::lock_guard const lock(in_flight_mutex_);
    return in_flight_.insert(key).second;
}

void Service::release_in_flight(std::string const& key) {
    std::lock_guard const lock(in_flight_mutex_);
    in_flight_.erase(key);
}

}  // namespace mainstay::web
