// The child program: raises its walls, opens DuckDB, says hello, becomes one tenant's, answers until it is killed.
// Started by DuckPool alone, with its socket at child_socket and the parent's process id as its argument.
#include "kernel/duck/child/confine.hpp"
#include "kernel/duck/child/engine.hpp"
#include "kernel/duck/child/server.hpp"

#include <sys/stat.h>
#include <unistd.h>
#include <csignal>
#include <cstdlib>

using namespace mainstay::duck;

int main(int argument_count, char** arguments) {
    if (argument_count != 2) return 2;
    umask(077);
    if (chdir("/") != 0) return 1;
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // a write past the limit shall fail, not kill
    Hello hello;
    hello.pid = getpid();
    hello.confinement = confine_process(std::atoi(arguments[1]));
    hello.library = duckdb_library_version();
    Server server(child_socket);
    std::uint32_t request = 0;
    try {
        Engine engine;
        server.send(write_hello(hello));
        auto const first = server.read();
        request = first.header.request;
        auto const opening = read_opening(first.body);
        confine_session(hello.confinement, opening);
        engine.open(opening, hello.confinement.landlock);
        server.send(write_done(request, 0));
        server.serve(engine);
    } catch (Failure const& failure) {
        server.send(write_failed(request, failure.error));
    } catch (std::exception const& error) {
        server.send(write_failed(request, {ErrorType::other, error.what()}));
    }
    _exit(1);
}
