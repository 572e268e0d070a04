#include "kernel/fields/fields.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace mainstay {

enum class Colour { red, green, default_ };
BOOST_DESCRIBE_ENUM(Colour, red, green, default_)

namespace {

using fields::defaulted;
using fields::field;
using fields::items;
using fields::length;
using fields::range;

struct Part {
    std::string name;
    std::optional<std::int64_t> weight_g;
};

fields::Table const& table_of(Part const*) {
    static fields::Table const table{
        "Part",
        {field("name", &Part::name, "Its name.", length(1, 5)),
         field("weight_g", &Part::weight_g, "Grams.", range(std::int64_t{0}, std::int64_t{1000}))}};
    return table;
}

struct Thing {
    Id<"thg"> id;
    std::string slug;
    std::int64_t size = 0;
    double ratio = 0;
    bool is_big = false;
    Colour colour = Colour::red;
    std::optional<Email> owner;
    std::vector<Part> parts;
    std::map<std::string, std::int64_t> counts;
    Instant created_at;
    Money price;
    JsonText extra;
    std::int64_t limit = 50;
};

fields::Table const& table_of(Thing const*) {
    static fields::Table const table{
        "Thing",
        {field("id", &Thing::id, "Begins with thg_."),
         field("slug", &Thing::slug, "A slug.", fields::pattern("[a-z-]+", "must be a slug")),
         field("size", &Thing::size, "Size."), field("ratio", &Thing::ratio, "Ratio.", range(0.0, 1.0)),
         field("is_big", &Thing::is_big, "Big?"), field("colour", &Thing::colour, "Colour."),
         field("owner", &Thing::owner, "Whose."), field("parts", &Thing::parts, "Parts.", items(0, 2)),
         field("counts", &Thing::counts, "Counts."), field("created_at", &Thing::created_at, "When."),
         field("price", &Thing::price, "Price."), field("extra", &Thing::extra, "Anything."),
         field("limit", &Thing::limit, "At most.", defaulted())}};
    return table;
}

std::string const good =
    R"({"id":"thg_01j9zq5w8vf2tq0k6s3e9m4x7c","slug":"a-b","size":-9223372036854775808,"ratio":0.25,)"
    R"("is_big":true,"colour":"default","owner":"Ada@example.com","parts":[{"name":"bolt","weight_g":5}],)"
    R"("counts":{"a/b":1},"created_at":"2026-11-20T17:00:00.5Z","price":{"amount_minor":1999,"currency":"EUR"},)"
    R"("extra":{"x":[1,2.5,null,"é"]}})";

std::vector<Problem> problems_of(std::string const& text) {
    try {
        fields::from_json<Thing>(text);
    } catch (Fault const& fault) {
        return fault.problems();
    }
    return {};
}

std::string refusal(std::string const& text) {
    json::Document document;
    auto const fault = document.parse(text);
    return fault ? fault->pointer + " " + fault->message : "";
}

TEST(Fields, WritesBackExactlyWhatItRead) {
    auto const thing = fields::from_json<Thing>(good);
    EXPECT_EQ(thing.limit, 50);
    EXPECT_EQ(thing.parts.at(0).weight_g, 5);
    auto expected = good;
    expected.insert(expected.size() - 1, ",\"limit\":50");
    expected.replace(expected.find("17:00:00.5Z"), 11, "17:00:00.500000Z");
    EXPECT_EQ(fields::to_json(thing), expected);
    EXPECT_EQ(fields::to_json(fields::from_json<Thing>(expected)), expected);
}

TEST(Fields, ReportsEveryProblemAtItsPlace) {
    auto const problems = problems_of(
        R"({"id":"ten_01j9zq5w8vf2tq0k6s3e9m4x7c","slug":"NO","size":1.5,"ratio":2,"is_big":"yes","colour":"blue",)"
        R"("owner":"nobody","parts":[{"name":"bolt"},{"name":"toolong","weight_g":-1},{"name":7}],"counts":{"a/b":"x"},)"
        R"("created_at":"yesterday","price":{"amount_minor":1,"currency":"eur"},"zz~":1})");
    std::vector<std::string> pointers;
    for (auto const& problem : problems) pointers.push_back(problem.pointer);
    EXPECT_EQ(pointers, (std::vector<std::string>{"/id", "/slug", "/size", "/ratio", "/is_big", "/colour", "/owner",
                                                  "/parts/1/name", "/parts/1/weight_g", "/parts/2/name", "/counts/a~1b",
                                                  "/created_at", "/price", "/extra", "/zz~0"}));
}

TEST(Fields, CountsTheItemsOfAList) {
    auto text = good;
    text.replace(text.find(R"([{"name":"bolt","weight_g":5}])"), 30, R"([{"name":"a"},{"name":"b"},{"name":"c"}])");
    auto const problems = problems_of(text);
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].pointer, "/parts");
}

