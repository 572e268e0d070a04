// Brings a tenant in: everything is checked, then written in slices of the tenant's own, and the tenant itself opened
// last. Until then its mark in tenant_imports is what says that the rows are no tenant's yet.
#include "base/hash.hpp"
#include "base/text.hpp"
#include "kernel/upkeep/upkeep.hpp"
#include "platform/audit/audit.hpp"
#include "platform/identity/identity.hpp"
#include "platform/organizations/organizations.hpp"
#include "platform/portability/portability_store.hpp"
#include "platform/portability/work_folder.hpp"
#include "platform/portability/zip_reader.hpp"

#include <algorithm>
#include <deque>
#include <fstream>
#include <map>
#include <set>

namespace mainstay::portability {
namespace {

using fields::field;

constexpr std::uint64_t manifest_bytes_max = 256u << 20;
constexpr std::size_t line_bytes_max = 16u << 20;
constexpr std::size_t rows_in_unit = 500, bytes_in_unit = 4u << 20;  // a unit is brief
constexpr std::int64_t erased_at_once = 500;
constexpr std::string_view members_table = "members";

[[noreturn]] void refuse(std::string const& why) {
    throw Fault(errors::archive_refused, "The archive " + why + '.');
}

// Calls for each line of what comes in pieces.
class Lines {
public:
    explicit Lines(std::function<void(std::string_view)> line) : line_(std::move(line)) {}
    void add(std::string_view piece) {
        while (!piece.empty()) {
            auto const end = piece.find('\n');
            rest_ += piece.substr(0, end);
            if (rest_.size() > line_bytes_max) refuse("has a row that is too long");
            if (end == std::string_view::npos) return;
            line_(rest_);
            rest_.clear();
            piece.remove_prefix(end + 1);
        }
    }
    void finish() const {
        if (!rest_.empty()) refuse("has a row that is cut off");
    }

private:
    std::function<void(std::string_view)> line_;
    std::string rest_;
};

Manifest manifest_of(ZipReader const& zip) {
    if (zip.entry(manifest_member).bytes > manifest_bytes_max) refuse("has a manifest that is too long");
    std::string text;
    zip.read(manifest_member, [&](std::string_view piece) { text += piece; });
    try {
        return fields::from_json<Manifest>(text);
    } catch (Fault const& fault) {
        throw Fault(errors::archive_refused, "The archive's manifest cannot be read.", fault.problems());
    }
}

TenantTable const* find_table(std::vector<TenantTable> const& tables, std::string_view name) {
    auto const found = std::find_if(tables.begin(), tables.end(), [&](auto const& one) { return one.name == name; });
    return found == tables.end() ? nullptr : &*found;
}

bool is_same(ColumnSaid const& one, ColumnSaid const& other) {
    return one.name == other.name && one.type == other.type;
}

// The manifest and the archive are of one mind, and of this installation's.
void check_manifest(ZipReader const& zip, Manifest const& manifest, std::vector<TenantTable> const& tables) {
    if (manifest.format != archive_format)
        refuse("has the format " + std::to_string(manifest.format) + "; this version reads " +
               std::to_string(archive_format));
    if (!manifest.tenant.id.is_set() || manifest.tenant.id == installation_tenant) refuse("is of no tenant");
    if (manifest.tenant.name.empty() || manifest.tenant.name.size() > 400) refuse("is of a tenant without a name");
    std::size_t said = 2;  // itself and the accounts
    zip.entry(accounts_member);
    for (TableSaid const& table : manifest.tables) {
        TenantTable const* const here = find_table(tables, table.name);
        if (here == nullptr || !why_left_out(table.name).empty())
            refuse("has a table that is not taken here: " + table.name);
        auto const columns = columns_said(*here);
        if (!std::ranges::equal(columns, table.columns, is_same))
            refuse("is of another version: " + table.name + " has other columns here");
        zip.entry(member_of_table(table.name));
        ++said;
    }
    for (FileSaid const& file : manifest.files) zip.entry(member_of_file(file.id));
    said += manifest.files.size();
    if (said != zip.entries().size()) refuse("has members of which its manifest does not know, or names one twice");
}

void check_member(ZipReader const& zip, std::string const& name, std::int64_t bytes, std::string_view sha256) {
    if (zip.entry(name).bytes != static_cast<std::uint64_t>(bytes)) refuse("has another " + name + " than it says");
    Sha256Sum sum;
    zip.read(name, [&](std::string_view piece) { sum.add(piece); });
    if (to_hex(sum.finish()) != sha256) refuse("has another " + name + " than it says");
}

void check_members(ZipReader const& zip, Manifest const& manifest) {
    check_member(zip, std::string(accounts_member), manifest.account_bytes, manifest.account_sha256);
    for (auto const& table : manifest.tables) check_member(zip, member_of_table(table.name), table.bytes, table.sha256);
    for (auto const& file : manifest.files) check_member(zip, member_of_file(file.id), file.bytes, file.sha256);
}

void erase(Needs const& needs, Database& database, TenantId tenant) {
    for (auto const& file : needs.files.made_between(tenant, Instant{}, needs.clock.now()))
        needs.files.remove(tenant, file);
    auto const statements = needs.erasing();
    for (std::string const& statement : statements)
        while (database.write(tenant, [&](Transaction& tx) {
            return tx.execute(Sql(statement, statement), bind("at_most", erased_at_once));
        }) > 0) {
        }
}

class Import {
public:
    Import(Needs const& needs, Database& database, std::filesystem::path const& archive, ImportOptions const& options)
        : needs_(needs),
          database_(database),
          options_(options),
          zip_(archive),
          manifest_(manifest_of(zip_)),
          tables_(needs.tables()),
          tenant_(manifest_.tenant.id) {
        check_manifest(zip_, manifest_, tables_);
        check_members(zip_, manifest_);
    }

