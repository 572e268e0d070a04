#include "kernel/duck/spill.hpp"

#include "base/fault.hpp"
#include "base/random.hpp"
#include "kernel/duck/duck.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <string>
#include <vector>

namespace mainstay::duck {
namespace {

constexpr char const* prefix = ".spill-";

// The descriptor that holds the lock, or -1 when another has it or it is gone. A lock goes with its process.
int lock_folder(std::filesystem::path const& path) {
    int const folder = open(path.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    struct stat locked {
    }, named{};
    if (folder >= 0 && flock(folder, LOCK_EX | LOCK_NB) == 0 && fstat(folder, &locked) == 0 &&
        lstat(path.c_str(), &named) == 0 && locked.st_dev == named.st_dev && locked.st_ino == named.st_ino)
        return folder;
    if (folder >= 0) close(folder);
    return -1;
}

}  // namespace

SpillFolder::SpillFolder(std::filesystem::path const& within) {
    while (lock_ < 0) {  // whoever removes leftovers may come between the making and the locking
        path_ = within / (prefix + std::to_string(random_u64()));
        if (mkdir(path_.c_str(), S_IRWXU) != 0)
            throw Fault(errors::internal_error, "The query engine is not available.",
                        "no folder to spill to, " + path_.string() + ": " + std::strerror(errno));
        lock_ = lock_folder(path_);
    }
}

SpillFolder::~SpillFolder() {
    if (lock_ < 0) return;
    std::error_code ignored;  // what stays is found unlocked
    std::filesystem::remove_all(path_, ignored);
    close(lock_);
}

void remove_leftovers(std::filesystem::path const& folder) {
    std::vector<std::filesystem::path> found;
    std::error_code ignored;
    for (std::filesystem::directory_iterator entry(folder, ignored), end; entry != end; entry.increment(ignored))
        if (entry->path().filename().string().starts_with(prefix)) found.push_back(entry->path());
    for (auto const& path : found) {
        int const lock = lock_folder(path);
        if (lock < 0) continue;
        std::filesystem::remove_all(path, ignored);
        close(lock);
    }
}

}  // namespace mainstay::duck
