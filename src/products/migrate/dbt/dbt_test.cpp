#include "products/migrate/dbt/names.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

namespace mainstay::dbt {
namespace {

TEST(Names, AreWordsInLowerCase) {
    EXPECT_EQ(snake_case("SalesOrderID"), "sales_order_id");
    EXPECT_EQ(snake_case("VATRate"), "vat_rate");
    EXPECT_EQ(snake_case("ProductIDs"), "product_ids");
    EXPECT_EQ(snake_case("CardLast4"), "card_last4");
    EXPECT_EQ(snake_case("Order  Details-2"), "order_details_2");
    EXPECT_EQ(snake_case("2020Sales"), "_2020_sales");
    EXPECT_EQ(snake_case("Größe"), "grose");
    EXPECT_EQ(snake_case("中"), "u4e2d");
    EXPECT_EQ(snake_case("$%"), "unnamed");
}

TEST(Names, OfEntitiesAreInThePlural) {
    EXPECT_EQ(plural("sales_order"), "sales_orders");
    EXPECT_EQ(plural("category"), "categories");
    EXPECT_EQ(plural("address"), "addresses");
    EXPECT_EQ(plural("status"), "statuses");
    EXPECT_EQ(plural("person"), "people");
    EXPECT_EQ(plural("day"), "days");
    EXPECT_EQ(plural("order_details"), "order_details");
    EXPECT_EQ(plural("analysis"), "analyses");
}

TEST(Names, AreCutAtTheirLimitAndStayDifferent) {
    std::string const fits(name_length_max, 'a');
    UniqueNames names;
    EXPECT_EQ(names.take(fits), fits);
    std::set<std::string> taken{fits};
    for (auto const& wanted : {fits, fits, fits + 'a', fits + 'b', fits + 'b'}) {
        auto const name = names.take(wanted);
        EXPECT_EQ(name.size(), name_length_max) << name;
        EXPECT_TRUE(taken.insert(name).second) << name;
    }
    EXPECT_EQ(limited(fits + "b"), limited(fits + "b"));
}

TEST(Names, AsLongAsSqlServerTakesThemGivePathsThatCanBeUnpacked) {
    std::string han, other;
    for (int i = 0; i < 128; ++i) han += "漢", other += i < 127 ? "漢" : "字";
    std::string sql;
    for (auto const& [schema, table] : {std::pair{std::string(120, 's'), std::string(128, 't')},
                                        {std::string(120, 's'), std::string(127, 't') + 'u'},
                                        {han, han},
                                        {han, other},
                                        {other, han}}) {
        sql += "CREATE TABLE [" + schema + "].[" + table + "] ([" + han + "] int NOT NULL PRIMARY KEY)\nGO\n";
        sql += "CREATE VIEW [" + schema + "].[v_" + table + "] AS SELECT * FROM [" + schema + "].[" + table + "]\nGO\n";
    }
    auto const database = catalog::read_scripts({{"long.sql", sql}});
    auto const planned = plan(database, {});
    auto const project = generate(database, planned, {});
    std::set<std::string> models, tests;
    for (auto const& model : project.models) {
        EXPECT_TRUE(models.insert(model.planned.name).second) << model.planned.name;
        for (auto const& test : model.tests) {
            EXPECT_TRUE(tests.insert(test.name).second) << test.name;
            EXPECT_LE(test.name.size(), name_length_max);
        }
    }
    EXPECT_EQ(models.size(), 10u);
    for (auto const& [path, text] : project.files)
        for (auto const& component : std::filesystem::path(path)) EXPECT_LT(component.string().size(), 150u) << path;
    EXPECT_EQ(generate(database, planned, {}).files, project.files);
}

TEST(Names, OfColumnsThatDifferInCaseAloneDiffer) {
    auto const database = catalog::read_metadata(R"({"tables":[{"schema":"s","name":"t","columns":[
        {"name":"A","data_type":"int"},{"name":"a","data_type":"int"},{"name":"Total","data_type":"int"}]}]})");
    auto const names = make_names(database);
    catalog::ObjectName const table{"s", "t"};
    EXPECT_EQ(names.column(table, "A"), "a");
    EXPECT_EQ(names.column(table, "a"), "a_2");
    EXPECT_EQ(names.column(table, "TOTAL"), "total");
    EXPECT_EQ(names.column(table, "other"), "");
    auto const project = generate(database, plan(database, {}), {});
    EXPECT_NE(project.models.at(0).sql.find(" as a,"), std::string::npos) << project.models.at(0).sql;
    EXPECT_NE(project.models.at(0).sql.find(" as a_2,"), std::string::npos) << project.models.at(0).sql;
}

TEST(Names, OfAProjectAreHeldToOneRule) {
    for (auto const* good : {"a", "retail", "harbour_vale_2"}) EXPECT_TRUE(is_project_name(good)) << good;
    EXPECT_TRUE(is_project_name(std::string(63, 'a')));
    for (auto const* bad : {"", "Bad name", "_a", "2a", "a-b", "a\n", "../a"})
        EXPECT_FALSE(is_project_name(bad)) << bad;
    EXPECT_FALSE(is_project_name(std::string(64, 'a')));
}

}  // namespace
}  // namespace mainstay::dbt
