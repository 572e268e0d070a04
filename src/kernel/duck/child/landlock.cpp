#include "kernel/duck/child/landlock.hpp"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <cstdint>

namespace mainstay::duck {
namespace {

// linux/landlock.h as of Linux 6.12; Debian 12's is of 6.1. An older kernel takes the beginning that it knows.
struct Ruleset {
    std::uint64_t files = 0;
    std::uint64_t network = 0;
    std::uint64_t scopes = 0;
};
constexpr std::uint64_t truncate_file = 1u << 14;          // version 3
constexpr std::uint64_t device_control = 1u << 15;         // version 5
constexpr std::uint64_t bind_and_connect = 3;              // version 4
constexpr std::uint64_t abstract_sockets_and_signals = 3;  // version 6

constexpr std::uint64_t reading = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t writing = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE |
                                  LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                                  LANDLOCK_ACCESS_FS_MAKE_DIR | truncate_file;
constexpr std::uint64_t first_version = (1u << 13) - 1;

std::uint64_t file_rights(int version) {
    std::uint64_t rights = first_version;
    if (version >= 2) rights |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= 3) rights |= truncate_file;
    if (version >= 5) rights |= device_control;
    return rights;
}

bool allow(int ruleset, std::string const& folder, std::uint64_t rights) {
    int const descriptor = open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return false;
    landlock_path_beneath_attr rule{};
    rule.allowed_access = rights;
    rule.parent_fd = descriptor;
    bool const added = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0;
    close(descriptor);
    return added;
}

}  // namespace

int landlock_version() {
    auto const version = syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return version > 0 ? static_cast<int>(version) : 0;
}

bool landlock_folder(std::string const& folder, FolderAccess access, std::string const& spill_folder) {
    int const version = landlock_version();
    Ruleset ruleset;
    ruleset.files = file_rights(version);
    if (version >= 4) ruleset.network = bind_and_connect;
    if (version >= 6) ruleset.scopes = abstract_sockets_and_signals;
    std::size_t const size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    int const descriptor = static_cast<int>(syscall(SYS_landlock_create_ruleset, &ruleset, size, 0));
    if (descriptor < 0) return false;
    auto const write_rights = (reading | writing) & ruleset.files;
    bool const bound = allow(descriptor, folder, access == FolderAccess::write ? write_rights : reading) &&
                       allow(descriptor, spill_folder, write_rights) &&
                       syscall(SYS_landlock_restrict_self, descriptor, 0) == 0;
    close(descriptor);
    return bound;
}

}  // namespace mainstay::duck
