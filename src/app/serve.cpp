// The server in the foreground: start, one-time set-up link, control socket, drain at SIGTERM or Ctrl-C.
#include "app/cli.hpp"
#include "app/control_socket.hpp"
#include "app/portability_needs.hpp"
#include "app/program.hpp"
#include "app/sample_data.hpp"

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <iostream>
#include <mutex>
#include <optional>
#include <thread>

#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

namespace mainstay::app {
namespace {

constexpr timespec look_every{0, 200'000'000};  // whether the disk has failed

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
    // The signal that ends the server, or nothing when has_failed() says that it must end without one.
    template <class HasFailed>
    std::optional<int> wait(HasFailed const& has_failed) const {
        while (!has_failed()) {
            int const got = sigtimedwait(&set_, nullptr, &look_every);
            if (got > 0) return got;
        }
        return std::nullopt;
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

// Ends the process when stopping takes longer than all its parts may: then something does not end, and what it worked
// on is taken up at the next start, as after a power cut.
class StopLimit {
public:
    StopLimit()
        : watcher_([this](std::stop_token const& stopped) {
              std::unique_lock lock(mutex_);
              if (wake_.wait_for(lock, stopped, stop_limit, [&] { return stopped.stop_requested(); })) return;
              log::error("stopped in the midst of work that does not end; it is taken up at the next start");
              _exit(exit_failed);
          }) {}

private:
    static constexpr std::chrono::seconds stop_limit{45};  // requests have 25, jobs 10
    std::mutex mutex_;
    std::condition_variable_any wake_;
    std::jthread watcher_;
};

bool is_loopback(std::string const& address) {
    return address == "localhost" || address == "::1" || address.starts_with("127.");
}

void print_sign_in_link(Database& database, std::string const& base) {
    bool const open = database.read(system_scope("whether anybody runs the installation"),
                                    [](Snapshot& snapshot) { return !identity::has_operator(snapshot); });
    if (!open) return;
    auto const token = database.write(system_scope("the first operator's link"),
                                      [](Transaction& tx) { return identity::make_setup_token(tx); });
    std::cout << "\nNo operator yet: make your account here (the link works once, for a day)\n\n    " << base
              << "/setup?token=" << token << "\n\n"
              << std::flush;
}

ControlReply carry_out(CommandContext const& context, std::string const& name, std::string const& input_json) {
    Command const* const command = find_command(name);
    if (command == nullptr)
        throw Fault(errors::not_found, "The server has no command \"" + name + "\"; is it of another version?");
    try {
        return {true, command->run(context, input_from_json(*command, input_json).get())};
    } catch (Fault const& fault) {
        log::warning("a command was refused",
                     {{"command", name}, {"code", std::string(fault.code().name)}, {"cause", fault.what()}});
        throw;
    } catch (std::exception const& failure) {
        log::error("a command failed", {{"command", name}, {"cause", failure.what()}});
        throw Fault(errors::internal_error, "The command failed; the server's log says why.", failure.what());
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
    auto const carrying = portability_needs(config, program.files());
    ControlServer const control(control_socket_of(config), [&](std::string const& name, std::string const& input) {
        return carry_out({program.database(), &carrying}, name, input);
    });
    program.start();
    std::string const base =
        "http://" + (config.address.find(':') == std::string::npos ? config.address : '[' + config.address + ']') +
        ':' + std::to_string(program.port());
    bool const has_api = config::roles_of(config.roles).api;
    std::cout << "Mainstay listens on " << base
              << (has_api ? "  (API reference: " + base + "/docs)" : "  (probes alone: " + config.roles + ")")
              << std::endl;
    if (with_sample_data) add_sample_data(program);
    if (has_api) print_sign_in_link(program.database(), base);
    auto const signal = signals.wait([&] { return program.has_disk_failed(); });
    if (signal)
        log::info("stopping", {{"signal", *signal == SIGINT ? "interrupt" : "terminate"}});
    else
        log::error("stopping: the disk failed to keep what was written, so nothing more is written",
                   {{"data", config.data}});
    StopLimit const limit;
    program.drain();
    if (program.has_disk_failed()) {
        log::error(
            "stopped: what was answered was kept, what was under way was not; look at the disk, then start again");
        return exit_failed;
    }
    log::info("stopped; nothing was lost");
    return exit_done;
}

}  // namespace mainstay::app
