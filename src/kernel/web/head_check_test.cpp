#include "kernel/web/head_check.hpp"
#include "kernel/web/chunked_body.hpp"
#include "kernel/web/edge_io.hpp"
#include "kernel/web/response_head.hpp"

#include <gtest/gtest.h>

namespace mainstay::web {
namespace {

using namespace std::string_literals;

int status_of(std::string_view head, Limits const& limits = {}) {
    HeadVerdict const verdict = check_head(head, limits);
    return verdict.refusal ? verdict.refusal->code->status : 0;
}

std::string with(std::string_view lines) {
    return "POST /a HTTP/1.1\r\nHost: x\r\n" + std::string(lines) + "\r\n";
}

TEST(HeadCheck, PassesWhatIsWellFormed) {
    EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: localhost:8080\r\n\r\n"), 0);
    EXPECT_EQ(status_of("GET /a?b=%20&c={d}|e HTTP/1.1\r\nhOsT:[::1]:80\r\nX: \t a\xc3\xa4 b\t \r\nEmpty:\r\n\r\n"), 0);
    EXPECT_EQ(status_of("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n"), 0);
    EXPECT_EQ(status_of("GET / HTTP/1.0\r\n\r\n"), 0);
    EXPECT_EQ(status_of(with("Transfer-Encoding: chunked\r\n")), 0);
    EXPECT_EQ(status_of(with("Transfer-Encoding: \tChunked \r\n")), 0);
    EXPECT_EQ(status_of(with("Content-Length: 0\r\n")), 0);
}

TEST(HeadCheck, ReadsTheFacts) {
    HeadFacts const facts = check_head(with("content-length: 12\r\nExpect: 100-Continue\r\n"), {}).facts;
    EXPECT_EQ(facts.method, Method::post);
    EXPECT_EQ(facts.content_length, 12u);
    EXPECT_TRUE(facts.expects_continue);
    EXPECT_FALSE(facts.chunked);
    EXPECT_TRUE(check_head(with("Transfer-Encoding: chunked\r\n"), {}).facts.chunked);
    EXPECT_FALSE(check_head("GET / HTTP/1.0\r\nExpect: 100-continue\r\n\r\n", {}).facts.expects_continue);
}

// SECURITY 23, and what RFC 9112 calls out as ways to smuggle a request.
TEST(HeadCheck, RefusesEveryFramingThatCouldBeReadInTwoWays) {
    for (std::string const lines : {
             "Transfer-Encoding: gzip, chunked\r\n",
             "Transfer-Encoding: chunked, gzip\r\n",
             "Transfer-Encoding: chunked, chunked\r\n",
             "Transfer-Encoding: identity\r\n",
             "Transfer-Encoding: xchunked\r\n",
             "Transfer-Encoding: \"chunked\"\r\n",
             "Transfer-Encoding: chunked;q=1\r\n",
             "Transfer-Encoding:\r\n",
             "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
             "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
             "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
             "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n",
             "Transfer-Encoding:\013chunked\r\n",
             "Transfer-Encoding\x0b: chunked\r\n",
             "Content-Length: 3\r\nContent-Length: 4\r\n",
             "Content-Length: 3\r\nContent-Length: 3\r\n",
             "Content-Length: 3, 3\r\n",
             "Content-Length: 3,4\r\n",
             "Content-Length: +3\r\n",
             "Content-Length: -3\r\n",
             "Content-Length: 0x3\r\n",
             "Content-Length: 3 3\r\n",
             "Content-Length: \r\n",
             "Content-Length: 99999999999999999999\r\n",
             "Content-Length: 18446744073709551616\r\n",
             "Host: y\r\n",
             "Content-Length : 3\r\n",
             "Content-Length\t: 3\r\n",
             " Content-Length: 3\r\n",
             "X: a\r\n Content-Length: 3\r\n",
             "X: a\r\n\tb\r\n",
             "X\r\n",
             ": a\r\n",
             "X(: a\r\n",
             "X\x80: a\r\n",
             "X: a\x01\r\n",
             "X: a\x7f\r\n",
             "X: a\rb\r\n",
             "X: a\nContent-Length: 3\r\n",
         })
        EXPECT_EQ(status_of(with(lines)), 400) << lines;
    EXPECT_EQ(status_of(with("X: a\0b\r\n"s)), 400);
    EXPECT_EQ(status_of(with("X\0: a\r\n"s)), 400);
    EXPECT_EQ(status_of("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
    EXPECT_EQ(status_of("GET / HTTP/1.0\r\nHost: x\r\nHost: x\r\n\r\n"), 400);
    EXPECT_EQ(status_of("GET / HTTP/1.1\r\n\r\n"), 400);
    EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost:\r\n\r\n"), 400);
    EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: a b\r\n\r\n"), 400);
    EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"), 400);
    EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"), 400);
}

TEST(HeadCheck, RefusesRequestLinesThatAreNotInOriginForm) {
    auto const line = [](std::string const& text) { return status_of(text + "\r\nHost: x\r\n\r\n"); };
    for (auto const* text : {"GET http://x/ HTTP/1.1", "GET x:80 HTTP/1.1",      "GET * HTTP/1.1",
                             "GET a HTTP/1.1",         "GET  / HTTP/1.1",        "GET /  HTTP/1.1",
                             " GET / HTTP/1.1",        "GET / HTTP/1.1 ",        "GET /",
                             "GET /a b HTTP/1.1",      "GET /a\tb HTTP/1.1",     "GET /a\x01 HTTP/1.1",
                             "GET /\x7f HTTP/1.1",     "GET /\xc3\xa4 HTTP/1.1", "GET /a#b HTTP/1.1",
                             "G(T / HTTP/1.1",         "GET / http/1.1",         "GET / HTTP/1.10",
                             "GET / HTTP/11",          "GET / HTTP/a.b",         "GET\t/\tHTTP/1.1",
                             "GET / XTTP/1.1"})
        EXPECT_EQ(line(text), 400) << text;
    EXPECT_EQ(line("GET / HTTP/2.0"), 505);
    EXPECT_EQ(line("GET / HTTP/1.2"), 505);
    EXPECT_EQ(line("GET / HTTP/0.9"), 505);
    for (auto const* method : {"TRACE", "CONNECT", "PROPFIND", "get", "GETX"})
        EXPECT_EQ(line(std::string(method) + " / HTTP/1.1"), 501) << method;
}

TEST(HeadCheck, HoldsTheLimits) {
    Limits limits;
    limits.target_bytes = 10;
    limits.header_count = 3;
    EXPECT_EQ(status_of("GET /123456789 HTTP/1.1\r\nHost: x\r\n\r\n", limits), 0);
    EXPECT_EQ(status_of("GET /1234567890 HTTP/1.1\r\nHost: x\r\n\r\n", limits), 414);
    EXPECT_EQ(status_of(with("A: 1\r\nB: 2\r\n"), limits), 0);
    EXPECT_EQ(status_of(with("A: 1\r\nB: 2\r\nC: 3\r\n"), limits), 431);
    EXPECT_EQ(status_of(with("Expect: something\r\n")), 417);
}

// Two parsers read every head: what one passes, the other must frame in the same way.
TEST(HeadCheck, AgreesWithBeastOnWhateverItPasses) {
    std::vector<std::string> const seeds{
        with("Content-Length: 12\r\nX-A: b\r\n"),
        with("Transfer-Encoding: chunked\r\nConnection: keep-alive, close\r\n"),
        "GET /a?b=c HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: [::1]:80\r\nExpect: 100-continue\r\n\r\n",
    };
    std::string const replacements = "\r\n\t :,;0123chunked\0\x7f\x80/HTP.-"s;
    std::uint64_t state = 88172645463325252ULL;
    auto const random = [&](std::size_t below) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return static_cast<std::size_t>(state % below);
    };
    int passed = 0;
    for (int i = 0; i < 60'000; ++i) {
        std::string head = seeds[random(seeds.size())];
        for (std::size_t changes = random(4); changes > 0; --changes) {
            std::size_t const at = random(head.size() - 4);
            switch (random(3)) {
                case 0: head[at] = replacements[random(replacements.size())]; break;
                case 1: head.erase(at, 1 + random(3)); break;
                default: head.insert(at, head.substr(random(head.size()), random(20))); break;
            }
        }
        HeadEnd const end = find_head_end(head, 0);
        if (end.state != HeadEnd::State::complete) continue;
        head.resize(end.size);
        HeadVerdict const verdict = check_head(head, {});
        if (verdict.refusal) continue;
        RequestHead read;
        ParsedHead const parsed = parse_head(head, read);
        if (!parsed.ok) continue;  // Beast may be the stricter one
        ++passed;
        ASSERT_EQ(parsed.chunked, verdict.facts.chunked) << head;
        ASSERT_EQ(parsed.content_length, verdict.facts.content_length) << head;
        ASSERT_EQ(read.http_1_0, verdict.facts.http_1_0) << head;
    }
    EXPECT_GT(passed, 5'000);
}

TEST(HeadEnd, IsFoundHoweverTheBytesAreCut) {
    std::string const head = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    std::string const bytes = head + "GET /next";
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
        HeadEnd const early = find_head_end(std::string_view(bytes).substr(0, cut), 0);
        EXPECT_EQ(early.state == HeadEnd::State::complete, cut >= head.size());
        if (early.state == HeadEnd::State::complete) {
            EXPECT_EQ(early.size, head.size());
            continue;
        }
        HeadEnd const late = find_head_end(bytes, cut);
        EXPECT_EQ(late.state, HeadEnd::State::complete) << cut;
        EXPECT_EQ(late.size, head.size());
    }
}

TEST(HeadEnd, IsMalformedAtOnceWithABareLineFeed) {
    EXPECT_EQ(find_head_end("GET / HTTP/1.1\nHost", 0).state, HeadEnd::State::malformed);
    EXPECT_EQ(find_head_end("GET / HTTP/1.1\r\nHost: x\n\r\n", 0).state, HeadEnd::State::malformed);
    EXPECT_EQ(find_head_end("\n", 0).state, HeadEnd::State::malformed);
}

// The body and what is behind it, or nothing when malformed; `step` bytes are given at a time.
std::optional<std::pair<std::string, std::string>> read_chunks(std::string_view bytes, std::size_t step) {
    ChunkedBody chunks;
    std::string body;
    std::size_t given = 0;
    std::size_t used = 0;
    while (given < bytes.size()) {
        given = std::min(bytes.size(), given + step);
        while (used < given) {
            ChunkedBody::Step const next = chunks.next(bytes.substr(used, given - used));
            used += next.consumed;
            body += next.data;
            if (next.status == ChunkedBody::Status::malformed) return std::nullopt;
            if (next.status == ChunkedBody::Status::done) return std::pair(body, std::string(bytes.substr(used)));
        }
    }
    return std::pair(body, std::string("incomplete"));
}

TEST(ChunkedBody, IsReadHoweverTheBytesAreCut) {
    std::string const bytes =
        "5;name=\"value\"\r\nhello\r\n00B\r\n, the world\r\n0;x\r\nTrailer: a\r\nOther:\r\n\r\nrest";
    for (std::size_t step = 1; step <= bytes.size(); ++step)
        EXPECT_EQ(read_chunks(bytes, step), (std::pair<std::string, std::string>("hello, the world", "rest"))) << step;
    for (std::size_t step = 1; step <= 5; ++step)
        EXPECT_EQ(read_chunks("0\r\n\r\n", step), (std::pair<std::string, std::string>("", "")));
}

TEST(ChunkedBody, RefusesWhatIsMalformed) {
    for (std::string const bytes : {"\r\n",
                                    "x\r\n",
                                    "-1\r\n",
                                    "+1\r\n",
                                    "0x1\r\n",
                                    " 1\r\na\r\n",
                                    "1 \r\na\r\n",
                                    "1\na\r\n",
                                    "1\r\rab",
                                    "1\r\nab\r\n",
                                    "1\r\na\n0\r\n\r\n",
                                    "1\r\na\r0",
                                    "1;a\nb\r\n",
                                    "1;\x01\r\n",
                                    "0\r\n a: b\r\n\r\n",
                                    "0\r\n:\r\n\r\n",
                                    "0\r\na: \x01\r\n\r\n",
                                    "0\r\na: b\n\r\n",
                                    "0\r\nab\r\n\r\n",
                                    "0\r\na : b\r\n\r\n",
                                    "0\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
                                    "0\r\n\r0",
                                    "1000000000000000\r\n",
                                    "fffffffffffffffff\r\n"})
        EXPECT_FALSE(read_chunks(bytes, bytes.size())) << bytes;
    EXPECT_FALSE(read_chunks("1;" + std::string(600, 'a') + "\r\na", 4096));
    EXPECT_FALSE(read_chunks("0\r\na: " + std::string(9000, 'a') + "\r\n\r\n", 4096));
}

TEST(ResponseHead, RefusesWhatCouldSplitAReply) {
    std::vector<Header> const good{{"X-A", "b c\t\xc3\xa4"}};
    EXPECT_TRUE(headers_are_sound(good));
    for (Header const& bad : std::vector<Header>{{"X", "a\r\nSet-Cookie: b"},
                                                 {"X", "a\n"},
                                                 {"X", std::string("a\0", 2)},
                                                 {"X\r\nY", "a"},
                                                 {"X Y", "a"},
                                                 {"", "a"},
                                                 {"Content-Length", "3"},
                                                 {"transfer-encoding", "chunked"},
                                                 {"CONNECTION", "close"},
                                                 {"Date", "today"}})
        EXPECT_FALSE(headers_are_sound(std::span(&bad, 1))) << bad.name;
}

TEST(ResponseHead, SaysHowLongTheBodyIs) {
    std::string out;
    std::vector<Header> const headers{{"X-A", "b"}};
    write_response_head(out, 200, headers, "X-C: d\r\n", {ReplyBody::sized, 12, false, false}, "now");
    EXPECT_EQ(out, "HTTP/1.1 200 OK\r\nDate: now\r\nX-A: b\r\nX-C: d\r\nContent-Length: 12\r\n\r\n");
    write_response_head(out, 204, {}, {}, {ReplyBody::none, 0, true, false}, "now");
    EXPECT_EQ(out, "HTTP/1.1 204 No Content\r\nDate: now\r\nConnection: close\r\n\r\n");
    write_response_head(out, 200, {}, {}, {ReplyBody::chunked, 0, false, false}, "now");
    EXPECT_EQ(out, "HTTP/1.1 200 OK\r\nDate: now\r\nTransfer-Encoding: chunked\r\n\r\n");
    write_response_head(out, 599, {}, {}, {ReplyBody::sized, 0, false, true}, "now");
    EXPECT_EQ(out, "HTTP/1.1 599 \r\nDate: now\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n");
}

TEST(HttpDate, IsAsRfc9110WritesIt) {
    HttpDate date;
    EXPECT_EQ(date.at(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
    EXPECT_EQ(date.at(784111778), "Sun, 06 Nov 1994 08:49:38 GMT");
}

}  // namespace
}  // namespace mainstay::web
