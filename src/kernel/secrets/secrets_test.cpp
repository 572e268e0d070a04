#include "kernel/secrets/secrets.hpp"

#include "testing/testing.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace mainstay::secrets {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string text_of(std::filesystem::path const& file) {
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

class SecretsTest : public testing::Engines {
protected:
    SecretsTest() { migrate({secrets::migrations()}); }

    std::string seal(TenantId tenant, std::string_view purpose, std::string_view secret) {
        return database().write(tenant, [&](Transaction& tx) { return Secrets(keys).seal(tx, purpose, secret); });
    }
    std::string open(TenantId tenant, std::string_view purpose, std::string_view sealed) {
        return database().read(tenant, [&](Snapshot& s) { return Secrets(keys).open(s, purpose, sealed); });
    }
    std::string code_of(TenantId tenant, std::string_view purpose, std::string_view sealed) {
        try {
            open(tenant, purpose, sealed);
            return "";
        } catch (Fault const& fault) {
            return std::string(fault.code().name);
        }
    }
    std::int64_t rewrap() {
        return database().write(system_scope("test"), [&](Transaction& tx) { return Secrets(keys).rewrap(tx); });
    }

    testing::TemporaryFolder folder;
    std::filesystem::path const file = folder.path() / "secrets.keys";
    MasterKeys keys{file};
};
INSTANTIATE_TEST_SUITE_P(Engines, SecretsTest, testing::each_engine(), testing::engine_name);

TEST_P(SecretsTest, WhatIsSealedOpensInItsTenantForItsPurposeAlone) {
    std::string const sealed = seal(mine, "totp:usr_1", "the seed");
    seal(theirs, "totp:usr_1", "another");  // so that they have a data key of their own
    EXPECT_EQ(open(mine, "totp:usr_1", sealed), "the seed");
    EXPECT_EQ(code_of(mine, "totp:usr_2", sealed), "secret_unreadable");
    EXPECT_EQ(code_of(theirs, "totp:usr_1", sealed), "secret_unreadable");
    EXPECT_EQ(seal(mine, "x", "").find("the seed"), std::string::npos);
    EXPECT_EQ(open(mine, "x", seal(mine, "x", "")), "");
    std::string const every_byte = [] {
        std::string text;
        for (int i = 0; i < 256; ++i) text += static_cast<char>(i);
        return text;
    }();
    EXPECT_EQ(open(mine, "x", seal(mine, "x", every_byte)), every_byte);
}

TEST_P(SecretsTest, TheSameSecretIsNeverSealedIntoTheSameText) {
    EXPECT_NE(seal(mine, "x", "secret"), seal(mine, "x", "secret"));
}

TEST_P(SecretsTest, WhateverIsAlteredIsRefused) {
    std::string const sealed = seal(mine, "x", "secret");
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string altered = sealed;
        altered[i] = altered[i] == 'A' ? 'B' : 'A';
        EXPECT_EQ(code_of(mine, "x", altered), "secret_unreadable") << i;
    }
    for (auto const* wrong : {"", "s1", "s1..", "s1.sdk_1.AAAA", "s2.x.y", "plain text"})
        EXPECT_EQ(code_of(mine, "x", wrong), "secret_unreadable") << wrong;
    database().write(mine, [](Transaction& tx) {
        tx.execute("UPDATE secret_data_keys SET wrapped = 'AAAA' || wrapped WHERE tenant_id = :tenant");
    });
    EXPECT_EQ(code_of(mine, "x", sealed), "secret_unreadable");
}

