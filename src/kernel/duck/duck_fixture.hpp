// What the module's tests share: a pool over the real child program and a tenant's folder that goes with the test.
#pragma once
#include "base/random.hpp"
#include "kernel/duck/duck.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

namespace mainstay::duck {

class Folder {
public:
    Folder() : path_(std::filesystem::temp_directory_path() / ("duck-test-" + std::to_string(random_u64()))) {
        std::filesystem::create_directory(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;

    std::filesystem::path const& path() const { return path_; }
    std::filesystem::path write(std::string const& name, std::string const& content) const {
        std::ofstream(path_ / name) << content;
        return path_ / name;
    }

private:
    std::filesystem::path path_;
};

// One pool for a whole suite, since starting DuckDB under the sanitizers takes a while.
class DuckTest : public testing::Test {
protected:
    static void SetUpTestSuite() { pool_ = new DuckPool({.program = DUCK_CHILD_PROGRAM, .lease_time = seconds(60)}); }
    static void TearDownTestSuite() {
        delete pool_;
        pool_ = nullptr;
    }
    // A child's end cleans the folder, which must not go meanwhile.
    void TearDown() override {
        while (pool().counters().sessions > 0) std::this_thread::yield();
    }
    static DuckPool& pool() { return *pool_; }

    DuckSession lease(FolderAccess access = FolderAccess::read, DuckLimits const& limits = {}) {
        return pool().lease("tenant", folder.path(), access, limits);
    }

    Folder folder;

private:
    inline static DuckPool* pool_ = nullptr;
};

inline std::string error_of(auto const& outcome) {
    return outcome.ok() ? "no error" : std::string(to_string(outcome.error().type));
}

// The one cell of the answer, as text; the error's message when there is none.
inline std::string cell(DuckSession& session, std::string_view sql) {
    auto const outcome = session.execute(sql);
    if (!outcome.ok()) return outcome.error().message;
    return outcome.value().values.empty() ? "no rows" : to_text(outcome.value().values.front());
}

}  // namespace mainstay::duck
