// Server-sent events, whole and cut at every byte.
#include "kernel/net/streams.hpp"

#include <gtest/gtest.h>

#include <array>

namespace mainstay::net {
namespace {

std::string described(std::vector<std::string_view> const& pieces) {
    EventReader reader;
    std::string text;
    for (auto const piece : pieces)
        EXPECT_TRUE(reader.feed(
            piece, [&](ServerEvent const& event) { text += event.type + "|" + event.data + "|" + event.id + ";"; }));
    return text;
}

struct Case {
    char const *stream, *events;
};
constexpr std::array cases{
    Case{"data: a\n\n", "message|a|;"},
    Case{"data: a\ndata: b\n\n", "message|a\nb|;"},
    Case{"data:a\r\n\r\ndata:  b\r\rdata\n\n", "message|a|;message| b|;message||;"},
    Case{"\xEF\xBB\xBF"
         "data: a\n\n",
         "message|a|;"},
    Case{"\xEF\xBB"
         "data: a\n\ndata: b\n\n",
         "message|b|;"},
    Case{": keep alive\n\ndata: a\n: inside\n\n", "message|a|;"},
    Case{"event: add\nid: 7\ndata: x\n\ndata: y\n\nid\ndata: z\n\n", "add|x|7;message|y|7;message|z|;"},
    Case{"event: nothing\n\ndata: a\n\n", "message|a|;"},
    Case{"data: unfinished", ""},
    Case{"data: unfinished\n", ""},
    Case{"unknown: a\ndata : b\nDATA: c\ndata: d\n\n", "message|d|;"},
    Case{"data: {\"a\": \"b: c\"}\n\n", "message|{\"a\": \"b: c\"}|;"},
    Case{"\n\n\r\r\r\ndata: a\r\n\n", "message|a|;"},
    Case{"data: \xC3\xBC\n\n", "message|\xC3\xBC|;"},
};

TEST(EventReader, ReadsWhatTheStandardSays) {
    for (auto const& [stream, events] : cases) EXPECT_EQ(described({stream}), events) << stream;
    EXPECT_EQ(described({std::string_view("id: a\0b\ndata: x\n\n", 17)}), "message|x|;");
}

TEST(EventReader, ACutAtAnyByteChangesNothing) {
    for (auto const& [text, events] : cases) {
        std::string_view const stream = text;
        for (std::size_t cut = 0; cut <= stream.size(); ++cut)
            for (std::size_t second = cut; second <= stream.size(); ++second)
                EXPECT_EQ(described({stream.substr(0, cut), stream.substr(cut, second - cut), stream.substr(second)}),
                          events)
                    << stream << " cut at " << cut << " and " << second;
        std::vector<std::string_view> bytes;
        for (std::size_t i = 0; i < stream.size(); ++i) bytes.push_back(stream.substr(i, 1));
        EXPECT_EQ(described(bytes), events) << stream;
    }
}

TEST(EventReader, RetryIsMillisecondsOfDigitsAlone) {
    EventReader reader;
    auto const retry = [&](std::string_view stream) {
        reader.feed(stream, [](ServerEvent const&) {});
        return reader.retry();
    };
    EXPECT_FALSE(retry("retry: soon\n"));
    EXPECT_FALSE(retry("retry: -5\nretry\nretry: 5s\n"));
    EXPECT_EQ(retry("retry: 1500\n"), milliseconds(1500));
}

TEST(EventReader, AnEventWithoutEndIsGivenUpAtItsLimit) {
    EventReader reader;
    std::string const piece(1 << 20, 'x');
    int fed = 0;
    while (reader.feed(piece, [](ServerEvent const&) {}) && fed < 100) ++fed;
    EXPECT_EQ(fed, 4);
    EXPECT_FALSE(reader.feed("\n\ndata: a\n\n", [](ServerEvent const&) { FAIL(); }));
}

}  // namespace
}  // namespace mainstay::net
