#include "base/fault.hpp"
#include "kernel/duck/session.hpp"
#include "kernel/duck/spill.hpp"

#include <unistd.h>
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <map>
#include <system_error>
#include <thread>

namespace mainstay::duck {
namespace {

constexpr std::size_t starts_at_once = 4;
constexpr Duration retry_time = seconds(1);  // after a child that did not come up

// On the monotonic clock.
Duration after(Duration time) {
    return {system_clock().monotonic().us + time.us};
}

// Whether `ready` before the deadline.
template <class Ready>
bool wait_until(std::condition_variable& changed, std::unique_lock<std::mutex>& lock, Duration deadline, Ready ready) {
    auto const left = std::chrono::microseconds(deadline.us - system_clock().monotonic().us);
    return changed.wait_for(lock, left, ready);
}

Fault unavailable(std::string const& why) {
    Fault fault(errors::query_engine_unavailable, "The query engine is not available on this server.", why);
    fault.retry_after_s = 1;
    return fault;
}

std::filesystem::path find_program(std::filesystem::path const& asked) {
    auto program =
        asked.empty() ? std::filesystem::read_symlink("/proc/self/exe").parent_path() / "mainstay-duck" : asked;
    if (access(program.c_str(), X_OK) != 0) throw unavailable(program.string() + " is missing");
    return program;
}

// A process that served its session, and what it may have left behind.
constexpr int failures_that_tell = 2;  // one child may be killed while it starts

struct Ended {
    std::string tenant;
    Process process;
    SpillFolder spill;
};

}  // namespace

// Its keeper thread starts every child, since a child ends with the thread that started it, and waits for every one.
struct DuckPool::State {
    explicit State(DuckOptions made)
        : options(std::move(made)),
          program(find_program(options.program)),
          is_needed(options.ahead),
          keeper([this] { keep(); }) {}

    ~State() {
        {
            std::scoped_lock const lock(mutex);
            stopping = true;
        }
        changed.notify_all();
        keeper.join();
    }

    std::size_t wanted() const { return std::max(is_needed ? options.warm : 0, waiting); }

    void keep() {
        std::unique_lock lock(mutex);
        for (;;) {
            auto const has_work = [&] { return stopping || !ended.empty() || warm.size() < wanted(); };
            if (start_error.empty())
                changed.wait(lock, has_work);
            else
                wait_until(changed, lock, after(retry_time), [&] { return stopping || !ended.empty(); });
            if (stopping) break;
            reap(lock);
            start(lock);
        }
        reap(lock);
    }

    void reap(std::unique_lock<std::mutex>& lock) {
        auto reaped = std::exchange(ended, {});
        if (reaped.empty()) return;
        lock.unlock();
        for (auto& one : reaped) {
            one.process.kill();
            one.spill = {};
        }
        lock.lock();
        for (auto const& one : reaped) free_place(one.tenant);
    }

    void start(std::unique_lock<std::mutex>& lock) {
        auto const missing = std::min(starts_at_once, wanted() - std::min(wanted(), warm.size()));
        lock.unlock();
        std::vector<Process> started;
        std::string error;
        try {
            for (std::size_t i = 0; i < missing; ++i) started.push_back(Process::start(program));
        } catch (Fault const& fault) {
            error = fault.internal_text();
        }
        for (auto& process : started) error = greet(std::move(process), error);
        failed_in_a_row = error.empty() ? 0 : failed_in_a_row + 1;
        bool const is_out_of_order = failed_in_a_row >= failures_that_tell;
        if (is_out_of_order && start_error.empty())  // the keeper alone writes it
            options.log("error", "DuckDB does not start: " + error);
        lock.lock();
        if (!error.empty()) ++counters.start_failures;
        start_error = is_out_of_order ? error : "";
        changed.notify_all();
    }

    // Gives `error`, or what is wrong with this one.
    std::string greet(Process process, std::string const& error) {
        try {
            auto const received = process.receive(after(options.start_time));
            if (received.ended != Process::Ended::no)
                return program.string() + " ended early: " + cause(process.kill());
            if (received.header.type != FrameType::hello) throw Malformed("no hello: " + received.body);
            auto const hello = read_hello(received.body);
            if (hello.pid != process.pid()) throw Malformed("the hello is of another process");
            if (!walls) report(hello.confinement);  // the keeper alone writes it
            std::scoped_lock const lock(mutex);
            walls = hello.confinement;
            ++counters.started;
            warm.push_back(std::move(process));
            changed.notify_all();
            return error;
        } catch (Malformed const& malformed) {
            return malformed.what();
        }
    }

