// The folder that a session's child spills to. It is locked as long as its server lives, so that whoever finds one
// unlocked knows that nobody needs it any more.
#pragma once
#include <filesystem>
#include <utility>

namespace mainstay::duck {

class SpillFolder {
public:
    SpillFolder() = default;
    explicit SpillFolder(std::filesystem::path const& within);  // throws Fault
    SpillFolder(SpillFolder&& other) noexcept
        : path_(std::exchange(other.path_, {})), lock_(std::exchange(other.lock_, -1)) {}
    SpillFolder& operator=(SpillFolder&& other) noexcept {
        std::swap(path_, other.path_);
        std::swap(lock_, other.lock_);
        return *this;
    }
    ~SpillFolder();  // removes it

    std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
    int lock_ = -1;
};

}  // namespace mainstay::duck
