// What may come in and what goes out as an archive.
#include "base/fault.hpp"
#include "products/migrate/dbt/dbt.hpp"

#include <gtest/gtest.h>
#include <zip.h>

namespace mainstay::dbt {
namespace {

std::string reason_of(std::string const& name, std::string bytes) {
    try {
        read_input(name, std::move(bytes));
    } catch (Fault const& fault) {
        EXPECT_EQ(fault.code().name, errors::input_unreadable.name);
        return fault.public_text();
    }
    return "none";
}

// The sizes that the central directory tells, changed without changing the data.
std::string with_told_size(std::string archive, std::uint32_t size) {
    auto const entry = archive.rfind("PK\x01\x02");
    for (int i = 0; i < 4; ++i) archive[entry + 24 + static_cast<std::size_t>(i)] = static_cast<char>(size >> (8 * i));
    return archive;
}

TEST(Archive, DependsOnTheFilesAlone) {
    std::map<std::string, std::string> const files{
        {"models/b.sql", "select 1\n"}, {"a.yml", std::string(50'000, 'x')}, {"empty", ""}};
    auto const archive = zip(files);
    EXPECT_EQ(archive, zip(files));
    EXPECT_LT(archive.find("a.yml"), archive.find("models/b.sql"));
}

TEST(Input, OneScriptAndManyInAnArchive) {
    auto const one = read_input("a.sql", "select 1");
    ASSERT_EQ(one.size(), 1U);
    EXPECT_EQ(one[0].name, "a.sql");
    auto const inner = zip({{"nested.sql", "select 9"}});
    auto const many = read_input("all.bin", zip({{"2.sql", "select 2"},
                                                 {"1.SQL", "select 1"},
                                                 {"inner.zip", inner},
                                                 {"inner.sql", inner},
                                                 {"read.me", "no"}}));
    ASSERT_EQ(many.size(), 2U);
    EXPECT_EQ(many[0].name, "1.SQL");
    EXPECT_EQ(many[1].bytes, "select 2");
}

TEST(Input, Utf16GoesThroughAsItIs) {
    std::string const marked("\xFF\xFEs\0e\0l\0", 8);
    EXPECT_EQ(read_input("a.sql", marked)[0].bytes, marked);
    std::string const bare("s\0e\0l\0e\0c\0t\0", 12);
    EXPECT_EQ(read_input("a.sql", bare)[0].bytes, bare);
}

TEST(Input, WhatIsNoScriptIsRefused) {
    EXPECT_NE(reason_of("a.sql", "").find("empty"), std::string::npos);
    EXPECT_NE(reason_of("a.sql", " \r\n\t").find("empty"), std::string::npos);
    EXPECT_NE(reason_of("a.sql", std::string("\x7f"
                                             "ELF\x01\0\0\x02",
                                             8))
                  .find("not text"),
              std::string::npos);
    EXPECT_NE(reason_of("a.zip", "PK\x03\x04 and nothing more").find("damaged"), std::string::npos);
    EXPECT_NE(reason_of("a.zip", zip({{"read.me", "text"}})).find("no script"), std::string::npos);
}

TEST(Input, ArchivesThatUnpackToTooMuchAreRefusedBeforeTheyAre) {
    auto const bomb = zip({{"a.sql", std::string(64u << 20, ' ')}});
    EXPECT_LT(bomb.size(), 1u << 20);
    EXPECT_NE(reason_of("a.zip", bomb).find("times its size"), std::string::npos);
    EXPECT_NE(reason_of("a.zip", with_told_size(bomb, 0x7FFFFFFF)).find("damaged"), std::string::npos);
    EXPECT_NE(reason_of("a.zip", with_told_size(bomb, 1000)), "none");
    std::map<std::string, std::string> many;
    for (std::size_t i = 0; i <= zip_entries_max; ++i) many["f" + std::to_string(i) + ".sql"] = "x";
    EXPECT_NE(reason_of("a.zip", zip(many)).find("entries"), std::string::npos);
}

TEST(Input, EntriesStayInTheirFolder) {
    for (auto const* path : {"../a.sql", "/etc/a.sql", "x/../../a.sql", "..\\a.sql", "C:\\a.sql"})
        EXPECT_NE(reason_of("a.zip", zip({{path, "select 1"}})).find("outside"), std::string::npos) << path;
}

TEST(Input, LinksAreRefused) {
    auto archive = zip({{"a.sql", "/etc/passwd"}});
    auto const entry = archive.rfind("PK\x01\x02");
    archive[entry + 41] = static_cast<char>(0120777 >> 8);  // the mode, in the upper half of the external attributes
    archive[entry + 40] = static_cast<char>(0120777 & 0xFF);
    EXPECT_NE(reason_of("a.zip", archive).find("link"), std::string::npos);
}

}  // namespace
}  // namespace mainstay::dbt
