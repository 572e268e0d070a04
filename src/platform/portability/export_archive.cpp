// Makes an archive. What is read from the database is put aside first, in one snapshot that ends before anything is
// compressed; files are never changed, so that they may be read afterwards.
#include "base/hash.hpp"
#include "base/text.hpp"
#include "platform/portability/portability_store.hpp"
#include "platform/portability/work_folder.hpp"
#include "platform/portability/zip_writer.hpp"

#include <algorithm>
#include <fstream>
#include <list>

namespace mainstay::portability {
namespace {

constexpr Duration snapshot_time_max = minutes(30);
// A snapshot keeps SQLite from folding its log, and past 256 MiB of it writes are refused: the archive gives way first.
constexpr std::uint64_t log_bytes_max = 128u << 20;
constexpr std::int64_t rows_between_looks = 1'000;
constexpr std::int64_t listed_at_once = 1'000;
constexpr std::size_t buffer_bytes = 256u << 10;

struct Cancelled {};

// A member put aside: its bytes and what the manifest says of them.
class Aside {
public:
    Aside(std::filesystem::path path, std::string member)
        : path_(std::move(path)), member_(std::move(member)), out_(path_, std::ios::binary) {}
    void add(std::string_view text) {
        buffer_ += text;
        if (buffer_.size() >= buffer_bytes) flush();
    }
    std::string& buffer() { return buffer_; }
    void flush_when_full() {
        if (buffer_.size() >= buffer_bytes) flush();
    }
    void finish() {
        flush();
        out_.close();
        if (!out_) throw Fault(errors::storage_full, "The archive could not be written.", path_.string());
        sha256_ = to_hex(sum_.finish());
    }
    std::filesystem::path const& path() const { return path_; }
    std::string const& member() const { return member_; }
    std::int64_t bytes() const { return bytes_; }
    std::string const& sha256() const { return sha256_; }

private:
    void flush() {
        out_.write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
        if (!out_) throw Fault(errors::storage_full, "The archive could not be written.", path_.string());
        sum_.add(buffer_);
        bytes_ += std::ssize(buffer_);
        buffer_.clear();
    }

    std::filesystem::path path_;
    std::string member_;
    std::ofstream out_;
    std::string buffer_, sha256_;
    Sha256Sum sum_;
    std::int64_t bytes_ = 0;
};

struct Sum {
    std::int64_t bytes = 0;
    std::string sha256;
};

Sum sum_of(std::filesystem::path const& path) {
    std::ifstream in(path, std::ios::binary);
    std::string buffer(buffer_bytes, '\0');
    Sha256Sum sum;
    std::int64_t bytes = 0;
    while (in) {
        in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        sum.add(std::string_view(buffer.data(), static_cast<std::size_t>(in.gcount())));
        bytes += in.gcount();
    }
    if (!in.eof()) throw Fault(errors::internal_error, "A file could not be read.", path.string());
    return {bytes, to_hex(sum.finish())};
}

std::string_view condition_of(std::string_view table) {
    for (Part const& part : parts())
        if (part.table == table) return part.condition;
    return {};
}

class Export {
public:
    Export(Needs const& needs, Database& database, TenantId tenant, std::function<bool()> const& is_cancelled)
        : needs_(needs),
          database_(database),
          tenant_(tenant),
          is_cancelled_(is_cancelled),
          folder_(needs.work_folder),
          tables_(needs.tables()) {
        require_decisions(tables_);
        for (auto const& table : tables_)
            if (why_left_out(table.name).empty()) readers_.push_back({table, {table, condition_of(table.name)}});
    }

    Archive write(std::filesystem::path const& out) {
        std::uint64_t const log_before = database_.counters().wal_bytes;
        database_.read(tenant_, [&](Snapshot& snapshot) { put_aside(snapshot, log_before); }, {snapshot_time_max});
        ZipWriter zip(out);
        for (Aside const& one : asides_) zip.add(one.member(), one.path(), ZipWriter::Packing::deflated);
        add_files(zip);
        std::filesystem::path const manifest = folder_.path() / manifest_member;
        std::ofstream(manifest, std::ios::binary) << fields::to_json(manifest_);
        zip.add(std::string(manifest_member), manifest, ZipWriter::Packing::deflated);
        if (!zip.finish(is_cancelled_)) throw Cancelled{};
        auto const whole = sum_of(out);
        return {row_count_, std::ssize(manifest_.files), whole.bytes, whole.sha256};
    }

private:
    struct Reader {
        TenantTable const& table;
        TenantRowReader rows;
    };

