#include "app/program.hpp"

#include "app/health.hpp"
#include "app/node_hints.hpp"
#include "app/originator.hpp"
#include "app/portability_needs.hpp"
#include "base/text.hpp"
#include "kernel/net/net.hpp"
#include "kernel/storage/erasure.hpp"
#include "platform/audit/audit.hpp"
#include "platform/domains/domains.hpp"
#include "platform/entitlements/entitlements.hpp"
#include "platform/keys/keys.hpp"
#include "platform/organizations/organizations.hpp"
#include "platform/people/people.hpp"
#include "platform/single_sign_on/single_sign_on.hpp"
#include "platform/support/support.hpp"
#include "platform/tenants/tenants.hpp"
#include "platform/uploads/uploads.hpp"
#include "platform/usage/usage.hpp"
#include "platform/work/work.hpp"

#include <algorithm>

namespace mainstay::app {
namespace {

constexpr Duration engine_grace = seconds(10);
constexpr Duration scheduler_grace = seconds(2);
constexpr std::size_t schedule_workers = 2;  // a firing is one short transaction
constexpr std::size_t mail_workers = 2;      // a server that dawdles has one for minutes
constexpr std::size_t export_workers = 1;    // an archive takes a processor and the disk for a while
constexpr std::size_t check_workers = 2;     // a name server that dawdles has one for ten seconds

// Without scheme and port; empty for an address, beneath which there are no subdomains.
std::string host_of(std::string_view url) {
    auto const begin = url.find("://");
    auto const host = url.substr(begin == std::string_view::npos ? 0 : begin + 3);
    auto const name = host.substr(0, host.find_first_of(":/"));
    bool const is_address = host.starts_with('[') || Network::parse(name);
    return is_address ? std::string() : lower_ascii(name);
}

// That no tenant may have.
std::vector<std::string> own_hosts(config::Config const& config) {
    auto hosts = config::list_of(config.hosts);
    if (auto const host = host_of(config.public_url); !host.empty()) hosts.push_back(host);
    return hosts;
}

std::string an_allowed_host(config::Config const& config) {
    auto const hosts = config::list_of(config.hosts);
    return hosts.empty() ? std::string("localhost") : hosts.front();
}

web::ServiceOptions service_options(config::Config const& config) {
    return {config::list_of(config.hosts), config.tls};
}

void write_log(std::string_view level, std::string_view text) {
    if (level == "error")
        log::error(text);
    else if (level == "warning")
        log::warning(text);
    else
        log::info(text);
}

// Whatever the storage has to say is for an operator to look at.
void log_of_storage(std::string_view text) {
    write_log("warning", "storage: " + std::string(text));
}

SqliteOptions sqlite_options(config::Config const& config) {
    SqliteOptions options;
    options.folder = config.data;
    options.log = log_of_storage;
    return options;
}

PostgresOptions postgres_options(config::Config const& config) {
    PostgresOptions options;
    options.url = config.database;
    options.owner_url = config.database_owner;
    options.prepare = config.prepare;
    options.log = log_of_storage;
    return options;
}

std::optional<shared_state::RedisOptions> redis_options(config::Config const& config) {
    if (config.redis.empty()) return std::nullopt;
    return shared_state::RedisOptions{config.redis, config.redis_ca};
}

net::ClientOptions client_options(Outgoing outgoing) {
    net::ClientOptions options;
    options.reach = outgoing == Outgoing::internet ? net::Reach::internet : net::Reach::internet_and_loopback;
    return options;
}

std::optional<tenants::Plan> plan_of(Snapshot& snapshot, TenantId id) {
    auto const tenant = tenants::find_tenant(snapshot, id);
    return tenant ? std::optional(tenant->plan) : std::nullopt;
}

void check_permissions(web::Routes const& routes) {
    for (web::Route const* route : routes.all()) {
        class_of(route->endpoint);
        auto const permission = route->endpoint.permission;
        if (permission != web::public_access && !identity::is_permission(permission))
            throw std::logic_error("endpoint " + std::string(route->endpoint.name) + " names the permission " +
                                   std::string(permission) + ", which is not in the list");
        bool const may_reach_all = permission == web::public_access || identity::is_operator_permission(permission);
        if (route->endpoint.reach == web::Reach::installation && !may_reach_all)
            throw std::logic_error("endpoint " + std::string(route->endpoint.name) +
                                   " reaches the installation with a permission that tenants have");
    }
}

}  // namespace

std::vector<Migration> all_migrations() {
    std::vector<Migration> all;
    for (auto const module : {shared_state::migrations(), web::migrations(),       entitlements::migrations(),
                              tenants::migrations(),      identity::migrations(),  keys::migrations(),
                              audit::migrations(),        usage::migrations(),     files::migrations(),
                              secrets::migrations(),      uploads::migrations(),   events::migrations(),
                              flow::migrations(),         channels::migrations(),  organizations::migrations(),
                              admin::migrations(),        domains::migrations(),   single_sign_on::migrations(),
                              portability::migrations(),  retention::migrations(), support::migrations(),
                              migrate::migrations()})
        all.insert(all.end(), module.begin(), module.end());
    return all;
}

std::unique_ptr<Database> open_database(config::Config const& config, FolderUse use, Clock& clock) {
    std::unique_ptr<Database> database;
    if (config.database.empty()) {
        database = Database::open(sqlite_options(config), clock);
    } else {
        auto options = postgres_options(config);
        if (use == FolderUse::locked) options.folder = config.data;
        database = Database::open(options, clock);
    }
    auto const migrations = all_migrations();
    database->migrate(migrations);
    return database;
}

portability::Needs portability_needs(config::Config const& config, files::Files& files, Clock& clock) {
    bool const is_sqlite = config.database.empty();
    return {files,
            clock,
            std::filesystem::path(config.data) / "exports",
            [=] { return is_sqlite ? tenant_tables(sqlite_options(config)) : tenant_tables(postgres_options(config)); },
            [=] {
                return is_sqlite ? erasing_statements(sqlite_options(config))
                                 : erasing_statements(postgres_options(config));
            },
            config::public_url_of(config),
            {{"migrations_of_tenants", "finished_at", "status", "failed", "error", "finished_at"}}};
}

Inspection inspect_database(config::Config const& config) {
    auto const migrations = all_migrations();
    return config.database.empty() ? inspect(sqlite_options(config), migrations)
                                   : inspect(postgres_options(config), migrations);
}

Program::Program(config::Config config, std::unique_ptr<Database> database, Clock& clock, Outgoing outgoing)
    : config_(std::move(config)),
      clock_(clock),
      roles_(config::roles_of(config_.roles)),
      kept_{config_.audit_days, config_.events_days, config_.usage_days},
      database_(std::move(database)),
      shared_(redis_options(config_), database_->signals(), clock_),
      blobs_(config_, clock_),
      sweeper_(files(), *database_, clock_),
      gate_(*database_, clock_, shared_.limits(), counts_, failures_, metrics_,
            {config_.tls, config::public_url_of(config_)}),
      hosts_(*database_, host_of(config_.public_url)),
      verifications_(clock_, shared_.limits()),
      mails_(std::filesystem::path(config_.data) / "mail"),
      master_keys_(config::secrets_file_of(config_)),
      outside_(std::make_unique<net::Client>(client_options(outgoing), clock_)),
      providers_(std::make_unique<single_sign_on::Providers>(*outside_, clock_, outgoing == Outgoing::internet)),
      live_(*database_, clock_),
      revocations_(*database_, clock_,
                   [this](std::string const& subject) {
                       gate_.forget(subject);
                       hosts_.hear(subject);
                       verifications_.forget(subject);
                       live_.end_streams_of(subject);
                   }),
      duck_({.program = config_.duck_program,
             .warm = static_cast<std::size_t>(config_.duck_children),
             .ahead = false,
             .log = write_log}),
      migrate_needs_{files(),
                     duck_,
                     live_,
                     clock_,
                     std::filesystem::path(config_.data) / "work",
                     static_cast<std::uint32_t>(config_.duck_memory_mb)},
      migration_graph_(migrate::make_graph(migrate_needs_)),
      delivery_(*database_),
      engine_(*database_, clock_,
              {.workers = static_cast<std::size_t>(config_.workers), .prunes = false, .may = may_still}),
      scheduler_(*database_, clock_,
                 {.queue = std::string(flow::schedules_queue),
                  .workers = schedule_workers,
                  .kept = days(config_.work_days),
                  .events_kept = days(config_.events_days)}),
      queue_metrics_(*database_, clock_),
      flusher_(system_clock()),
      upkeep_(clock_) {
    gate_.is_cache_fresh = [this] { return revocations_.is_fresh(); };
    verifications_.is_fresh = gate_.is_cache_fresh;
    gate_.tenant_of_host = [this](std::string_view host) { return hosts_.tenant_of(host); };
    gate_.has_origin = [this](std::string_view origin, std::optional<TenantId> tenant) {
        return hosts_.has_origin(origin, tenant);
    };
    web::declare_kernel_errors(routes_);
    add_probes(routes_, {*database_, clock_, shared_, metrics_, is_draining_});
    if (roles_.api) add_api();
    add(migration_graph_);
    auto const carrying = portability_needs(config_, files(), clock_);
    engine_.add(organizations::erase_job({files(), carrying.erasing}));
    add_engine({.queue = std::string(portability::queue), .workers = export_workers})
        .add(portability::export_job(carrying));
    flow::Engine& mailer = add_engine({.queue = std::string(channels::mail_queue), .workers = mail_workers});
    mailer.add(channels::mail_job({config_.smtp, config_.mail_from}, mails_, clock_));
    mailer.add(identity::reset_job(identity_needs()));
    add_engine({.queue = std::string(domains::checks_queue), .workers = check_workers})
        .add(domains::check_job([this](std::string const& name) { return resolve_txt_(name); }));
    carry_words(shared_.hints(), clock_);
    shared_.log = write_log;
    engine_.log = write_log;
    scheduler_.log = write_log;
    queue_metrics_.log = write_log;
    flusher_.log = write_log;
    upkeep_.log = write_log;
    add_upkeep();
    hosts_.log = write_log;
    check_permissions(routes_);
    pages_.set_errors(routes_.codes());
    metrics_.add([this] { return samples(); });
    metrics_.add([this] { return samples_of_engines(flow_counters()); });
    metrics_.add([this] { return samples_of_upkeep(); });
    if (roles_.scheduler) metrics_.add([this] { return queue_metrics_.samples(); });
    service_ = std::make_unique<web::Service>(routes_, gate_, *database_, clock_, service_options(config_));
    if (roles_.api) service_->assets = [this](web::RequestHead const& head) { return pages_.answer(head); };
    service_->log = write_log;
    hosted_ = std::make_unique<HostedService>(*service_, hosts_, an_allowed_host(config_));
}

void Program::add_api() {
    add_reference(routes_);
    tenants::add_routes(routes_);
    identity::add_routes(routes_, identity_needs());
    organizations::add_routes(routes_, identity_needs());
    single_sign_on::add_routes(routes_, identity_needs(), *providers_);
    people::add_routes(routes_);
    support::add_routes(routes_, identity_needs());
    channels::add_routes(routes_, mails_);
    entitlements::add_routes(routes_, {plan_of});
    keys::add_routes(routes_, {verifications_});
    usage::add_routes(routes_);
    uploads::add_routes(routes_, files());
    audit::add_routes(routes_, std::filesystem::path(config_.data) / "spool");
    retention::add_routes(routes_, kept_);
    portability::add_routes(routes_, portability_needs(config_, files(), clock_));
    work::add_routes(routes_, {engine_, live_, [this](std::string_view queue) { return has_engine(queue); }});
    domains::add_routes(routes_, own_hosts(config_));
    admin::add_routes(routes_, {identity_needs(), [this] {
                                    return find_facts({config_, *database_, shared_, [this] { return queues_here(); }});
                                }});
    migrate::add_routes(routes_, migrate_needs_, migration_graph_);
}

identity::Needs Program::identity_needs() {
    return {passwords_,  shared_.limits(),
            clock_,      secrets::Secrets(master_keys_),
            config_.tls, config::public_url_of(config_)};
}

// The scheduler starts runs as they are now, and so has to know the graphs; kinds of jobs it only writes down.
void Program::add(flow::Graph const& graph) {
    engine_.add(graph);
    scheduler_.add(graph);
}

flow::Engine& Program::add_engine(flow::EngineOptions options) {
    if (edge_ || has_engine(options.queue))
        throw std::logic_error("an engine of the queue " + options.queue + " is added twice or too late");
    options.prunes = false;  // the scheduler does, of all queues
    options.may = may_still;
    auto& engine = *other_engines_.emplace_back(std::make_unique<flow::Engine>(*database_, clock_, std::move(options)));
    engine.log = write_log;
    return engine;
}

bool Program::has_engine(std::string_view queue) const {
    return engine_.queue() == queue || scheduler_.queue() == queue ||
           std::ranges::any_of(other_engines_, [&](auto const& engine) { return engine->queue() == queue; });
}

std::vector<std::string> Program::queues_here() const {
    std::vector<std::string> queues;
    if (roles_.scheduler) queues.push_back(scheduler_.queue());
    if (!roles_.worker) return queues;
    queues.push_back(engine_.queue());
    for (auto const& engine : other_engines_) queues.push_back(engine->queue());
    return queues;
}

Program::~Program() {
    drain();
}

void Program::start() {
    edge_ = std::make_unique<web::Edge>(*hosted_, config_.address, static_cast<std::uint16_t>(config_.port),
                                        web::Limits{}, std::filesystem::path(config_.data) / "spool",
                                        config::networks_of(config_.proxies));
    if (roles_.api) {
        revocations_.poll_now();
        hosts_.load();  // what changes from now on is heard
        revocations_.start();
    }
    shared_.start();
    flusher_.start();
    if (roles_.api) live_.start();
    if (roles_.worker) {
        std::error_code none_yet;
        for (auto const& folder : std::filesystem::directory_iterator(migrate_needs_.work_folder, none_yet))
            duck::remove_leftovers(folder.path());
        std::filesystem::remove_all(portability_needs(config_, files(), clock_).work_folder, none_yet);
        engine_.start();
        for (auto const& engine : other_engines_) engine->start();
    }
    if (roles_.scheduler) {
        scheduler_.start();
        upkeep_.start();
    }
    edge_->start();
}

void Program::drain() {
    if (is_draining_.exchange(true) || !edge_) return;
    live_.stop();
    {
        std::jthread const engines([this] { drain_engines(); });
        edge_->drain();
    }
    flusher_.stop();
    flush();
    upkeep_.stop();
    revocations_.stop();
    shared_.stop();
}

// All at once and beside the requests, which only write down what is to be done: together they take no longer than one.
void Program::drain_engines() {
    std::vector<std::jthread> others;
    others.emplace_back([this] { scheduler_.drain(scheduler_grace); });
    for (auto const& engine : other_engines_) others.emplace_back([&engine] { engine->drain(engine_grace); });
    engine_.drain(engine_grace);
}

void Program::flush() {
    if (has_disk_failed()) return;
    // One that fails does not hold up the others.
    auto const attempt = [](char const* what, auto const& write) {
        try {
            write();
        } catch (std::exception const& failure) {
            log::warning(std::string(what) + " wait for the database", {{"cause", failure.what()}});
        }
    };
    attempt("writes", [&] {
        // Whoever waits for room on the disk learns of it without a write of his own.
        if (database_->counters().is_full) database_->check();
    });
    attempt("counts of requests", [&] { counts_.flush(*database_, clock_); });
    attempt("counts of customers' keys", [&] { verifications_.flush(*database_); });
    attempt("audit lines of what was refused", [&] { failures_.flush(*database_); });
    attempt("hosts of tenants", [&] { hosts_.catch_up(); });
    attempt("times of last use", [&] { gate_.flush_last_used(); });
}

}  // namespace mainstay::app
