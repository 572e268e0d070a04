// A disk that fails when told to, beneath SQLite in this process. For tests alone; one at a time.
#pragma once
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace mainstay::sqlite_test {

class FaultyDisk {
public:
    FaultyDisk();
    ~FaultyDisk();
    FaultyDisk(FaultyDisk const&) = delete;
    FaultyDisk& operator=(FaultyDisk const&) = delete;

    std::atomic<std::int64_t> file_limit_bytes = INT64_MAX;  // past it a file does not grow: ENOSPC
    std::atomic<bool> fails_to_flush = false;                // fdatasync: EIO
    std::atomic<std::uint64_t> flushes = 0;

    // Called before each write and flush, on the thread that does it.
    std::function<void()> before_each;

    // From now on keeps what a power cut would leave of the files in the folder. They must be flushed.
    void remember(std::filesystem::path const& folder);
    // What is there if the power fails now: all that was flushed, and of the rest what the choice picks.
    std::map<std::string, std::string> after_power_cut(std::function<bool()> const& keeps);

    // For what SQLite calls.
    bool may_grow_to(std::int64_t end) const { return end <= file_limit_bytes; }
    void on_write(int file, void const* bytes, std::size_t size, std::int64_t at);
    void on_truncate(int file, std::int64_t size);
    bool on_flush(int file);

private:
    struct Change {
        bool is_truncation;
        std::int64_t at;
        std::string bytes;
        void apply_to(std::string& content) const;
    };
    struct File {
        std::string flushed;
        std::vector<Change> pending;
    };
    File* file_of(int file);

    std::mutex mutex_;
    std::string folder_;
    std::map<std::string, File> files_;
};

}  // namespace mainstay::sqlite_test
