// The gate: who calls, what limits stand against it, and what is written of it. Puts the platform's modules behind
// the kernel's web::Gate.
#pragma once
#include "app/credential.hpp"
#include "kernel/shared_state/shared_state.hpp"
#include "kernel/telemetry/telemetry.hpp"
#include "kernel/web/web.hpp"
#include "platform/audit/audit.hpp"
#include "platform/usage/usage.hpp"

#include <mutex>
#include <set>

namespace mainstay::app {

// What a request costs: by the method where its endpoint says nothing else (Endpoint::limits_class). The list is
// closed: an endpoint that names another class stops the start.
enum class RouteClass { read, write, expensive, sign_in, unlimited };
RouteClass class_of(web::Endpoint const&);  // throws std::logic_error for a class that is none

struct GateOptions {
    bool is_tls = false;
    std::string public_url{};  // issues the access tokens
};

class Gate : public web::Gate {
public:
    Gate(Database&, Clock&, shared_state::RateLimits&, usage::RequestCounts&, audit::Failures&, telemetry::Metrics&,
         GateOptions);

    Identity identify(web::RequestHead const&, web::Endpoint const&) override;
    bool knows(web::RequestHead const&) override;
    std::uint64_t share_of(web::RequestHead const&) override;
    // What a tenant's key or access token gets is for that tenant's origins alone; what is the same for whoever asks,
    // and preflights, for those of any tenant; what a cookie gets, for none (decision 0019).
    bool allows_origin(web::RequestHead const&, Identity const& caller) override;
    void admit(Call const&, web::Endpoint const&, std::vector<web::Header>& headers) override;
    void record(Transaction&, Call const&, web::Endpoint const&, web::Outcome const&) override;
    void count(Call const&, web::Endpoint const&, web::Outcome const&) override;

    // What the revocation log says.
    void forget(std::string const& subject) { credentials_.forget(subject); }
    // The tenant that a Host names, if any does. Memory only.
    std::function<std::optional<TenantId>(std::string_view host)> tenant_of_host = [](auto) { return std::nullopt; };
    // Whether the tenant, or without one any tenant, has scripts of the origin call. Memory only.
    std::function<bool(std::string_view origin, std::optional<TenantId>)> has_origin = [](auto, auto) { return false; };
    // Whether what is cached may be believed; asked at every request.
    std::function<bool()> is_cache_fresh = [] { return false; };

    // Writes when keys and sessions were last used.
    void flush_last_used();

private:
    enum class Bearing { cookie, key, access_token };
    struct Presented {
        std::string_view token;  // empty: none, or none that could be one
        Bearing as = Bearing::key;
    };
    Presented presented_in(web::RequestHead const&) const;
    static Sha256 place_of(Presented const&);
    void note_use(Credential const&);
    void take(std::span<RequestLimit const>, std::span<RequestLimit const> further, std::vector<web::Header>* headers);
    std::shared_ptr<Credential const> credential_of(Presented const&, std::string const& address);
    std::shared_ptr<Credential const> load_key(std::string_view secret);
    std::shared_ptr<Credential const> load_session(Presented const&);
    Identity in_chosen_tenant(web::RequestHead const&, Credential const&) const;

    Database& database_;
    Clock& clock_;
    shared_state::RateLimits& limits_;
    usage::RequestCounts& counts_;
    audit::Failures& failures_;
    telemetry::Metrics& metrics_;
    GateOptions options_;
    shared_state::RevocableCache<Credential> credentials_;
    std::mutex used_mutex_;
    std::set<std::pair<TenantId, std::string>> used_keys_;  // since the last flush
    std::set<std::string> used_sessions_;
};

}  // namespace mainstay::app
