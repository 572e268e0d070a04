// All SQL of uploads.
#include "platform/uploads/uploads_store.hpp"

namespace mainstay::uploads {

void insert_upload(Transaction& tx, Upload const& upload, std::string const& created_by) {
    tx.execute(R"(
        INSERT INTO uploads (tenant_id, id, file_name, content_type, size, created_by, created_at)
        VALUES (:tenant, :id, :file_name, :content_type, :size, :created_by, :created_at))",
               upload, bind("created_by", created_by));
}

std::optional<Upload> find_upload(Snapshot& snapshot, files::FileId id) {
    return snapshot.maybe_one<Upload>(
        "SELECT id, file_name, content_type, size, created_at FROM uploads WHERE tenant_id = :tenant AND id = :id",
        bind("id", id));
}

}  // namespace mainstay::uploads
