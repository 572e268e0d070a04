#include "kernel/storage/sqlite_faulty_disk.hpp"
#include "kernel/storage/sqlite_test_support.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <future>
#include <random>

namespace mainstay::sqlite_test {
namespace {

std::atomic<FaultyDisk*> the_disk = nullptr;

ssize_t faulty_pwrite(int file, void const* bytes, std::size_t size, off_t at) {
    if (auto* const disk = the_disk.load()) {
        if (!disk->may_grow_to(at + static_cast<std::int64_t>(size))) {
            errno = ENOSPC;
            return -1;
        }
        disk->on_write(file, bytes, size, at);
    }
    return ::pwrite(file, bytes, size, at);
}

int faulty_ftruncate(int file, off_t size) {
    if (auto* const disk = the_disk.load()) disk->on_truncate(file, size);
    return ::ftruncate(file, size);
}

void set_call(char const* name, sqlite3_syscall_ptr call) {
    sqlite3_vfs* const vfs = sqlite3_vfs_find(nullptr);
    vfs->xSetSystemCall(vfs, name, call);
}

}  // namespace

FaultyDisk::FaultyDisk() {
    set_call("pwrite", reinterpret_cast<sqlite3_syscall_ptr>(faulty_pwrite));
    set_call("pwrite64", reinterpret_cast<sqlite3_syscall_ptr>(faulty_pwrite));
    set_call("ftruncate", reinterpret_cast<sqlite3_syscall_ptr>(faulty_ftruncate));
    the_disk = this;
}

FaultyDisk::~FaultyDisk() {
    the_disk = nullptr;
    for (auto const* name : {"pwrite", "pwrite64", "ftruncate"}) set_call(name, nullptr);
}

void FaultyDisk::Change::apply_to(std::string& content) const {
    auto const start = static_cast<std::size_t>(at);
    if (is_truncation) return content.resize(start);
    content.resize(std::max(content.size(), start + bytes.size()));
    content.replace(start, bytes.size(), bytes);
}

void FaultyDisk::remember(std::filesystem::path const& folder) {
    // Another process reads them: closing a file here would end SQLite's locks on it.
    std::string const copies = folder.string() + ".copies";
    ASSERT_EQ(std::system(("cp -r '" + folder.string() + "' '" + copies + "'").c_str()), 0);
    std::scoped_lock const lock(mutex_);
    folder_ = std::filesystem::canonical(folder).string();
    for (auto const* name : {"mainstay.db", "mainstay.db-wal"}) {
        std::ifstream in(copies + "/" + name, std::ios::binary);
        files_[name].flushed.assign(std::istreambuf_iterator<char>(in), {});
    }
}

std::map<std::string, std::string> FaultyDisk::after_power_cut(std::function<bool()> const& keeps) {
    std::scoped_lock const lock(mutex_);
    std::map<std::string, std::string> left;
    for (auto const& [name, file] : files_) {
        left[name] = file.flushed;
        for (Change const& change : file.pending)
            if (keeps()) change.apply_to(left[name]);
    }
    return left;
}

FaultyDisk::File* FaultyDisk::file_of(int file) {
    if (folder_.empty()) return nullptr;
    std::error_code none;
    auto const path = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(file), none);
    if (path.parent_path() != folder_) return nullptr;
    auto const found = files_.find(path.filename());
    return found == files_.end() ? nullptr : &found->second;
}

void FaultyDisk::on_write(int file, void const* bytes, std::size_t size, std::int64_t at) {
    if (before_each) before_each();
    std::scoped_lock const lock(mutex_);
    if (auto* const kept = file_of(file))
        kept->pending.push_back({false, at, std::string(static_cast<char const*>(bytes), size)});
}

void FaultyDisk::on_truncate(int file, std::int64_t size) {
    std::scoped_lock const lock(mutex_);
    if (auto* const kept = file_of(file)) kept->pending.push_back({true, size, {}});
}

bool FaultyDisk::on_flush(int file) {
    if (before_each) before_each();
    ++flushes;
    if (fails_to_flush) return false;
    std::scoped_lock const lock(mutex_);
    if (auto* const kept = file_of(file)) {
        for (Change const& change : kept->pending) change.apply_to(kept->flushed);
        kept->pending.clear();
    }
    return true;
}

namespace {

using testing::HasSubstr;

std::string code_of(std::future<void> outcome) {
    try {
        outcome.get();
        return "";
    } catch (Fault const& fault) {
        return std::string(fault.code().name);
    }
}

class SqliteOnAFaultyDisk : public testing::Test {
protected:
    void open(SqliteOptions options = {}) {
        database_.reset();
        options.folder = folder_ / "data";
        options.log = heard_.log();
        database_ = open_notes(options);
    }
    Database& database() { return *database_; }

