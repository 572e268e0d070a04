// The header is of another release than the library: what the child takes from one must be in the other. The layouts
// and numbers that it relies on (results, strings, lists, intervals, types, statement kinds) are what values_test and
// sandbox_test read through the real library.
#include <dlfcn.h>
#include <duckdb.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace {

// Every function that the child's sources name, be it called or given as a destroyer.
std::set<std::string> used_functions() {
    std::set<std::string> names;
    for (auto const& entry : std::filesystem::directory_iterator(DUCK_CHILD_SOURCES)) {
        std::ifstream in(entry.path());
        std::string const text((std::istreambuf_iterator<char>(in)), {});
        for (auto at = text.find("duckdb_"); at != text.npos; at = text.find("duckdb_", at + 1)) {
            auto const end = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", at);
            if (end != text.npos && (text[end] == '(' || text[end] == '>')) names.insert(text.substr(at, end - at));
        }
    }
    for (auto const* type : {"duckdb_hugeint", "duckdb_interval", "duckdb_list_entry", "duckdb_string_t",
                             "duckdb_time_ns", "duckdb_time_tz", "duckdb_timestamp_ns", "duckdb_uhugeint"})
        names.erase(type);  // arguments of templates
    return names;
}

}  // namespace

TEST(Library, HasEveryFunctionThatTheChildUses) {
    auto* const library = dlopen(DUCKDB_LIBRARY, RTLD_LAZY | RTLD_LOCAL);
    ASSERT_NE(library, nullptr) << dlerror();
    auto const names = used_functions();
    EXPECT_GT(names.size(), 70u);
    EXPECT_TRUE(names.contains("duckdb_open_ext"));
    for (auto const& name : names) EXPECT_NE(dlsym(library, name.c_str()), nullptr) << name;
    dlclose(library);
}

// Sizes that the library of 1.5 was built with; its C interface passes them by value or lays them in vectors.
TEST(Library, StructuresHaveTheSizesOfTheInterface) {
    EXPECT_EQ(sizeof(duckdb_result), 48u);
    EXPECT_EQ(sizeof(duckdb_string_t), 16u);
    EXPECT_EQ(sizeof(duckdb_list_entry), 16u);
    EXPECT_EQ(sizeof(duckdb_hugeint), 16u);
    EXPECT_EQ(sizeof(duckdb_interval), 16u);
    EXPECT_EQ(sizeof(duckdb_time_tz), 8u);
    EXPECT_EQ(sizeof(duckdb_timestamp_ns), 8u);
    EXPECT_EQ(sizeof(duckdb_bit), 16u);
}
