// The program put together: the only place that names every module. Members are declared in the order in which they
// need each other, so that they go away in the opposite one.
#pragma once
#include "app/blobs.hpp"
#include "app/gate.hpp"
#include "app/hosted_service.hpp"
#include "app/operations.hpp"
#include "app/pages.hpp"
#include "app/work_metrics.hpp"
#include "kernel/config/config.hpp"
#include "kernel/duck/duck.hpp"
#include "kernel/files/files.hpp"
#include "kernel/flow/flow.hpp"
#include "kernel/live/live.hpp"
#include "kernel/upkeep/upkeep.hpp"
#include "kernel/web/web.hpp"
#include "platform/admin/admin.hpp"
#include "platform/channels/channels.hpp"
#include "platform/identity/identity.hpp"
#include "platform/keys/keys.hpp"
#include "platform/retention/retention.hpp"
#include "products/migrate/migrate.hpp"

#include <memory>

namespace mainstay::net {
class Client;
}
namespace mainstay::single_sign_on {
class Providers;
}

namespace mainstay::app {

// Where what tenants name may lead: to the internet alone but in tests, whose servers are on this machine.
enum class Outgoing { internet, internet_and_loopback };

// The tables of every module, in the order in which they are made.
std::vector<Migration> all_migrations();

// Opens the database that the settings name, and brings its tables up to date. The data folder is locked meanwhile;
// what needs no files may leave it alone where the database is not in it.
enum class FolderUse { locked, none_on_postgres };
std::unique_ptr<Database> open_database(config::Config const&, FolderUse = FolderUse::locked, Clock& = system_clock());

// What is there of it, without making or changing anything.
Inspection inspect_database(config::Config const&);

// What the settings' roles ask for: every route, for the server and for the API document without one, or the probes
// alone; the engines that are started.
class Program {
public:
    // The database's clock, which is the system's except in tests.
    Program(config::Config, std::unique_ptr<Database>, Clock& = system_clock(), Outgoing = Outgoing::internet);
    ~Program();

    web::Routes const& routes() const { return routes_; }
    Database& database() { return *database_; }
    files::Files& files() { return blobs_.files(); }
    flow::Graph const& migration_graph() const { return migration_graph_; }
    // For a module beside those of the program, such as that of a benchmark: added before start().
    web::Routes& routes() { return routes_; }
    void add(flow::JobKind kind) { engine_.add(std::move(kind)); }
    // In place of the system's; before start().
    void set_txt_resolver(net::TxtResolver resolver) { resolve_txt_ = std::move(resolver); }
    void add(flow::Graph const&);  // kept by the caller, for the program's life
    // For a queue of its own, whose work must not wait behind others': its kinds and graphs are added to the engine
    // that this gives, its graphs to the program too. Runs where the role worker does.
    flow::Engine& add_engine(flow::EngineOptions);
    std::uint16_t port() const { return edge_->port(); }

    void hear_revocations() { revocations_.poll_now(); }

    // A flush failed: nothing more is written, and the process has to end (RELIABILITY row 4).
    bool has_disk_failed() const { return database_->is_durable_path_failed(); }

    void start();
    void drain();  // ends what runs, writes what is held in memory unless the disk has failed

private:
    void add_api();
    void drain_engines();
    identity::Needs identity_needs();
    void flush();
    void add_upkeep();
    std::vector<telemetry::Sample> samples_of_upkeep() const;
    bool has_engine(std::string_view queue) const;
    std::vector<std::string> queues_here() const;  // that this process carries out
    std::vector<flow::EngineCounters> flow_counters() const;
    std::vector<telemetry::Sample> samples() const;

    config::Config config_;
    Clock& clock_;
    config::Roles const roles_;
    retention::Days const kept_;
    std::unique_ptr<Database> database_;
    std::atomic<bool> is_draining_ = false;
    telemetry::Metrics metrics_;
    shared_state::SharedState shared_;
    identity::Passwords passwords_;
    usage::RequestCounts counts_;
    audit::Failures failures_;
    Blobs blobs_;
    files::Sweeper sweeper_;
    Gate gate_;
    domains::Hosts hosts_;
    keys::Verifications verifications_;
    channels::MailFolder mails_;
    secrets::MasterKeys master_keys_;
    std::unique_ptr<net::Client> outside_;
    std::unique_ptr<single_sign_on::Providers> providers_;
    live::LiveEvents live_;
    shared_state::RevocationWatch revocations_;
    duck::DuckPool duck_;
    migrate::Needs migrate_needs_;
    flow::Graph migration_graph_;
    flow::EventDelivery delivery_;
    flow::Engine engine_;                                       // of the role worker
    std::vector<std::unique_ptr<flow::Engine>> other_engines_;  // the same, of other queues
    flow::Engine scheduler_;                                    // of the role scheduler: fires schedules, and prunes
    QueueMetrics queue_metrics_;
    Pages pages_;
    web::Routes routes_;
    net::TxtResolver resolve_txt_ = net::look_up_txt;
    std::unique_ptr<web::Service> service_;
    std::unique_ptr<HostedService> hosted_;
    std::unique_ptr<web::Edge> edge_;
    Upkeep flusher_;  // of every role
    Upkeep upkeep_;   // of the role scheduler
};

}  // namespace mainstay::app
