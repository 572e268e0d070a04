// What a value, a name and a row are, the same on both engines: what is written comes back, SQL in the shared subset
// gives the same, and mistakes are said clearly.
#include "testing/testing.hpp"

#include <gmock/gmock.h>
#include <boost/describe/enum.hpp>

#include <cmath>
#include <limits>

namespace mainstay {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Optional;
using ::testing::SizeIs;
using ::testing::ThrowsMessage;

constexpr Migration samples{"samples", 1, "0001_samples", R"(
CREATE TABLE samples (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    note TEXT,
    counted BIGINT,
    measured DOUBLE PRECISION,
    flag BOOLEAN,
    at BIGINT,
    owner TEXT,
    price TEXT,
    extra TEXT,
    mood TEXT,
    tags TEXT,
    PRIMARY KEY (tenant_id, id)
);
)"};

enum class Mood { calm, default_ };
BOOST_DESCRIBE_ENUM(Mood, calm, default_)

using OwnerId = Id<"own">;

struct Sample {
    std::string id;
    std::optional<std::string> note = {};
    std::optional<std::int64_t> counted = {};
    std::optional<double> measured = {};
    std::optional<bool> flag = {};
    std::optional<Instant> at = {};
    std::optional<OwnerId> owner = {};
    std::optional<Money> price = {};
    std::optional<JsonText> extra = {};
    std::optional<Mood> mood = {};
    std::optional<std::vector<std::string>> tags = {};
    friend bool operator==(Sample const&, Sample const&) = default;
};

fields::Table const& table_of(Sample const*) {
    using fields::field;
    static fields::Table const table{
        "Sample",
        {field("id", &Sample::id, ""), field("note", &Sample::note, ""), field("counted", &Sample::counted, ""),
         field("measured", &Sample::measured, ""), field("flag", &Sample::flag, ""), field("at", &Sample::at, ""),
         field("owner", &Sample::owner, ""), field("price", &Sample::price, ""), field("extra", &Sample::extra, ""),
         field("mood", &Sample::mood, ""), field("tags", &Sample::tags, "")}};
    return table;
}

constexpr char const* insert_sample = R"(
    INSERT INTO samples (tenant_id, id, note, counted, measured, flag, at, owner, price, extra, mood, tags)
    VALUES (:tenant, :id, :note, :counted, :measured, :flag, :at, :owner, :price, :extra, :mood, :tags)
    RETURNING id, note, counted, measured, flag, at, owner, price, extra, mood, tags)";
constexpr char const* sample_by_id = R"(
    SELECT tags, mood, extra, price, owner, at, flag, measured, counted, note, id, tenant_id
      FROM samples WHERE tenant_id = :tenant AND id = :id)";

class ConformanceValuesTest : public testing::Engines {
protected:
    void SetUp() override { migrate({std::span(&samples, 1)}); }

    void round_trip(Sample const& sample) {
        Sample const returned =
            database().write(mine, [&](Transaction& tx) { return tx.one<Sample>(insert_sample, sample); });
        EXPECT_EQ(returned, sample);
        Sample const read = database().read(
            mine, [&](Snapshot& snapshot) { return snapshot.one<Sample>(sample_by_id, bind("id", sample.id)); });
        EXPECT_EQ(read, sample);
    }
    void insert_notes(std::vector<std::optional<std::string>> const& notes) {
        database().write(mine, [&](Transaction& tx) {
            for (std::size_t i = 0; i < notes.size(); ++i)
                tx.one<Sample>(insert_sample,
                               Sample{.id = std::to_string(i), .note = notes[i], .counted = std::int64_t(i)});
        });
    }
    template <class Row, class... Args>
    Row ask(char const* sql, Args const&... args) {
        return database().read(mine, [&](Snapshot& snapshot) { return snapshot.one<Row>(sql, args...); });
    }
    template <class Row>
    std::vector<Row> ask_all(char const* sql) {
        return database().read(mine, [&](Snapshot& snapshot) { return snapshot.all<Row>(sql); });
    }
};

INSTANTIATE_TEST_SUITE_P(Engines, ConformanceValuesTest, testing::each_engine(), testing::engine_name);

