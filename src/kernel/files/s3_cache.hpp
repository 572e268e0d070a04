// Copies of blobs in a folder, within a size. Guarantees that a path that was given out stays for held_time.
#pragma once
#include "base/time.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace mainstay::files {

class S3Cache {
public:
    static constexpr Duration held_time = hours(1);

    // What is in the folder from before counts as used now.
    S3Cache(std::filesystem::path folder, std::uint64_t bytes_max, Clock&);
    std::optional<std::filesystem::path> find(std::string const& name);
    // `fill` writes the file that it is given; it appears whole or not at all.
    std::filesystem::path add(std::string const& name, std::function<void(std::filesystem::path const&)> const& fill);
    void remove(std::string const& name);
    std::uint64_t bytes() const;

private:
    struct Copy {
        std::uint64_t bytes = 0;
        Duration used{};
    };
    void trim();  // under the mutex

    std::filesystem::path const folder_;
    std::uint64_t const bytes_max_;
    Clock& clock_;
    mutable std::mutex mutex_;
    std::map<std::string, Copy> copies_;
    std::uint64_t bytes_ = 0;
    std::uint64_t next_part_ = 0;
};

}  // namespace mainstay::files
