// Scripts in every encoding, and the way from an offset to the line and column that their authors see.
#include "products/migrate/tsql/source.hpp"

#include "products/migrate/tsql/tsql.hpp"

#include <gtest/gtest.h>

#include <string>

namespace mainstay::tsql {
namespace {

std::string utf16(std::u16string_view text, bool big_endian) {
    std::string bytes;
    for (char16_t const c : text) {
        auto const high = static_cast<char>(c >> 8);
        auto const low = static_cast<char>(c & 0xFF);
        bytes += big_endian ? high : low;
        bytes += big_endian ? low : high;
    }
    return bytes;
}

std::string code_of(Decoded const& decoded) {
    return decoded.diagnostics.empty() ? "" : std::string(decoded.diagnostics[0].code->code);
}

constexpr std::u16string_view script = u"SELECT N'Grüße €😀'\r\n";
std::string const expected = "SELECT N'Grüße €😀'\r\n";

TEST(Decoding, Utf8WithAndWithoutAMarkIsTakenAsItIs) {
    auto const plain = decode("a.sql", expected);
    EXPECT_EQ(plain.source->text(), expected);
    EXPECT_EQ(plain.source->encoding(), Encoding::utf8);
    auto const marked = decode("a.sql", "\xEF\xBB\xBF" + expected);
    EXPECT_EQ(marked.source->text(), expected);
    EXPECT_EQ(marked.source->encoding(), Encoding::utf8_with_bom);
    EXPECT_TRUE(plain.diagnostics.empty() && marked.diagnostics.empty());
}

TEST(Decoding, Utf16OfBothByteOrdersIsReadWithAMark) {
    for (bool const big_endian : {false, true}) {
        auto const decoded = decode("a.sql", utf16(u"\uFEFF" + std::u16string(script), big_endian));
        EXPECT_EQ(decoded.source->text(), expected);
        EXPECT_EQ(decoded.source->encoding(), big_endian ? Encoding::utf16_be : Encoding::utf16_le);
        EXPECT_TRUE(decoded.diagnostics.empty());
    }
}

TEST(Decoding, Utf16WithoutAMarkIsFoundByItsZeros) {
    for (bool const big_endian : {false, true}) {
        auto const decoded = decode("a.sql", utf16(script, big_endian));
        EXPECT_EQ(decoded.source->text(), expected);
        EXPECT_TRUE(decoded.diagnostics.empty());
    }
}

TEST(Decoding, HalfACharacterInUtf16IsReplacedAndReported) {
    auto const lone =
        decode("a.sql", utf16(u"\uFEFFSELECT 'some longer text " + std::u16string(1, 0xD83D) + u" x' AS y", false));
    EXPECT_EQ(code_of(lone), "TSQL1002");
    EXPECT_NE(lone.source->text().find("\xEF\xBF\xBD x'"), std::string_view::npos);
    auto const odd = decode("a.sql", utf16(u"\uFEFFSELECT 1 AS a_long_enough_name, 2 AS another", false) + "x");
    EXPECT_EQ(code_of(odd), "TSQL1002");
}

TEST(Decoding, OtherBytesAreReadAsWindows1252AndSaySo) {
    auto const decoded = decode("a.sql", "SELECT 'caf\xE9 \x80'");
    EXPECT_EQ(decoded.source->text(), "SELECT 'café €'");
    EXPECT_EQ(code_of(decoded), "TSQL1003");
    EXPECT_EQ(decoded.diagnostics[0].position.column, 12U);
}

TEST(Decoding, BinaryFilesAreRefusedAndEmptyOnesReported) {
    std::string const page("\x01\x0F\0\0\x08\0\0\0 SELECT", 15);
    EXPECT_EQ(code_of(decode("a.mdf", page)), "TSQL1001");
    EXPECT_EQ(code_of(decode("a.zip", "PK\x03\x04\x14\x08\x08\x01\x02\x03\x04\x05\x06\x07")), "TSQL1001");
    EXPECT_EQ(code_of(decode("a.sql", std::string("\xFF\xFE\0\0S\0\0\0", 8))), "TSQL1001");
    EXPECT_EQ(decode("a.mdf", page).source->text(), "");
    EXPECT_EQ(code_of(decode("a.sql", "")), "TSQL1005");
    EXPECT_EQ(code_of(decode("a.sql", " \r\n\t")), "TSQL1005");
    EXPECT_EQ(code_of(decode("a.sql", "\xEF\xBB\xBF")), "TSQL1005");
}

TEST(Positions, CountCharactersNotBytesAndStandCrLf) {
    Source const source("a.sql", "SELECT 'äöü😀', x\r\n, y\nz");
    auto const at = [&](std::string_view text) {
        return source.position(static_cast<std::uint32_t>(source.text().find(text)));
    };
    EXPECT_EQ(at("x").line, 1U);
    EXPECT_EQ(at("x").column, 16U);
    EXPECT_EQ(at("y").line, 2U);
    EXPECT_EQ(at("y").column, 3U);
    EXPECT_EQ(at("z").line, 3U);
    EXPECT_EQ(source.line_text(1), "SELECT 'äöü😀', x");
    EXPECT_EQ(source.line_text(2), ", y");
    EXPECT_EQ(source.line_text(9), "");
    EXPECT_EQ(source.position(1'000).line, 3U);
}

TEST(Positions, ALoneCarriageReturnEndsALine) {
    Source const source("a.sql", "a\rb\r\nc\rd");
    EXPECT_EQ(source.line_count(), 4U);
    EXPECT_EQ(source.line_text(2), "b");
    EXPECT_EQ(source.position(7).line, 4U);
}

TEST(Positions, LeadBackThroughSqlcmdVariables) {
    auto const result = parse_bytes("a.sql", ":setvar Db \"A long name\"\nSELECT '$(Db)' FROM\n$(Db2).t x y");
    ASSERT_EQ(result.diagnostics.size(), 2U);
    EXPECT_EQ(result.diagnostics[0].code->code, "TSQL1010");
    EXPECT_EQ(result.diagnostics[0].position.line, 3U);
    EXPECT_EQ(result.diagnostics[1].code->code, "TSQL1206");
    EXPECT_EQ(result.diagnostics[1].position.line, 3U);
    EXPECT_EQ(result.diagnostics[1].position.column, 12U);
    EXPECT_EQ(result.diagnostics[1].source_line, "$(Db2).t x y");
    EXPECT_EQ(result.source->text().substr(25, 20), "SELECT 'A long name'");
}

TEST(SqlcmdVariables, ComeFromTheCallerAndSetvarGoesBefore) {
    ParseOptions options;
    options.variables = {{"db", "given"}, {"Other", "other"}};
    auto const result =
        parse_bytes("a.sql", "SELECT '$(DB)'\n:setvar DB set\nSELECT '$(db)', '$(OTHER)' -- $(no)\n", options);
    EXPECT_TRUE(result.diagnostics.empty());
    EXPECT_EQ(dump(result), "(batch (query (select (items 'given'))) (query (select (items 'set' 'other'))))\n");
}

TEST(SqlcmdVariables, ThatGrowByThemselvesStopGrowing) {
    std::string script_text = ":setvar a \"0123456789\"\n";
    for (int i = 0; i < 64; ++i) script_text += ":setvar a \"$(a)$(a)\"\n";
    auto const result = parse_bytes("a.sql", script_text + "SELECT '$(a)'");
    EXPECT_LT(result.source->text().size(), 64 * 16 * 1024U);
    EXPECT_EQ(result.counts.parsed, 1U);
}

TEST(SqlcmdVariables, MayBeEmpty) {
    auto const result = parse_bytes("a.sql", ":setvar a \"\"\n$(a)");
    EXPECT_EQ(result.counts.statements, 0U);
    EXPECT_EQ(result.counts.errors, 0U);
}

}  // namespace
}  // namespace mainstay::tsql
