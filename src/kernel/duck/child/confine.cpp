#include "kernel/duck/child/confine.hpp"

#include "kernel/duck/child/landlock.hpp"
#include "kernel/duck/child/system_calls.hpp"

#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>

namespace mainstay::duck {
namespace {

constexpr rlim_t open_files = 1024;
constexpr rlim_t user_threads = 4096;  // the kernel counts them over the whole user, not this process alone

// The kernel, out of memory, shall take a child and not the server.
void volunteer_for_out_of_memory() {
    int const file = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file < 0) return;
    [[maybe_unused]] auto const written = write(file, "1000", 4);
    close(file);
}

// A user namespace of its own lets an ordinary user have a network namespace; where those are refused, root may
// still have one.
bool leave_network() {
    return unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC) == 0 || unshare(CLONE_NEWNET | CLONE_NEWIPC) == 0;
}

// A change of credentials clears the wish, so it comes after the namespaces.
void die_with(int parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    if (getppid() != parent) _exit(1);
}

bool drop_capabilities() {
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct none[2]{};
    return syscall(SYS_capset, &header, none) == 0;
}

bool limit(__rlimit_resource resource, rlim_t soft, rlim_t hard) {
    rlimit const both{soft, hard};
    return setrlimit(resource, &both) == 0;
}
bool limit(__rlimit_resource resource, rlim_t value) {
    return limit(resource, value, value);
}

// A folder has a link from above, one from itself and one from each folder in it (proc(5): a thread is one).
nlink_t thread_count() {
    struct stat threads {};
    return stat("/proc/self/task", &threads) == 0 ? threads.st_nlink - 2 : 0;
}

// What the sanitizers' run time needs (terabytes of address space, its own /proc files) goes against these two.
#ifdef MAINSTAY_SANITIZED
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

}  // namespace

Confinement confine_process(int parent) {
    Confinement walls;
    auto const raise = [&](bool& wall, bool raised, std::string const& name) {
        wall = raised;
        if (!raised) walls.missing.push_back(name + ": " + std::strerror(errno));
    };
    volunteer_for_out_of_memory();
    raise(walls.network_namespace, leave_network(), "network namespace");
    raise(walls.no_new_privileges, prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0, "no new privileges");
    raise(walls.no_capabilities, drop_capabilities(), "capabilities");
    die_with(parent);
    if (!sanitized) prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    raise(walls.resource_limits,
          limit(RLIMIT_CORE, 0) && limit(RLIMIT_NOFILE, open_files) && limit(RLIMIT_NPROC, user_threads),
          "resource limits");
    if (sanitized) walls.missing.emplace_back("memory limit of the process: built with sanitizers");
    raise(walls.landlock, landlock_version() > 0, "landlock");
    raise(walls.seccomp, filter_system_calls(), "seccomp");
    return walls;
}

void confine_session(Confinement const& walls, Opening const& opening) {
    if (!sanitized && thread_count() != 1) throw std::runtime_error("a thread was started before its walls");
    auto const& limits = opening.limits;
    auto const cpu_s = static_cast<rlim_t>(limits.cpu_time.us / 1'000'000);
    bool const limited = (sanitized || limit(RLIMIT_DATA, (rlim_t{limits.memory_mb} + process_overhead_mb) << 20)) &&
                         limit(RLIMIT_CPU, cpu_s, cpu_s + 1) && limit(RLIMIT_FSIZE, limits.file_bytes);
    if (walls.resource_limits && !limited) throw std::runtime_error("the resource limits were refused");
    if (chdir(opening.folder.c_str()) != 0) throw std::runtime_error("the folder cannot be entered");
    if (walls.landlock && !landlock_folder(opening.folder, opening.access, opening.spill_folder))
        throw std::runtime_error(std::string("landlock was refused: ") + std::strerror(errno));
}

}  // namespace mainstay::duck
