// Golden cases, a folder each under cases/:
//   input.sql             tables, functions and views in T-SQL; the view `result` is the one that is looked at
//   rows.sql              INSERTs in T-SQL, where there are rows
//   expected.duckdb.sql   the translation of `result`
//   result.csv            the rows that SQL Server gives, in any order; or, under the head `column,type,value`, a
//                         line for each column of the only row. Nothing between commas is NULL, "" the empty text
//   codes.txt             the diagnostics' codes and the class, a line each
// Results are written by SQL Server's documentation. MAINSTAY_UPDATE_CASES=1 writes expected.duckdb.sql anew.
#include "base/text.hpp"
#include "products/migrate/translate/functions.hpp"
#include "products/migrate/translate/translate_fixture.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

namespace mainstay::translate {
namespace {

namespace fs = std::filesystem;

std::string trimmed(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text;
}

// A line of CSV; a field without quotes and characters is NULL.
std::vector<Cell> fields_of(std::string const& line) {
    std::vector<Cell> fields;
    for (std::size_t i = 0; i <= line.size();) {
        if (i < line.size() && line[i] == '"') {
            std::string text;
            for (++i; i < line.size(); ++i) {
                if (line[i] == '"' && i + 1 < line.size() && line[i + 1] == '"')
                    text += line[i++];
                else if (line[i] == '"')
                    break;
                else
                    text += line[i];
            }
            ++i;
            fields.emplace_back(std::move(text));
            ++i;
            continue;
        }
        auto const end = std::min(line.find(',', i), line.size());
        fields.push_back(end == i ? Cell{} : Cell{line.substr(i, end - i)});
        i = end + 1;
    }
    return fields;
}

std::string shown(Cell const& cell) {
    return cell ? '"' + *cell + '"' : "NULL";
}

std::vector<std::vector<Cell>> lines_of(std::string const& text) {
    std::vector<std::vector<Cell>> rows;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) rows.push_back(fields_of(trimmed(line)));
    return rows;
}

Cell cell_of(duck::Value const& value) {
    return std::holds_alternative<duck::Null>(value) ? Cell{} : Cell{duck::to_text(value)};
}

class TranslationCase : public ::testing::TestWithParam<std::string> {
protected:
    static void SetUpTestSuite() { pool_ = make_pool(); }
    static void TearDownTestSuite() { pool_.reset(); }
    // A child's end cleans the folder, which must not go meanwhile.
    void TearDown() override { wait_for_children(*pool_); }
    static duck::DuckPool& pool() { return *pool_; }