    Imported run() {
        begin();
        Upkeep beats(needs_.clock);  // a large file may take long, between two units
        beats.add({"import", import_beat_pause, [this](auto const&) { write([](Transaction&) {}); }});
        beats.start();
        try {
            match_accounts();
            load_tables();
            load_files();
            return open();
        } catch (ConstraintViolation const& broken) {
            give_up();
            throw Fault(errors::conflict,
                        "The installation has something of this tenant already: a key, an invitation, or a part of it "
                        "under another tenant.",
                        broken.what());
        } catch (std::exception const&) {
            give_up();
            throw;
        }
    }

private:
    void begin() {
        sweep_imports(needs_, database_);
        database_.write(installation_scope("a tenant is brought in", options_.actor_id), [&](Transaction& tx) {
            if (tenants::find_tenant(tx, tenant_))
                throw Fault(errors::conflict, "There is a tenant " + tenant_.to_string() + " here already.");
            if (!mark_import(tx, tenant_, import_))
                throw Fault(errors::conflict, "This tenant is being brought in already.");
        });
    }

    void give_up() {
        erase(needs_, database_, tenant_);
        database_.write(installation_scope("a tenant was not brought in", options_.actor_id), [&](Transaction& tx) {
            tenants::remove_tenant(tx, tenant_);
            remove_import(tx, tenant_, import_);
        });
    }

    // A unit of the tenant's, as long as nobody has taken this import for dead.
    template <class Unit>
    void write(Unit const& unit) {
        database_.write(tenant_, [&](Transaction& tx) {
            if (!beat_import(tx, import_)) throw Fault(errors::conflict, "The import was given up meanwhile.");
            unit(tx);
        });
    }

    void match_accounts() {
        Lines lines([&](std::string_view line) {
            auto account = fields::from_json<Account>(line);
            std::optional<tenants::UserId> here;
            if (options_.members == Members::matched)
                here = database_.read(system_scope("accounts of members that are brought in"), [&](Snapshot& snapshot) {
                    auto const user = identity::find_user_by_email(snapshot, account.email);
                    return user && user->email_verified_at ? std::optional(user->id) : std::nullopt;
                });
            if (here)
                matched_[account.user_id.to_string()] = *here;
            else
                unmatched_[account.user_id.to_string()] = account.email;
        });
        zip_.read(accounts_member, [&](std::string_view piece) { lines.add(piece); });
        lines.finish();
    }

