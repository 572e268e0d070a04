// SQLite as the program's Database: a folder that is locked, one writer, several readers.
#include "kernel/storage/data_folder.hpp"
#include "kernel/storage/sqlite_backup.hpp"
#include "kernel/storage/sqlite_readers.hpp"
#include "kernel/storage/sqlite_schema.hpp"
#include "kernel/storage/sqlite_writer.hpp"
#include "kernel/storage/unit_guard.hpp"

#include <algorithm>
#include <thread>

namespace mainstay {
namespace {

constexpr std::size_t readers_min = 4, readers_max = 32;

std::size_t reader_count(SqliteOptions const& options) {
    if (options.readers > 0) return options.readers;
    return std::clamp<std::size_t>(2 * std::thread::hardware_concurrency(), readers_min, readers_max);
}

class SqliteDatabase : public Database {
public:
    SqliteDatabase(SqliteOptions options, Clock& clock)
        : options_(std::move(options)),
          clock_(clock),
          folder_(options_.folder),
          alarm_(options_.log),
          writer_(*this, options_, folder_.database_file(), alarm_, clock),
          readers_(folder_.database_file(), reader_count(options_), alarm_, clock) {
        writer_.run_between_groups([this](SqliteConnection& connection) {
            adopt_schema(connection);
            return true;
        });
    }

    void migrate(std::span<Migration const> migrations) override {
        refuse_waiting_within(*this);
        writer_.run_between_groups([&](SqliteConnection& connection) {
            connection.adopt(std::make_shared<SqliteSchema>());  // migrations name the tables, not their views
            SqliteMigrationEngine engine(connection);
            try {
                run_migrations(engine, migrations, clock_.now());
            } catch (...) {
                adopt_schema(connection);
                throw;
            }
            adopt_schema(connection);
            return true;
        });
    }

    void submit(Scope const& scope, Unit unit, Done done, Isolation) override {
        refuse_submitting_within(*this);
        writer_.submit(scope, std::move(unit), std::move(done));
    }

    Engine engine() const override { return Engine::sqlite; }

    StorageCounters counters() const override {
        StorageCounters counters;
        writer_.add_to(counters);
        counters.reads_total = readers_.reads();
        counters.tenancy_violations_total = alarm_.count();
        return counters;
    }

    void backup(std::filesystem::path const& to) override {
        refuse_waiting_within(*this);
        SqliteBackup backup(to);
        writer_.run_between_groups([&](SqliteConnection& connection) { return backup.copy_slice(connection); });
        backup.finish();
    }

    void check() override {
        refuse_waiting_within(*this);
        if (is_durable_path_failed()) throw Fault(errors::durable_path_failed, "Nothing is written any more.");
        readers_.check({});
        writer_.check_room();
    }

    bool is_durable_path_failed() const override { return writer_.has_flush_failed(); }

protected:
    void read_erased(Scope const& scope, ReadLimits limits, std::function<void(Snapshot&)> reader) override {
        refuse_waiting_within(*this);
        readers_.read(*this, scope, limits, reader);
    }

private:
    void adopt_schema(SqliteConnection& connection) {
        auto const schema = SqliteSchema::of(SqliteMigrationEngine(connection).tables());
        connection.adopt(schema);
        readers_.adopt(schema);
    }

    SqliteOptions const options_;
    Clock& clock_;
    DataFolder folder_;
    TenancyAlarm alarm_;
    SqliteWriter writer_;
    SqliteReaders readers_;  // the first to go: the writer's close folds the log
};

}  // namespace

std::unique_ptr<Database> Database::open(SqliteOptions options, Clock& clock) {
    return std::make_unique<SqliteDatabase>(std::move(options), clock);
}

}  // namespace mainstay
