// Whole conversions: the example, whose numbers another program counted, and what of the corpus is there.
#include "products/migrate/dbt/dbt_fixture.hpp"

#include <iostream>

namespace mainstay::dbt {
namespace {

class Convert : public DbtTest {
protected:
    // With MAINSTAY_WRITE_PROJECT the project is left in that folder, to be looked at with dbt itself.
    Conversion timed(std::string const& name, std::vector<catalog::ScriptFile> const& scripts) {
        auto const start = system_clock().monotonic();
        auto conversion = convert_scripts(scripts, {.project_name = name});
        auto const taken = static_cast<double>((system_clock().monotonic() - start).us) / 1e6;
        auto const& numbers = conversion.evaluation;
        std::cout << name << ": " << taken << " s, " << numbers.completed_models << " of " << numbers.total_models
                  << " models, " << numbers.tests_passed << " of " << numbers.tests_total << " tests, score "
                  << numbers.score << '\n'
                  << failures_of(conversion);
        if (!conversion.run.row_faults.empty())
            std::cout << conversion.run.refused_rows
                      << " rows are missing, the first: " << conversion.run.row_faults.front() << '\n';
        if (auto const* const folder = std::getenv("MAINSTAY_WRITE_PROJECT"))
            write_project(conversion.files, std::filesystem::path(folder) / name);
        return conversion;
    }
};

// The number behind "name": in the file that examples/retail/count.py wrote.
std::int64_t expected(std::string const& name) {
    static std::string const json = read_file(std::filesystem::path(MAINSTAY_EXAMPLES) / "retail" / "expected.json");
    auto const at = json.find('"' + name + "\": ");
    return at == std::string::npos ? -1 : std::stoll(json.substr(at + name.size() + 4));
}

void expect_staging_models_that_ran(Conversion const& conversion) {
    for (auto const& model : conversion.project.models) {
        if (model.planned.layer != Layer::staging) continue;
        auto const& result = result_of(conversion, model.planned.name);
        EXPECT_EQ(result.status, ModelStatus::passed) << result.name << ' ' << result.error;
        // That table has a key that a check holds to one value.
        if (result.name != "stg_dbo__sample_versions") {
            EXPECT_GE(result.input_rows, static_cast<std::int64_t>(input_rows_min)) << result.name;
        }
        EXPECT_EQ(result.output_rows, result.input_rows) << result.name;
    }
}

TEST_F(Convert, WhatCannotBeReadIsCountedAndNotTranslated) {
    auto const conversion = convert_text("CREATE TABLE t (a int)\nGO\nCREATE VIEW v AS SELECT a FROM FROM t");
    auto const& assessment = conversion.assessment;
    EXPECT_EQ(assessment.views, 1);
    ASSERT_EQ(assessment.objects.size(), 2U);
    auto const& object = assessment.objects.back();
    EXPECT_EQ(object.name, "dbo.v");
    EXPECT_EQ(object.kind, "view");
    EXPECT_EQ(object.line, 3);
    EXPECT_EQ(object.object_class, ObjectClass::not_translated);
    EXPECT_TRUE(object.reason.starts_with("TSQL1")) << object.reason;
    EXPECT_EQ(conversion.evaluation.objects_by_class.at("not_translated"), 1);
    EXPECT_NE(conversion.files.at("MIGRATION_REPORT.md").find("| dbo.v | view | TSQL1"), std::string::npos);
}

// Each view has twice the columns of the one below, or the square of its rows.
TEST_F(Convert, ViewsThatGrowWithEachLevelEnd) {
    std::string columns = "CREATE TABLE v0 (a int)";
    for (int i = 1; i <= 25; ++i) {
        auto const below = std::to_string(i - 1);
        columns += "\nGO\nCREATE VIEW v" + std::to_string(i) + " AS SELECT x.*, y.* FROM v" + below +
                   " x CROSS JOIN v" + below + " y";
    }
    auto const conversion = convert_text(columns);
    ASSERT_EQ(conversion.assessment.objects.size(), 26U);
    for (auto const& object : conversion.assessment.objects)
        if (object.kind == "view") {
            EXPECT_EQ(object.object_class, ObjectClass::not_translated) << object.name;
            EXPECT_TRUE(object.reason.starts_with(object.name == "dbo.v1" ? "TSQL3024" : "TSQL3023")) << object.reason;
        }
}

TEST_F(Convert, RetailIsWhatAnotherProgramCounted) {
    auto const conversion = timed("harbour_vale", retail());
    auto const& assessment = conversion.assessment;
    EXPECT_EQ(assessment.tables, expected("tables"));
    EXPECT_EQ(assessment.columns, expected("columns"));
    EXPECT_EQ(assessment.views, expected("views"));
    EXPECT_EQ(assessment.rows, expected("rows"));
    EXPECT_EQ(assessment.constraints,
              expected("primary_key") + expected("unique") + expected("foreign_key") + expected("check"));
    EXPECT_EQ(static_cast<std::int64_t>(assessment.objects.size()),
              assessment.tables + assessment.views + assessment.modules);
    for (auto const& [name, table] : conversion.database->tables)
        EXPECT_EQ(static_cast<std::int64_t>(table.columns.size()), expected(catalog::to_string(table.name)))
            << catalog::to_string(name);
    EXPECT_EQ(conversion.run.script_rows + conversion.run.refused_rows, assessment.rows);
    EXPECT_EQ(conversion.run.refused_rows, static_cast<std::int64_t>(conversion.run.row_faults.size()));
}

TEST_F(Convert, RetailRunsAndItsTestsPass) {
    auto const conversion = convert_scripts(retail());
    expect_staging_models_that_ran(conversion);
    EXPECT_EQ(failures_of(conversion), "");
    EXPECT_EQ(conversion.evaluation.completed_models, 51);
    EXPECT_GT(conversion.evaluation.tests_total, 350);
    for (auto const& model : conversion.run.models) EXPECT_FALSE(model.is_empty) << model.name;
}

// The catalog finds what a view reads without the translation: a join that the model left out would be missing there.
TEST_F(Convert, AModelReadsEveryTableThatItsViewNames) {
    auto const conversion = convert_scripts(retail());
    std::map<std::string, Model const*> by_origin;
    for (auto const& model : conversion.project.models) by_origin[model.planned.origin] = &model;
    std::size_t references = 0;
    for (auto const& [name, view] : conversion.database->views) {
        auto const& model = *by_origin.at(catalog::to_string(name));
        for (auto const& used : view.uses) {
            auto const origin = by_origin.find(catalog::to_string(catalog::resolve(*conversion.database, used)));
            if (origin == by_origin.end()) continue;
            ++references;
            EXPECT_NE(model.sql.find("ref('" + origin->second->planned.name + "')"), std::string::npos)
                << model.planned.name << " does not read " << origin->first;
        }
    }
    EXPECT_GE(references, 40U);
}

TEST_F(Convert, AStatementThatCannotBeReadIsNamedWithItsLine) {
    auto const conversion =
        convert_scripts({{"shop.sql",
                          "CREATE TABLE dbo.a (id int NOT NULL PRIMARY KEY)\nGO\nCREATE TABLE dbo.b (((\nGO\n"
                          "CREATE TABLE dbo.c (id int NOT NULL PRIMARY KEY)\n"}});
    EXPECT_EQ(conversion.evaluation.completed_models, 2);
    EXPECT_NE(conversion.files.at("MIGRATION_REPORT.md").find("in shop.sql line 3: "), std::string::npos)
        << conversion.files.at("MIGRATION_REPORT.md");
}

TEST_F(Convert, TwoConversionsGiveTheSameBytes) {
    auto const once = convert_scripts(retail());
    auto const again = convert_scripts(retail());
    for (auto const& [path, text] : once.files) EXPECT_EQ(text, again.files.at(path)) << path;
    EXPECT_EQ(zip(once.files), zip(again.files));
}

TEST_F(Convert, EveryModelIsDescribedAndNoneReadsAnythingButReferences) {
    auto const conversion = convert_scripts(retail());
    for (auto const& model : conversion.project.models) {
        EXPECT_FALSE(model.description.empty()) << model.planned.name;
        EXPECT_NE(model.sql.find("{{ "), std::string::npos) << model.planned.name;
        EXPECT_EQ(model.sql.find("source(") != std::string::npos, model.planned.layer == Layer::staging)
            << model.planned.name;
    }
    for (auto const& [path, text] : conversion.files)
        if (path.ends_with(".yml")) {
            EXPECT_EQ(text.find("description: \"\"\n"), std::string::npos) << path;
        }
}

TEST_F(Convert, EveryTableOfTheCorpusHasAStagingModelThatRan) {
    struct Case {
        char const *name, *folder;
        std::size_t tables;
    };
    static constexpr Case cases[] = {{"adventure_works", "adventure-works/oltp-install-script", 71},
                                     {"adventure_works_dw", "adventure-works/data-warehouse-install-script", 30},
                                     {"northwind_and_pubs", "northwind-pubs", 20},
                                     {"wide_world_importers", "wide-world-importers/wwi-ssdt", 40}};
    for (auto const& [name, folder, tables] : cases) {
        auto const scripts = corpus(std::string("microsoft-sql-server-samples/databases/") + folder);
        if (scripts.empty()) GTEST_SKIP() << "the corpus is not there";
        auto const conversion = timed(name, scripts);
        EXPECT_GE(conversion.database->tables.size(), tables);
        expect_staging_models_that_ran(conversion);
        for (auto const& model : conversion.run.models) EXPECT_NE(model.status, ModelStatus::failed) << model.name;
        EXPECT_EQ(conversion.evaluation.tests_failed, 0);
    }
}

}  // namespace
}  // namespace mainstay::dbt
