// What the module's tests share: sessions of the real child program, the example and the corpus.
#pragma once
#include "products/migrate/dbt/dbt.hpp"
#include "testing/testing.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <thread>

namespace mainstay::dbt {

inline std::string read_file(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

inline std::vector<catalog::ScriptFile> retail() {
    return {{"retail.sql", read_file(std::filesystem::path(MAINSTAY_EXAMPLES) / "retail" / "retail.sql")}};
}

// Every script below a folder, in the order of their paths; none where the corpus is absent.
inline std::vector<catalog::ScriptFile> corpus(std::string const& folder) {
    auto const* const set = std::getenv("MAINSTAY_CORPUS");
    auto const root = std::filesystem::path(set == nullptr ? MAINSTAY_DEFAULT_CORPUS : set) / "tsql" / folder;
    std::vector<catalog::ScriptFile> scripts;
    if (!std::filesystem::exists(root)) return scripts;
    std::vector<std::filesystem::path> paths;
    for (auto const& entry : std::filesystem::recursive_directory_iterator(root))
        if (entry.is_regular_file() && entry.path().extension() == ".sql") paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    for (auto const& path : paths) scripts.push_back({path.filename().string(), read_file(path)});
    return scripts;
}

// One pool for a whole suite, since starting DuckDB under the sanitizers takes a while.
class DbtTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        pool_ = std::make_unique<duck::DuckPool>(
            duck::DuckOptions{.program = DUCK_CHILD_PROGRAM, .lease_time = seconds(60)});
    }
    static void TearDownTestSuite() { pool_.reset(); }
    // A child's end cleans the folder, which must not go meanwhile.
    void TearDown() override {
        while (pool_->counters().sessions > 0) std::this_thread::yield();
    }

    duck::DuckSession lease() { return pool_->lease("tenant", folder_.path()); }
    Conversion convert_scripts(std::vector<catalog::ScriptFile> const& scripts, Options const& options = {}) {
        auto session = lease();
        return convert(scripts, options, session);
    }
    Conversion convert_text(std::string text) { return convert_scripts({{"test.sql", std::move(text)}}); }

private:
    mainstay::testing::TemporaryFolder folder_;
    inline static std::unique_ptr<duck::DuckPool> pool_;
};

inline ModelResult const& result_of(Conversion const& conversion, std::string_view name) {
    auto const found = std::find_if(conversion.run.models.begin(), conversion.run.models.end(),
                                    [&](auto const& model) { return model.name == name; });
    if (found == conversion.run.models.end()) throw std::runtime_error("no model " + std::string(name));
    return *found;
}

inline Model const& model_of(Project const& project, std::string_view name) {
    auto const found = std::find_if(project.models.begin(), project.models.end(),
                                    [&](auto const& model) { return model.planned.name == name; });
    if (found == project.models.end()) throw std::runtime_error("no model " + std::string(name));
    return *found;
}

// What did not pass, a line each.
inline std::string failures_of(Conversion const& conversion) {
    std::string text;
    for (auto const& model : conversion.run.models) {
        if (model.status != ModelStatus::passed)
            text += model.name + ": " + std::string(fields::name_of(model.status)) + ' ' + model.error + '\n';
        for (auto const& test : model.tests)
            if (!test.has_passed)
                text +=
                    model.name + '.' + test.name + ": " + std::to_string(test.failing_rows) + ' ' + test.error + '\n';
    }
    return text;
}

inline void write_project(std::map<std::string, std::string> const& files, std::filesystem::path const& folder) {
    for (auto const& [path, text] : files) {
        std::filesystem::create_directories((folder / path).parent_path());
        std::ofstream(folder / path, std::ios::binary) << text;
    }
}

}  // namespace mainstay::dbt
