#include "kernel/web/edge_disk.hpp"

#include "base/random.hpp"
#include "base/text.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

namespace mainstay::web {
namespace {
constexpr std::string_view spool_prefix = "upload-";
}

DiskThreads::DiskThreads(std::size_t threads) {
    for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
}

DiskThreads::~DiskThreads() {
    {
        std::lock_guard const lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

void DiskThreads::run(std::function<void()> work) {
    {
        std::lock_guard const lock(mutex_);
        queue_.push_back(std::move(work));
    }
    wake_.notify_one();
}

void DiskThreads::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (queue_.empty()) return;
        std::function<void()> const next = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        next();
        lock.lock();
    }
}

SpoolFile::~SpoolFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

int SpoolFile::write(std::string_view bytes) {
    if (descriptor_ < 0) {
        descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
        if (descriptor_ < 0) return errno;
    }
    while (!bytes.empty()) {
        ssize_t const written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

int SpoolFile::close() {
    int const descriptor = std::exchange(descriptor_, -1);
    return descriptor >= 0 && ::close(descriptor) != 0 ? errno : 0;
}

SourceFile::~SourceFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

bool SourceFile::open(std::filesystem::path const& path) {
    descriptor_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // a FIFO must not block
    struct stat status {};
    if (descriptor_ < 0 || ::fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) return false;
    size_ = static_cast<std::uint64_t>(status.st_size);
    ::posix_fadvise(descriptor_, 0, 0, POSIX_FADV_SEQUENTIAL);
    return true;
}

std::string SourceFile::read(std::uint64_t offset, std::size_t size) const {
    std::string bytes(size, '\0');
    std::size_t filled = 0;
    while (filled < size) {
        ssize_t const count =
            ::pread(descriptor_, bytes.data() + filled, size - filled, static_cast<off_t>(offset + filled));
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        filled += static_cast<std::size_t>(count);
    }
    bytes.resize(filled);
    return bytes;
}

void prepare_spool_folder(std::filesystem::path const& folder) {
    std::filesystem::create_directories(folder);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
    for (auto const& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().filename().string().starts_with(spool_prefix)) std::filesystem::remove(entry.path());
}

std::filesystem::path new_spool_path(std::filesystem::path const& folder) {
    std::array<unsigned char, 16> name{};
    random_bytes(name);
    return folder / (std::string(spool_prefix) + to_hex(name));
}

}  // namespace mainstay::web
