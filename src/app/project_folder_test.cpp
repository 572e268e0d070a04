#include "app/project_folder.hpp"

#include "app/cli.hpp"
#include "testing/testing.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace mainstay::app {
namespace {

using Files = std::map<std::string, std::string>;

class ProjectFolderTest : public ::testing::Test {
protected:
    static Files project(std::string const& name) {
        return {{"dbt_project.yml", "name: " + name + "\nversion: \"1.0.0\"\n"},
                {"migration_report.json", "{}"},
                {"models/staging/a/stg_a.sql", "select 1"},
                {"tests/generic/unique_by_key.sql", "select 2"}};
    }
    void put(std::string const& file, std::string const& text) {
        std::filesystem::create_directories((folder_ / file).parent_path());
        write_file(folder_ / file, text);
    }
    Files there() const {
        Files files;
        for (auto const& entry : std::filesystem::recursive_directory_iterator(folder_))
            if (entry.is_regular_file())
                files[std::filesystem::relative(entry.path(), folder_).string()] = read_file(entry.path());
        return files;
    }
    std::string refusal(std::string const& name = "shop") {
        try {
            write_project(folder_, name, project(name));
        } catch (Fault const& fault) {
            return fault.public_text();
        }
        return "";
    }
    std::size_t entries_beside() const {
        return static_cast<std::size_t>(
            std::distance(std::filesystem::directory_iterator(root_.path()), std::filesystem::directory_iterator()));
    }

    testing::TemporaryFolder root_;
    std::filesystem::path folder_ = root_.path() / "out";
};

TEST_F(ProjectFolderTest, AMissingAndAnEmptyFolderTakeAProject) {
    write_project(folder_.string() + "/", "shop", project("shop"));
    EXPECT_EQ(there(), project("shop"));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directory(folder_);
    write_project(folder_, "shop", project("shop"));
    EXPECT_EQ(there(), project("shop"));
    write_project(root_.path() / "a" / "b", "shop", project("shop"));
    EXPECT_TRUE(std::filesystem::exists(root_.path() / "a" / "b" / "models"));
    EXPECT_EQ(entries_beside(), 2u);
}

TEST_F(ProjectFolderTest, AProjectOfTheSameNameIsReplacedAndAllElseStays) {
    write_project(folder_, "shop", project("shop"));
    put("models/staging/a/stg_gone.sql", "select 3");
    put("notes.txt", "mine");
    put("macros/mine.sql", "mine");
    auto next = project("shop");
    next.erase("tests/generic/unique_by_key.sql");
    next["models/marts/a/dim_b.sql"] = "select 4";
    write_project(folder_, "shop", next);
    next["notes.txt"] = next["macros/mine.sql"] = "mine";
    EXPECT_EQ(there(), next);
    EXPECT_EQ(entries_beside(), 1u);
}

TEST_F(ProjectFolderTest, WhatIsNotOursIsRefusedAndLeftAsItWas) {
    write_project(folder_, "shop", project("shop"));
    EXPECT_NE(refusal("shop_2").find(folder_.string()), std::string::npos);
    EXPECT_EQ(there(), project("shop"));
    std::filesystem::remove(folder_ / "migration_report.json");  // another's project, although of this name
    EXPECT_NE(refusal().find("name a folder that is empty"), std::string::npos);
    std::filesystem::remove_all(folder_);
    put("notes.txt", "mine");
    EXPECT_NE(refusal(), "");
    EXPECT_EQ(there(), (Files{{"notes.txt", "mine"}}));
    EXPECT_EQ(entries_beside(), 1u);
}

TEST_F(ProjectFolderTest, AFileInTheWayIsNamedInASentence) {
    write_file(folder_, "a file");
    EXPECT_EQ(refusal(), "The project cannot be written to " + folder_.string() + ", which is not a folder.");
    folder_ /= "below";
    EXPECT_NE(refusal().find(folder_.string()), std::string::npos);
    EXPECT_EQ(refusal().find("filesystem error"), std::string::npos);
}

TEST_F(ProjectFolderTest, AFailureLeavesTheOldProjectAsItWas) {
    write_project(folder_, "shop", project("shop"));
    auto broken = project("shop");
    broken["models/" + std::string(300, 'x') + ".sql"] = "select 5";
    try {
        write_project(folder_, "shop", broken);
        FAIL();
    } catch (Fault const& fault) {
        EXPECT_EQ(fault.public_text(), "The project cannot be written to " + folder_.string() + '.');
    }
    EXPECT_EQ(there(), project("shop"));
    EXPECT_EQ(entries_beside(), 1u);
}

}  // namespace
}  // namespace mainstay::app
