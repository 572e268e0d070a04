#include "kernel/config/config.hpp"

#include <gtest/gtest.h>

namespace mainstay::config {
namespace {

Loaded load_with(std::map<std::string, std::string> const& flags, std::map<std::string, std::string> const& variables) {
    return load(flags, [&](std::string const& name) {
        auto const found = variables.find(name);
        return found == variables.end() ? std::nullopt : std::optional<std::string>(found->second);
    });
}

TEST(Config, AFlagGoesBeforeItsVariableAndThatBeforeTheDefault) {
    auto const loaded = load_with({{"port", "9000"}}, {{"MAINSTAY_PORT", "7000"}, {"MAINSTAY_DATA", "/srv/mainstay"}});
    EXPECT_EQ(loaded.config.port, 9000);
    EXPECT_EQ(loaded.config.data, "/srv/mainstay");
    EXPECT_EQ(loaded.config.workers, 4);
    EXPECT_EQ(loaded.sources.at("port"), Source::flag);
    EXPECT_EQ(loaded.sources.at("data"), Source::environment);
    EXPECT_EQ(loaded.sources.at("workers"), Source::default_);
    EXPECT_TRUE(loaded.problems.empty());
}

TEST(Config, EveryWrongSettingIsNamed) {
    auto const loaded = load_with({{"port", "70000"}}, {{"MAINSTAY_TLS", "maybe"}, {"MAINSTAY_WORKERS", "many"}});
    std::vector<std::string> pointers;
    for (auto const& problem : loaded.problems) pointers.push_back(problem.pointer);
    EXPECT_EQ(pointers, (std::vector<std::string>{"/port", "/tls", "/workers"}));
}

TEST(Config, AProxyThatIsNeitherAnAddressNorANetworkIsNamed) {
    auto const wrong = load_with({{"proxies", "127.0.0.1, ::1, 10.0.0.0/8, proxy.example, 10.0.0.0/64"}}, {});
    ASSERT_EQ(wrong.problems.size(), 2u);
    EXPECT_EQ(wrong.problems[0].pointer, "/proxies");
    EXPECT_NE(wrong.problems[0].message.find("proxy.example"), std::string::npos);
    EXPECT_THROW(networks_of(wrong.config.proxies), Fault);
    EXPECT_EQ(networks_of("127.0.0.1, 10.0.0.0/8").size(), 2u);
    EXPECT_TRUE(load_with({}, {}).config.proxies.empty());
}

TEST(Config, ADatabaseOfAnotherKindIsRefusedInASentenceThatHelps) {
    for (auto const* other : {"mysql://x", "sqlite:///srv/m.db", "./mainstay.db"}) {
        auto const loaded = load_with({{"database", other}}, {});
        ASSERT_EQ(loaded.problems.size(), 1u) << other;
        EXPECT_EQ(loaded.problems[0].pointer, "/database");
        EXPECT_NE(loaded.problems[0].message.find("postgresql://"), std::string::npos);
        EXPECT_NE(loaded.problems[0].message.find("SQLite"), std::string::npos);
    }
    for (auto const* own : {"postgresql://db/m", "postgres://db/m", "host=db dbname=m", ""})
        EXPECT_TRUE(load_with({{"database", own}}, {}).problems.empty()) << own;
}

TEST(Config, HelpTellsDefaultsAndRanges) {
    auto const& table = table_of(static_cast<Config const*>(nullptr));
    EXPECT_EQ(help_of(*table.find("port")),
              "Port to listen on; 0 takes a free one. Default: 8000, from 0 to 65535. [MAINSTAY_PORT]");
    EXPECT_EQ(help_of(*table.find("prepare")),
              "Prepared statements on PostgreSQL; false behind PgBouncer before 1.21. Default: true. "
              "[MAINSTAY_PREPARE]");
    EXPECT_NE(help_of(*table.find("database")).find("Default: none."), std::string::npos);
    EXPECT_NE(help_of(*table.find("workers")).find("Default: 4, from 1 to 256."), std::string::npos);
}

TEST(Config, LinksInMailsLeadToThePublicUrlAndWithoutOneToTheFirstHost) {
    EXPECT_EQ(public_url_of(load_with({}, {}).config), "http://127.0.0.1:8000");
    auto const hosted = load_with({{"hosts", "app.example.com,example.com"}, {"tls", "true"}}, {});
    EXPECT_EQ(public_url_of(hosted.config), "https://app.example.com");
    auto const said = load_with({{"public_url", "https://login.example.com/"}, {"hosts", "app.example.com"}}, {});
    EXPECT_EQ(public_url_of(said.config), "https://login.example.com");
    for (auto const* wrong : {"login.example.com", "ftp://example.com", "https://", "https://a.example/path",
                              "https://user@example.com", "javascript:alert(1)", "https://a.example\"x"})
        EXPECT_EQ(load_with({{"public_url", wrong}}, {}).problems.at(0).pointer, "/public_url") << wrong;
}

TEST(Config, FilesGoIntoABucketThatIsNamedWithItsKeys) {
    std::map<std::string, std::string> const keys{{"MAINSTAY_FILES_ACCESS_KEY", "a"},
                                                  {"MAINSTAY_FILES_SECRET_KEY", "s"}};
    auto const amazon = bucket_of("https://s3.eu-central-1.amazonaws.com/acme-files/mainstay/");
    EXPECT_EQ(amazon.endpoint, "https://s3.eu-central-1.amazonaws.com");
    EXPECT_EQ(amazon.name, "acme-files");
    EXPECT_EQ(amazon.prefix, "mainstay/");
    EXPECT_FALSE(amazon.is_path_style);
    EXPECT_TRUE(bucket_of("https://s3.eu-central-1.amazonaws.com/acme.files").is_path_style)
        << "no certificate is for a name with a dot more";
    auto const own = bucket_of("http://10.0.0.7:9000/files");
    EXPECT_EQ(own.endpoint, "http://10.0.0.7:9000");
    EXPECT_EQ(own.prefix, "");
    EXPECT_TRUE(own.is_path_style);
    EXPECT_TRUE(load_with({{"files", "https://s3.example.com/files"}}, keys).problems.empty());
    EXPECT_EQ(load_with({{"files", "https://s3.example.com/files"}}, {}).problems.at(0).pointer, "/files_access_key");
    for (auto const* wrong : {"s3://files", "https://s3.example.com", "https://s3.example.com/", "https:///files",
                              "https://u:p@s3.example.com/files", "https://s3.example.com/Files", "/srv/files"})
        EXPECT_EQ(load_with({{"files", wrong}}, keys).problems.at(0).pointer, "/files") << wrong;
}

TEST(Config, AMailServerNeedsASender) {
    EXPECT_EQ(load_with({{"smtp", "smtp://mail.example.com"}}, {}).problems.at(0).pointer, "/mail_from");
    EXPECT_TRUE(load_with({{"smtp", "smtp://mail.example.com"}, {"mail_from", "a@example.com"}}, {}).problems.empty());
}

TEST(Config, RolesAreDividedOnPostgresAlone) {
    EXPECT_TRUE(roles_of(load_with({}, {}).config.roles).are_all());
    auto const divided = load_with({{"roles", "worker, scheduler"}, {"database", "postgresql://db/m"}}, {});
    EXPECT_TRUE(divided.problems.empty());
    auto const roles = roles_of(divided.config.roles);
    EXPECT_TRUE(roles.worker && roles.scheduler && !roles.api);
    auto const on_sqlite = load_with({}, {{"MAINSTAY_ROLES", "api,worker"}});
    ASSERT_EQ(on_sqlite.problems.size(), 1u);
    EXPECT_EQ(on_sqlite.problems[0].pointer, "/roles");
    EXPECT_NE(on_sqlite.problems[0].message.find("--database"), std::string::npos);
    EXPECT_TRUE(load_with({{"roles", "scheduler,worker,api"}}, {}).problems.empty());
}

TEST(Config, ARoleThatIsNoneIsNamed) {
    auto const wrong = load_with({{"roles", "api,wroker"}, {"database", "postgresql://db/m"}}, {});
    ASSERT_EQ(wrong.problems.size(), 1u);
    EXPECT_EQ(wrong.problems[0].pointer, "/roles");
    EXPECT_NE(wrong.problems[0].message.find("wroker"), std::string::npos);
    EXPECT_THROW(roles_of(wrong.config.roles), Fault);
    EXPECT_EQ(load_with({{"roles", " ,"}, {"database", "postgresql://db/m"}}, {}).problems.size(), 1u);
}

TEST(Config, ListsAreSplitAtCommasAndTrimmed) {
    EXPECT_EQ(list_of(" a.example , b.example,,"), (std::vector<std::string>{"a.example", "b.example"}));
    EXPECT_TRUE(list_of("").empty());
}

}  // namespace
}  // namespace mainstay::config
