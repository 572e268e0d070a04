// What the API says about archives of one's own tenant: for its owner, also while it waits to be erased.
#include "platform/audit/audit.hpp"
#include "platform/identity/identity.hpp"
#include "platform/portability/portability_store.hpp"

#include <algorithm>

namespace mainstay::portability {
namespace {

using fields::field;

enum class Status { pending, running, completed, failed };
BOOST_DESCRIBE_ENUM(Status, pending, running, completed, failed)

struct TenantExport {
    ExportId id;
    Status status = Status::pending;
    std::optional<std::int64_t> row_count, file_count, bytes;
    std::optional<std::string> sha256, error;
    std::string created_by;
    Instant created_at;
    std::optional<Instant> finished_at;
};
fields::Table const& table_of(TenantExport const*) {
    static fields::Table const table{
        "TenantExport",
        {field("id", &TenantExport::id, "Begins with exp_."), field("status", &TenantExport::status, "How it stands."),
         field("row_count", &TenantExport::row_count, "Of all tables."),
         field("file_count", &TenantExport::file_count, "Files of the tenant in it."),
         field("bytes", &TenantExport::bytes, "Of the archive."),
         field("sha256", &TenantExport::sha256, "Of the archive, in hexadecimal."),
         field("error", &TenantExport::error, "Why it failed."),
         field("created_by", &TenantExport::created_by, "Who asked for it."),
         field("created_at", &TenantExport::created_at, "When it was asked for; it is kept for seven days."),
         field("finished_at", &TenantExport::finished_at, "When it was there.")}};
    return table;
}

struct TenantExports {
    std::vector<TenantExport> items;
};
fields::Table const& table_of(TenantExports const*) {
    static fields::Table const table{"TenantExports", {field("items", &TenantExports::items, "Newest first.")}};
    return table;
}

struct OfTenant {
    TenantId tenant_id;
};
fields::Table const& table_of(OfTenant const*) {
    static fields::Table const table{"ExportsOfTenant", {field("tenant_id", &OfTenant::tenant_id, "One's own.")}};
    return table;
}

struct ById {
    TenantId tenant_id;
    ExportId export_id;
};
fields::Table const& table_of(ById const*) {
    static fields::Table const table{"ExportById",
                                     {field("tenant_id", &ById::tenant_id, "One's own."),
                                      field("export_id", &ById::export_id, "Begins with exp_.")}};
    return table;
}

void need_own(Call const& call, TenantId tenant) {
    if (call.tenant() != tenant) throw Fault(errors::not_found, "There is no such object.");
}

Status status_of(ExportRecord const& record, std::optional<flow::Job> const& job) {
    if (record.file_id) return Status::completed;
    if (job && job->state == flow::JobState::waiting) return Status::pending;
    return job && job->state == flow::JobState::running ? Status::running : Status::failed;
}

TenantExport shown(Snapshot& snapshot, ExportRecord const& record) {
    auto const job = record.file_id ? std::nullopt : flow::find_job(snapshot, record.job_id);
    return {record.id,
            status_of(record, job),
            record.row_count,
            record.file_count,
            record.bytes,
            record.sha256,
            job ? job->last_error : std::nullopt,
            record.created_by,
            record.created_at,
            record.finished_at};
}

ExportRecord export_or_404(Snapshot& snapshot, ExportId id) {
    auto record = find_export(snapshot, id);
    if (!record) throw Fault(errors::not_found, "There is no such object.");
    return std::move(*record);
}

constexpr web::Endpoint create_endpoint{
    .name = "create_export",
    .method = web::Method::post,
    .path = "/api/v1/tenants/{tenant_id}/exports",
    .summary = "Have an archive of everything made that the tenant has; asks for a fresh sign-in",
    .permission = "tenants.own",
    .success = 202,
    .body = web::Body::none,
};

TenantExport create(files::Files& files, Call const& call, Transaction& tx, OfTenant input) {
    need_own(call, input.tenant_id);
    identity::require_fresh(tx, call);
    auto const records = list_exports(tx);
    std::int64_t kept = 0;
    for (ExportRecord const& record : records) {
        auto const status = shown(tx, record).status;
        if (status == Status::pending || status == Status::running)
            throw Fault(errors::conflict, "An archive is being made: " + record.id.to_string() + '.');
        if (record.created_at + exports_kept > tx.now() && ++kept < exports_max) continue;
        files::let_go_of_all(tx, files, record.id.to_string());
        remove_export(tx, record.id);
    }
    ExportRecord record;
    record.id = ExportId::make(tx.now());
    record.job_id = flow::enqueue(tx, ExportTenant{record.id}, {.queue = std::string(queue)});
    record.created_by = call.identity.actor_id;
    record.created_at = tx.now();
    insert_export(tx, record);
    return shown(tx, record);
}

constexpr web::Endpoint list_endpoint{
    .name = "list_exports",
    .method = web::Method::get,
    .path = "/api/v1/tenants/{tenant_id}/exports",
    .summary = "List the archives that were asked for, newest first",
    .permission = "tenants.own",
    .impersonators = web::Impersonators::refused,
};

TenantExports list(Call const& call, Snapshot& snapshot, OfTenant input) {
    need_own(call, input.tenant_id);
    TenantExports exports;
    for (ExportRecord const& record : list_exports(snapshot)) exports.items.push_back(shown(snapshot, record));
    return exports;
}

constexpr web::Endpoint read_endpoint{
    .name = "read_export",
    .method = web::Method::get,
    .path = "/api/v1/tenants/{tenant_id}/exports/{export_id}",
    .summary = "Read how an archive stands, its size and its checksum",
    .permission = "tenants.own",
    .impersonators = web::Impersonators::refused,
};

TenantExport read(Call const& call, Snapshot& snapshot, ById input) {
    need_own(call, input.tenant_id);
    return shown(snapshot, export_or_404(snapshot, input.export_id));
}

constexpr web::Endpoint download_endpoint{
    .name = "download_export",
    .method = web::Method::get,
    .path = "/api/v1/tenants/{tenant_id}/exports/{export_id}/download",
    .summary = "Download an archive; asks for a fresh sign-in",
    .permission = "tenants.own",
    .content_type = "application/zip",
};

constexpr web::Endpoint newest_endpoint{
    .name = "download_newest_export",
    .method = web::Method::get,
    .path = "/api/v1/tenants/{tenant_id}/export",
    .summary = "Download the newest archive that is there; asks for a fresh sign-in",
    .permission = "tenants.own",
    .content_type = "application/zip",
};

// That an archive left is in the audit log, which has no lines of reading else.
template <class Find>
web::Content download(files::Files& files, Call const& call, Database& database, TenantId tenant, Find const& find) {
    need_own(call, tenant);
    auto const record = database.write(Scope(tenant, call.identity.actor_id), [&](Transaction& tx) {
        identity::require_fresh(tx, call);
        ExportRecord const found = find(tx);
        if (!found.file_id) throw Fault(errors::conflict, "The archive is not there yet.");
        audit::write(tx, tenant,
                     {call.identity.actor_id, std::string(download_endpoint.name), found.id.to_string(),
                      download_endpoint.success},
                     &call);
        return found;
    });
    web::Content content;
    content.content_type = std::string(download_endpoint.content_type);
    content.file_name = record.id.to_string() + ".zip";
    content.file = files.local_path(tenant, *record.file_id);
    return content;
}

}  // namespace

void add_routes(web::Routes& routes, Needs const& needs) {
    files::Files& files = needs.files;
    routes.add(create_endpoint,
               [&files](Call const& call, Transaction& tx, OfTenant input) { return create(files, call, tx, input); });
    routes.add(list_endpoint, list);
    routes.add(read_endpoint, read);
    routes.add(download_endpoint, [&files](Call const& call, Database& database, ById input) {
        return download(files, call, database, input.tenant_id,
                        [&](Snapshot& snapshot) { return export_or_404(snapshot, input.export_id); });
    });
    routes.add(newest_endpoint, [&files](Call const& call, Database& database, OfTenant input) {
        return download(files, call, database, input.tenant_id, [](Snapshot& snapshot) {
            auto newest = newest_finished(snapshot);
            if (!newest) throw Fault(errors::not_found, "There is no archive; ask for one.");
            return std::move(*newest);
        });
    });
}

}  // namespace mainstay::portability
