// The server in the foreground: start, one-time set-up link, control socket, drain at SIGTERM or Ctrl-C.
#include "app/cli.hpp"
#include "app/control_socket.hpp"
#include "app/program.hpp"
#include "app/sample_data.hpp"

#include <csignal>
#include <iostream>

#include <pthread.h>
#include <sys/resource.h>

namespace mainstay::app {
namespace {

// Signals are waited for on the main thread; every other thread has them blocked.
class Signals {
public:
    Signals() {
        sigemptyset(&set_);
        sigaddset(&set_, SIGINT);
        sigaddset(&set_, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &set_, nullptr);
        std::signal(SIGPIPE, SIG_IGN);
    }
    int wait() const {
        int got = 0;
        sigwait(&set_, &got);
        return got;
    }

private:
    sigset_t set_{};
};

// Every connection takes a descriptor, and most systems allow 1,024 until a program asks for what it may have.
void raise_descriptor_limit() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

bool is_loopback(std::string const& address) {
    return address == "localhost" || address == "::1" || address.starts_with("127.");
}

void print_sign_in_link(Database& database, std::string const& base) {
    bool const open = database.read(system_scope("whether anybody can sign in"),
                                    [](Snapshot& snapshot) { return !identity::has_users(snapshot); });
    if (!open) return;
    auto const token = database.write(system_scope("the first operator's link"),
                                      [](Transaction& tx) { return identity::make_setup_token(tx); });
    std::cout << "\nFirst start: make your account here (the link works once, for a day)\n\n    " << base
              << "/setup?token=" << token << "\n\n"
              << std::flush;
}

ControlReply carry_out(Database& database, std::string const& name, std::string const& input_json) {
    Command const* const command = find_command(name);
    if (command == nullptr)
        throw Fault(errors::not_found, "The server has no command \"" + name + "\"; is it of another version?");
    try {
        return {true, command->run({database}, input_from_json(*command, input_json).get())};
    } catch (std::exception const& failure) {
        if (auto const* fault = dynamic_cast<Fault const*>(&failure)) throw *fault;
        throw Fault(errors::internal_error, "The command failed.", failure.what());
    }
}

}  // namespace

int serve(config::Config const& config, bool with_sample_data) {
    if (!is_loopback(config.address) && !config.tls)
        throw Fault(
            errors::invalid_input,
            "Over plain HTTP only a loopback address is served; put a proxy with TLS in front and say --tls true.");
    raise_descriptor_limit();
    Signals const signals;
    log::set_format(log::format_for_terminal());
    Program program(config, open_database(config));
    ControlServer const control(
        std::filesystem::path(config.data) / "control.sock",
        [&](std::string const& name, std::string const& input) { return carry_out(program.database(), name, input); });
    program.start();
    std::string const base =
        "http://" + (config.address.find(':') == std::string::npos ? config.address : '[' + config.address + ']') +
        ':' + std::to_string(program.port());
    std::cout << "Mainstay listens on " << base << "  (API reference: " << base << "/docs)" << std::endl;
    if (with_sample_data) add_sample_data(program);
    print_sign_in_link(program.database(), base);
    int const signal = signals.wait();
    log::info("stopping", {{"signal", signal == SIGINT ? "interrupt" : "terminate"}});
    program.drain();
    log::info("stopped; nothing was lost");
    return exit_done;
}

}  // namespace mainstay::app
