#include "kernel/storage/sqlite_type_checks.hpp"

#include <gtest/gtest.h>

namespace mainstay {
namespace {

TEST(SqliteTypeChecks, StandBehindEachColumnOfACheckedType) {
    EXPECT_EQ(
        with_type_checks("CREATE TABLE t (a BIGINT NOT NULL, b TEXT DEFAULT ',', \"c\" BOOLEAN, -- the last, but\n"
                         " d DOUBLE PRECISION, e bigint REFERENCES u (x, y), PRIMARY KEY (a, b), CHECK (a > 0))"),
        "CREATE TABLE t (a BIGINT NOT NULL CHECK (typeof(a) IN ('integer', 'null')), b TEXT DEFAULT ',', "
        "\"c\" BOOLEAN CHECK (\"c\" IN (0, 1)), -- the last, but\n"
        " d DOUBLE PRECISION CHECK (typeof(d) IN ('real', 'null')), e bigint REFERENCES u (x, y) "
        "CHECK (typeof(e) IN ('integer', 'null')), PRIMARY KEY (a, b), CHECK (a > 0))");
}

TEST(SqliteTypeChecks, StandBehindAnAddedColumn) {
    EXPECT_EQ(with_type_checks("ALTER TABLE t ADD COLUMN a BIGINT NOT NULL DEFAULT 0"),
              "ALTER TABLE t ADD COLUMN a BIGINT NOT NULL DEFAULT 0 CHECK (typeof(a) IN ('integer', 'null'))");
    EXPECT_EQ(with_type_checks("ALTER TABLE t ADD a BOOLEAN"), "ALTER TABLE t ADD a BOOLEAN CHECK (a IN (0, 1))");
}

TEST(SqliteTypeChecks, LeaveOtherStatementsAsTheyAre) {
    for (auto const* statement :
         {"CREATE INDEX i ON t (a, b)", "ALTER TABLE t RENAME TO u", "INSERT INTO t VALUES (1, 'a BIGINT, b')",
          "CREATE TABLE t (a TEXT, constraint_name TEXT)", "CREATE TABLE t AS SELECT 1 AS a", ""})
        EXPECT_EQ(with_type_checks(statement), statement);
}

}  // namespace
}  // namespace mainstay
