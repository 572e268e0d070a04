// Blobs by id, apart by tenant. Guarantees that a file which has an id is whole: it is written beside its place,
// synced, and renamed.
#pragma once
#include "base/fault.hpp"
#include "base/id.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace mainstay::files {

using FileId = Id<"fil">;

class Files {
public:
    virtual ~Files() = default;
    virtual FileId put(TenantId, std::string_view bytes, Instant now) = 0;
    // Takes the file away from where it is.
    virtual FileId put_file(TenantId, std::filesystem::path const& from, Instant now) = 0;
    // Throws Fault(errors::not_found); Fault(errors::file_too_large) past the limit.
    virtual std::string read(TenantId, FileId, std::uint64_t at_most) = 0;
    // A file to read from, as long as the blob is not removed.
    virtual std::filesystem::path local_path(TenantId, FileId) = 0;
    virtual void remove(TenantId, FileId) = 0;  // quietly when it is gone
};

class FolderFiles : public Files {
public:
    explicit FolderFiles(std::filesystem::path folder);
    FileId put(TenantId, std::string_view bytes, Instant now) override;
    FileId put_file(TenantId, std::filesystem::path const& from, Instant now) override;
    std::string read(TenantId, FileId, std::uint64_t at_most) override;
    std::filesystem::path local_path(TenantId, FileId) override;
    void remove(TenantId, FileId) override;

private:
    std::filesystem::path place_of(TenantId, FileId) const;
    std::filesystem::path folder_;
};

}  // namespace mainstay::files

namespace mainstay::errors {
inline constexpr ErrorCode file_too_large{"file_too_large", 413, "The file is too large for this",
                                          "`detail` has the limit."};
}
