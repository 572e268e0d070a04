#include "kernel/files/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

namespace mainstay::files {
namespace {

constexpr std::string_view part = ".part";  // behind the name of a file that is being written

[[noreturn]] void fail(std::filesystem::path const& path, int error) {
    std::string const text = path.string() + ": " + std::strerror(error);
    if (error == ENOSPC || error == EDQUOT)
        throw Fault(errors::storage_full, "The disk is full; the file was not kept.", text);
    throw Fault(errors::internal_error, "The file could not be kept.", text);
}

class Descriptor {
public:
    Descriptor(std::filesystem::path const& path, int flags)
        : path_(path), fd_(open(path.c_str(), flags | O_CLOEXEC, 0600)) {
        if (fd_ < 0) fail(path, errno);
    }
    ~Descriptor() { close(fd_); }
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;

    void write_all(std::string_view bytes) const {
        while (!bytes.empty()) {
            ssize_t const written = write(fd_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written < 0) fail(path_, errno);
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    void sync() const {
        if (fsync(fd_) != 0) fail(path_, errno);
    }

private:
    std::filesystem::path path_;
    int fd_;
};

void sync_folder(std::filesystem::path const& folder) {
    Descriptor(folder, O_RDONLY | O_DIRECTORY).sync();
}

// A file is as safe from a power cut as the folder's own entry.
void make_folder(std::filesystem::path const& folder) {
    std::error_code error;
    bool const is_new = std::filesystem::create_directories(folder, error);
    if (error) fail(folder, error.value());
    if (is_new) sync_folder(folder.has_parent_path() ? folder.parent_path() : ".");
}

// Copies, since a rename does not leave the disk. Throws as the rest does.
void move_to_other_disk(std::filesystem::path const& from, std::filesystem::path const& place) {
    std::filesystem::path const beside = place.string() + std::string(part);
    std::error_code error;
    std::filesystem::copy_file(from, beside, error);
    if (!error) {
        Descriptor(beside, O_RDONLY).sync();
        std::filesystem::rename(beside, place, error);
    }
    if (error) fail(place, error.value());
    std::filesystem::remove(from);
}

}  // namespace

Instant made_at(FileId id) {
    std::int64_t ms = 0;
    for (std::size_t i = 0; i < 6; ++i) ms = ms << 8 | id.uuid[i];
    return {ms * 1000};
}

FolderFiles::FolderFiles(std::filesystem::path folder) : folder_(std::move(folder)) {
    make_folder(folder_);
    std::filesystem::permissions(folder_, std::filesystem::perms::owner_all);
}

std::filesystem::path FolderFiles::place_of(TenantId tenant, FileId id) const {
    return folder_ / tenant.to_string() / id.to_string();
}

FileId FolderFiles::put(TenantId tenant, std::string_view bytes, Instant now) {
    FileId const id = FileId::make(now);
    auto const place = place_of(tenant, id);
    make_folder(place.parent_path());
    auto const beside = place.string() + std::string(part);
    try {
        Descriptor const file(beside, O_WRONLY | O_CREAT | O_EXCL);
        file.write_all(bytes);
        file.sync();
    } catch (Fault const&) {
        std::error_code ignored;  // what stays is swept
        std::filesystem::remove(beside, ignored);
        throw;
    }
    std::error_code error;
    std::filesystem::rename(beside, place, error);
    if (error) fail(place, error.value());
    sync_folder(place.parent_path());
    return id;
}

FileId FolderFiles::put_file(TenantId tenant, std::filesystem::path const& from, Instant now) {
    FileId const id = FileId::make(now);
    put_file_as(tenant, id, from);
    return id;
}

void FolderFiles::put_file_as(TenantId tenant, FileId id, std::filesystem::path const& from) {
    auto const place = place_of(tenant, id);
    make_folder(place.parent_path());
    Descriptor(from, O_RDONLY).sync();
    std::error_code error;
    std::filesystem::rename(from, place, error);
    if (error == std::errc::cross_device_link) {
        move_to_other_disk(from, place);
    } else if (error) {
        fail(place, error.value());
    }
    sync_folder(place.parent_path());
}

std::string FolderFiles::read(TenantId tenant, FileId id, std::uint64_t at_most) {
    auto const place = local_path(tenant, id);
    std::uint64_t const size = std::filesystem::file_size(place);
    if (size > at_most)
        throw Fault(errors::file_too_large,
                    "The file has " + std::to_string(size) + " bytes; " + std::to_string(at_most) + " are allowed.");
    std::string bytes(size, '\0');
    std::ifstream in(place, std::ios::binary);
    if (!in.read(bytes.data(), static_cast<std::streamsize>(size)))
        throw Fault(errors::internal_error, "The file could not be read.", place.string());
    return bytes;
}

std::filesystem::path FolderFiles::local_path(TenantId tenant, FileId id) {
    auto place = place_of(tenant, id);
    if (!std::filesystem::is_regular_file(place)) throw Fault(errors::not_found, "There is no such file.");
    return place;
}

void FolderFiles::remove(TenantId tenant, FileId id) {
    auto const place = place_of(tenant, id);
    std::error_code ignored;  // what stays is swept
    std::filesystem::remove(place, ignored);
    std::filesystem::remove(place.string() + std::string(part), ignored);
}

std::vector<FileId> FolderFiles::made_between(TenantId tenant, Instant from, Instant before) {
    std::vector<FileId> found;
    std::error_code none;  // a tenant without a folder has no files
    for (auto const& entry : std::filesystem::directory_iterator(folder_ / tenant.to_string(), none)) {
        std::string name = entry.path().filename().string();
        if (name.ends_with(part)) name.resize(name.size() - part.size());
        auto const id = FileId::parse(name);
        if (id && made_at(*id) >= from && made_at(*id) < before) found.push_back(*id);
    }
    return found;
}

}  // namespace mainstay::files
