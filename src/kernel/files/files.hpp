// Blobs by id, apart by tenant. Guarantees that a file which has an id is whole: it is written beside its place,
// synced, and renamed. A file is put before the unit that makes it part of something; that unit says so with keep().
// What no unit kept, because it rolled back or its process was killed, the Sweeper removes.
#pragma once
#include "base/fault.hpp"
#include "base/id.hpp"
#include "kernel/files/s3_files.hpp"
#include "kernel/storage/storage.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::files {

using FileId = Id<"fil">;

class Files {
public:
    virtual ~Files() = default;
    virtual FileId put(TenantId, std::string_view bytes, Instant now) = 0;
    // Takes the file away from where it is.
    virtual FileId put_file(TenantId, std::filesystem::path const& from, Instant now) = 0;
    // The same under an id that it had elsewhere; the tenant has none of that id.
    virtual void put_file_as(TenantId, FileId, std::filesystem::path const& from) = 0;
    // Throws Fault(errors::not_found); Fault(errors::file_too_large) past the limit.
    virtual std::string read(TenantId, FileId, std::uint64_t at_most) = 0;
    // A file to read from, as long as the blob is not removed; with S3 for an hour after it was asked for.
    virtual std::filesystem::path local_path(TenantId, FileId) = 0;
    virtual void remove(TenantId, FileId) = 0;  // quietly when it is gone
    // Also those whose writing was cut short.
    virtual std::vector<FileId> made_between(TenantId, Instant from, Instant before) = 0;
};

// The file lives as long as one owner has it; `owner` is the id of what it is part of.
void keep(Transaction&, FileId, std::string_view owner);
// Once it is committed, files that have no other owner are removed.
void let_go(Transaction&, Files&, FileId, std::string_view owner);
void let_go_of_all(Transaction&, Files&, std::string_view owner);

// Removes the files that nobody owns once they are older than any unit that may still come to keep them. A tenant of
// whom the database knows no file is left alone: the folder may be that of another database.
class Sweeper {
public:
    static constexpr Duration unowned_time = days(1);
    static constexpr Duration pause = hours(1);  // between two sweeps

    Sweeper(Files&, Database&, Clock&);
    std::size_t sweep();  // gives the number of files removed

private:
    std::size_t sweep(TenantId, Instant before);

    Files& files_;
    Database& database_;
    Clock& clock_;
    Instant swept_before_{};
};

class FolderFiles : public Files {
public:
    explicit FolderFiles(std::filesystem::path folder);
    FileId put(TenantId, std::string_view bytes, Instant now) override;
    FileId put_file(TenantId, std::filesystem::path const& from, Instant now) override;
    void put_file_as(TenantId, FileId, std::filesystem::path const& from) override;
    std::string read(TenantId, FileId, std::uint64_t at_most) override;
    std::filesystem::path local_path(TenantId, FileId) override;
    void remove(TenantId, FileId) override;
    std::vector<FileId> made_between(TenantId, Instant from, Instant before) override;

private:
    std::filesystem::path place_of(TenantId, FileId) const;
    std::filesystem::path folder_;
};

// In a bucket, under tenant/id. A copy that local_path() gave stays for an hour. Uploads that a killed process left
// half done are given up by made_between(), as far as the server lists them.
class S3Files : public Files {
public:
    // The transport may reach wherever the operator put the bucket: a client of Reach::anywhere.
    S3Files(net::Transport&, S3Options const&, Clock&);
    ~S3Files() override;
    FileId put(TenantId, std::string_view bytes, Instant now) override;
    FileId put_file(TenantId, std::filesystem::path const& from, Instant now) override;
    void put_file_as(TenantId, FileId, std::filesystem::path const& from) override;
    std::string read(TenantId, FileId, std::uint64_t at_most) override;
    std::filesystem::path local_path(TenantId, FileId) override;
    void remove(TenantId, FileId) override;
    std::vector<FileId> made_between(TenantId, Instant from, Instant before) override;
    // For whoever has the URL, as long as it is valid (seven days at most): reads or writes this one blob.
    std::string download_url(TenantId, FileId, Duration valid) const;
    std::string upload_url(TenantId, FileId, Duration valid) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

// Of a UUIDv7 the first 48 bits are the milliseconds since 1970.
Instant made_at(FileId);

std::span<Migration const> migrations();

}  // namespace mainstay::files

namespace mainstay::errors {
inline constexpr ErrorCode file_too_large{"file_too_large", 413, "The file is too large for this",
                                          "`detail` has the limit."};
}
