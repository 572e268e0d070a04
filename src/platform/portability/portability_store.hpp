#pragma once
#include "platform/portability/archive_format.hpp"

namespace mainstay::portability {

// Of the scope's tenant, in the order of the members' ids.
std::vector<Account> list_accounts(Snapshot&, std::optional<tenants::UserId> after, std::int64_t limit);
std::vector<files::FileId> list_files(Snapshot&, std::optional<files::FileId> after, std::int64_t limit);

struct ExportRecord {
    ExportId id;
    flow::JobId job_id;
    std::optional<files::FileId> file_id;
    std::optional<std::int64_t> row_count, file_count, bytes;
    std::optional<std::string> sha256;
    std::string created_by;
    Instant created_at;
    std::optional<Instant> finished_at;
};
fields::Table const& table_of(ExportRecord const*);
void insert_export(Transaction&, ExportRecord const&);
void finish_export(Transaction&, ExportId, files::FileId, Archive const&);
void remove_export(Transaction&, ExportId);
std::optional<ExportRecord> find_export(Snapshot&, ExportId);
std::optional<ExportRecord> newest_finished(Snapshot&);
std::vector<ExportRecord> list_exports(Snapshot&);  // newest first; there are no more than exports_max + 1

// --- imports, in installation scope but for the beat -----------------------------------------------------------------

using ImportId = Id<"imp">;
bool mark_import(Transaction& system, TenantId, ImportId);    // false: the tenant is marked already
bool beat_import(Transaction&, ImportId);                     // of the scope's tenant; false: the mark is gone
bool remove_import(Transaction& system, TenantId, ImportId);  // the same
void add_user_tenant(Transaction& system, TenantId, tenants::UserId);
// Takes the mark of one that was not beaten for since then over, so that whoever made it can write no more.
std::optional<TenantId> take_dead_import(Transaction& system, Instant beaten_before);
void forget_import(Transaction& system, TenantId);

// The payload of the job.
struct ExportTenant {
    ExportId export_id;
};
fields::Table const& table_of(ExportTenant const*);

}  // namespace mainstay::portability
