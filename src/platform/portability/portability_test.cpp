// A tenant taken out and brought in: what is in an archive, what is not, and that nothing is half there.
#include "platform/portability/archive_format.hpp"
#include "platform/portability/zip_writer.hpp"

#include "kernel/storage/erasure.hpp"
#include "platform/audit/audit.hpp"
#include "platform/channels/channels.hpp"
#include "platform/identity/identity.hpp"
#include "platform/keys/keys.hpp"
#include "platform/organizations/organizations.hpp"
#include "platform/portability/zip_reader.hpp"
#include "platform/usage/usage.hpp"
#include "testing/testing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <thread>

namespace mainstay::portability {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::vector<Migration> all_migrations() {
    std::vector<Migration> all;
    for (auto const module : {shared_state::migrations(), web::migrations(), entitlements::migrations(),
                              tenants::migrations(), identity::migrations(), keys::migrations(), audit::migrations(),
                              usage::migrations(), files::migrations(), secrets::migrations(), events::migrations(),
                              flow::migrations(), channels::migrations(), organizations::migrations(), migrations()})
        all.insert(all.end(), module.begin(), module.end());
    return all;
}

bool never() {
    return false;
}

// An installation: a database on one engine, and a folder of files.
class Installation {
public:
    Installation(Database& of, std::function<std::vector<TenantTable>()> tables,
                 std::function<std::vector<std::string>()> erasing)
        : database(of), files(folder_.path() / "files"), needs{files,
                                                               clock_,
                                                               folder_.path() / "work",
                                                               std::move(tables),
                                                               std::move(erasing),
                                                               "https://there.example.com",
                                                               {}} {}

    Archive take_out(TenantId tenant, std::filesystem::path const& to) {
        return export_tenant(needs, database, tenant, to, never);
    }
    Imported bring_in(std::filesystem::path const& archive, Members members = Members::invited) {
        return import_tenant(needs, database, archive, {members, tenants::Plan::enterprise, "a test"});
    }
    std::optional<tenants::Tenant> tenant(TenantId id) {
        return database.read(system_scope("a test"),
                             [&](Snapshot& snapshot) { return tenants::find_tenant(snapshot, id); });
    }

private:
    testing::TemporaryFolder folder_;

public:
    Database& database;
    files::FolderFiles files;
    Needs needs;

private:
    static Clock& clock_;
};
Clock& Installation::clock_ = system_clock();

class PortabilityTest : public testing::Engines {
protected:
    PortabilityTest() {
        auto const all = all_migrations();
        migrate({all});
        here_ = std::make_unique<Installation>(
            database(), [this] { return is_sqlite() ? tenant_tables(sqlite) : tenant_tables(postgres); },
            [this] { return is_sqlite() ? erasing_statements(sqlite) : erasing_statements(postgres); });
        // The other one, on SQLite whichever engine the first is on.
        other_options_.folder = other_folder_.path();
        other_database_ = Database::open(other_options_, clock);
        other_database_->migrate(all);
        there_ = std::make_unique<Installation>(
            *other_database_, [this] { return tenant_tables(other_options_); },
            [this] { return erasing_statements(other_options_); });
    }