TEST(Fields, StopsCollectingAtAHundredProblems) {
    std::string text = "{";
    for (int i = 0; i < 500; ++i) text += (i > 0 ? ",\"k" : "\"k") + std::to_string(i) + "\":1";
    EXPECT_EQ(problems_of(text + "}").size(), fields::max_problems);
}

TEST(Fields, SchemaNamesTypesRulesAndRequiredMembers) {
    std::string schema;
    fields::Components components;
    fields::schema_object(table_of(static_cast<Thing const*>(nullptr)), schema, components);
    json::Document document;
    ASSERT_FALSE(document.parse(schema));
    auto const& root = document.root();
    EXPECT_FALSE(root.find("additionalProperties")->boolean);
    EXPECT_EQ(root.find("required")->items.size(), 11u);
    auto const* parts = root.find("properties")->find("parts");
    EXPECT_EQ(parts->find("items")->find("$ref")->string, "#/components/schemas/Part");
    EXPECT_EQ(parts->find("maxItems")->integer, 2);
    EXPECT_TRUE(components.contains("Part"));
}

TEST(Fields, RoundTripThroughSqlValues) {
    auto const thing = fields::from_json<Thing>(good);
    fields::SqlArena arena;
    Thing copy;
    for (auto const& f : table_of(static_cast<Thing const*>(nullptr)).fields) {
        auto const value = f.kind->bind(reinterpret_cast<char const*>(&thing) + f.offset, arena);
        f.kind->load(reinterpret_cast<char*>(&copy) + f.offset, value);
    }
    EXPECT_EQ(fields::to_json(copy), fields::to_json(thing));
}

TEST(Fields, ARuleOfAnotherKindStopsTheStart) {
    EXPECT_THROW(field("size", &Thing::size, "Size.", length(1, 2)), std::logic_error);
}

TEST(Json, RefusesWhatSecurityNames) {
    EXPECT_EQ(refusal(R"({"a":{"b":1,"b":2}})"), "/a has the same member twice");
    EXPECT_EQ(refusal(R"({"a":[0,1e400]})"), "/a/1 is a number out of range");
    EXPECT_NE(refusal("{\"a\":\"\xC0\xAF\"}"), "");
    EXPECT_NE(refusal(R"({"a":"\ud800"})"), "");
    EXPECT_NE(refusal(std::string(33, '[') + std::string(33, ']')).find("more than 32 deep"), std::string::npos);
    EXPECT_EQ(refusal(std::string(32, '[') + std::string(32, ']')), "");
    for (auto const* text : {"", " ", "{", "[1,]", "{\"a\":1,}", "nul", "01", "+1", "1.", "'a'", "{a:1}", "1 2",
                             "// c\n1", "NaN", "\"\t\""})
        EXPECT_NE(refusal(text), "") << text;
}

TEST(Json, FindsDuplicatesAmongManyMembers) {
    std::string text = "{";
    for (int i = 0; i < 1000; ++i) text += "\"k" + std::to_string(i) + "\":[{}],";
    EXPECT_EQ(refusal(text + "\"z\":1}"), "");
    EXPECT_EQ(refusal(text + "\"k17\":1}"), " has the same member twice");
}

