// One node of tests/chaos.py: the program with chaos beside its own modules. Until SIGTERM; SIGUSR1 makes it read its
// clock's file again.
//
//     chaos_server NODE DATA PORT CLOCK_FILE RECEIVER_URL LEASE_MS [DATABASE_URL REDIS_URL]
#include "app/program.hpp"
#include "kernel/telemetry/telemetry.hpp"
#include "tests/chaos_server/chaos.hpp"
#include "tests/chaos_server/stepped_clock.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <pthread.h>

namespace {

using namespace mainstay;

constexpr int arguments_alone = 7, arguments_shared = 9;
constexpr Duration grace = seconds(1);
constexpr std::size_t failures_that_close_the_way = 100'000;  // the receiver is asked whatever came before

void write_log(std::string_view level, std::string_view text) {
    if (level == "error")
        log::error(text);
    else
        log::warning(text);
}

std::unique_ptr<Database> open_with_chaos(config::Config const& config, Clock& clock) {
    auto database = app::open_database(config, app::FolderUse::locked, clock);
    auto migrations = app::all_migrations();
    auto const own = chaos::migrations();
    migrations.insert(migrations.end(), own.begin(), own.end());
    database->migrate(migrations);
    return database;
}

void serve(chaos::SteppedClock& clock, config::Config const& config, chaos::World const& world, sigset_t const& set) {
    chaos::Graphs const graphs(world);
    app::Program program(config, open_with_chaos(config, clock), clock);
    graphs.add_to(program);  // whose queue is another: for the API, which answers what runs ask
    chaos::add_routes(program.routes(), graphs.voyage());
    flow::Engine engine(
        program.database(), clock,
        {.queue = std::string(chaos::queue), .workers = 8, .lease = world.lease, .poll = milliseconds(200)});
    for (auto& kind : chaos::job_kinds(world)) engine.add(std::move(kind));
    graphs.add_to(engine);
    engine.log = write_log;
    program.start();
    engine.start();
    std::puts("ready");
    std::fflush(stdout);
    for (int signal = 0; signal != SIGTERM;) {
        sigwait(&set, &signal);
        if (signal == SIGUSR1) clock.read();
    }
    engine.drain(grace);
    program.drain();
}

}  // namespace

int main(int count, char** arguments) {
    if (count != arguments_alone && count != arguments_shared) {
        std::fputs("Usage: chaos_server NODE DATA PORT CLOCK_FILE RECEIVER_URL LEASE_MS [DATABASE_URL REDIS_URL]\n",
                   stderr);
        return 2;
    }
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);  // threads that are made from here on leave them to this one
    std::signal(SIGPIPE, SIG_IGN);
    config::Config config;
    config.data = arguments[2];
    config.port = std::atoll(arguments[3]);
    if (count == arguments_shared) {
        config.database = arguments[7];
        config.redis = arguments[8];
    }
    chaos::SteppedClock clock(arguments[4]);
    net::ClientOptions options{.reach = net::Reach::internet_and_loopback};
    options.breaker.failures = failures_that_close_the_way;
    net::Client client(options, clock);
    chaos::World const world{client, clock, arguments[5], arguments[1], milliseconds(std::atoll(arguments[6]))};
    try {
        serve(clock, config, world, set);
    } catch (std::exception const& failure) {
        log::error("the node ends", {{"cause", failure.what()}});
        return 1;
    }
    return 0;
}
