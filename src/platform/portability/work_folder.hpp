// A folder for what is under way; it goes with all that is in it. Within portability alone.
#pragma once
#include "base/random.hpp"
#include "base/text.hpp"

#include <array>
#include <filesystem>

namespace mainstay::portability {

class WorkFolder {
public:
    explicit WorkFolder(std::filesystem::path const& within) {
        std::array<unsigned char, 16> bytes;
        random_bytes(bytes);
        path_ = within / ("work-" + to_hex(bytes));
        std::filesystem::create_directories(path_);
        std::filesystem::permissions(path_, std::filesystem::perms::owner_all);
    }
    ~WorkFolder() {
        std::error_code stays;  // as does what a killed process leaves
        std::filesystem::remove_all(path_, stays);
    }
    WorkFolder(WorkFolder const&) = delete;
    WorkFolder& operator=(WorkFolder const&) = delete;
    std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace mainstay::portability