    void load_tables() {
        std::vector<TenantTable const*> order;
        for (auto const& table : tables_) order.push_back(&table);
        std::ranges::stable_partition(order, [](auto const* table) { return is_loaded_first(table->name); });
        for (TenantTable const* const table : order)
            for (TableSaid const& said : manifest_.tables)
                if (said.name == table->name) load(*table, said);
    }

    void load(TenantTable const& table, TableSaid const& said) {
        TenantRowWriter const writer(table);
        std::vector<std::string> waiting;
        std::size_t bytes = 0;
        std::int64_t count = 0;
        auto const write_waiting = [&] {
            if (waiting.empty()) return;
            write([&](Transaction& tx) { insert(tx, table, writer, waiting); });
            waiting.clear();
            bytes = 0;
        };
        Lines lines([&](std::string_view line) {
            ++count;
            bytes += line.size();
            waiting.emplace_back(line);
            if (waiting.size() >= rows_in_unit || bytes >= bytes_in_unit) write_waiting();
        });
        zip_.read(member_of_table(said.name), [&](std::string_view piece) { lines.add(piece); });
        lines.finish();
        write_waiting();
        if (count != said.row_count) refuse("has another number of rows of " + said.name + " than it says");
        imported_.row_count += count;
    }

    void insert(Transaction& tx, TenantTable const& table, TenantRowWriter const& writer,
                std::vector<std::string> const& lines) {
        std::vector<json::Document> documents(lines.size());
        std::vector<fields::SqlValue> values;
        std::deque<std::string> ids;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            auto row = read_row(table, documents[i], lines[i]);
            if (table.name == members_table && !take_member(table, row, ids)) continue;
            end_unfinished(table, row);
            values.insert(values.end(), row.begin(), row.end());
        }
        writer.insert(tx, values);
    }

    void end_unfinished(TenantTable const& table, std::vector<fields::SqlValue>& row) const {
        auto const end = [&](UnfinishedWork const& work) {
            auto const at = [&](std::string_view column) -> auto& {
                return row[table.place_of(column).value()];
            };
            if (work.table != table.name || !std::holds_alternative<std::monostate>(at(work.ended))) return;
            at(work.state) = work.failed;
            at(work.finished_at) = needs_.clock.now().us;
            if (!work.reason.empty()) at(work.reason) = interrupted_by_move;
        };
        for (UnfinishedWork const& work : unfinished_work()) end(work);
        for (UnfinishedWork const& work : needs_.unfinished) end(work);
    }

    // A member of ours under the id of the account here; one who has none is noted, to be invited.
    bool take_member(TenantTable const& table, std::vector<fields::SqlValue>& row, std::deque<std::string>& ids) {
        auto& user = row[table.place_of("user_id").value()];
        auto const* const said = std::get_if<std::string_view>(&user);
        std::string const id(said == nullptr ? std::string_view() : *said);
        if (auto const found = matched_.find(id); found != matched_.end()) {
            user = std::string_view(ids.emplace_back(found->second.to_string()));
            members_.insert(found->second);
            return true;
        }
        auto const account = unmatched_.find(id);
        auto const* const role = std::get_if<std::string_view>(&row[table.place_of("role").value()]);
        auto const* const is_active = std::get_if<bool>(&row[table.place_of("is_active").value()]);
        if (account == unmatched_.end() || role == nullptr) refuse("has a member without an account");
        if (is_active != nullptr && *is_active)
            guests_[account->second.text] = fields::from_json<tenants::Role>('"' + std::string(*role) + '"');
        return false;
    }

