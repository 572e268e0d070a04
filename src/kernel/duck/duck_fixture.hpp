// What the module's tests share: a pool over the real child program and a tenant's folder that goes with the test.
#pragma once
#include "kernel/duck/duck.hpp"
#include "testing/testing.hpp"

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <thread>

namespace mainstay::duck {

class Folder : public testing::TemporaryFolder {
public:
    std::filesystem::path write(std::string const& name, std::string const& content) const {
        std::ofstream(path() / name) << content;
        return path() / name;
    }
};

// One pool for a whole suite, since starting DuckDB under the sanitizers takes a while.
class DuckTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        pool_.emplace(DuckOptions{.program = DUCK_CHILD_PROGRAM, .lease_time = seconds(60)});
    }
    static void TearDownTestSuite() { pool_.reset(); }
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
    inline static std::optional<DuckPool> pool_;
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
