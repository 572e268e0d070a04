// All SQL of files: who owns which.
#include "kernel/files/files_store.hpp"

namespace mainstay::files {
namespace {

void remove_unless_owned(Transaction& tx, Files& files, std::span<FileId const> gone) {
    for (FileId const id : gone)
        if (!is_owned(tx, id)) tx.after_commit([&files, tenant = tx.tenant(), id] { files.remove(tenant, id); });
}

}  // namespace

void keep(Transaction& tx, FileId id, std::string_view owner) {
    tx.execute(R"(
        INSERT INTO file_owners (tenant_id, file_id, owner) VALUES (:tenant, :file_id, :owner)
            ON CONFLICT (tenant_id, file_id, owner) DO NOTHING)",
               bind("file_id", id), bind("owner", owner));
}

void let_go(Transaction& tx, Files& files, FileId id, std::string_view owner) {
    tx.execute("DELETE FROM file_owners WHERE tenant_id = :tenant AND file_id = :file_id AND owner = :owner",
               bind("file_id", id), bind("owner", owner));
    remove_unless_owned(tx, files, {&id, 1});
}

void let_go_of_all(Transaction& tx, Files& files, std::string_view owner) {
    auto const owned = tx.all<FileId>("SELECT file_id FROM file_owners WHERE tenant_id = :tenant AND owner = :owner",
                                      bind("owner", owner));
    tx.execute("DELETE FROM file_owners WHERE tenant_id = :tenant AND owner = :owner", bind("owner", owner));
    remove_unless_owned(tx, files, owned);
}

bool is_owned(Snapshot& snapshot, FileId id) {
    return snapshot
        .maybe_one<std::string>(
            "SELECT owner FROM file_owners WHERE tenant_id = :tenant AND file_id = :file_id LIMIT 1",
            bind("file_id", id))
        .has_value();
}

std::optional<TenantId> next_tenant(Snapshot& snapshot, std::optional<TenantId> after) {
    return snapshot.maybe_one<TenantId>(
        "SELECT tenant_id FROM file_owners WHERE tenant_id > :after ORDER BY tenant_id LIMIT 1",
        bind("after", after ? after->to_string() : std::string()));
}

}  // namespace mainstay::files
