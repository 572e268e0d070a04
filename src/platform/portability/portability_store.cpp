// All SQL of exports and imports, but for the tables that are walked.
#include "platform/portability/portability_store.hpp"

namespace mainstay::portability {

using fields::field;

std::vector<Account> list_accounts(Snapshot& snapshot, std::optional<tenants::UserId> after, std::int64_t limit) {
    return snapshot.all<Account>(R"(
        SELECT m.user_id AS user_id, u.email AS email, u.name AS name
          FROM members m
          JOIN users u ON u.id = m.user_id
         WHERE m.tenant_id = :tenant AND m.user_id > :after
         ORDER BY m.user_id
         LIMIT :limit)",
                                 bind("after", after ? after->to_string() : std::string()), bind("limit", limit));
}

std::vector<files::FileId> list_files(Snapshot& snapshot, std::optional<files::FileId> after, std::int64_t limit) {
    return snapshot.all<files::FileId>(R"(
        SELECT DISTINCT file_id FROM file_owners
         WHERE tenant_id = :tenant AND file_id > :after AND substr(owner, 1, 4) <> 'exp_'
         ORDER BY file_id
         LIMIT :limit)",
                                       bind("after", after ? after->to_string() : std::string()), bind("limit", limit));
}

fields::Table const& table_of(ExportRecord const*) {
    static fields::Table const table{
        "ExportRecord",
        {field("id", &ExportRecord::id, ""), field("job_id", &ExportRecord::job_id, ""),
         field("file_id", &ExportRecord::file_id, ""), field("row_count", &ExportRecord::row_count, ""),
         field("file_count", &ExportRecord::file_count, ""), field("bytes", &ExportRecord::bytes, ""),
         field("sha256", &ExportRecord::sha256, ""), field("created_by", &ExportRecord::created_by, ""),
         field("created_at", &ExportRecord::created_at, ""), field("finished_at", &ExportRecord::finished_at, "")}};
    return table;
}

void insert_export(Transaction& tx, ExportRecord const& record) {
    tx.execute(R"(
        INSERT INTO tenant_exports (tenant_id, id, job_id, file_id, row_count, file_count, bytes, sha256, created_by,
                                    created_at, finished_at)
        VALUES (:tenant, :id, :job_id, :file_id, :row_count, :file_count, :bytes, :sha256, :created_by, :created_at,
                :finished_at))",
               record);
}

void finish_export(Transaction& tx, ExportId id, files::FileId file, Archive const& archive) {
    std::int64_t const found = tx.execute(
        R"(
        UPDATE tenant_exports SET file_id = :file_id, row_count = :row_count, file_count = :file_count, bytes = :bytes,
                                  sha256 = :sha256, finished_at = :finished_at
         WHERE tenant_id = :tenant AND id = :id)",
        bind("file_id", file), bind("row_count", archive.row_count), bind("file_count", archive.file_count),
        bind("bytes", archive.bytes), bind("sha256", archive.sha256), bind("finished_at", tx.now()), bind("id", id));
    if (found > 0) files::keep(tx, file, id.to_string());  // else it was given up meanwhile, and the file is swept
}

void remove_export(Transaction& tx, ExportId id) {
    tx.execute("DELETE FROM tenant_exports WHERE tenant_id = :tenant AND id = :id", bind("id", id));
}

std::optional<ExportRecord> find_export(Snapshot& snapshot, ExportId id) {
    return snapshot.maybe_one<ExportRecord>(R"(
        SELECT id, job_id, file_id, row_count, file_count, bytes, sha256, created_by, created_at, finished_at
          FROM tenant_exports WHERE tenant_id = :tenant AND id = :id)",
                                            bind("id", id));
}

std::optional<ExportRecord> newest_finished(Snapshot& snapshot) {
    return snapshot.maybe_one<ExportRecord>(R"(
        SELECT id, job_id, file_id, row_count, file_count, bytes, sha256, created_by, created_at, finished_at
          FROM tenant_exports WHERE tenant_id = :tenant AND file_id IS NOT NULL
         ORDER BY id DESC LIMIT 1)");
}

std::vector<ExportRecord> list_exports(Snapshot& snapshot) {
    return snapshot.all<ExportRecord>(R"(
        SELECT id, job_id, file_id, row_count, file_count, bytes, sha256, created_by, created_at, finished_at
          FROM tenant_exports WHERE tenant_id = :tenant ORDER BY id DESC LIMIT :limit)",
                                      bind("limit", exports_max + 1));
}

bool mark_import(Transaction& tx, TenantId tenant, ImportId id) {
    return tx.execute(R"(
        INSERT INTO tenant_imports (imported, import_id, started_at, beat_at) VALUES (:of_tenant, :id, :now, :now)
        ON CONFLICT (imported) DO NOTHING)",
                      bind("of_tenant", tenant), bind("id", id), bind("now", tx.now())) == 1;
}

bool beat_import(Transaction& tx, ImportId id) {
    return tx.execute("UPDATE tenant_imports SET beat_at = :now WHERE imported = :tenant AND import_id = :id",
                      bind("now", tx.now()), bind("id", id)) == 1;
}

bool remove_import(Transaction& tx, TenantId tenant, ImportId id) {
    return tx.execute("DELETE FROM tenant_imports WHERE imported = :of_tenant AND import_id = :id",
                      bind("of_tenant", tenant), bind("id", id)) == 1;
}

void add_user_tenant(Transaction& tx, TenantId tenant, tenants::UserId user) {
    tx.execute(
        "INSERT INTO user_tenants (user_id, tenant) VALUES (:user_id, :of_tenant) ON CONFLICT (user_id, tenant) DO "
        "NOTHING",
        bind("user_id", user), bind("of_tenant", tenant));
    shared_state::revoke(tx, user.to_string());
}

std::optional<TenantId> take_dead_import(Transaction& tx, Instant beaten_before) {
    auto const tenant =
        tx.maybe_one<TenantId>("SELECT imported FROM tenant_imports WHERE beat_at < :before ORDER BY imported LIMIT 1",
                               bind("before", beaten_before));
    if (tenant)
        tx.execute("UPDATE tenant_imports SET import_id = :id, beat_at = :now WHERE imported = :of_tenant",
                   bind("id", ImportId::make(tx.now())), bind("now", tx.now()), bind("of_tenant", *tenant));
    return tenant;
}

void forget_import(Transaction& tx, TenantId tenant) {
    tx.execute("DELETE FROM tenant_imports WHERE imported = :of_tenant", bind("of_tenant", tenant));
}

fields::Table const& table_of(ExportTenant const*) {
    static fields::Table const table{"export_tenant", {field("export_id", &ExportTenant::export_id, "")}};
    return table;
}

}  // namespace mainstay::portability
