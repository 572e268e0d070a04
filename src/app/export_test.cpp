// Archives over the API: who may have one made and fetch it; and over the command line.
#include "app/accounts_fixture.hpp"
#include "app/portability_needs.hpp"

namespace mainstay::app {
namespace {

class ExportTest : public AccountsTest {
protected:
    ExportTest() {
        tenant_ = new_tenant("Harbour");
        owner_ = join("owner@example.com", "owner");
        path_ = "/api/v1/tenants/" + tenant_;
    }

    Headers join(std::string const& email, std::string const& role) {
        run("user create", {{"email", email}, {"password", good_password}, {"tenant", tenant_}, {"role", role}});
        return sign_in(email);
    }
    std::string status_of_export(std::string const& id) {
        return member(ask("GET", path_ + "/exports/" + id, owner_).body, "status");
    }
    std::string finished_export() {
        auto const asked = ask("POST", path_ + "/exports", owner_);
        EXPECT_EQ(asked.status, 202) << asked.body;
        auto const id = member(asked.body, "id");
        EXPECT_TRUE(testing::comes_true([&] { return status_of_export(id) == "completed"; }, minutes(2)));
        return id;
    }

    std::string tenant_, path_;
    Headers owner_;
};
INSTANTIATE_TEST_SUITE_P(Engines, ExportTest, testing::each_engine(), testing::engine_name);

TEST_P(ExportTest, TheOwnerGetsAnArchiveAndTheAuditSaysSo) {
    EXPECT_EQ(ask("GET", path_ + "/export", owner_).status, 404);
    auto const id = finished_export();
    auto const fetched = ask("GET", path_ + "/exports/" + id + "/download", owner_);
    ASSERT_EQ(fetched.status, 200) << fetched.body;
    EXPECT_EQ(fetched.body.substr(0, 2), "PK");
    EXPECT_THAT(fetched.headers.at("content-disposition"), HasSubstr(id));
    EXPECT_EQ(ask("GET", path_ + "/export", owner_).body, fetched.body);
    EXPECT_THAT(ask("GET", path_ + "/exports/" + id, owner_).body,
                HasSubstr("\"bytes\":" + std::to_string(fetched.body.size())));
    auto const audit = ask("GET", "/api/v1/audit", owner_).body;
    EXPECT_THAT(audit, HasSubstr("create_export"));
    EXPECT_THAT(audit, HasSubstr("download_export"));
}

TEST_P(ExportTest, NobodyButTheOwnerSeesOrMakesOne) {
    auto const id = finished_export();
    auto const other = new_tenant("Other");
    run("user create",
        {{"email", "else@example.com"}, {"password", good_password}, {"tenant", other}, {"role", "owner"}});
    auto const administrator = join("admin@example.com", "org_admin"), foreigner = sign_in("else@example.com");
    auto const key = new_key(tenant_, "admin");
    for (auto const& path : {path_ + "/exports/" + id, path_ + "/exports/" + id + "/download", path_ + "/export"}) {
        EXPECT_EQ(ask("GET", path, administrator).status, 403) << path;
        EXPECT_EQ(ask("GET", path, foreigner).status, 404) << path;
        EXPECT_EQ(call(key, "GET", path).status, 403) << path;
    }
    EXPECT_EQ(ask("POST", path_ + "/exports", administrator).status, 403);
    EXPECT_EQ(ask("POST", path_ + "/exports", foreigner).status, 404);
    EXPECT_EQ(ask("GET", "/api/v1/tenants/" + other + "/exports/" + id, foreigner).status, 404);
}

TEST_P(ExportTest, TheOwnerOfATenantThatIsBeingDeletedStillGetsOne) {
    ASSERT_EQ(ask("DELETE", path_, owner_).status, 204);
    ASSERT_TRUE(testing::comes_true([&] { return ask("GET", "/api/v1/jobs", owner_).status == 403; }));
    auto const id = finished_export();
    EXPECT_EQ(ask("GET", path_ + "/exports/" + id + "/download", owner_).status, 200);
}

TEST_P(ExportTest, TheCommandLineTakesATenantOutAndRefusesToBringInWhatIsHere) {
    testing::TemporaryFolder const scratch;
    auto const needs = portability_needs(
        [&] {
            config::Config config;
            config.data = folder_.path().string();
            if (!is_sqlite()) config.database = postgres.url;
            return config;
        }(),
        program_->files());
    auto const run_on_files = [&](std::string_view command, std::map<std::string, std::string> const& flags) {
        Command const& found = *find_command(command);
        return found.run({program_->database(), &needs}, read_flags(found, flags).get());
    };
    auto const file = (scratch.path() / "harbour.zip").string();
    auto const made = run_on_files("export", {{"tenant", tenant_}, {"out", file}});
    EXPECT_THAT(made, HasSubstr("\"bytes\":" + std::to_string(std::filesystem::file_size(file))));
    EXPECT_THROW(run_on_files("export", {{"tenant", tenant_}, {"out", file}}), Fault);
    EXPECT_THROW(run_on_files("import", {{"file", file}}), Fault);
}

}  // namespace
}  // namespace mainstay::app
