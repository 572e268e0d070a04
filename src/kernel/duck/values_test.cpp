// Every type that DuckDB gives reads back as duck::Value's table says.
#include "kernel/duck/duck_fixture.hpp"

#include <cmath>
#include <limits>

using namespace mainstay;
using namespace mainstay::duck;

namespace {

struct Case {
    std::string sql;
    std::string type;
    Value value;
    bool nested = false;  // read as JSON, which is not DuckDB's text
};

std::vector<Case> const cases{
    {"NULL::INTEGER", "INTEGER", Null{}},
    {"true", "BOOLEAN", true},
    {"(-128)::TINYINT", "TINYINT", std::int64_t{-128}},
    {"(-32768)::SMALLINT", "SMALLINT", std::int64_t{-32768}},
    {"2147483647", "INTEGER", std::int64_t{2147483647}},
    {"(-9223372036854775808)::BIGINT", "BIGINT", std::numeric_limits<std::int64_t>::min()},
    {"255::UTINYINT", "UTINYINT", std::int64_t{255}},
    {"65535::USMALLINT", "USMALLINT", std::int64_t{65535}},
    {"4294967295::UINTEGER", "UINTEGER", std::int64_t{4294967295}},
    {"18446744073709551615::UBIGINT", "UBIGINT", Exact{"18446744073709551615"}},
    {"(-170141183460469231731687303715884105728)::HUGEINT", "HUGEINT",
     Exact{"-170141183460469231731687303715884105728"}},
    {"340282366920938463463374607431768211455::UHUGEINT", "UHUGEINT", Exact{"340282366920938463463374607431768211455"}},
    {"12.5::DECIMAL(4,1)", "DECIMAL(4,1)", Exact{"12.5"}},
    {"(-0.05)::DECIMAL(9,2)", "DECIMAL(9,2)", Exact{"-0.05"}},
    {"123456789012.345678::DECIMAL(18,6)", "DECIMAL(18,6)", Exact{"123456789012.345678"}},
    {"(-1234567890123456789012345678.0123456789)::DECIMAL(38,10)", "DECIMAL(38,10)",
     Exact{"-1234567890123456789012345678.0123456789"}},
    {"7::DECIMAL(5,0)", "DECIMAL(5,0)", Exact{"7"}},
    {"0.1::FLOAT", "FLOAT", 0.1f},
    {"1e300::DOUBLE", "DOUBLE", 1e300},
    {"'-infinity'::DOUBLE", "DOUBLE", -std::numeric_limits<double>::infinity()},
    {"'twelve bytes'", "VARCHAR", std::string("twelve bytes")},
    {"'thirteen byte' || 's, ünïcode'", "VARCHAR", std::string("thirteen bytes, ünïcode")},
    {"''", "VARCHAR", std::string()},
    {"'\\x00\\xFFab'::BLOB", "BLOB",
     Blob{std::string("\0\xFF"
                      "ab",
                      4)}},
    {"DATE '1970-01-02'", "DATE", Date{1}},
    {"DATE '0044-03-15 (BC)'", "DATE", Date{-735160}},
    {"'infinity'::DATE", "DATE", Date{std::numeric_limits<std::int32_t>::max()}},
    {"TIME '23:59:59.000001'", "TIME", TimeOfDay{86'399'000'001}},
    {"TIMESTAMP '1969-12-31 23:59:59.5'", "TIMESTAMP", LocalTime{-500'000}},
    {"'-infinity'::TIMESTAMP", "TIMESTAMP", LocalTime{-std::numeric_limits<std::int64_t>::max()}},
    {"TIMESTAMP_S '1970-01-01 00:01:00'", "TIMESTAMP_S", LocalTime{60'000'000}},
    {"TIMESTAMP_MS '1970-01-01 00:00:00.250'", "TIMESTAMP_MS", LocalTime{250'000}},
    {"TIMESTAMP_NS '2024-02-29 12:00:00.123456789'", "TIMESTAMP_NS", std::string("2024-02-29 12:00:00.123456789")},
    {"TIMESTAMPTZ '2024-02-29 12:00:00+02'", "TIMESTAMP WITH TIME ZONE", Instant{1'709'200'800'000'000}},
    {"'12:30:00+05:30'::TIMETZ", "TIME WITH TIME ZONE", std::string("12:30:00+05:30")},
    {"INTERVAL '1 year 2 months 3 days 04:05:06'", "INTERVAL", std::string("1 year 2 months 3 days 04:05:06")},
    {"'01020304-0506-0708-090a-0b0c0d0e0f10'::UUID", "UUID", std::string("01020304-0506-0708-090a-0b0c0d0e0f10")},
    {"'f0020304-0506-0708-090a-0b0c0d0e0f10'::UUID", "UUID", std::string("f0020304-0506-0708-090a-0b0c0d0e0f10")},
    {"'0101101'::BIT", "BIT", std::string("0101101")},
    {"'b'::ENUM('a', 'b')", "ENUM('a', 'b')", std::string("b")},
    {"'{\"a\": 1}'::JSON", "JSON", std::string("{\"a\": 1}")},
    {"[1, NULL, 3]", "INTEGER[]", std::string("[1,null,3]"), true},
    {"[['a\"b'], []]", "VARCHAR[][]", std::string(R"([["a\"b"],[]])"), true},
    {"[1.5, 2.5]::DECIMAL(2,1)[2]", "DECIMAL(2,1)[2]", std::string("[1.5,2.5]"), true},
    {"{'a': 1, 'B c': [DATE '2024-01-01'], 'n': NULL::INTEGER}", "STRUCT(a INTEGER, \"B c\" DATE[], n INTEGER)",
     std::string(R"({"a":1,"B c":["2024-01-01"],"n":null})"), true},
    {"MAP {1: 'x', 2: NULL}", "MAP(INTEGER, VARCHAR)", std::string(R"({"1":"x","2":null})"), true},
    {"union_value(k := 7)::UNION(k INTEGER, s VARCHAR)", "UNION(k INTEGER, s VARCHAR)", std::string("7"), true},
    {"['nan'::DOUBLE, 1.0]", "DOUBLE[]", std::string(R"(["nan",1.0])"), true},
    {"NULL::INTEGER[]", "INTEGER[]", Null{}},
};

}  // namespace

using ValuesTest = DuckTest;

TEST_F(ValuesTest, EveryTypeReadsBackExactly) {
    auto session = lease();
    for (auto const& [sql, type, expected, nested] : cases) {
        // A second row behind it, so that a wrong stride shows.
        auto const outcome = session.query("SELECT " + sql + " AS v UNION ALL SELECT " + sql);
        ASSERT_TRUE(outcome.ok()) << sql << ": " << outcome.error().message;
        auto const& result = outcome.value();
        EXPECT_EQ(result.columns.at(0), (Column{"v", type}));
        ASSERT_EQ(result.row_count(), 2u);
        for (auto const& value : result.values)
            EXPECT_EQ(value, expected) << sql << " gave " << to_text(value) << ", kind " << value.index();
    }
}

TEST_F(ValuesTest, DescribeSaysTheSameTypesAsRunning) {
    auto session = lease();
    for (auto const& [sql, type, expected, nested] : cases) {
        auto const outcome = session.describe("SELECT " + sql + " AS v");
        ASSERT_TRUE(outcome.ok()) << sql << ": " << outcome.error().message;
        EXPECT_EQ(outcome.value(), (std::vector<Column>{{"v", type}}));
    }
}

TEST_F(ValuesTest, TextIsWhatDuckDbCastsTo) {
    auto session = lease();
    std::vector<std::string> sqls{"1e15::DOUBLE",
                                  "1e16::DOUBLE",
                                  "123456.789::DOUBLE",
                                  "0.0001::DOUBLE",
                                  "0.00001::DOUBLE",
                                  "-0.0::DOUBLE",
                                  "1e-7::FLOAT",
                                  "16777216::FLOAT",
                                  "'nan'::DOUBLE",
                                  "DATE '99999-12-31'",
                                  "DATE '0001-01-01'",
                                  "TIMESTAMP '0044-03-15 (BC) 01:02:03.45'",
                                  "TIMESTAMPTZ '1900-01-01 00:00:00+00'",
                                  "'a''\"\\x5C\\x09z'::BLOB"};
    for (auto const& one : cases)
        if (!one.nested) sqls.push_back(one.sql);
    for (auto const& sql : sqls) {
        auto const outcome = session.query("SELECT v, v::VARCHAR FROM (SELECT " + sql + " AS v)");
        ASSERT_TRUE(outcome.ok()) << sql << ": " << outcome.error().message;
        auto const row = outcome.value().row(0);
        EXPECT_EQ(to_text(row[0]), to_text(row[1])) << sql;
    }
}

TEST_F(ValuesTest, AppendedValuesComeBackAsTheyWere) {
    auto session = lease();
    ASSERT_TRUE(session
                    .execute("CREATE TABLE t(b BOOLEAN, i BIGINT, f FLOAT, d DOUBLE, s VARCHAR, e DECIMAL(38,10), "
                             "o BLOB, a DATE, m TIME, l TIMESTAMP, z TIMESTAMPTZ, n INTEGER)")
                    .ok());
    std::vector<std::string> const columns{"b", "i", "f", "d", "s", "e", "o", "a", "m", "l", "z", "n"};
    std::vector<Value> const row{true,
                                 std::int64_t{-5},
                                 0.25f,
                                 1e-300,
                                 std::string("ü'\"\n"),
                                 Exact{"-1234567890123456789012345678.0123456789"},
                                 Blob{std::string("\0\xFF", 2)},
                                 Date{-1},
                                 TimeOfDay{1},
                                 LocalTime{-1},
                                 Instant{1'700'000'000'000'001},
                                 Null{}};
    auto const appended = session.append({.table = "t"}, columns, row);
    ASSERT_TRUE(appended.ok()) << appended.error().message;
    EXPECT_EQ(appended.value(), 1u);
    auto const outcome = session.query("FROM t");
    ASSERT_TRUE(outcome.ok());
    EXPECT_EQ(outcome.value().values, row);
}

TEST_F(ValuesTest, AppendCastsTextToTheColumnsType) {
    auto session = lease();
    ASSERT_TRUE(
        session.execute("CREATE SCHEMA s; CREATE TABLE s.t(a DATE DEFAULT '2000-01-01', i INTEGER, u UUID)").ok());
    std::vector<std::string> const columns{"u", "i"};
    std::vector<Value> const row{std::string("01020304-0506-0708-090a-0b0c0d0e0f10"), std::string("17")};
    ASSERT_TRUE(session.append({"s", "t"}, columns, row).ok());
    EXPECT_EQ(cell(session, "SELECT concat_ws('|', a, i, u) FROM s.t"),
              "2000-01-01|17|01020304-0506-0708-090a-0b0c0d0e0f10");
}
