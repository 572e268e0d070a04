// Small databases taken through every step: constraints become tests that notice, and rows that fit them.
#include "base/fault.hpp"
#include "products/migrate/dbt/dbt_fixture.hpp"

#include <csignal>

namespace mainstay::dbt {
namespace {

constexpr char const* shop = R"(
CREATE TABLE dbo.Customer (CustomerID int IDENTITY PRIMARY KEY, Code varchar(5) NOT NULL UNIQUE, Name nvarchar(40) NOT NULL)
CREATE TABLE dbo.[Order] (OrderID int NOT NULL PRIMARY KEY, Code varchar(5) NOT NULL REFERENCES dbo.Customer (Code), Paid money NULL)
INSERT dbo.Customer (Code, Name) VALUES ('ABC', 'Anna'), ('XYZ', 'Xaver')
INSERT dbo.[Order] VALUES (1, 'abc ', 10), (2, 'Xyz', NULL), (3, 'ABC', -1)
GO
CREATE VIEW dbo.vOrderDetail AS SELECT o.OrderID, c.CustomerID, c.Name, o.Paid FROM dbo.[Order] o JOIN dbo.Customer c ON c.Code = o.Code
GO
)";

class Run : public DbtTest {
protected:
    // The model's text changed after it was generated, and run again.
    Conversion changed(Conversion conversion, std::string const& name, std::string const& sql) {
        for (auto& model : conversion.project.models)
            if (model.planned.name == name) model.sql = sql;
        auto session = lease();
        conversion.run = run(*conversion.database, conversion.project, session);
        return conversion;
    }
};

TEST_F(Run, ForeignKeysHoldWithoutRegardToCaseAndTrailingSpaces) {
    auto const conversion = convert_text(shop);
    EXPECT_EQ(failures_of(conversion), "");
    EXPECT_EQ(conversion.run.script_rows, 5);
    EXPECT_GE(result_of(conversion, "stg_dbo__orders").input_rows, 20);
    auto const& tests = model_of(conversion.project, "stg_dbo__orders").tests;
    EXPECT_TRUE(
        std::any_of(tests.begin(), tests.end(), [](auto const& test) { return test.kind == TestKind::relationships; }));
}

TEST_F(Run, AModelWithoutItsJoinIsNoticed) {
    auto const conversion = convert_text(shop);
    auto const name = "fct_order_details";
    EXPECT_EQ(result_of(conversion, name).status, ModelStatus::passed);
    // The join is left out and its columns with it.
    auto const without = changed(conversion, name,
                                 "select order_id, cast(null as integer) as customer_id, cast(null as varchar) as "
                                 "name, paid from {{ ref('stg_dbo__orders') }}");
    EXPECT_NE(failures_of(without).find("not_null_fct_order_details_customer_id"), std::string::npos);
    // The join is left out and its columns are not.
    auto const broken = changed(conversion, name,
                                "select o.order_id, c.customer_id, c.name, o.paid from {{ ref('stg_dbo__orders') }} o");
    EXPECT_EQ(result_of(broken, name).status, ModelStatus::failed);
    EXPECT_NE(result_of(broken, name).error.find("Binder Error"), std::string::npos);
}

TEST_F(Run, AnOuterJoinKeepsTheRowsWithoutAMatch) {
    auto const conversion = convert_text(
        "CREATE TABLE b (id int NOT NULL PRIMARY KEY, name varchar(10) NULL)\n"
        "CREATE TABLE a (id int NOT NULL PRIMARY KEY, b_id int NULL)\n"
        "INSERT b VALUES (1, 'one')\nINSERT a VALUES (1, 1), (2, NULL), (3, 99)\nGO\n"
        "CREATE VIEW v AS SELECT a.id, b.name FROM a LEFT JOIN b ON b.id = a.b_id\n");
    auto const view = std::find_if(conversion.project.models.begin(), conversion.project.models.end(),
                                   [](Model const& model) { return model.planned.origin == "dbo.v"; });
    ASSERT_NE(view, conversion.project.models.end());
    auto const& result = result_of(conversion, view->planned.name);
    EXPECT_EQ(result.status, ModelStatus::passed) << result.error;
    EXPECT_EQ(result.output_rows, result_of(conversion, "stg_dbo__as").output_rows);
}

TEST_F(Run, BrokenKeysAreFound) {
    auto const conversion = convert_text(shop);
    auto const twice =
        changed(conversion, "stg_dbo__customers",
                model_of(conversion.project, "stg_dbo__customers").sql + "\nunion all select 1, 'abc ', null");
    EXPECT_NE(failures_of(twice).find("unique_stg_dbo__customers_code: 1"), std::string::npos);
    EXPECT_NE(failures_of(twice).find("unique_stg_dbo__customers_customer_id: 1"), std::string::npos);
    EXPECT_NE(failures_of(twice).find("not_null_stg_dbo__customers_name: 1"), std::string::npos);
    auto const orphan =
        changed(conversion, "stg_dbo__orders",
                model_of(conversion.project, "stg_dbo__orders").sql + "\nunion all select 99, 'QQQ', null");
    EXPECT_NE(failures_of(orphan).find("relationships_stg_dbo__orders_code: 1"), std::string::npos);
}

TEST_F(Run, ChildrenOfAFailedModelAreSkipped) {
    auto const conversion =
        changed(convert_text(shop), "stg_dbo__customers", "select nothing from {{ source('dbo', 'customer') }}");
    EXPECT_EQ(result_of(conversion, "stg_dbo__customers").status, ModelStatus::failed);
    EXPECT_EQ(result_of(conversion, "fct_order_details").status, ModelStatus::skipped);
    EXPECT_EQ(result_of(conversion, "stg_dbo__orders").status, ModelStatus::passed);
}

TEST_F(Run, GeneratedRowsFitEveryConstraint) {
    auto const conversion = convert_text(R"(
CREATE TABLE a (x int NOT NULL, y char(3) NOT NULL, note varchar(10) NULL, CONSTRAINT pk PRIMARY KEY (x, y))
CREATE TABLE b (id int NOT NULL PRIMARY KEY, x int NULL, y char(3) NULL, boss int NULL REFERENCES b (id),
    kind varchar(8) NOT NULL CHECK (kind IN ('Big', 'Small')), share decimal(5, 2) NOT NULL CHECK (share > 0 AND share <= 1),
    began date NOT NULL, ended date NULL, code char(6) NOT NULL CHECK (code LIKE 'CC[0-9][0-9][0-9][A-F]'),
    flag bit NOT NULL, CHECK (ended IS NULL OR ended > began), CHECK (flag = 1 OR ended IS NULL),
    FOREIGN KEY (x, y) REFERENCES a (x, y))
CREATE TABLE c (b int NOT NULL REFERENCES b (id), x int NOT NULL, y char(3) NOT NULL, PRIMARY KEY (b, x, y),
    FOREIGN KEY (x, y) REFERENCES a (x, y))
CREATE TABLE d (id int NOT NULL PRIMARY KEY REFERENCES b (id), other int NOT NULL UNIQUE)
CREATE TABLE e (id uniqueidentifier NOT NULL PRIMARY KEY, f int NULL)
CREATE TABLE f (id int NOT NULL PRIMARY KEY, e uniqueidentifier NOT NULL REFERENCES e (id))
ALTER TABLE e ADD CONSTRAINT circle FOREIGN KEY (f) REFERENCES f (id)
)");
    EXPECT_EQ(failures_of(conversion), "");
    for (auto const& model : conversion.run.models) EXPECT_GE(model.input_rows, 20) << model.name;
    EXPECT_EQ(conversion.run.script_rows, 0);
}

TEST_F(Run, ConstraintsThatWereNotEnforcedOnlyWarn) {
    auto const conversion = convert_text(R"(
CREATE TABLE p (id int NOT NULL PRIMARY KEY)
CREATE TABLE q (id int NOT NULL PRIMARY KEY, p int NULL)
INSERT p VALUES (1)
INSERT q VALUES (1, 1), (2, 77)
ALTER TABLE q WITH NOCHECK ADD CONSTRAINT fk FOREIGN KEY (p) REFERENCES p (id)
)");
    auto const& tests = result_of(conversion, "stg_dbo__qs").tests;
    auto const found = std::find_if(tests.begin(), tests.end(), [](auto const& test) { return test.is_warning; });
    ASSERT_NE(found, tests.end());
    EXPECT_FALSE(found->has_passed);
    EXPECT_EQ(conversion.evaluation.tests_warned, 1);
    EXPECT_EQ(conversion.evaluation.tests_failed, 0);
    EXPECT_EQ(conversion.evaluation.score, 1);
    EXPECT_NE(conversion.files.at("models/staging/dbo/_dbo__models.yml").find("severity: warn"), std::string::npos);
}

TEST_F(Run, TwoNullsAreEqualInAUniqueConstraint) {
    auto const conversion = changed(convert_text("CREATE TABLE t (a int NOT NULL PRIMARY KEY, b int NULL UNIQUE)"),
                                    "stg_dbo__ts", "select * from (values (1, null), (2, null)) as v (a, b)");
    EXPECT_NE(failures_of(conversion).find("unique_stg_dbo__ts_b: 1"), std::string::npos);
}

TEST_F(Run, ABrokenStatementCostsNothingButItself) {
    auto const conversion = convert_text(
        "CREATE TABLE a (id int PRIMARY KEY)\nGO\nCREATE TABLE b (id int,, x)\nGO\nCREATE TABLE c (id int PRIMARY "
        "KEY)\nGO\n"
        "CREATE VIEW v AS SELECT id FROM nowhere\nGO\nCREATE VIEW w AS SELECT id FROM v\n");
    EXPECT_EQ(result_of(conversion, "stg_dbo__as").status, ModelStatus::passed);
    EXPECT_EQ(result_of(conversion, "stg_dbo__cs").status, ModelStatus::passed);
    EXPECT_EQ(result_of(conversion, "int_vs").status, ModelStatus::not_translated);
    EXPECT_EQ(result_of(conversion, "dim_ws").status, ModelStatus::not_translated);
    for (auto const& [path, text] : conversion.files) {
        if (path.starts_with("models/")) {
            EXPECT_EQ(text.find("int_vs"), std::string::npos) << path;
        }
    }
    EXPECT_NE(conversion.files.at("MIGRATION_REPORT.md").find("dbo.v"), std::string::npos);
}

TEST_F(Run, NamesThatMeetAreKeptApart) {
    auto const conversion = convert_text(R"(
CREATE TABLE dbo.SalesOrder ([Order ID] int NOT NULL PRIMARY KEY, OrderID int NULL, [order] int NULL, [select] int NULL)
CREATE TABLE dbo.Sales_Order (id int NOT NULL PRIMARY KEY)
CREATE TABLE dbo.sales_orders (id int NOT NULL PRIMARY KEY))");
    EXPECT_EQ(failures_of(conversion), "");
    std::set<std::string> names;
    for (auto const& model : conversion.project.models) EXPECT_TRUE(names.insert(model.planned.name).second);
    EXPECT_EQ(names.size(), 3U);
    EXPECT_TRUE(std::any_of(conversion.project.models.begin(), conversion.project.models.end(),
                            [](auto const& model) { return model.sql.find("as order_id_2") != std::string::npos; }));
}

TEST_F(Run, NothingThatAScriptSaysIsATemplate) {
    auto const conversion = convert_text(R"(
CREATE TABLE t (id int NOT NULL PRIMARY KEY, [{{ env_var('A') }}] varchar(30) NOT NULL CHECK ([{{ env_var('A') }}] <> '{% if x %}'))
EXEC sys.sp_addextendedproperty N'MS_Description', N'{{ env_var("SECRET") }} {# x', 'SCHEMA', dbo, 'TABLE', t;
GO
CREATE VIEW v AS SELECT id, '{{ ref(''t'') }} {% raw %}' AS x FROM t
)");
    EXPECT_EQ(failures_of(conversion), "");
    for (auto const& [path, text] : conversion.files) {
        if (!path.ends_with(".sql") && !path.ends_with(".yml")) continue;
        if (path.starts_with("tests/") || path == "profiles.yml") continue;
        EXPECT_EQ(text.find("{{ env"), std::string::npos) << path;
        EXPECT_EQ(text.find("{%"), std::string::npos) << path;
        EXPECT_EQ(text.find("{#"), std::string::npos) << path;
    }
}

TEST_F(Run, OnlyWhatWasAskedForAndWhatItNeeds) {
    auto const conversion = convert_text(std::string(shop) + "CREATE TABLE dbo.Other (id int PRIMARY KEY)");
    auto session = lease();
    auto const result = run(*conversion.database, conversion.project, session, {}, {"fct_order_details"});
    for (auto const& model : result.models)
        EXPECT_EQ(model.status, model.name == "stg_dbo__others" ? ModelStatus::pending : ModelStatus::passed)
            << model.name;
}

TEST_F(Run, ProgressIsToldOnceForEachModelAndMayStop) {
    auto const conversion = convert_text(shop);
    std::vector<std::string> told;
    {
        auto session = lease();
        run(*conversion.database, conversion.project, session, [&](ModelResult const& result) {
            told.push_back(result.name);
            return true;
        });
    }
    EXPECT_EQ(told, (std::vector<std::string>{"stg_dbo__customers", "stg_dbo__orders", "fct_order_details"}));
    auto session = lease();
    auto const stopped =
        run(*conversion.database, conversion.project, session, [](ModelResult const&) { return false; });
    EXPECT_EQ(stopped.models.back().status, ModelStatus::pending);
}

TEST_F(Run, ADeadEngineEndsTheRunSoThatItCanBeTakenAgain) {
    auto const conversion = convert_text(shop);
    auto session = lease();
    ASSERT_EQ(::kill(session.pid(), SIGKILL), 0);
    EXPECT_THROW(run(*conversion.database, conversion.project, session), Fault);
}

TEST_F(Run, AnOrderThatTheEngineRefusesIsDroppedAndSaid) {
    auto conversion = convert_text(shop);
    auto const& name = std::string("fct_order_details");
    for (auto& model : conversion.project.models)
        if (model.planned.name == name)
            model.sql = "select order_id\nfrom {{ ref('stg_dbo__orders') }}\nunion\nselect 1\norder by paid + 1\n";
    auto session = lease();
    conversion.run = run(*conversion.database, conversion.project, session);
    ASSERT_EQ(result_of(conversion, name).status, ModelStatus::failed);
    auto const proposals = propose_repairs(*conversion.database, conversion.project, conversion.run, {});
    ASSERT_EQ(proposals.size(), 1U) << result_of(conversion, name).error;
    EXPECT_EQ(proposals[0].rule, "TSQL4002");
    EXPECT_TRUE(propose_repairs(*conversion.database, conversion.project, conversion.run, proposals).empty());
}

TEST_F(Run, AColumnWhoseRowsDoNotFitItsTypeIsReadAsText) {
    auto conversion = convert_text(
        "CREATE TABLE t (id int NOT NULL PRIMARY KEY, amount varchar(10) NULL)\nINSERT t VALUES (1, 'abc')");
    std::string const name = "stg_dbo__ts";
    // As if the column were an integer: the rows cannot be cast.
    for (auto& model : conversion.project.models)
        model.sql = "select cast(id as integer) as id, cast(amount as integer) as amount from {{ source('dbo', 't') }}";
    auto session = lease();
    conversion.run = run(*conversion.database, conversion.project, session);
    auto const proposals = propose_repairs(*conversion.database, conversion.project, conversion.run, {});
    ASSERT_EQ(proposals.size(), 1U) << result_of(conversion, name).error;
    EXPECT_EQ(proposals[0].subject, "amount");
    auto const repaired = generate(*conversion.database, conversion.plan, {}, proposals);
    EXPECT_NE(model_of(repaired, name).sql.find("cast(amount as varchar)"), std::string::npos);
    EXPECT_EQ(model_of(repaired, name).fidelity, translate::Fidelity::needs_review);
}

}  // namespace
}  // namespace mainstay::dbt