TEST(Json, PointsIntoTheInnermostPlace) {
    EXPECT_EQ(refusal(R"([[1,2],{"x":[true,{"y":[1,2,tru]}]}])").substr(0, 14), "/1/x/1/y/2 is ");
}

TEST(Json, KeepsIntegersBeyond64BitsOutOfIntegerFields) {
    auto text = good;
    text.replace(text.find("-9223372036854775808"), 20, "9223372036854775808");
    auto const problems = problems_of(text);
    ASSERT_EQ(problems.size(), 1u);
    EXPECT_EQ(problems[0].pointer, "/size");
}

RC_GTEST_PROP(Json, EveryTextSurvivesWritingAndReading, ()) {
    auto const bytes = *rc::gen::container<std::string>(rc::gen::inRange<char>(0, 127));
    std::string out;
    json::write_string(bytes, out);
    json::Document document;
    RC_ASSERT(!document.parse(out));
    RC_ASSERT(document.root().string == bytes);
}

RC_GTEST_PROP(Json, CutAnywhereIsRefusedWithoutHarm, ()) {
    auto const at = *rc::gen::inRange<std::size_t>(0, good.size() - 1);
    RC_ASSERT(!refusal(good.substr(0, at)).empty());
}

struct Safe {
    std::string name;
    Secret code;
};
fields::Table const& table_of(Safe const*) {
    static fields::Table const table{"Safe", {field("name", &Safe::name, ""), field("code", &Safe::code, "")}};
    return table;
}

struct Vault {
    Safe first;
    std::optional<Safe> second;
    std::vector<Safe> more;
    std::vector<std::string> notes;
};
fields::Table const& table_of(Vault const*) {
    static fields::Table const table{"Vault",
                                     {field("first", &Vault::first, ""), field("second", &Vault::second, ""),
                                      field("more", &Vault::more, ""), field("notes", &Vault::notes, "")}};
    return table;
}

TEST(Masking, HidesSecretsWhereverTheyStandAndNothingElse) {
    Vault const vault{{"front", {"1234"}}, Safe{"back", {"5678"}}, {{"side", {"9012"}}}, {"open"}};
    EXPECT_EQ(fields::to_masked_json(vault),
              R"({"first":{"name":"front","code":"***"},"second":"***","more":"***","notes":["open"]})");
    EXPECT_EQ(fields::to_masked_json(Part{"p", 7}), R"({"name":"p","weight_g":7})");
}

TEST(Email, AcceptsWhatPeopleHaveAndRefusesWhatBreaksMail) {
    EXPECT_EQ(Email::parse("Ada.Lovelace+x@Example.COM")->text, "Ada.Lovelace+x@example.com");
    EXPECT_TRUE(Email::parse("jörg@bücher.example"));
    for (auto const* text :
         {"", "a", "@b.c", "a@", "a b@c.d", "a@b..c", ".a@b.c", "a@-b.c", "a\r\n@b.c", "a@b\n.c", "a@[1.2.3.4]"})
        EXPECT_FALSE(Email::parse(text)) << text;
    EXPECT_FALSE(Email::parse(std::string(65, 'a') + "@b.c"));
}

struct Box {
    std::int64_t number = 0;
    Part part;
};
fields::Table const& table_of(Box const*) {
    static fields::Table const table{"Box",
                                     fields::with_those_of(&Box::part, {field("number", &Box::number, "Its number.")})};
    return table;
}

TEST(Fields, ThoseOfAMemberStandBesideTheOwnersAndKeepTheirRules) {
    Box const box = fields::from_json<Box>(R"({"name":"lid","number":7,"weight_g":3})");
    EXPECT_EQ(box.number, 7);
    EXPECT_EQ(box.part.name, "lid");
    EXPECT_EQ(box.part.weight_g, 3);
    EXPECT_EQ(fields::to_json(box), R"({"number":7,"name":"lid","weight_g":3})");
    EXPECT_THROW(fields::from_json<Box>(R"({"name":"longer than five","number":7})"), Fault);
}

}  // namespace
}  // namespace mainstay
