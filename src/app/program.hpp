// The program put together: the only place that names every module. Members are declared in the order in which they
// need each other, so that they go away in the opposite one.
#pragma once
#include "app/gate.hpp"
#include "app/operations.hpp"
#include "app/pages.hpp"
#include "kernel/config/config.hpp"
#include "kernel/duck/duck.hpp"
#include "kernel/files/files.hpp"
#include "kernel/flow/flow.hpp"
#include "kernel/live/live.hpp"
#include "kernel/web/web.hpp"
#include "platform/identity/identity.hpp"
#include "products/migrate/migrate.hpp"

#include <condition_variable>
#include <memory>
#include <thread>

namespace mainstay::app {

// The tables of every module, in the order in which they are made.
std::vector<Migration> all_migrations();

// Opens the database that the settings name, and brings its tables up to date.
std::unique_ptr<Database> open_database(config::Config const&);

// Every route; for the server and for the API document without one.
class Program {
public:
    Program(config::Config, std::unique_ptr<Database>);
    ~Program();

    web::Routes const& routes() const { return routes_; }
    Database& database() { return *database_; }
    files::Files& files() { return files_; }
    flow::Graph const& migration_graph() const { return migration_graph_; }
    std::uint16_t port() const { return edge_->port(); }

    void hear_revocations() { revocations_.poll_now(); }

    void start();
    void drain();  // ends what runs, writes what is held in memory

private:
    void flush();
    std::vector<telemetry::Sample> samples() const;

    config::Config config_;
    std::unique_ptr<Database> database_;
    std::atomic<bool> is_draining_ = false;
    telemetry::Metrics metrics_;
    shared_state::RateLimits limits_;
    identity::Passwords passwords_;
    usage::RequestCounts counts_;
    files::FolderFiles files_;
    Gate gate_;
    shared_state::RevocationWatch revocations_;
    live::LiveEvents live_;
    duck::DuckPool duck_;
    migrate::Needs migrate_needs_;
    flow::Graph migration_graph_;
    flow::Engine engine_;
    Pages pages_;
    web::Routes routes_;
    std::unique_ptr<web::Service> service_;
    std::unique_ptr<web::Edge> edge_;

    std::mutex flush_mutex_;
    std::condition_variable flush_wakes_;
    bool flush_stops_ = false;
    std::thread flusher_;
};

}  // namespace mainstay::app