TEST_P(SecretsTest, NoKeyIsInTheDatabaseAndNoneButTheOwnerReadsTheFile) {
    seal(mine, "x", "secret");
    std::string const line = text_of(file);
    auto const rows = database().read(mine, [](Snapshot& s) {
        return s.all<std::string>("SELECT wrapped FROM secret_data_keys WHERE tenant_id = :tenant");
    });
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_THAT(rows[0], Not(HasSubstr(line.substr(4, 43))));
    EXPECT_EQ(std::filesystem::status(file).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_P(SecretsTest, ARotatedMasterKeyOpensWhatWasSealedAndTheOldOneMayGo) {
    std::string const mine_before = seal(mine, "x", "mine"), theirs_before = seal(theirs, "x", "theirs");
    EXPECT_EQ(keys.add(), "mk2");
    EXPECT_EQ(open(mine, "x", mine_before), "mine");
    EXPECT_EQ(rewrap(), 2);
    EXPECT_EQ(rewrap(), 0);
    std::string const text = text_of(file);
    std::ofstream(file, std::ios::trunc) << text.substr(0, text.find('\n') + 1);
    MasterKeys newest_alone(file);
    EXPECT_EQ(database().read(theirs, [&](Snapshot& s) { return Secrets(newest_alone).open(s, "x", theirs_before); }),
              "theirs");
    EXPECT_EQ(newest_alone.add(), "mk3") << "a number is not taken again";
}

TEST_P(SecretsTest, AKeyThatAnotherProcessAddedIsFoundWithoutARestart) {
    MasterKeys other(file);
    other.add();
    std::string const sealed =
        database().write(mine, [&](Transaction& tx) { return Secrets(other).seal(tx, "x", "secret"); });
    EXPECT_EQ(open(mine, "x", sealed), "secret");
}

TEST_P(SecretsTest, WhatIsSealedBehindARotationElsewhereNeedsTheNewKeyAlone) {
    MasterKeys(file).add();
    seal(mine, "x", "secret");
    EXPECT_EQ(rewrap(), 0);
}

TEST_P(SecretsTest, ARenewedDataKeySealsAndTheOldOneStillOpens) {
    std::string const before = seal(mine, "x", "before");
    clock.advance(seconds(1));
    database().write(mine, [&](Transaction& tx) { Secrets(keys).renew_data_key(tx); });
    std::string const after = seal(mine, "x", "after");
    EXPECT_NE(before.substr(0, 33), after.substr(0, 33));
    EXPECT_EQ(open(mine, "x", before), "before");
    EXPECT_EQ(open(mine, "x", after), "after");
}

TEST_P(SecretsTest, AMasterKeyThatIsGoneIsSaidSo) {
    std::string const sealed = seal(mine, "x", "secret");
    std::filesystem::remove(file);
    MasterKeys another(file);
    try {
        database().read(mine, [&](Snapshot& s) { return Secrets(another).open(s, "x", sealed); });
        ADD_FAILURE() << "it was opened";
    } catch (Fault const& fault) {
        EXPECT_EQ(fault.code().name, errors::secret_unreadable.name);
    }
}

TEST(MasterKeysTest, AFileThatIsNoneIsRefusedWithItsNameAndLine) {
    testing::TemporaryFolder folder;
    auto const file = folder.path() / "secrets.keys";
    auto const why = [&](std::string const& text, std::filesystem::perms perms) -> std::string {
        std::ofstream(file, std::ios::trunc) << text;
        std::filesystem::permissions(file, perms);
        try {
            MasterKeys const keys(file);
            return "";
        } catch (std::runtime_error const& error) {
            return error.what();
        }
    };
    auto const own = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
    std::string const good = "mk1 " + std::string(43, 'A') + "\n";
    EXPECT_EQ(why(good, own), "");
    EXPECT_THAT(why("", own), HasSubstr("empty"));
    EXPECT_THAT(why(good + "mk1 " + std::string(43, 'A') + "\n", own), HasSubstr("line 2"));
    EXPECT_THAT(why("mk1 short\n", own), HasSubstr("line 1"));
    EXPECT_THAT(why(std::string(47, 'A') + "\n", own), HasSubstr("line 1"));
    EXPECT_THAT(why(good, own | std::filesystem::perms::group_read), HasSubstr("chmod 600"));
    EXPECT_THAT(why("", own), HasSubstr(file.string()));
}

}  // namespace
}  // namespace mainstay::secrets