    std::future<void> submit(Database::Unit unit) {
        auto outcome = std::make_shared<std::promise<void>>();
        database_->submit(tenant_, std::move(unit), [outcome](std::exception_ptr failure) {
            failure ? outcome->set_exception(failure) : outcome->set_value();
        });
        return outcome->get_future();
    }
    std::future<void> submit_note(std::int64_t id, std::size_t bytes = 10) {
        return submit([id, bytes](Transaction& tx) { insert_note(tx, id, std::string(bytes, 'x')); });
    }
    // Holds the writer until let go, so that what is submitted meanwhile becomes one group.
    std::promise<void> hold() {
        std::promise<void> let_go;
        auto const waits = std::make_shared<std::shared_future<void>>(let_go.get_future().share());
        auto holds = std::make_shared<std::promise<void>>();
        auto const held = holds->get_future();
        auto const was_held = std::make_shared<bool>(false);
        submit([=](Transaction&) {
            if (std::exchange(*was_held, true)) return;
            holds->set_value();
            waits->wait();
        });
        held.wait();
        return let_go;
    }
    std::int64_t log_bytes() { return static_cast<std::int64_t>(database_->counters().wal_bytes); }

    TenantId const tenant_ = tenant(1);
    TemporaryFolder folder_;
    Heard heard_;
    FaultyDisk disk_;
    std::unique_ptr<Database> database_;
};

TEST_F(SqliteOnAFaultyDisk, FlushesOnceForAGroup) {
    open();
    auto let_go = hold();
    std::vector<std::future<void>> done;
    for (int i = 0; i < 20; ++i) done.push_back(submit_note(i));
    auto const before = disk_.flushes.load();
    let_go.set_value();
    for (auto& each : done) each.get();
    EXPECT_EQ(disk_.flushes, before + 1);
}

TEST_F(SqliteOnAFaultyDisk, FlushesBeforeItAnswers) {
    open();
    for (int i = 0; i < 5; ++i) {
        auto const before = disk_.flushes.load();
        submit_note(i).get();
        EXPECT_GT(disk_.flushes, before);
    }
}

TEST_F(SqliteOnAFaultyDisk, FullDiskFailsTheUnitThatDoesNotFitAlone) {
    open();
    submit_note(1).get();
    disk_.file_limit_bytes = log_bytes() + 100'000;
    auto let_go = hold();
    auto small = submit_note(2), large = submit_note(3, 1'000'000), other = submit_note(4);
    let_go.set_value();
    EXPECT_EQ(code_of(std::move(large)), "storage_full");
    EXPECT_EQ(code_of(std::move(small)), "");
    EXPECT_EQ(code_of(std::move(other)), "");
    EXPECT_GT(database().counters().retries_total, 0u);
    EXPECT_EQ(note_ids(database(), tenant_), (std::vector<std::int64_t>{1, 2, 4}));
}

TEST_F(SqliteOnAFaultyDisk, FullDiskLetsReadsGoOnAndHealsUnaided) {
    open();
    submit_note(1).get();
    disk_.file_limit_bytes = 0;
    EXPECT_EQ(code_of(submit_note(2)), "storage_full");
    EXPECT_EQ(code_of(submit_note(3)), "storage_full");
    EXPECT_EQ(note_ids(database(), tenant_), (std::vector<std::int64_t>{1}));
    EXPECT_THROW(database().check(), Fault);
    EXPECT_TRUE(database().counters().is_full);
    EXPECT_FALSE(database().is_durable_path_failed());
    disk_.file_limit_bytes = INT64_MAX;
    EXPECT_NO_THROW(database().check());
    EXPECT_FALSE(database().counters().is_full);
    EXPECT_EQ(code_of(submit_note(4)), "");
    database_.reset();
    EXPECT_EQ(integrity(folder_ / "data/mainstay.db"), "ok");
    open();
    EXPECT_EQ(note_ids(database(), tenant_), (std::vector<std::int64_t>{1, 4}));
}

// SQLite itself then rolls the whole group back within a member's statement.
TEST_F(SqliteOnAFaultyDisk, FullDatabaseFailsTheUnitThatDoesNotFitAlone) {
    open();
    std::vector<Migration> migrations(std::begin(notes_migrations), std::end(notes_migrations));
    migrations.push_back({"notes", 2, "0002_limit", "PRAGMA max_page_count = 60"});
    database().migrate(migrations);
    auto let_go = hold();
    auto small = submit_note(2), large = submit_note(3, 1'000'000), other = submit_note(4);
    let_go.set_value();
    EXPECT_EQ(code_of(std::move(large)), "storage_full");
    EXPECT_EQ(code_of(std::move(small)), "");
    EXPECT_EQ(code_of(std::move(other)), "");
    EXPECT_GT(database().counters().retries_total, 0u) << "the group was lost and its members ran again";
    EXPECT_EQ(note_ids(database(), tenant_), (std::vector<std::int64_t>{2, 4}));
}

TEST_F(SqliteOnAFaultyDisk, FailedFlushEndsWritingForGood) {
    open();
    submit_note(1).get();
    disk_.fails_to_flush = true;
    auto let_go = hold();
    auto first = submit_note(2), second = submit_note(3);
    let_go.set_value();
    EXPECT_EQ(code_of(std::move(first)), "durable_path_failed");
    EXPECT_EQ(code_of(std::move(second)), "durable_path_failed");
    EXPECT_TRUE(database().is_durable_path_failed());
    disk_.fails_to_flush = false;
    auto const flushes = disk_.flushes.load();
    EXPECT_EQ(code_of(submit_note(4)), "durable_path_failed");
    EXPECT_EQ(disk_.flushes, flushes) << "it does not try again";
    EXPECT_THROW(database().check(), Fault);
    EXPECT_EQ(note_ids(database(), tenant_), (std::vector<std::int64_t>{1})) << "reads go on";
    EXPECT_THAT(heard_.all(), HasSubstr("Nothing was written"));
    database_.reset();
    EXPECT_EQ(disk_.flushes, flushes) << "nor when it is closed";
}

TEST_F(SqliteOnAFaultyDisk, LongReaderBoundsTheLogAndLetsItGoOnAfterwards) {
    open({.wal_limit_bytes = 400'000});
    std::promise<void> reads, let_go;
    std::thread reader([&] {
        database().read(tenant_, [&](Snapshot& snapshot) {
            snapshot.all<std::int64_t>("SELECT id FROM notes WHERE tenant_id = :tenant");
            reads.set_value();
            let_go.get_future().wait();
        });
    });
    reads.get_future().wait();
    std::string code;
    std::int64_t written = 0;
    while (code.empty() && written < 1000) code = code_of(submit_note(written++, 2000));
    EXPECT_EQ(code, "wal_full");
    EXPECT_LT(log_bytes(), 500'000);
    EXPECT_THAT(heard_.all(), HasSubstr("a reader has been open for too long"));
    let_go.set_value();
    reader.join();
    EXPECT_EQ(code_of(submit_note(written, 2000)), "");
    EXPECT_LT(log_bytes(), 100'000);
}

TEST_F(SqliteOnAFaultyDisk, EveryAnsweredWriteSurvivesAPowerCut) {
    unsigned const seed = std::random_device()();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    open();
    disk_.remember(folder_ / "data");

    struct Cut {
        std::map<std::string, std::string> files;
        std::size_t answered;
    };
    std::vector<Cut> cuts;
    std::atomic<std::size_t> answered = 0;
    disk_.before_each = [&] {
        if (random() % 40 != 0 || cuts.size() >= 25) return;
        cuts.push_back({disk_.after_power_cut([&] { return random() % 2 == 0; }), answered});
    };
    // One thread answers them in order, so that `answered` is the number of the first that may be missing.
    std::vector<std::future<void>> done;
    for (std::int64_t i = 0; i < 600; ++i) {
        auto outcome = std::make_shared<std::promise<void>>();
        done.push_back(outcome->get_future());
        database().submit(
            tenant_, [i](Transaction& tx) { insert_note(tx, i, std::string(12'000, 'x')); },
            [&, outcome](std::exception_ptr failure) {
                if (!failure) ++answered;
                outcome->set_value();
            });
        if (i % 7 == 0) done.back().wait();
    }
    for (auto& each : done) each.wait();
    // One is of the start; the next follows the group that made the log long enough, and that may have been the last.
    while (database().counters().checkpoints_total < 2) std::this_thread::yield();
    database_.reset();
    disk_.before_each = nullptr;
    ASSERT_GT(cuts.size(), 5u);

    for (std::size_t i = 0; i < cuts.size(); ++i) {
        auto const folder = folder_ / ("cut" + std::to_string(i));
        std::filesystem::create_directory(folder);
        for (auto const& [name, content] : cuts[i].files) std::ofstream(folder / name, std::ios::binary) << content;
        auto const reopened = open_notes({.folder = folder});
        auto const ids = note_ids(*reopened, tenant_);
        ASSERT_GE(ids.size(), cuts[i].answered);
        for (std::size_t j = 0; j < ids.size(); ++j) ASSERT_EQ(ids[j], static_cast<std::int64_t>(j));
    }
    EXPECT_EQ(integrity(folder_ / "cut0/mainstay.db"), "ok");
}

}  // namespace
}  // namespace mainstay::sqlite_test

// libstdc++ counts the owners of an exception where the thread sanitizer does not see it.
extern "C" char const* __tsan_default_suppressions() {  // NOLINT(bugprone-reserved-identifier)
    return "race:std::__exception_ptr::exception_ptr::_M_release\n";
}

// The program's own definition comes before libc's for SQLite too.
extern "C" int fdatasync(int file) {
    auto* const disk = mainstay::sqlite_test::the_disk.load();
    if (disk != nullptr && !disk->on_flush(file)) {
        errno = EIO;
        return -1;
    }
    return static_cast<int>(::syscall(SYS_fdatasync, file));
}
