// Batches and tokens.
#include "products/migrate/tsql/lexer.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace mainstay::tsql {
namespace {

struct Lexed {
    std::vector<std::vector<std::string>> batches;
    std::vector<std::int32_t> repeats;
    std::vector<std::string> codes;
    std::vector<std::string> sqlcmd;
};

Lexed lex(std::string text) {
    Source const source("a.sql", std::move(text));
    DiagnosticSink sink(source);
    std::vector<SqlcmdLine> lines;
    Lexer lexer(source, sink, lines);
    RawBatch batch;
    Lexed lexed;
    while (lexer.next_batch(batch)) {
        if (batch.tokens.size() == 1) continue;
        auto& tokens = lexed.batches.emplace_back();
        lexed.repeats.push_back(batch.repeat);
        for (auto const& token : batch.tokens)
            if (token.kind != TokenKind::end)
                tokens.emplace_back(source.text().substr(token.begin, token.end - token.begin));
    }
    for (auto const& diagnostic : sink.take()) lexed.codes.emplace_back(diagnostic.code->code);
    for (auto const& line : lines) lexed.sqlcmd.push_back(std::string(line.command) + '|' + std::string(line.argument));
    return lexed;
}

using Words = std::vector<std::string>;

TEST(Tokens, OfEveryKindAreCutWhereSqlServerCutsThem) {
    EXPECT_EQ(lex("a.b..c ::d [x]]y] \"p\"\"q\" 'it''s' N'n' @v @@g #t ##g").batches[0],
              (Words{"a", ".", "b", ".", ".", "c", "::", "d", "[x]]y]", "\"p\"\"q\"", "'it''s'", "N'n'", "@v", "@@g",
                     "#t", "##g"}));
    EXPECT_EQ(lex("1 1.5 .5 1. 1e5 1E-3 0xAF $1.5 €2 1=-1").batches[0],
              (Words{"1", "1.5", ".5", "1.", "1e5", "1E-3", "0xAF", "$1.5", "€2", "1", "=", "-", "1"}));
    EXPECT_EQ(
        lex("+= -= *= /= %= &= |= ^= <> != !< !> <= >= << >> ->").batches[0],
        (Words{"+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<>", "!=", "!<", "!>", "<=", ">=", "<<", ">>", "->"}));
    EXPECT_EQ(lex("$action $(var)_x a--b\nc/*d/*e*/f*/g").batches[0], (Words{"$action", "$(var)_x", "a", "c", "g"}));
    EXPECT_EQ(lex("a\xC2\xA0"
                  "b\xE3\x80\x80"
                  "c\x1A")
                  .batches[0],
              (Words{"a", "b", "c"}));
}

TEST(Tokens, KnowTheirKeywordInAnyCase) {
    EXPECT_EQ(find_keyword("select"), Keyword::select);
    EXPECT_EQ(find_keyword("SeLeCt"), Keyword::select);
    EXPECT_EQ(find_keyword("selects"), Keyword::none);
    EXPECT_EQ(find_keyword("xmlnamespaces"), Keyword::xmlnamespaces);
    EXPECT_EQ(find_keyword("semanticsimilaritydetailstable"), Keyword::semanticsimilaritydetailstable);
    EXPECT_EQ(find_keyword("a"), Keyword::none);
    EXPECT_TRUE(is_reserved(Keyword::select));
    EXPECT_FALSE(is_reserved(Keyword::offset));
    EXPECT_FALSE(is_reserved(Keyword::none));
    EXPECT_EQ(spelling_of(Keyword::union_), "UNION");
}

TEST(Batches, EndAtGoAloneOnItsLine) {
    auto const lexed = lex("a\nGO\nb\r\n\tgo 5 -- five\r\nc\nGo/* x */\nd\nGO;\ne\nGO");
    ASSERT_EQ(lexed.batches.size(), 5U);
    EXPECT_EQ(lexed.repeats, (std::vector<std::int32_t>{1, 5, 1, 1, 1}));
    EXPECT_EQ(lexed.batches[3], (Words{"d"}));
}

TEST(Batches, DoNotEndAtOtherGos) {
    EXPECT_EQ(lex("SELECT go\nGO_ON\nGOTO x\n GO FOR\n'\nGO\n' /*\nGO\n*/ [a\nGO\nb]").batches.size(), 1U);
}

TEST(Batches, RepeatAtMostAMillionTimes) {
    EXPECT_EQ(lex("a\nGO 0\n").codes, (Words{"TSQL1013"}));
    EXPECT_EQ(lex("a\nGO 99999999999999\n").codes, (Words{"TSQL1013"}));
    EXPECT_EQ(lex("a\nGO 1000000\n").repeats[0], 1'000'000);
}

TEST(SqlcmdLines, AreTakenOutOfTheScript) {
    auto const lexed = lex(" :setvar a \"b c\"\n:r .\\x.sql\n!!dir /b\n:ON ERROR EXIT\nlabel:\n:other\nx");
    EXPECT_EQ(lexed.sqlcmd, (Words{"setvar|a \"b c\"", "r|.\\x.sql", "!!|dir /b", "on|ERROR EXIT"}));
    EXPECT_EQ(lexed.batches[0], (Words{"label", ":", ":", "other", "x"}));
    EXPECT_EQ(lex(":setvar a \"b").codes, (Words{"TSQL1012"}));
}

TEST(UnclosedQuotes, AreReportedWhereTheyOpenAndReadingGoesOnAtTheNextGo) {
    for (auto const& [text, code] :
         std::vector<std::pair<std::string, std::string>>{{"SELECT 'abc\nGO\nSELECT 2\nGO\n", "TSQL1101"},
                                                          {"SELECT N'abc\nGO\nSELECT 2\nGO\n", "TSQL1101"},
                                                          {"SELECT \"abc\nGO\nSELECT 2\nGO\n", "TSQL1103"},
                                                          {"SELECT [abc\nGO\nSELECT 2\nGO\n", "TSQL1103"},
                                                          {"SELECT /* abc\nGO\nSELECT 2\nGO\n", "TSQL1102"},
                                                          {"SELECT 'abc\nGO\nSELECT 'x'\nGO\nSELECT 2", "TSQL1101"}}) {
        auto const lexed = lex(text);
        EXPECT_EQ(lexed.codes, (Words{code})) << text;
        EXPECT_EQ(lexed.batches.back(), (Words{"SELECT", "2"})) << text;
    }
}

TEST(UnknownCharacters, AreNamed) {
    EXPECT_EQ(lex("SELECT \xE2\x80\x98quoted\xE2\x80\x99").codes, (Words{"TSQL1104", "TSQL1104"}));
    EXPECT_EQ(lex("SELECT a ? b \\ c `").codes.size(), 3U);
}

}  // namespace
}  // namespace mainstay::tsql
