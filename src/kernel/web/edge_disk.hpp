// What the edge does on disk, on threads of its own, so that a slow disk never holds up a socket.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace mainstay::web {

class DiskThreads {
public:
    explicit DiskThreads(std::size_t threads);
    ~DiskThreads();  // finishes what was asked for
    DiskThreads(DiskThreads const&) = delete;
    DiskThreads& operator=(DiskThreads const&) = delete;

    void run(std::function<void()> work);

private:
    void work();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> queue_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

// A body on its way to disk. Made with mode 0600 at the first write; used by one thread at a time.
class SpoolFile {
public:
    explicit SpoolFile(std::filesystem::path path) : path_(std::move(path)) {}
    ~SpoolFile();
    SpoolFile(SpoolFile const&) = delete;
    SpoolFile& operator=(SpoolFile const&) = delete;

    std::filesystem::path const& path() const { return path_; }
    int write(std::string_view);  // 0 or errno
    int close();                  // 0 or errno: some file systems tell of a full disk only here

private:
    std::filesystem::path path_;
    int descriptor_ = -1;
};

// A file on its way to a socket.
class SourceFile {
public:
    SourceFile() = default;
    ~SourceFile();
    SourceFile(SourceFile const&) = delete;
    SourceFile& operator=(SourceFile const&) = delete;

    bool open(std::filesystem::path const&);  // false unless it is a plain file that can be read
    std::uint64_t size() const { return size_; }
    // Up to `size` bytes at `offset`; fewer when the file has shrunk.
    std::string read(std::uint64_t offset, std::size_t size) const;

private:
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
};

// Makes the folder (0700) if it is missing and removes what an earlier process has left there.
void prepare_spool_folder(std::filesystem::path const&);
std::filesystem::path new_spool_path(std::filesystem::path const& folder);

}  // namespace mainstay::web
