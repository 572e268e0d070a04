#include "app/program.hpp"

#include "app/health.hpp"
#include "app/node_hints.hpp"
#include "app/originator.hpp"
#include "base/text.hpp"
#include "kernel/storage/erasure.hpp"
#include "platform/audit/audit.hpp"
#include "platform/domains/domains.hpp"
#include "platform/entitlements/entitlements.hpp"
#include "platform/keys/keys.hpp"
#include "platform/organizations/organizations.hpp"
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
constexpr std::size_t check_workers = 2;     // a name server that dawdles has one for ten seconds
constexpr auto flush_interval = std::chrono::seconds(1);

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
    return {config::list_of(config.hosts), config::list_of(config.origins), config.tls};
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
    for (auto const module :
         {shared_state::migrations(), web::migrations(), entitlements::migrations(), tenants::migrations(),
          identity::migrations(), keys::migrations(), audit::migrations(), usage::migrations(), files::migrations(),
          secrets::migrations(), uploads::migrations(), events::migrations(), flow::migrations(),
          channels::migrations(), organizations::migrations(), admin::migrations(), domains::migrations(),
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

Inspection inspect_database(config::Config const& config) {
    auto const migrations = all_migrations();
    return config.database.empty() ? inspect(sqlite_options(config), migrations)
                                   : inspect(postgres_options(config), migrations);
}

Program::Program(config::Config config, std::unique_ptr<Database> database, Clock& clock)
    : config_(std::move(config)),
      clock_(clock),
      roles_(config::roles_of(config_.roles)),
      database_(std::move(database)),
      shared_(redis_options(config_), database_->signals(), clock_),
      files_(std::filesystem::path(config_.data) / "files"),
      sweeper_(files_, *database_, clock_),
      gate_(*database_, clock_, shared_.limits(), counts_, failures_, metrics_, {config_.tls}),
      hosts_(*database_, host_of(config_.public_url)),
      verifications_(clock_, shared_.limits()),
      mails_(std::filesystem::path(config_.data) / "mail"),
      master_keys_(config::secrets_file_of(config_)),
      usage_keeper_(*database_, clock_, config_.usage_days),
      stock_taker_(*database_),
      rechecker_(*database_),
      live_(*database_, clock_),
      revocations_(*database_, clock_,
                   [this](std::string const& subject) {
                       gate_.forget(subject);
                       hosts_.hear(subject);
                       verifications_.forget(subject);
                       live_.end_streams_of(subject);
                   }),
      sealer_(*database_),
      duck_({.program = config_.duck_program,
             .warm = static_cast<std::size_t>(config_.duck_children),
             .ahead = false,
             .log = write_log}),
      migrate_needs_{files_,
                     duck_,
                     live_,
                     clock_,
                     std::filesystem::path(config_.data) / "work",
                     static_cast<std::uint32_t>(config_.duck_memory_mb)},
      migration_graph_(migrate::make_graph(migrate_needs_)),
      delivery_(*database_),
      engine_(*database_, clock_,
              {.workers = static_cast<std::size_t>(config_.workers), .prunes = false, .may = may_still}),
      scheduler_(*database_, clock_, {.queue = std::string(flow::schedules_queue), .workers = schedule_workers}),
      queue_metrics_(*database_, clock_) {
    gate_.is_cache_fresh = [this] { return revocations_.is_fresh(); };
    verifications_.is_fresh = gate_.is_cache_fresh;
    gate_.tenant_of_host = [this](std::string_view host) { return hosts_.tenant_of(host); };
    web::declare_kernel_errors(routes_);
    add_probes(routes_, {*database_, clock_, shared_, metrics_, is_draining_});
    if (roles_.api) add_api();
    add(migration_graph_);
    engine_.add(organizations::erase_job({files_, [this] {
                                              return config_.database.empty()
                                                         ? erasing_statements(sqlite_options(config_))
                                                         : erasing_statements(postgres_options(config_));
                                          }}));
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
    sweeper_.log = write_log;
    sealer_.log = write_log;
    usage_keeper_.log = write_log;
    stock_taker_.log = write_log;
    rechecker_.log = write_log;
    hosts_.log = write_log;
    check_permissions(routes_);
    pages_.set_errors(routes_.codes());
    metrics_.add([this] { return samples(); });
    metrics_.add([this] { return samples_of_engines(flow_counters()); });
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
    channels::add_routes(routes_, mails_);
    entitlements::add_routes(routes_, {plan_of});
    keys::add_routes(routes_, {verifications_});
    usage::add_routes(routes_);
    uploads::add_routes(routes_, files_);
    audit::add_routes(routes_, std::filesystem::path(config_.data) / "spool");
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

std::vector<flow::EngineCounters> Program::flow_counters() const {
    std::vector<flow::EngineCounters> all{engine_.counters(), scheduler_.counters()};
    for (auto const& engine : other_engines_) all.push_back(engine->counters());
    return all;
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
    flusher_ = std::thread([this] {
        std::unique_lock lock(flush_mutex_);
        while (!flush_wakes_.wait_for(lock, flush_interval, [this] { return flush_stops_; })) flush();
    });
    if (roles_.api) live_.start();
    if (roles_.worker) {
        std::error_code none_yet;
        for (auto const& folder : std::filesystem::directory_iterator(migrate_needs_.work_folder, none_yet))
            duck::remove_leftovers(folder.path());
        engine_.start();
        for (auto const& engine : other_engines_) engine->start();
    }
    if (roles_.scheduler) {
        scheduler_.start();
        sweeper_.start();
        sealer_.start();
        usage_keeper_.start();
        stock_taker_.start();
        rechecker_.start();
    }
    edge_->start();
}

void Program::drain() {
    if (is_draining_.exchange(true) || !edge_) return;
    live_.stop();
    edge_->drain();
    scheduler_.drain(scheduler_grace);
    drain_engines();
    {
        std::lock_guard const lock(flush_mutex_);
        flush_stops_ = true;
    }
    flush_wakes_.notify_all();
    if (flusher_.joinable()) flusher_.join();
    flush();
    sweeper_.stop();
    usage_keeper_.stop();
    stock_taker_.stop();
    rechecker_.stop();
    sealer_.stop();
    revocations_.stop();
    shared_.stop();
}

// All at once, so that together they take no longer than one.
void Program::drain_engines() {
    std::vector<std::jthread> others;
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

std::vector<telemetry::Sample> Program::samples() const {
    using Type = telemetry::Sample::Type;
    auto const edge = edge_->counters();
    auto const storage = database_->counters();
    auto const duck = duck_.counters();
    auto const shared = shared_.counters();
    auto const number = [](std::uint64_t n) { return static_cast<double>(n); };
    return {
        {"mainstay_connections_open", "Open connections", Type::gauge, number(edge.connections_open)},
        {"mainstay_connections_total", "Connections accepted", Type::counter, number(edge.connections_total)},
        {"mainstay_requests_total", "Requests read", Type::counter, number(edge.requests_total)},
        {"mainstay_requests_refused_total", "Requests refused by the edge", Type::counter, number(edge.refused_total)},
        {"mainstay_queue_depth", "Requests waiting for a worker", Type::gauge, number(edge.queue_depth)},
        {"mainstay_queue_full_total", "Requests answered 503 for a full queue", Type::counter,
         number(edge.queue_full_total)},
        {"mainstay_database_writes_total", "Units of work committed", Type::counter, number(storage.writes_total)},
        {"mainstay_database_groups_total", "Commits", Type::counter, number(storage.groups_total)},
        {"mainstay_database_reads_total", "Snapshots read", Type::counter, number(storage.reads_total)},
        {"mainstay_database_retries_total", "Units run again", Type::counter, number(storage.retries_total)},
        {"mainstay_database_queue_depth", "Units waiting for the writer", Type::gauge, number(storage.queue_depth)},
        {"mainstay_database_wal_bytes", "Size of the write-ahead log", Type::gauge, number(storage.wal_bytes)},
        {"mainstay_database_checkpoints_total", "Checkpoints", Type::counter, number(storage.checkpoints_total)},
        {"mainstay_tenancy_violations_total", "Statements that touched another tenant's row and were rolled back",
         Type::counter, number(storage.tenancy_violations_total)},
        {"mainstay_usage_counts_dropped_total", "Counts of requests that were lost", Type::counter,
         number(counts_.dropped())},
        {"mainstay_key_counts_dropped_total", "Counts of customers' keys that were lost", Type::counter,
         number(verifications_.dropped())},
        {"mainstay_audit_failures_dropped_total", "Refused requests that the audit log does not show", Type::counter,
         number(failures_.dropped())},
        {"mainstay_redis_connected", "1 while limits are settled with other nodes and hints come from them",
         Type::gauge, shared.is_shared && shared.is_connected ? 1.0 : 0.0},
        {"mainstay_limits_settled_total", "Keys of rate limits settled with other nodes", Type::counter,
         number(shared.settled_keys)},
        {"mainstay_limits_batches_total", "Batches in which they were settled", Type::counter,
         number(shared.settled_batches)},
        {"mainstay_limits_failures_total", "Batches that could not be settled and wait", Type::counter,
         number(shared.settle_failures)},
        {"mainstay_hints_sent_total", "Hints to other nodes", Type::counter, number(shared.hints_sent)},
        {"mainstay_hints_heard_total", "Hints of other nodes", Type::counter, number(shared.hints_heard)},
        {"mainstay_hints_lost_total", "Hints that were not sent; tables are read without them, later", Type::counter,
         number(shared.hints_lost)},
        {"mainstay_hints_malformed_total", "Hints that no node of ours sent", Type::counter,
         number(shared.hints_malformed)},
        {"mainstay_duck_sessions", "DuckDB processes at work", Type::gauge, number(duck.sessions)},
        {"mainstay_duck_start_failures_total", "Times that a DuckDB process did not start", Type::counter,
         number(duck.start_failures)},
        {"mainstay_duck_died_total", "DuckDB processes that died", Type::counter, number(duck.died)},
        {"mainstay_resident_bytes", "Memory in use", Type::gauge, telemetry::resident_bytes()}};
}

}  // namespace mainstay::app
