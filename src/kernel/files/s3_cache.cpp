#include "kernel/files/s3_cache.hpp"

#include <algorithm>
#include <vector>

namespace mainstay::files {
namespace {
constexpr std::string_view part = ".part";
}

S3Cache::S3Cache(std::filesystem::path folder, std::uint64_t bytes_max, Clock& clock)
    : folder_(std::move(folder)), bytes_max_(bytes_max), clock_(clock) {
    std::filesystem::create_directories(folder_);
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
    std::vector<std::filesystem::path> cut;
    for (auto const& entry : std::filesystem::directory_iterator(folder_)) {
        auto const name = entry.path().filename().string();
        if (name.ends_with(part)) {
            cut.push_back(entry.path());
        } else if (entry.is_regular_file()) {
            copies_[name] = {entry.file_size(), clock_.monotonic()};
            bytes_ += entry.file_size();
        }
    }
    for (auto const& path : cut) std::filesystem::remove(path);
}

std::optional<std::filesystem::path> S3Cache::find(std::string const& name) {
    std::lock_guard const lock(mutex_);
    auto const found = copies_.find(name);
    if (found == copies_.end()) return std::nullopt;
    found->second.used = clock_.monotonic();
    return folder_ / name;
}

std::filesystem::path S3Cache::add(std::string const& name,
                                   std::function<void(std::filesystem::path const&)> const& fill) {
    std::filesystem::path beside;
    {
        std::lock_guard const lock(mutex_);
        beside = folder_ / (name + "." + std::to_string(++next_part_) + std::string(part));
    }
    struct Removed {
        std::filesystem::path const& path;
        ~Removed() {
            std::error_code gone;
            std::filesystem::remove(path, gone);
        }
    } const removed{beside};
    fill(beside);
    std::lock_guard const lock(mutex_);
    auto const size = std::filesystem::file_size(beside);
    std::filesystem::rename(beside, folder_ / name);
    auto& copy = copies_[name];
    bytes_ += size - copy.bytes;
    copy = {size, clock_.monotonic()};
    trim();
    return folder_ / name;
}

void S3Cache::remove(std::string const& name) {
    std::lock_guard const lock(mutex_);
    auto const found = copies_.find(name);
    if (found == copies_.end()) return;
    std::error_code gone;
    std::filesystem::remove(folder_ / name, gone);
    bytes_ -= found->second.bytes;
    copies_.erase(found);
}

std::uint64_t S3Cache::bytes() const {
    std::lock_guard const lock(mutex_);
    return bytes_;
}

void S3Cache::trim() {
    auto const held_from = clock_.monotonic() - held_time;
    while (bytes_ > bytes_max_) {
        auto const oldest = std::min_element(
            copies_.begin(), copies_.end(), [](auto const& a, auto const& b) { return a.second.used < b.second.used; });
        if (oldest->second.used > held_from) return;
        std::error_code gone;
        std::filesystem::remove(folder_ / oldest->first, gone);
        bytes_ -= oldest->second.bytes;
        copies_.erase(oldest);
    }
}

}  // namespace mainstay::files
