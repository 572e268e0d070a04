#include "kernel/files/files.hpp"
#include "kernel/files/s3_bucket.hpp"
#include "kernel/files/s3_cache.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace mainstay::files {
namespace {

std::string key_of(TenantId tenant, FileId id) {
    return tenant.to_string() + "/" + id.to_string();
}

std::string cached_name(TenantId tenant, FileId id) {
    return tenant.to_string() + "." + id.to_string();
}

// The first id of that millisecond: S3 lists by the bytes of the keys, which is by time.
FileId first_at(Instant at) {
    FileId id;
    auto const ms = static_cast<std::uint64_t>(std::max<std::int64_t>(0, at.us)) / 1'000;
    for (std::size_t i = 0; i < 6; ++i) id.uuid[i] = static_cast<unsigned char>(ms >> (40 - 8 * i));
    return id;
}

[[noreturn]] void fail(std::filesystem::path const& path) {
    int const error = errno;
    auto const text = path.string() + ": " + std::strerror(error);
    if (error == ENOSPC || error == EDQUOT) throw Fault(errors::storage_full, "The disk is full.", text);
    throw Fault(errors::internal_error, "The file could not be read or kept.", text);
}

// Reads at any offset, from any thread.
class Opened {
public:
    explicit Opened(std::filesystem::path const& path) : fd_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
        if (fd_ < 0) fail(path);
        size_ = std::filesystem::file_size(path);
    }
    ~Opened() { close(fd_); }
    Opened(Opened const&) = delete;
    Opened& operator=(Opened const&) = delete;

    net::BodySource source() const {
        return {size_, [fd = fd_](std::uint64_t offset, std::span<char> into) -> std::size_t {
                    ssize_t const got = pread(fd, into.data(), into.size(), static_cast<off_t>(offset));
                    return got < 0 ? 0 : static_cast<std::size_t>(got);
                }};
    }

private:
    int fd_;
    std::uint64_t size_ = 0;
};

}  // namespace

struct S3Files::State {
    State(net::Transport& transport, S3Options const& options, Clock& clock)
        : bucket(transport, options, clock), cache(options.cache_folder, options.cache_bytes, clock) {}

    S3Bucket bucket;
    S3Cache cache;
};

S3Files::S3Files(net::Transport& transport, S3Options const& options, Clock& clock)
    : state_(std::make_unique<State>(transport, options, clock)) {}
S3Files::~S3Files() = default;

FileId S3Files::put(TenantId tenant, std::string_view bytes, Instant now) {
    FileId const id = FileId::make(now);
    state_->bucket.put(key_of(tenant, id), {bytes.size(), [bytes](std::uint64_t offset, std::span<char> into) {
                                                return bytes.copy(into.data(), into.size(), offset);
                                            }});
    return id;
}

FileId S3Files::put_file(TenantId tenant, std::filesystem::path const& from, Instant now) {
    FileId const id = FileId::make(now);
    put_file_as(tenant, id, from);
    return id;
}

void S3Files::put_file_as(TenantId tenant, FileId id, std::filesystem::path const& from) {
    state_->bucket.put(key_of(tenant, id), Opened(from).source());
    std::error_code stays;  // it is copied; the caller's folder is the caller's to clean
    std::filesystem::remove(from, stays);
}

std::string S3Files::read(TenantId tenant, FileId id, std::uint64_t at_most) {
    return state_->bucket.get(key_of(tenant, id), at_most);
}

std::filesystem::path S3Files::local_path(TenantId tenant, FileId id) {
    auto const name = cached_name(tenant, id);
    if (auto const found = state_->cache.find(name)) return *found;
    return state_->cache.add(name, [&](std::filesystem::path const& path) {
        std::ofstream out(path, std::ios::binary);
        if (!out) fail(path);
        state_->bucket.get(key_of(tenant, id), [&](std::string_view piece) {
            if (!out.write(piece.data(), static_cast<std::streamsize>(piece.size()))) fail(path);
        });
        if (!out.flush()) fail(path);
    });
}

void S3Files::remove(TenantId tenant, FileId id) {
    state_->cache.remove(cached_name(tenant, id));
    state_->bucket.remove(key_of(tenant, id));
}

std::vector<FileId> S3Files::made_between(TenantId tenant, Instant from, Instant before) {
    auto const prefix = tenant.to_string() + "/";
    state_->bucket.end_cut_uploads(prefix, before);
    std::vector<FileId> found;
    state_->bucket.list(prefix, prefix + first_at(from).to_string(), [&](std::string const& key) {
        auto const id = FileId::parse(std::string_view(key).substr(prefix.size()));
        if (id && made_at(*id) >= before) return false;
        if (id && made_at(*id) >= from) found.push_back(*id);
        return true;
    });
    return found;
}

std::string S3Files::download_url(TenantId tenant, FileId id, Duration valid) const {
    return state_->bucket.presigned_url("GET", key_of(tenant, id), valid);
}

std::string S3Files::upload_url(TenantId tenant, FileId id, Duration valid) const {
    return state_->bucket.presigned_url("PUT", key_of(tenant, id), valid);
}

}  // namespace mainstay::files
