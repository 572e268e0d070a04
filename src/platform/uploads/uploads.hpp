// Uploads: files that were sent ahead, to be named by later requests.
#pragma once
#include "kernel/files/files.hpp"
#include "kernel/storage/storage.hpp"
#include "kernel/web/web.hpp"

#include <optional>

namespace mainstay::uploads {

inline constexpr std::uint64_t upload_bytes_max = 256u << 20;

struct Upload {
    files::FileId id;
    std::string file_name;
    std::string content_type;
    std::int64_t size = 0;
    Instant created_at;
};
fields::Table const& table_of(Upload const*);

std::optional<Upload> find_upload(Snapshot&, files::FileId);

void add_routes(web::Routes&, files::Files&);
std::span<Migration const> migrations();

}  // namespace mainstay::uploads
