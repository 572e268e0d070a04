// Real scripts, where they stand beside the project: MAINSTAY_CORPUS names their folder. Without them nothing is tested
// here, and the test says so.
#include "base/text.hpp"
#include "products/migrate/tsql/tsql.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

namespace mainstay::tsql {
namespace {

namespace fs = std::filesystem;

std::string read(fs::path const& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string render_errors(ParseResult const& result) {
    std::string text;
    for (auto const& diagnostic : result.diagnostics)
        if (diagnostic.severity() == Severity::error) text += render(diagnostic);
    return text;
}

class Corpus : public testing::Test {
protected:
    void SetUp() override {
        char const* const set = std::getenv("MAINSTAY_CORPUS");
        folder_ = fs::path(set != nullptr ? set : MAINSTAY_DEFAULT_CORPUS) / "tsql";
        if (!fs::exists(folder_)) GTEST_SKIP() << "no corpus at " << folder_;
    }

    std::vector<fs::path> scripts(fs::path const& below) const {
        std::vector<fs::path> found;
        for (auto const& entry : fs::recursive_directory_iterator(folder_ / below))
            if (entry.path().extension() == ".sql") found.push_back(entry.path());
        std::sort(found.begin(), found.end());
        return found;
    }

    ParseResult parse_file(fs::path const& relative) const {
        return parse_bytes(relative.string(), read(folder_ / relative));
    }

    fs::path folder_;
    fs::path const samples_ = "microsoft-sql-server-samples/databases";
};

std::size_t count_of(ParseResult const& result, NodeKind kind) {
    std::size_t count = 0;
    for_each_statement(result, [&](Statement const& statement) { count += statement.kind == kind ? 1 : 0; });
    return count;
}

// Counted without the parser: lines that begin with one of the words, case and indentation aside.
std::size_t lines_with(std::string const& text, std::vector<std::string_view> const& beginnings) {
    std::size_t count = 0;
    for (auto const line : split(text, '\n')) {
        auto const trimmed = trim(line);
        count +=
            static_cast<std::size_t>(std::any_of(beginnings.begin(), beginnings.end(), [&](std::string_view words) {
                return equals_ignoring_case(trimmed.substr(0, words.size()), words);
            }));
    }
    return count;
}

TEST_F(Corpus, EveryScriptIsReadAndEveryStatementIsCountedOnce) {
    Counts total;
    std::size_t files = 0;
    std::size_t files_with_errors = 0;
    for (auto const& path : scripts("")) {
        auto const result = parse_bytes(path.string(), read(path));
        auto const& counts = result.counts;
        EXPECT_EQ(counts.statements, counts.parsed + counts.skipped + counts.broken) << path;
        if (counts.errors > 0) {
            ++files_with_errors;
            std::cout << path.filename() << ": statements " << counts.statements << ", parsed " << counts.parsed
                      << ", skipped " << counts.skipped << ", errors " << counts.errors << '\n';
        }
        ++files;
        total.statements += counts.statements;
        total.parsed += counts.parsed;
        total.skipped += counts.skipped;
        total.errors += counts.errors;
    }
    std::cout << files << " scripts: statements " << total.statements << ", parsed " << total.parsed << ", skipped "
              << total.skipped << ", errors " << total.errors << '\n';
    // One file is a template with $CURSOR$ in it, which is no T-SQL.
    EXPECT_LE(files_with_errors, 1U);
}

// Bodies hold the most involved queries there are; read as scripts they try the grammar harder than any schema.
TEST_F(Corpus, BodiesOfModulesAreReadAsScriptsWithoutErrors) {
    Counts total;
    for (auto const& path : scripts("")) {
        auto const result = parse_bytes(path.string(), read(path));
        for_each_statement(result, [&](Statement const& statement) {
            auto const* const module = as<CreateModule>(&statement);
            if (module == nullptr || module->is_external) return;
            auto const body = parse_bytes(path.string(), result.text(module->body));
            EXPECT_EQ(render_errors(body), "");
            total.statements += body.counts.statements;
            total.parsed += body.counts.parsed;
        });
    }
    std::cout << "bodies: statements " << total.statements << ", parsed " << total.parsed << '\n';
    EXPECT_GT(total.parsed, 15'000U);
}

TEST_F(Corpus, AdventureWorksIsReadWhole) {
    auto const relative = samples_ / "adventure-works/oltp-install-script/instawdb.sql";
    auto const text = read(folder_ / relative);
    auto const result = parse_file(relative);
    EXPECT_EQ(render_errors(result), "");
    EXPECT_EQ(count_of(result, NodeKind::create_table), lines_with(text, {"CREATE TABLE"}));
    EXPECT_EQ(count_of(result, NodeKind::create_table), 71U);
    EXPECT_EQ(count_of(result, NodeKind::create_view), lines_with(text, {"CREATE VIEW"}));
    EXPECT_EQ(count_of(result, NodeKind::create_view), 20U);
    EXPECT_EQ(count_of(result, NodeKind::create_module),
              lines_with(text, {"CREATE PROCEDURE", "CREATE FUNCTION", "CREATE TRIGGER"}));
    EXPECT_EQ(count_of(result, NodeKind::create_type), 6U);
    EXPECT_EQ(count_of(result, NodeKind::create_schema), 5U);
    EXPECT_EQ(count_of(result, NodeKind::create_xml_schema_collection), lines_with(text, {"CREATE XML SCHEMA"}));
    EXPECT_EQ(count_of(result, NodeKind::create_index),
              lines_with(text, {"CREATE INDEX", "CREATE UNIQUE", "CREATE CLUSTERED", "CREATE NONCLUSTERED",
                                "CREATE PRIMARY XML", "CREATE XML INDEX"}));
    std::size_t descriptions = 0;
    std::size_t foreign_keys = 0;
    for_each_statement(result, [&](Statement const& statement) {
        descriptions += extended_property(statement).has_value() ? 1 : 0;
        if (auto const* added = as<AlterTableAdd>(&statement))
            for (auto const* constraint : added->added->constraints)
                foreign_keys += constraint->constraint_kind == ConstraintKind::foreign_key ? 1 : 0;
    });
    EXPECT_EQ(descriptions, lines_with(text, {"EXECUTE [sys].[sp_addextendedproperty]"}));
    EXPECT_EQ(foreign_keys, 90U);
    EXPECT_EQ(result.source->text().find("$("), result.source->text().find("$(DatabaseName"));
}

TEST_F(Corpus, NorthwindAndPubsAreReadWhole) {
    auto const northwind = parse_file(samples_ / "northwind-pubs/instnwnd.sql");
    EXPECT_EQ(render_errors(northwind), "");
    EXPECT_EQ(count_of(northwind, NodeKind::create_table), 13U);
    EXPECT_EQ(count_of(northwind, NodeKind::create_view), 16U);
    auto const text = read(folder_ / samples_ / "northwind-pubs/instnwnd.sql");
    EXPECT_EQ(count_of(northwind, NodeKind::insert), lines_with(text, {"INSERT "}));
    auto const pubs = parse_file(samples_ / "northwind-pubs/instpubs.sql");
    EXPECT_EQ(render_errors(pubs), "");
    EXPECT_EQ(count_of(pubs, NodeKind::create_table), 11U);
}

TEST_F(Corpus, WideWorldImportersIsReadWithoutErrors) {
    std::size_t tables = 0;
    std::size_t views = 0;
    std::size_t sequences = 0;
    for (auto const& path : scripts(samples_ / "wide-world-importers/wwi-ssdt")) {
        auto const result = parse_bytes(path.string(), read(path));
        EXPECT_EQ(render_errors(result), "");
        if (path.parent_path().filename() == "Tables") tables += count_of(result, NodeKind::create_table);
        if (path.parent_path().filename() == "Views") views += count_of(result, NodeKind::create_view);
        sequences += count_of(result, NodeKind::create_sequence);
    }
    EXPECT_EQ(tables, scripts(samples_ / "wide-world-importers/wwi-ssdt/wwi-ssdt/Application/Tables").size() + 38U);
    EXPECT_EQ(views, 26U);
    EXPECT_EQ(sequences, 26U);
}

}  // namespace
}  // namespace mainstay::tsql