TEST_P(ConformanceValuesTest, EveryKindOfFieldComesBackAsItWasWritten) {
    round_trip({.id = "all",
                .note = "note",
                .counted = 42,
                .measured = 0.1,
                .flag = true,
                .at = Instant{1'790'000'000'123'456},
                .owner = OwnerId::make(clock.now()),
                .price = Money{-1999, "EUR"},
                .extra = JsonText{R"({"a":[1,null,"x"],"b":1e300})"},
                .mood = Mood::default_,
                .tags = std::vector<std::string>{"a", "", "\""}});
}

TEST_P(ConformanceValuesTest, WhatIsAbsentComesBackAbsentAndNotEmpty) {
    round_trip({.id = "absent"});
    round_trip(
        {.id = "empty", .note = "", .counted = 0, .measured = 0.0, .flag = false, .at = Instant{0}, .tags = {{}}});
}

TEST_P(ConformanceValuesTest, TextsOfEveryUnicodePlaneComeBack) {
    std::string text = "\x01\x7f";
    for (char32_t plane = 0; plane <= 16; ++plane) {
        for (char32_t const low : {U'\u00A0', U'\u4E16', U'\uFFFD'}) {
            char32_t const c = plane * 0x10000 + low;
            if (c < 0x800) {
                text += static_cast<char>(0xC0 | (c >> 6));
            } else if (c < 0x10000) {
                text += static_cast<char>(0xE0 | (c >> 12));
                text += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
            } else {
                text += static_cast<char>(0xF0 | (c >> 18));
                text += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
                text += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
            }
            text += static_cast<char>(0x80 | (c & 0x3F));
        }
    }
    round_trip({.id = "planes", .note = text});
}

TEST_P(ConformanceValuesTest, QuotesBackslashesAndMarksOfParametersAreText) {
    round_trip({.id = "'; DROP TABLE samples; --", .note = "\\' \\\\ :id $1 ? \" \r\n\t %_"});
}

TEST_P(ConformanceValuesTest, TextThatIsNotUtf8OrHoldsNulIsRefusedAsInput) {
    for (std::string const& text : {std::string("a\0b", 3), std::string("\xED\xA0\x80"), std::string("cut \xE4\xB8")}) {
        try {
            round_trip({.id = "bad", .note = text});
            FAIL() << "was stored";
        } catch (Fault const& fault) {
            EXPECT_EQ(fault.code().name, "invalid_input");
        }
    }
}

TEST_P(ConformanceValuesTest, IntegersComeBackUpToTheLimitsOf64Bits) {
    int n = 0;
    for (std::int64_t const value : {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(),
                                     std::int64_t{-1}, std::int64_t{1} << 31, (std::int64_t{1} << 53) + 1})
        round_trip({.id = std::to_string(n++), .counted = value});
}

TEST_P(ConformanceValuesTest, RealsComeBackToTheLastBit) {
    using Limits = std::numeric_limits<double>;
    int n = 0;
    for (double const value : {0.1, -0.0, 1.0 / 3, 1e-300, -1e300, Limits::max(), Limits::min(), Limits::denorm_min(),
                               std::nextafter(1.0, 2.0), 123456789012345678.0})
        round_trip({.id = std::to_string(n++), .measured = value});
}

TEST_P(ConformanceValuesTest, TextsSortByTheirBytes) {
    insert_notes({"a", "B", "ä", "Z", "_", "b", "A", "", "a b", "ab", "aB"});
    EXPECT_THAT(ask_all<std::string>("SELECT note FROM samples WHERE tenant_id = :tenant ORDER BY note"),
                ElementsAre("", "A", "B", "Z", "_", "a", "a b", "aB", "ab", "b", "ä"));
    EXPECT_EQ(ask<std::string>("SELECT max(note) FROM samples WHERE tenant_id = :tenant AND note < :limit",
                               bind("limit", std::string("b"))),
              "ab");
}

TEST_P(ConformanceValuesTest, NullsSortWhereTheStatementSays) {
    insert_notes({"b", std::nullopt, "a"});
    using Notes = std::optional<std::string>;
    EXPECT_THAT(ask_all<Notes>("SELECT note FROM samples WHERE tenant_id = :tenant ORDER BY note NULLS FIRST"),
                ElementsAre(std::nullopt, Optional(std::string("a")), Optional(std::string("b"))));
    EXPECT_THAT(ask_all<Notes>("SELECT note FROM samples WHERE tenant_id = :tenant ORDER BY note DESC NULLS LAST"),
                ElementsAre(Optional(std::string("b")), Optional(std::string("a")), std::nullopt));
}

// The rule of the house: LIKE minds case; who does not want that says lower() on both sides, which knows ASCII alone.
TEST_P(ConformanceValuesTest, LikeMindsCase) {
    insert_notes({"Alpha", "alpha", "50%", "501"});
    EXPECT_THAT(
        ask_all<std::string>("SELECT note FROM samples WHERE tenant_id = :tenant AND note LIKE 'al%' ORDER BY note"),
        ElementsAre("alpha"));
    EXPECT_THAT(ask_all<std::string>(
                    "SELECT note FROM samples WHERE tenant_id = :tenant AND lower(note) LIKE 'al%' ORDER BY note"),
                ElementsAre("Alpha", "alpha"));
    EXPECT_THAT(
        ask_all<std::string>("SELECT note FROM samples WHERE tenant_id = :tenant AND note LIKE '50!%' ESCAPE '!'"),
        ElementsAre("50%"));
}

TEST_P(ConformanceValuesTest, ArithmeticGivesTheSameTypesAndValues) {
    insert_notes({"x", "y", "z"});  // counted: 0, 1, 2
    EXPECT_EQ(ask<std::int64_t>("SELECT sum(counted) FROM samples WHERE tenant_id = :tenant"), 3);
    EXPECT_EQ(ask<std::int64_t>("SELECT count(*) FROM samples WHERE tenant_id = :tenant"), 3);
    EXPECT_EQ(ask<std::int64_t>("SELECT 7 / 2"), 3);
    EXPECT_EQ(ask<std::int64_t>("SELECT -7 / 2"), -3);
    EXPECT_EQ(ask<std::int64_t>("SELECT -7 % 3"), -1);
    EXPECT_EQ(ask<double>("SELECT CAST(7 AS DOUBLE PRECISION) / 2"), 3.5);
    EXPECT_EQ(ask<double>("SELECT avg(counted) FROM samples WHERE tenant_id = :tenant"), 1.0);
    EXPECT_EQ(ask<std::string>("SELECT note || '-' || CAST(counted AS TEXT) FROM samples"
                               " WHERE tenant_id = :tenant AND id = '2'"),
              "z-2");
    EXPECT_EQ(ask<std::optional<std::int64_t>>("SELECT sum(counted) FROM samples WHERE tenant_id = :tenant AND 1 = 0"),
              std::nullopt);
    EXPECT_EQ(ask<bool>("SELECT count(*) > 2 FROM samples WHERE tenant_id = :tenant"), true);
}

TEST_P(ConformanceValuesTest, SumPast64BitsIsRefusedRatherThanRounded) {
    round_trip({.id = "a", .counted = std::numeric_limits<std::int64_t>::max()});
    round_trip({.id = "b", .counted = 1});
    EXPECT_ANY_THROW(ask<std::int64_t>("SELECT sum(counted) FROM samples WHERE tenant_id = :tenant"));
}

TEST_P(ConformanceValuesTest, ParameterMayStandTwiceAndWithinTextIsNone) {
    EXPECT_EQ(ask<std::string>("SELECT CAST(:x AS TEXT) || ':x -- :y' || CAST(:x AS TEXT) /* :z */ -- :w\n",
                               bind("x", std::string("a"))),
              "a:x -- :ya");
    EXPECT_EQ(ask<std::int64_t>("SELECT CAST('12' AS BIGINT) AS \"odd :name\""), 12);
}

TEST_P(ConformanceValuesTest, NullMeetsTheTypeOfWhatItIsComparedWith) {
    insert_notes({"x"});
    std::optional<std::int64_t> absent = {};
    std::optional<std::string> no_text;
    constexpr char const* either =
        "SELECT count(*) FROM samples WHERE tenant_id = :tenant"
        " AND (CAST(:n AS BIGINT) IS NULL OR counted = :n) AND coalesce(:t, note) = note";
    EXPECT_EQ(ask<std::int64_t>(either, bind("n", absent), bind("t", no_text)), 1);
    EXPECT_EQ(ask<std::int64_t>(either, bind("n", std::int64_t{7}), bind("t", no_text)), 0);
    EXPECT_EQ(ask<std::int64_t>(either, bind("n", absent), bind("t", std::string("y"))), 0);
}

TEST_P(ConformanceValuesTest, UnboundParameterIsNamedInTheError) {
    EXPECT_THAT([&] { ask<std::int64_t>("SELECT :missing", bind("other", std::int64_t{1})); },
                ThrowsMessage<std::logic_error>(HasSubstr(":missing")));
}

struct Pair {
    std::string id;
    std::int64_t weight = 0;
};
fields::Table const& table_of(Pair const*) {
    static fields::Table const table{"Pair",
                                     {fields::field("id", &Pair::id, ""), fields::field("weight", &Pair::weight, "")}};
    return table;
}

TEST_P(ConformanceValuesTest, FieldWithoutAColumnIsNamedInTheErrorEvenWhenNoRowComes) {
    for (char const* sql : {"SELECT 'a' AS id, 1 AS size", "SELECT 'a' AS id, 1 AS size WHERE 1 = 0"})
        EXPECT_THAT([&] { ask_all<Pair>(sql); }, ThrowsMessage<std::logic_error>(HasSubstr("weight")));
    EXPECT_THAT([&] { ask_all<std::string>("SELECT 'a', 'b'"); },
                ThrowsMessage<std::logic_error>(HasSubstr("several columns")));
}

TEST_P(ConformanceValuesTest, ColumnOfAnotherTypeIsRefused) {
    EXPECT_THROW(ask<std::int64_t>("SELECT 'twelve'"), std::logic_error);
    EXPECT_THROW(ask<std::string>("SELECT 12"), std::logic_error);
    EXPECT_THROW(ask<std::int64_t>("SELECT NULL"), std::logic_error);
}

TEST_P(ConformanceValuesTest, TypeOfAColumnHoldsForWhatIsWrittenIntoIt) {
    EXPECT_ANY_THROW(database().write(mine, [](Transaction& tx) {
        tx.execute("INSERT INTO samples (tenant_id, id, counted) VALUES (:tenant, 'x', :counted)",
                   bind("counted", std::string("abc")));
    }));
}

TEST_P(ConformanceValuesTest, WrongSqlIsALogicError) {
    for (char const* sql : {"SELECT 1 +", "SELECT nothing FROM samples", "SELECT 1 FROM nowhere", "SELECT 1; SELECT 2"})
        EXPECT_THROW(ask<std::int64_t>(sql), std::logic_error) << sql;
}

TEST_P(ConformanceValuesTest, NothingFoundIsNothingAndOneWantsOne) {
    EXPECT_THAT(ask_all<std::string>("SELECT note FROM samples WHERE tenant_id = :tenant"), IsEmpty());
    EXPECT_EQ(database().read(mine, [](Snapshot& s) { return s.maybe_one<Sample>(sample_by_id, bind("id", "none")); }),
              std::nullopt);
    EXPECT_THROW(ask<Sample>(sample_by_id, bind("id", "none")), std::logic_error);
}

TEST_P(ConformanceValuesTest, ConflictsTablesOfTheMomentAndWindowsWorkAlike) {
    insert_notes({"a", "b", "a", "c", "a"});
    auto const changed = database().write(mine, [](Transaction& tx) {
        return tx.all<std::string>(
            "INSERT INTO samples (tenant_id, id, note, counted) VALUES (:tenant, '0', 'new', 5), (:tenant, '9', 'new', "
            "6)"
            " ON CONFLICT (tenant_id, id) DO UPDATE SET counted = samples.counted + excluded.counted"
            " RETURNING note || CAST(counted AS TEXT)");
    });
    EXPECT_THAT(changed, ElementsAre("a5", "new6"));
    EXPECT_EQ(database().write(mine,
                               [](Transaction& tx) {
                                   return tx.execute(
                                       "INSERT INTO samples (tenant_id, id) VALUES (:tenant, '0')"
                                       " ON CONFLICT DO NOTHING");
                               }),
              0);
    auto const ranked = ask_all<Pair>(
        "WITH grouped AS (SELECT note AS id, count(*) AS size FROM samples WHERE tenant_id = :tenant GROUP BY note)"
        " SELECT id, row_number() OVER (ORDER BY size DESC, id) AS weight FROM grouped ORDER BY weight");
    ASSERT_THAT(ranked, SizeIs(4));
    EXPECT_EQ(ranked.front().id, "a");
    EXPECT_EQ(ranked.back().id, "new");
    EXPECT_EQ(ranked.back().weight, 4);
}

TEST_P(ConformanceValuesTest, CountsOfRowsAreOfWhatWasChanged) {
    insert_notes({"a", "b", "c"});
    database().write(mine, [](Transaction& tx) {
        EXPECT_EQ(tx.execute("UPDATE samples SET note = 'x' WHERE tenant_id = :tenant AND note <> 'a'"), 2);
        EXPECT_EQ(tx.execute("UPDATE samples SET note = 'x' WHERE tenant_id = :tenant AND note = 'none'"), 0);
        EXPECT_EQ(tx.execute("SELECT note FROM samples WHERE tenant_id = :tenant"), 0);
        EXPECT_EQ(tx.execute("DELETE FROM samples WHERE tenant_id = :tenant"), 3);
    });
}

TEST_P(ConformanceValuesTest, TenThousandRowsAndATextOfFiveMegabytesComeThrough) {
    std::string const large(5'000'000, 'x');
    round_trip({.id = "large", .note = large});
    database().write(mine, [](Transaction& tx) {
        tx.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"
            " INSERT INTO samples (tenant_id, id, counted) SELECT :tenant, 'row' || CAST(i AS TEXT), i FROM n");
    });
    auto const rows = ask_all<std::int64_t>(
        "SELECT counted FROM samples WHERE tenant_id = :tenant AND counted IS NOT NULL ORDER BY counted");
    ASSERT_THAT(rows, SizeIs(10'000));
    EXPECT_EQ(rows.back(), 10'000);
}

}  // namespace
}  // namespace mainstay