    mainstay::testing::TemporaryFolder folder_;

private:
    inline static std::unique_ptr<duck::DuckPool> pool_;
};

void expect_one_row(RanView const& ran, std::vector<std::vector<Cell>> const& expected) {
    ASSERT_EQ(ran.result.row_count(), 1U);
    ASSERT_EQ(ran.translation.columns.size(), expected.size() - 1);
    for (std::size_t i = 0; i + 1 < expected.size(); ++i) {
        auto const& line = expected[i + 1];
        ASSERT_EQ(line.size(), 3U) << shown(line[0]);
        auto const& column = ran.translation.columns[i];
        EXPECT_EQ(column.source_name, line[0]);
        EXPECT_EQ(catalog::to_string(column.type), line[1]) << column.source_name;
        EXPECT_EQ(shown(cell_of(ran.result.values[i])), shown(line[2])) << column.source_name;
    }
}

void expect_rows(RanView const& ran, std::vector<std::vector<Cell>> expected) {
    std::vector<std::string> names;
    for (auto const& column : ran.translation.columns) names.push_back(column.source_name);
    std::vector<std::string> expected_names;
    for (auto const& cell : expected.front()) expected_names.push_back(cell.value_or(""));
    EXPECT_EQ(names, expected_names);
    std::vector<std::string> wanted;
    for (std::size_t i = 1; i < expected.size(); ++i) {
        std::string line;
        for (auto const& cell : expected[i]) line += shown(cell) + ' ';
        wanted.push_back(line);
    }
    std::vector<std::string> got;
    for (std::size_t i = 0; i < ran.result.row_count(); ++i) {
        std::string line;
        for (auto const& value : ran.result.row(i)) line += shown(cell_of(value)) + ' ';
        got.push_back(line);
    }
    std::sort(wanted.begin(), wanted.end());
    std::sort(got.begin(), got.end());
    EXPECT_EQ(got, wanted);
}

// DuckDB's own types of the result are those that the translation promises.
void expect_promised_types(RanView const& ran) {
    for (std::size_t i = 0; i < ran.result.columns.size() && i < ran.translation.columns.size(); ++i) {
        auto promised = ran.translation.columns[i].duckdb_type;
        std::erase(promised, ' ');
        std::transform(promised.begin(), promised.end(), promised.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
        auto type = ran.result.columns[i].type;
        if (type == "TIMESTAMP WITH TIME ZONE") type = "TIMESTAMPTZ";
        EXPECT_EQ(type, promised) << ran.translation.columns[i].source_name;
    }
}

TEST_P(TranslationCase, GivesTheRowsOfSqlServer) {
    auto const path = fs::path(MAINSTAY_TRANSLATE_CASES) / GetParam();
    std::vector<catalog::ScriptFile> scripts{{"input.sql", read_whole_file(path / "input.sql")}};
    if (fs::exists(path / "rows.sql")) scripts.push_back({"rows.sql", read_whole_file(path / "rows.sql")});
    auto const database = catalog::read_scripts(scripts);
    std::string unread;
    for (auto const& source : database.sources)
        for (auto const& diagnostic : source->diagnostics) unread += tsql::render(diagnostic);
    ASSERT_EQ(database.statements.broken, 0U) << unread;
    DuckDatabase duck_database(pool().lease("tests", folder_.path()), database);
    ASSERT_EQ(duck_database.make_tables(), "");
    auto const views = duck_database.run_views();
    auto const found =
        std::find_if(views.begin(), views.end(), [](RanView const& view) { return view.name.name == "result"; });
    ASSERT_NE(found, views.end());
    auto const& ran = *found;

    if (fs::exists(path / "codes.txt")) {
        std::set<std::string> codes;
        for (auto const& diagnostic : ran.translation.diagnostics) codes.emplace(diagnostic.code->code);
        std::string lines(name_of(ran.translation.fidelity));
        for (auto const& code : codes) lines += '\n' + code;
        EXPECT_EQ(lines, trimmed(read_whole_file(path / "codes.txt")));
    }
    if (!ran.translation.is_translated()) {
        EXPECT_TRUE(fs::exists(path / "codes.txt") && !fs::exists(path / "result.csv"));
        for (auto const& diagnostic : ran.translation.diagnostics) SCOPED_TRACE(tsql::render(diagnostic));
        return;
    }
    for (auto const& view : views) ASSERT_EQ(view.error, "") << view.translation.sql;
    if (std::getenv("MAINSTAY_UPDATE_CASES") != nullptr)
        std::ofstream(path / "expected.duckdb.sql") << ran.translation.sql << '\n';
    EXPECT_EQ(ran.translation.sql, trimmed(read_whole_file(path / "expected.duckdb.sql")));
    expect_promised_types(ran);
    auto const expected = lines_of(read_whole_file(path / "result.csv"));
    ASSERT_FALSE(expected.empty());
    if (expected[0] == std::vector<Cell>{"column", "type", "value"})
        expect_one_row(ran, expected);
    else
        expect_rows(ran, expected);
}

std::vector<std::string> case_names() {
    std::vector<std::string> names;
    for (auto const& entry : fs::directory_iterator(MAINSTAY_TRANSLATE_CASES)) names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
}

TEST(Cases, EveryFunctionIsCalledByOne) {
    std::string scripts;
    for (auto const& name : case_names()) {
        auto const path = fs::path(MAINSTAY_TRANSLATE_CASES) / name;
        if (fs::exists(path / "result.csv")) scripts += lower_ascii(read_whole_file(path / "input.sql"));
    }
    for (auto const part : {text_functions(), more_text_functions(), date_functions(), more_date_functions(),
                            number_functions(), aggregate_functions(), window_functions(), other_functions()})
        for (auto const& row : part) {
            auto const name = std::string(row.name);
            bool const is_called = scripts.find(' ' + name + '(') != std::string::npos ||
                                   scripts.find('(' + name + '(') != std::string::npos ||
                                   scripts.find(' ' + name + ' ') != std::string::npos;
            EXPECT_TRUE(is_called) << name;
        }
}

INSTANTIATE_TEST_SUITE_P(Cases, TranslationCase, ::testing::ValuesIn(case_names()),
                         [](auto const& param_info) { return param_info.param; });

}  // namespace
}  // namespace mainstay::translate
