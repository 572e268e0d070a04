// The program with errands beside its own modules, for bench/http.py: errands_server DATA PORT, until SIGTERM.
#include "app/program.hpp"
#include "bench/errands/errands.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>

#include <pthread.h>

namespace {

using namespace mainstay;

std::unique_ptr<Database> open_with_errands(config::Config const& config) {
    SqliteOptions options;
    options.folder = config.data;
    auto database = Database::open(std::move(options), system_clock());
    auto migrations = app::all_migrations();
    auto const own = errands::migrations();
    migrations.insert(migrations.end(), own.begin(), own.end());
    database->migrate(migrations);
    return database;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) {
        std::fputs("Usage: errands_server DATA PORT\n", stderr);
        return 2;
    }
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &stop, nullptr);  // threads that are made from here on leave it to this one
    config::Config config;
    config.data = arguments[1];
    config.port = std::atoll(arguments[2]);
    app::Program program(config, open_with_errands(config));
    errands::add_routes(program.routes());
    program.add(errands::run_errand_kind());
    program.start();
    int signal = 0;
    sigwait(&stop, &signal);
    program.drain();
}
