// Portability: a tenant taken out as one archive, and brought in from one, here or elsewhere, on either engine. An
// archive is a zip: a member of JSON lines for each table, each file of the tenant, the accounts of its members, and
// last a manifest that says what is in it, with a SHA-256 for each, and what is not.
#pragma once
#include "kernel/files/files.hpp"
#include "kernel/flow/flow.hpp"
#include "kernel/storage/tenant_rows.hpp"
#include "kernel/web/web.hpp"
#include "platform/tenants/tenants.hpp"

#include <filesystem>
#include <functional>

namespace mainstay::portability {

using ExportId = Id<"exp">;

inline constexpr std::string_view queue = "exports";  // of its own, so that no other work waits behind an archive
inline constexpr Duration exports_kept = days(7);
inline constexpr std::int64_t exports_max = 5;  // of a tenant; a further one takes the oldest's place

// --- what a manifest says --------------------------------------------------------------------------------------------

inline constexpr std::int64_t archive_format = 1;

struct ColumnSaid {
    std::string name, type;
};
fields::Table const& table_of(ColumnSaid const*);

struct TableSaid {
    std::string name;
    std::vector<ColumnSaid> columns;
    std::int64_t row_count = 0;
    std::int64_t bytes = 0;
    std::string sha256;
};
fields::Table const& table_of(TableSaid const*);

struct FileSaid {
    files::FileId id;
    std::int64_t bytes = 0;
    std::string sha256;
};
fields::Table const& table_of(FileSaid const*);

// A table, or the part of it, that stays behind.
struct LeftOut {
    std::string name, why;
};
fields::Table const& table_of(LeftOut const*);

struct Manifest {
    std::int64_t format = archive_format;
    Instant created_at;
    tenants::Tenant tenant;
    std::vector<TableSaid> tables;
    std::vector<FileSaid> files;
    std::int64_t account_count = 0;
    std::int64_t account_bytes = 0;
    std::string account_sha256;
    std::vector<LeftOut> left_out;
    std::vector<files::FileId> files_gone;  // removed while the archive was made
};
fields::Table const& table_of(Manifest const*);

// Of an archive, without looking at anything else in it. Throws Fault(errors::archive_refused).
Manifest read_manifest(std::filesystem::path const& archive);

// --- out and in ------------------------------------------------------------------------------------------------------

// Rows of work that waited or ran where the archive was made. Nobody here is at it, and so it comes in as failed, with
// interrupted_by_move for a reason, until somebody takes it up again.
struct UnfinishedWork {
    std::string_view table;
    std::string_view ended;  // the column that is empty as long as the work is not finished
    std::string_view state, failed;
    std::string_view reason;  // may be empty: the table has no such column
    std::string_view finished_at;
};
inline constexpr std::string_view interrupted_by_move =
    "interrupted_by_move: it was not finished when its tenant was taken out; try it again";

struct Needs {
    files::Files& files;
    Clock& clock;
    std::filesystem::path work_folder;                  // for archives in the making; each takes its own away
    std::function<std::vector<TenantTable>()> tables;   // as kernel/storage/tenant_rows.hpp gives them
    std::function<std::vector<std::string>()> erasing;  // as kernel/storage/erasure.hpp does
    std::string public_url;                             // links in invitations begin with it
    std::vector<UnfinishedWork> unfinished;             // of products; what stands here knows that of flow
};

// What came of it.
struct Archive {
    std::int64_t row_count = 0;
    std::int64_t file_count = 0;
    std::int64_t bytes = 0;
    std::string sha256;  // of the whole
};

// Writes the archive. All rows are of one moment; files that were removed between that moment and their copying are
// named in the manifest. Memory does not grow with the tenant. Throws Fault(errors::busy) when the engine cannot hold
// the moment any longer without refusing writes: then it is to be tried again when less is written.
Archive export_tenant(Needs const&, Database&, TenantId, std::filesystem::path const& out,
                      std::function<bool()> const& is_cancelled);

// An account says who may come in, and an archive is no proof of that: members are invited anew, or matched with the
// accounts of this installation whose addresses are verified, where its operator wants so. Whoever has no such account
// is invited.
enum class Members { invited, matched };
BOOST_DESCRIBE_ENUM(Members, invited, matched)

struct ImportOptions {
    Members members = Members::invited;
    // What the tenant may here, which an archive does not decide.
    tenants::Plan plan = tenants::Plan::free;
    std::string actor_id;  // to the audit
};

struct Imported {
    TenantId id;
    std::string slug;  // another than the archive's where that is taken
    std::int64_t row_count = 0, file_count = 0, members_matched = 0, members_invited = 0;
};
fields::Table const& table_of(Imported const*);

inline constexpr std::uint64_t unpacked_bytes_max = 1ull << 40;
inline constexpr std::size_t members_of_archive_max = 1'000'000;
inline constexpr std::uint64_t archive_ratio_max = 200;

// Brings the tenant of an archive in, under the id that it had. Every member of the archive is checked before anything
// is written, and nothing of the tenant can be seen or used before all of it is there; what fails is erased. Throws
// Fault(errors::archive_refused), and Fault(errors::conflict) when there is something of it here already.
Imported import_tenant(Needs const&, Database&, std::filesystem::path const& archive, ImportOptions const&);

// Erases what imports left whose process was killed. Gives their number.
inline constexpr Duration import_beat_pause = seconds(20);
inline constexpr Duration import_beat_max = minutes(2);     // then whoever brought it in is gone
inline constexpr Duration import_sweep_pause = minutes(1);  // between two looks for such
std::int64_t sweep_imports(Needs const&, Database&);

// The engine that is to carry it out is that of `queue`.
flow::JobKind export_job(Needs const&);

void add_routes(web::Routes&, Needs const&);
std::span<Migration const> migrations();

}  // namespace mainstay::portability

namespace mainstay::errors {
inline constexpr ErrorCode archive_refused{"archive_refused", 422, "The archive cannot be brought in",
                                           "`detail` says why. Nothing of it was kept."};
}
