#include "base/csv.hpp"

#include <gtest/gtest.h>

namespace mainstay {
namespace {

std::string cell(std::string_view text) {
    std::string out;
    append_csv_cell(text, out);
    return out;
}

TEST(Csv, QuotesWhatWouldEndACellAndDoublesQuotes) {
    EXPECT_EQ(cell("plain text"), "plain text");
    EXPECT_EQ(cell(""), "");
    EXPECT_EQ(cell("a,b"), "\"a,b\"");
    EXPECT_EQ(cell("say \"so\""), "\"say \"\"so\"\"\"");
    EXPECT_EQ(cell("two\r\nlines"), "\"two\r\nlines\"");
}

TEST(Csv, NothingIsTakenForAFormula) {
    for (char const first : std::string_view("=+-@\t\r\0", 7)) {
        std::string const text = std::string(1, first) + "SUM(A1)";
        EXPECT_NE(cell(text).find("'" + text), std::string::npos) << static_cast<int>(first);
    }
    EXPECT_EQ(cell("a=1"), "a=1");
    EXPECT_EQ(cell("=HYPERLINK(\"http://x\",1)"), "\"'=HYPERLINK(\"\"http://x\"\",1)\"");
}

TEST(Csv, LinesHaveTheirCellsInOrder) {
    std::string out;
    append_csv_line({"id", "when", "what"}, out);
    append_csv_line({"1", "", "x,y"}, out);
    EXPECT_EQ(out, "id,when,what\r\n1,,\"x,y\"\r\n");
}

}  // namespace
}  // namespace mainstay