    TenantId new_tenant(std::string const& name, bool is_verified = true) {
        return here_->database.write(installation_scope("a test", {}), [&](Transaction& tx) {
            auto const tenant = tenants::create_tenant(tx, name, tenants::Plan::enterprise);
            auto const user =
                identity::create_user(tx, {{name + "@example.com"}, name, "a hash of a password", false, is_verified});
            tenants::add_member(tx, tenant.id, user.id, tenants::Role::owner, std::nullopt);
            return tenant.id;
        });
    }
    // Rows of several modules and a file; gives the secret of a key.
    std::string fill(TenantId tenant) {
        file_ = here_->files.put(tenant, "bytes of a file", clock.now());
        auto secret = here_->database.write(tenant, [&](Transaction& tx) {
            keys::NewKey key;
            key.settings.name = "a key with \"quotes\", an \u00e9 and a\nline";
            key.settings.scopes = {"read"};
            auto const made = keys::create_key(tx, key, "a test");
            usage::bill(tx, "models", "once", 3);
            usage::bill(tx, "models", "twice", 4);
            channels::send_mail(tx, channels::write_letter("greeting", {"a@example.com"}, "Waiting for the post",
                                                           {{"Hello."}, {}, {}, {}}));
            files::keep(tx, file_, "a test");
            audit::write(tx, tenant, {"a test", "fill"});
            return made.key.text;
        });
        audit::seal_all(here_->database);
        here_->database.write(tenant, [&](Transaction& tx) { audit::write(tx, tenant, {"a test", "unsealed"}); });
        return secret;
    }
    std::filesystem::path archive(std::string const& name = "archive.zip") { return scratch_.path() / name; }
    static std::string text_in(std::filesystem::path const& archive, std::string_view member) {
        std::string text;
        ZipReader(archive).read(member, [&](std::string_view piece) { text += piece; });
        return text;
    }
    // The same archive with one member otherwise, and whatever else is to be done to it.
    std::filesystem::path forged(std::string const& member, std::string const& text) {
        auto const from = archive(), to = archive("forged.zip");
        ZipReader const zip(from);
        ZipWriter writer(to);
        std::size_t number = 0;
        auto const add = [&](std::string const& name, std::string const& bytes) {
            auto const path = scratch_.path() / ("member-" + std::to_string(number++));
            std::ofstream(path, std::ios::binary) << bytes;
            writer.add(name, path, ZipWriter::Packing::deflated);
        };
        for (auto const& [name, entry] : zip.entries())
            if (name != member) add(name, text_in(from, name));
        if (!text.empty()) add(member, text);
        EXPECT_TRUE(writer.finish(never));
        return to;
    }
    static std::string why_refused(std::function<void()> const& act) {
        try {
            act();
        } catch (Fault const& fault) {
            return std::string(fault.code().name) + ": " + fault.public_text();
        }
        return "it was not refused";
    }
    // Rows of all tables, and files.
    static std::int64_t left_of(Installation& place, TenantId tenant) {
        std::int64_t rows = std::ssize(place.files.made_between(tenant, {}, system_clock().now() + days(1)));
        auto const statements = place.needs.erasing();
        for (auto const& statement : statements)
            rows += place.database.write(tenant, [&](Transaction& tx) {
                return tx.execute(Sql(statement, statement), bind("at_most", std::int64_t{10'000}));
            });
        return rows;
    }

    testing::TemporaryFolder scratch_, other_folder_;
    SqliteOptions other_options_;
    std::unique_ptr<Database> other_database_;
    std::unique_ptr<Installation> here_, there_;
    files::FileId file_;
};
INSTANTIATE_TEST_SUITE_P(Engines, PortabilityTest, testing::each_engine(), testing::engine_name);

TEST_P(PortabilityTest, AnArchiveHasEveryRowAndFileOfTheTenantAndNoneOfAnother) {
    auto const one = new_tenant("one"), other = new_tenant("other");
    fill(one);
    auto const file = file_;
    fill(other);
    auto const made = here_->take_out(one, archive());
    auto const manifest = read_manifest(archive());
    EXPECT_EQ(manifest.tenant.id, one);
    EXPECT_EQ(made.bytes, static_cast<std::int64_t>(std::filesystem::file_size(archive())));
    EXPECT_EQ(text_in(archive(), member_of_file(file)), "bytes of a file");
    EXPECT_EQ(manifest.files.size(), 1u);
    std::int64_t rows = 0;
    for (auto const& table : manifest.tables) {
        auto const text = text_in(archive(), member_of_table(table.name));
        EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), table.row_count) << table.name;
        EXPECT_THAT(text, Not(HasSubstr(other.to_string())));
        rows += table.row_count;
    }
    EXPECT_EQ(rows, made.row_count);
    EXPECT_THAT(text_in(archive(), "accounts.jsonl"), HasSubstr("one@example.com"));
    EXPECT_THAT(text_in(archive(), "accounts.jsonl"), Not(HasSubstr("other@example.com")));
}

TEST_P(PortabilityTest, EveryTableOfTheSchemaIsTakenOrNamedAsLeftOut) {
    auto const one = new_tenant("one");
    here_->take_out(one, archive());
    auto const manifest = read_manifest(archive());
    for (auto const& table : here_->needs.tables()) {
        bool const is_taken = std::ranges::any_of(manifest.tables, [&](auto const& t) { return t.name == table.name; });
        bool const is_told =
            std::ranges::any_of(manifest.left_out, [&](auto const& t) { return t.name == table.name; });
        EXPECT_NE(is_taken, is_told) << table.name;
    }
}

TEST_P(PortabilityTest, NoSecretThatCouldBeOpenedAndNoMailThatWaitsIsInIt) {
    auto const one = new_tenant("one");
    auto const secret = fill(one);
    here_->take_out(one, archive());
    ZipReader const zip(archive());
    for (auto const& [name, entry] : zip.entries()) {
        EXPECT_THAT(text_in(archive(), name), Not(HasSubstr(secret))) << name;
        EXPECT_THAT(text_in(archive(), name), Not(HasSubstr("a hash of a password"))) << name;
        EXPECT_THAT(text_in(archive(), name), Not(HasSubstr("Waiting for the post"))) << name;
    }
}

TEST_P(PortabilityTest, AColumnNamedAsSecretsAreThatNobodyDecidedAboutStopsTheExport) {
    auto tables = here_->needs.tables();
    EXPECT_NO_THROW(require_decisions(tables));
    for (auto& table : tables)
        if (table.name == "keys") table.columns.push_back({"webhook_secret", TenantTable::Type::text});
    EXPECT_THROW(require_decisions(tables), std::logic_error);
}

TEST_P(PortabilityTest, ATenantThatWasBroughtInIsTheSameAndItsKeysAndChainHold) {
    auto const one = new_tenant("one");
    auto const secret = fill(one);
    here_->take_out(one, archive());
    there_->database.write(installation_scope("a test", {}), [](Transaction& tx) {
        identity::create_user(tx, {{"one@example.com"}, "One", "", false, true});
    });
    auto const imported = there_->bring_in(archive(), Members::matched);
    EXPECT_EQ(imported.id, one);
    EXPECT_EQ(imported.members_matched, 1);
    EXPECT_EQ(imported.members_invited, 0);
    EXPECT_EQ(there_->tenant(one).value().status, tenants::Status::active);
    EXPECT_EQ(there_->files.read(one, file_, 100), "bytes of a file");
    EXPECT_TRUE(there_->database.read(system_scope("a test"), [&](Snapshot& snapshot) {
        return keys::find_by_secret(snapshot, secret).has_value();
    }));
    EXPECT_EQ(
        there_->database.read(one, [](Snapshot& snapshot) { return usage::billed_since(snapshot, "models", {}); }), 7);
    auto const verdict = audit::verify(there_->database, one);
    EXPECT_EQ(verdict.fault, "");
    EXPECT_GT(verdict.seals, 0);
    there_->take_out(one, archive("again.zip"));
    auto const before = read_manifest(archive()), after = read_manifest(archive("again.zip"));
    ASSERT_EQ(before.tables.size(), after.tables.size());
    for (std::size_t i = 0; i < before.tables.size(); ++i) {
        if (before.tables[i].name == "members") continue;  // under the ids of the accounts there
        EXPECT_EQ(before.tables[i].sha256, after.tables[i].sha256) << before.tables[i].name;
    }
    EXPECT_EQ(before.files.at(0).sha256, after.files.at(0).sha256);
}

TEST_P(PortabilityTest, WhatWasBroughtInGoesBackToTheOtherEngineWholeOnceItIsErasedThere) {
    auto const one = new_tenant("one");
    auto const secret = fill(one);
    here_->take_out(one, archive());
    there_->bring_in(archive());
    there_->take_out(one, archive("back.zip"));
    EXPECT_THAT(why_refused([&] { here_->bring_in(archive("back.zip")); }), HasSubstr("conflict"));
    left_of(*here_, one);
    here_->database.write(installation_scope("a test", {}), [&](Transaction& tx) { tenants::remove_tenant(tx, one); });
    EXPECT_EQ(here_->bring_in(archive("back.zip"), Members::matched).id, one);
    EXPECT_EQ(audit::verify(here_->database, one).fault, "");
    EXPECT_TRUE(here_->database.read(system_scope("a test"), [&](Snapshot& snapshot) {
        return keys::find_by_secret(snapshot, secret).has_value();
    }));
}

TEST_P(PortabilityTest, AnAddressThatIsNotVerifiedOrNotToBeMatchedIsInvited) {
    auto const one = new_tenant("one");
    here_->take_out(one, archive());
    there_->database.write(installation_scope("a test", {}), [](Transaction& tx) {
        identity::create_user(tx, {{"one@example.com"}, "Whoever says so", "", false, false});
    });
    auto const imported = there_->bring_in(archive(), Members::matched);
    EXPECT_EQ(imported.members_matched, 0);
    EXPECT_EQ(imported.members_invited, 1);
    there_->database.read(one, [](Snapshot& snapshot) {
        EXPECT_EQ(tenants::count_active_members(snapshot, 10), 0);
        EXPECT_TRUE(organizations::is_invited(snapshot, {"one@example.com"}));
    });
}

TEST_P(PortabilityTest, AMemberThatIsNotWhatTheManifestSaysIsRefusedBeforeAnythingIsWritten) {
    auto const one = new_tenant("one");
    fill(one);
    here_->take_out(one, archive());
    std::string keys = text_in(archive(), "rows/keys.jsonl");
    keys.replace(keys.find("read"), 4, "full");
    EXPECT_THAT(why_refused([&] { there_->bring_in(forged("rows/keys.jsonl", keys)); }), HasSubstr("archive_refused"));
    EXPECT_THAT(why_refused([&] { there_->bring_in(forged(member_of_file(file_), "other bytes....")); }),
                HasSubstr("archive_refused"));
    EXPECT_THAT(why_refused([&] { there_->bring_in(forged("rows/keys.jsonl", "")); }), HasSubstr("archive_refused"));
    EXPECT_THAT(why_refused([&] { there_->bring_in(forged("rows/more.jsonl", "{}")); }), HasSubstr("archive_refused"));
    EXPECT_THAT(why_refused([&] { there_->bring_in(forged("../outside", "x")); }), HasSubstr("outside of its folder"));
    EXPECT_THAT(why_refused([&] { there_->bring_in(forged("bomb", std::string(8u << 20, 'x'))); }),
                HasSubstr("times its size"));
    std::string manifest = text_in(archive(), "manifest.json");
    manifest.replace(manifest.find("audience"), 8, "listener");
    EXPECT_THAT(why_refused([&] { there_->bring_in(forged("manifest.json", manifest)); }),
                HasSubstr("other columns here"));
    EXPECT_EQ(left_of(*there_, one), 0);
}

TEST_P(PortabilityTest, WhatFailsHalfWayLeavesNothingBehind) {
    auto const one = new_tenant("one");
    fill(one);
    here_->take_out(one, archive());
    // Somebody has the hash of its key already, so that a row in the midst of the archive meets another.
    auto const rows = text_in(archive(), "rows/key_credentials.jsonl");
    json::Document row;
    ASSERT_FALSE(row.parse(std::string_view(rows).substr(0, rows.find('\n'))));
    there_->database.write(theirs, [&](Transaction& tx) {
        tx.execute("INSERT INTO key_credentials (secret_hash, tenant, key_id) VALUES (:hash, :tenant, 'k')",
                   bind("hash", std::string(row.root().find("secret_hash")->string)));
    });
    EXPECT_THAT(why_refused([&] { there_->bring_in(archive()); }), HasSubstr("conflict"));
    EXPECT_FALSE(there_->tenant(one));
    EXPECT_EQ(left_of(*there_, one), 0);
}

TEST_P(PortabilityTest, WhatAKilledImportLeftIsErasedOnceNobodyBeatsForIt) {
    auto const one = new_tenant("one");
    fill(one);
    here_->take_out(one, archive());
    there_->bring_in(archive());
    // As if it had been killed before its end.
    there_->database.write(installation_scope("a test", {}), [&](Transaction& tx) {
        tx.execute(
            "INSERT INTO tenant_imports (imported, import_id, started_at, beat_at) VALUES (:id, 'imp', :now, :now)",
            bind("id", one), bind("now", tx.now()));
    });
    EXPECT_EQ(sweep_imports(there_->needs, there_->database), 0);
    clock.advance(import_beat_max + seconds(1));
    EXPECT_EQ(sweep_imports(there_->needs, there_->database), 1);
    EXPECT_FALSE(there_->tenant(one));
    EXPECT_EQ(left_of(*there_, one), 0);
}

struct Greet {
    std::string text;
};
fields::Table const& table_of(Greet const*) {
    static fields::Table const table{"greet", {fields::field("text", &Greet::text, "")}};
    return table;
}

TEST_P(PortabilityTest, WorkThatWasNotFinishedComesInAsInterruptedAndCanBeTakenUpAgain) {
    auto const one = new_tenant("one");
    flow::Graph const graph =
        flow::GraphBuilder<Greet>("greeting", 1).node("greet", [](flow::Context&, Greet&) {}).then(flow::end).build();
    flow::JobId job;
    flow::RunId run;
    here_->database.write(one, [&](Transaction& tx) {
        job = flow::enqueue(tx, Greet{"hello"});
        run = flow::start_run(tx, graph, Greet{"hello"});
    });
    here_->take_out(one, archive());
    there_->bring_in(archive());
    there_->database.write(one, [&](Transaction& tx) {
        auto const job_there = flow::find_job(tx, job);
        ASSERT_TRUE(job_there);
        EXPECT_EQ(job_there->state, flow::JobState::dead);
        EXPECT_THAT(job_there->last_error.value_or(""), HasSubstr("interrupted_by_move"));
        auto const run_there = flow::find_run(tx, run);
        ASSERT_TRUE(run_there);
        EXPECT_EQ(run_there->state, flow::RunState::failed);
        EXPECT_THAT(run_there->error.value_or(""), HasSubstr("interrupted_by_move"));
    });
    there_->database.write(one, [&](Transaction& tx) {
        EXPECT_TRUE(flow::retry_job(tx, job));
        EXPECT_TRUE(flow::retry_run(tx, graph, run));
    });
    flow::Engine engine(there_->database, clock, {});
    engine.add(flow::job_kind<Greet>([](flow::Context&, Greet const&) {}));
    engine.add(graph);
    engine.run_until_idle();
    there_->database.read(one, [&](Snapshot& snapshot) {
        EXPECT_EQ(flow::find_job(snapshot, job)->state, flow::JobState::completed);
        EXPECT_EQ(flow::find_run(snapshot, run)->state, flow::RunState::completed);
    });
    EXPECT_EQ(here_->database.read(one, [&](Snapshot& snapshot) { return flow::find_job(snapshot, job)->state; }),
              flow::JobState::waiting)
        << "where it was taken out it goes on";
}

TEST_P(PortabilityTest, WhatIsWrittenMeanwhileIsNotInAnArchiveInPart) {
    auto const one = new_tenant("one");
    fill(one);
    // Each unit writes a pair, and between the reading of the one table and of the other more come.
    auto const pair = [&](std::string const& key) {
        here_->database.write(one, [&](Transaction& tx) {
            usage::bill(tx, "models", key, 1);
            audit::write(tx, one, {"a test", key});
        });
    };
    std::jthread writer([&](std::stop_token const& ends) {
        for (int i = 0; !ends.stop_requested(); ++i) pair("pair-" + std::to_string(i));
    });
    EXPECT_TRUE(testing::comes_true([&] {
        return here_->database.read(
            one, [](Snapshot& snapshot) { return usage::billed_since(snapshot, "models", {}) > 20; });
    }));
    here_->take_out(one, archive());
    writer.request_stop();
    auto const count = [&](std::string_view table) {
        auto const text = text_in(archive(), member_of_table(table));
        std::int64_t found = 0;
        for (auto at = text.find("\"pair-"); at != std::string::npos; at = text.find("\"pair-", at + 1)) ++found;
        return found;
    };
    EXPECT_GT(count("billable_usage"), 0);
    EXPECT_EQ(count("billable_usage"), count("audit_log"));
}

}  // namespace
}  // namespace mainstay::portability
