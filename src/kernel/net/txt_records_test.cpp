// Answers of the DNS, as they should be and as somebody may make them.
#include "kernel/net/net.hpp"

#include "testing/testing.hpp"

#include <gmock/gmock.h>

namespace mainstay::net {
namespace {

using Bytes = std::vector<unsigned char>;

void append_number(Bytes& bytes, std::size_t number) {
    bytes.push_back(static_cast<unsigned char>(number >> 8));
    bytes.push_back(static_cast<unsigned char>(number & 0xFF));
}

// A record of the question's name: its strings each with their length.
struct Record {
    std::vector<std::string> strings;
    unsigned char type = 16, klass = 1;
};

Bytes message_of(std::vector<Record> const& records) {
    Bytes message{0, 1, 0x81, 0x80, 0, 1};
    append_number(message, records.size());
    message.insert(message.end(), {0, 0, 0, 0});
    for (unsigned char const c : std::string("\3www\7example\3com")) message.push_back(c);
    message.insert(message.end(), {0, 0, 16, 0, 1});
    for (Record const& record : records) {
        message.insert(message.end(), {0xC0, 12, 0, record.type, 0, record.klass, 0, 0, 0, 60});
        std::size_t length = 0;
        for (auto const& text : record.strings) length += text.size() + 1;
        append_number(message, length);
        for (auto const& text : record.strings) {
            message.push_back(static_cast<unsigned char>(text.size()));
            message.insert(message.end(), text.begin(), text.end());
        }
    }
    return message;
}

TEST(TxtRecords, EachRecordIsATextOfItsStringsJoined) {
    auto const answer = read_txt_answer(message_of({{{"v=spf1 -all"}}, {{"one ", "two"}}, {{""}}}));
    EXPECT_EQ(answer.outcome, TxtAnswer::Outcome::found);
    EXPECT_THAT(answer.texts, ::testing::ElementsAre("v=spf1 -all", "one two", ""));
}

TEST(TxtRecords, RecordsOfOtherTypesAndClassesAreNone) {
    auto const answer = read_txt_answer(message_of({{{"an address"}, 1}, {{"of Chaosnet"}, 16, 3}}));
    EXPECT_EQ(answer.outcome, TxtAnswer::Outcome::none);
    EXPECT_EQ(read_txt_answer(message_of({})).outcome, TxtAnswer::Outcome::none);
}

TEST(TxtRecords, HowMuchIsTakenHasItsBounds) {
    std::vector<Record> const many(txt_records_max + 20, Record{{"x"}});
    EXPECT_EQ(read_txt_answer(message_of(many)).texts.size(), txt_records_max);
    std::string const part(255, 'x');
    auto const answer = read_txt_answer(message_of({{{part, part, part, part, part}}, {{"short"}}}));
    EXPECT_THAT(answer.texts, ::testing::ElementsAre("short"));
    EXPECT_EQ(read_txt_answer(Bytes(txt_answer_bytes_max + 1)).outcome, TxtAnswer::Outcome::failed);
}

TEST(TxtRecords, AMalformedAnswerIsFailedAndReadNoFurther) {
    auto const whole = message_of({{{"one"}}, {{"two"}}});
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_EQ(read_txt_answer(std::span(whole).first(size)).outcome, TxtAnswer::Outcome::failed) << size;
    auto lying = message_of({{{"one"}}});
    lying[lying.size() - 4] = 200;  // the length of "one"
    EXPECT_EQ(read_txt_answer(lying).outcome, TxtAnswer::Outcome::failed);
    auto looping = whole;
    looping[12] = 0xC0;  // a name that points at itself
    looping[13] = 12;
    EXPECT_EQ(read_txt_answer(looping).outcome, TxtAnswer::Outcome::failed);
}

}  // namespace
}  // namespace mainstay::net