    // What the dynamic linker ends a program with (ld.so(8) names no other).
    static std::string cause(std::string const& how) {
        return how == "exit status 127" ? how + ", as when libduckdb.so is not found" : how;
    }

    void report(Confinement const& stands) const {
        if (stands.complete()) return;
        std::string text = "walls around DuckDB are missing on this machine:";
        for (auto const& wall : stands.missing) text += ' ' + wall + ';';
        text.back() = '.';
        options.log("warning", text);
    }

    Process take(std::string const& tenant, Duration deadline) {
        std::unique_lock lock(mutex);
        bool const has_place = wait_until(changed, lock, deadline, [&] {
            return counters.sessions < options.sessions && held[tenant] < options.sessions_of_tenant;
        });
        if (!has_place) {
            forget_if_none(tenant);
            throw busy();
        }
        ++held[tenant];
        ++counters.sessions;
        ++waiting;
        is_needed = true;
        changed.notify_all();
        wait_until(changed, lock, deadline, [&] { return !warm.empty() || !start_error.empty(); });
        --waiting;
        if (warm.empty()) {
            free_place(tenant);
            throw start_error.empty() ? busy() : unavailable(start_error);
        }
        auto process = std::move(warm.front());
        warm.pop_front();
        ++counters.leased;
        changed.notify_all();
        return process;
    }

    static Fault busy() {
        Fault fault(errors::busy, "All query engines are at work.");
        fault.retry_after_s = 1;
        return fault;
    }

    void give_back(std::string tenant, Process process, SpillFolder spill) {
        std::scoped_lock const lock(mutex);
        if (process.pid() == 0) ++counters.died;
        ended.push_back({std::move(tenant), std::move(process), std::move(spill)});
        changed.notify_all();
    }

    void free_place(std::string const& tenant) {
        --counters.sessions;
        --held[tenant];
        forget_if_none(tenant);
        changed.notify_all();
    }

    // The map stays as small as the tenants at work.
    void forget_if_none(std::string const& tenant) {
        auto const found = held.find(tenant);
        if (found != held.end() && found->second == 0) held.erase(found);
    }

    DuckOptions options;
    std::filesystem::path program;
    mutable std::mutex mutex;
    std::condition_variable changed;
    std::deque<Process> warm;
    std::vector<Ended> ended;
    std::map<std::string, std::size_t> held;  // sessions by tenant
    bool is_needed;                           // the warm children
    std::size_t waiting = 0;
    bool stopping = false;
    int failed_in_a_row = 0;  // the keeper's own
    std::string start_error;  // while the program does not start
    std::optional<Confinement> walls;
    Counters counters;
    std::thread keeper;  // last: it uses all of the above
};

DuckPool::DuckPool(DuckOptions options) : state_(std::make_unique<State>(std::move(options))) {}
DuckPool::~DuckPool() = default;

DuckSession DuckPool::lease(std::string_view tenant, std::filesystem::path const& folder, FolderAccess access,
                            DuckLimits const& limits) {
    auto const deadline = after(state_->options.lease_time);
    std::string const owner(tenant);
    std::error_code error;
    auto const real_folder = std::filesystem::canonical(folder, error);
    if (error || !std::filesystem::is_directory(real_folder, error))
        throw Fault(errors::internal_error, "The query engine is not available.",
                    "no folder " + folder.string() + " for tenant " + owner);
    remove_leftovers(real_folder);
    for (;;) {
        auto process = state_->take(owner, deadline);
        auto const spill = std::make_shared<SpillFolder>();
        auto child = std::make_unique<DuckSession::Child>(
            std::move(process), limits, [state = state_.get(), owner, spill](Process ended) {
                state->give_back(owner, std::move(ended), std::move(*spill));
            });
        *spill = SpillFolder(real_folder);
        auto const refused =
            child->open({real_folder.string(), spill->path().string(), access, limits}, state_->options.start_time);
        if (!refused) return DuckSession(std::move(child));
        // A warm child may have died while it waited; the next one may live.
        if (refused->type != ErrorType::child_died)
            throw Fault(errors::internal_error, "The query engine is not available.", refused->message);
    }
}

Confinement DuckPool::confinement() {
    std::unique_lock lock(state_->mutex);
    state_->is_needed = true;
    state_->changed.notify_all();
    wait_until(state_->changed, lock, after(state_->options.start_time),
               [&] { return state_->walls || !state_->start_error.empty(); });
    if (!state_->walls) throw unavailable(state_->start_error);
    return *state_->walls;
}

DuckPool::Counters DuckPool::counters() const {
    std::scoped_lock const lock(state_->mutex);
    auto counters = state_->counters;
    counters.warm = state_->warm.size();
    return counters;
}

}  // namespace mainstay::duck