    // Begins anew: on PostgreSQL a snapshot whose connection was lost is taken again.
    void put_aside(Snapshot& snapshot, std::uint64_t log_before) {
        asides_.clear();
        manifest_ = {};
        files_.clear();
        row_count_ = 0;
        auto tenant = tenants::find_tenant(snapshot, tenant_);
        if (!tenant) throw Fault(errors::not_found, "There is no such tenant.");
        manifest_.created_at = snapshot.now();
        manifest_.tenant = std::move(*tenant);
        for (auto const& table : tables_)
            if (auto const why = why_left_out(table.name); !why.empty())
                manifest_.left_out.push_back({table.name, std::string(why)});
        for (Part const& part : parts())
            manifest_.left_out.push_back({std::string(part.table) + " in part", std::string(part.why_not_the_rest)});
        for (Reader const& reader : readers_) put_aside(snapshot, reader, log_before);
        put_accounts_aside(snapshot);
        std::optional<files::FileId> after;
        for (std::int64_t some = listed_at_once; some == listed_at_once;) {
            auto const ids = list_files(snapshot, after, listed_at_once);
            some = std::ssize(ids);
            files_.insert(files_.end(), ids.begin(), ids.end());
            if (!ids.empty()) after = ids.back();
        }
    }

    void put_aside(Snapshot& snapshot, Reader const& reader, std::uint64_t log_before) {
        Aside& aside = asides_.emplace_back(folder_.path() / reader.table.name, member_of_table(reader.table.name));
        std::int64_t const count = reader.rows.read(snapshot, [&](RowValues values) {
            append_row(reader.table, values, aside.buffer());
            aside.flush_when_full();
            if (++row_count_ % rows_between_looks == 0) look(log_before);
        });
        aside.finish();
        manifest_.tables.push_back(
            {reader.table.name, columns_said(reader.table), count, aside.bytes(), aside.sha256()});
    }

    void put_accounts_aside(Snapshot& snapshot) {
        Aside& aside = asides_.emplace_back(folder_.path() / accounts_member, std::string(accounts_member));
        std::optional<tenants::UserId> after;
        for (std::int64_t some = listed_at_once; some == listed_at_once;) {
            auto const accounts = list_accounts(snapshot, after, listed_at_once);
            some = std::ssize(accounts);
            for (Account const& account : accounts) aside.add(fields::to_json(account) + '\n');
            manifest_.account_count += some;
            if (!accounts.empty()) after = accounts.back().user_id;
        }
        aside.finish();
        manifest_.account_bytes = aside.bytes();
        manifest_.account_sha256 = aside.sha256();
    }

    void look(std::uint64_t log_before) const {
        if (is_cancelled_()) throw Cancelled{};
        std::uint64_t const log = database_.counters().wal_bytes;
        if (log > log_bytes_max && log > log_before)
            throw Fault(errors::busy, "Too much is written at the moment to hold a snapshot of the tenant.",
                        "the write-ahead log grew to " + std::to_string(log) + " bytes beside an export");
    }

    void add_files(ZipWriter& zip) {
        for (files::FileId const id : files_) {
            if (is_cancelled_()) throw Cancelled{};
            try {
                auto const path = needs_.files.local_path(tenant_, id);
                auto const sum = sum_of(path);
                manifest_.files.push_back({id, sum.bytes, sum.sha256});
                zip.add(member_of_file(id), path, ZipWriter::Packing::stored);
            } catch (Fault const& fault) {
                if (fault.code().name != errors::not_found.name) throw;
                manifest_.files_gone.push_back(id);
            }
        }
    }

    Needs const& needs_;
    Database& database_;
    TenantId const tenant_;
    std::function<bool()> const& is_cancelled_;
    WorkFolder const folder_;
    std::vector<TenantTable> const tables_;
    std::vector<Reader> readers_;
    std::list<Aside> asides_;
    std::vector<files::FileId> files_;
    Manifest manifest_;
    std::int64_t row_count_ = 0;
};

void carry_out(flow::Context& context, Needs const& needs, ExportId id) {
    auto const is_asked_for =
        context.database().read(context.tenant(), [&](Snapshot& snapshot) { return find_export(snapshot, id); });
    if (!is_asked_for) return;  // it gave its place to newer ones
    WorkFolder const folder(needs.work_folder);
    auto const out = folder.path() / "archive.zip";
    try {
        auto const archive =
            export_tenant(needs, context.database(), context.tenant(), out, [&] { return context.is_cancelled(); });
        auto const file = needs.files.put_file(context.tenant(), out, needs.clock.now());
        context.write([=](Transaction& tx) { finish_export(tx, id, file, archive); });
    } catch (Cancelled const&) {
        return;  // the engine knows why
    }
}

}  // namespace

Archive export_tenant(Needs const& needs, Database& database, TenantId tenant, std::filesystem::path const& out,
                      std::function<bool()> const& is_cancelled) {
    return Export(needs, database, tenant, is_cancelled).write(out);
}

flow::JobKind export_job(Needs const& needs) {
    auto kind = flow::job_kind<ExportTenant>(
        [needs](flow::Context& context, ExportTenant const& job) { carry_out(context, needs, job.export_id); });
    kind.permission = "tenants.own";
    kind.time_limit = hours(4);
    kind.retry = {.max_attempts = 8, .first_delay = minutes(1), .factor = 2.0, .longest_delay = hours(1)};
    return kind;
}

}  // namespace mainstay::portability