    void load_files() {
        WorkFolder const folder(needs_.work_folder);
        for (FileSaid const& file : manifest_.files) {
            auto const path = folder.path() / file.id.to_string();
            std::ofstream out(path, std::ios::binary);
            zip_.read(member_of_file(file.id), [&](std::string_view piece) {
                out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
            });
            out.close();
            if (!out) throw Fault(errors::storage_full, "The files of the archive have no room here.", path.string());
            needs_.files.put_file_as(tenant_, file.id, path);
            write([](Transaction&) {});
        }
        imported_.file_count = std::ssize(manifest_.files);
    }

    // Suspended at first, so that nobody comes in before everybody is invited.
    Imported open() {
        tenants::Tenant tenant = manifest_.tenant;
        auto const status = tenant.status == tenants::Status::deleting ? tenants::Status::active : tenant.status;
        tenant.status = tenants::Status::suspended;
        tenant.deletes_at.reset();
        tenant.plan = options_.plan;
        tenant.billing_customer_id.reset();  // it would be whoever's the archive says
        tenant.slug = tenants::slug_of(tenant.slug);
        database_.write(installation_scope("a tenant is brought in", options_.actor_id), [&](Transaction& tx) {
            imported_.slug = tenants::add_tenant(tx, tenant).slug;
            for (auto const& user : members_) add_user_tenant(tx, tenant_, user);
        });
        invite_guests();
        database_.write(installation_scope("a tenant was brought in", options_.actor_id), [&](Transaction& tx) {
            if (!remove_import(tx, tenant_, import_))
                throw Fault(errors::conflict, "The import was given up meanwhile.");
            if (status != tenants::Status::suspended) tenants::set_status(tx, tenant_, status);
            audit::write(tx, installation_tenant, {options_.actor_id, "import_tenant", tenant_.to_string()});
        });
        imported_.id = tenant_;
        imported_.members_matched = std::ssize(members_);
        imported_.members_invited = std::ssize(guests_);
        return imported_;
    }

    void invite_guests() {
        for (auto const& [address, role] : guests_)
            write([&, &address = address, role = role](Transaction& tx) {
                if (!organizations::is_invited(tx, {address}))
                    organizations::invite(tx, {address}, role, options_.actor_id, needs_.public_url);
            });
    }

    Needs const& needs_;
    Database& database_;
    ImportOptions const& options_;
    ZipReader const zip_;
    Manifest const manifest_;
    std::vector<TenantTable> const tables_;
    TenantId const tenant_;
    ImportId const import_ = ImportId::make(needs_.clock.now());
    std::map<std::string, tenants::UserId> matched_;  // by the ids that they had
    std::map<std::string, Email> unmatched_;
    std::set<tenants::UserId> members_;
    std::map<std::string, tenants::Role> guests_;  // by address
    Imported imported_;
};

}  // namespace

fields::Table const& table_of(Imported const*) {
    static fields::Table const table{
        "ImportedTenant",
        {field("id", &Imported::id, "As it was."), field("slug", &Imported::slug, "Another where it was taken."),
         field("row_count", &Imported::row_count, "Of all tables."),
         field("file_count", &Imported::file_count, "Files."),
         field("members_matched", &Imported::members_matched, "Who have an account here and are members at once."),
         field("members_invited", &Imported::members_invited, "Who got an invitation by mail.")}};
    return table;
}

Manifest read_manifest(std::filesystem::path const& archive) {
    return manifest_of(ZipReader(archive));
}

Imported import_tenant(Needs const& needs, Database& database, std::filesystem::path const& archive,
                       ImportOptions const& options) {
    return Import(needs, database, archive, options).run();
}

std::int64_t sweep_imports(Needs const& needs, Database& database) {
    std::int64_t swept = 0;
    std::optional<TenantId> tenant;
    while ((tenant = database.write(installation_scope("imports that were killed", {}), [](Transaction& tx) {
        return take_dead_import(tx, tx.now() - import_beat_max);
    }))) {
        erase(needs, database, *tenant);
        database.write(installation_scope("imports that were killed", {}), [&](Transaction& tx) {
            tenants::remove_tenant(tx, *tenant);
            forget_import(tx, *tenant);
        });
        ++swept;
    }
    return swept;
}

}  // namespace mainstay::portability
