#include "base/fault.hpp"
#include "base/hash.hpp"
#include "base/id.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "base/time.hpp"

#include <gtest/gtest.h>

#include <set>

namespace mainstay {
namespace {

using TicketId = Id<"tkt">;

TEST(Id, ReadsBackWhatItWrote) {
    for (int i = 0; i < 1000; ++i) {
        TicketId const id = TicketId::make({1'790'000'000'000'000 + i});
        EXPECT_EQ(id.to_string().size(), 30u);
        EXPECT_EQ(TicketId::parse(id.to_string()), id);
    }
}

TEST(Id, SortsAsTextByTimeToTheMicrosecond) {
    std::string before;
    for (int i = 0; i < 5000; i += 7) {
        std::string const id = TicketId::make({1'790'000'000'000'000 + i}).to_string();
        EXPECT_LT(before, id);
        before = id;
    }
}

TEST(Id, IsRefusedWithAnotherPrefixLengthOrAlphabet) {
    std::string const id = TicketId::make({1'790'000'000'000'000}).to_string();
    EXPECT_FALSE(TicketId::parse("ten" + id.substr(3)));
    EXPECT_FALSE(TicketId::parse(id.substr(0, 29)));
    EXPECT_FALSE(TicketId::parse(id + "0"));
    EXPECT_FALSE(TicketId::parse("tkt_" + std::string(26, 'u')));
    EXPECT_FALSE(TicketId::parse("tkt_8" + std::string(25, '0')));
    EXPECT_FALSE(TicketId::parse(""));
}

TEST(Rfc3339, KeepsMicrosecondsAndUnderstandsOffsets) {
    EXPECT_EQ(to_rfc3339({0}), "1970-01-01T00:00:00Z");
    EXPECT_EQ(to_rfc3339({-1}), "1969-12-31T23:59:59.999999Z");
    EXPECT_EQ(to_rfc3339({-62'135'596'799'999'993}), "0001-01-01T00:00:00.000007Z");
    EXPECT_EQ(to_rfc3339({253'402'300'799'000'000}), "9999-12-31T23:59:59Z");
    EXPECT_EQ(parse_rfc3339("1985-04-12T23:20:50.52Z"), (Instant{482196050520000}));
    EXPECT_EQ(parse_rfc3339("1996-12-19T16:39:57-08:00"), parse_rfc3339("1996-12-20T00:39:57Z"));
    EXPECT_EQ(parse_rfc3339("2024-02-29T00:00:00.123456789Z"), parse_rfc3339("2024-02-29T00:00:00.123456Z"));
}

TEST(Rfc3339, RefusesWhatIsNotATime) {
    for (auto const* text :
         {"", "2023-02-29T00:00:00Z", "2023-13-01T00:00:00Z", "2023-01-01T24:00:00Z", "2023-01-01T00:00:00",
          "2023-01-01T00:00:00.Z", "2023-01-01T00:00:00+24:00", "2023-01-01T00:00:00Zx", "23-01-01T00:00:00Z"})
        EXPECT_FALSE(parse_rfc3339(text)) << text;
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndCutSequences) {
    EXPECT_TRUE(is_utf8("grüße, 世界 🌍"));
    EXPECT_EQ(utf8_length("grüße"), 5u);
    for (auto const* text : {"\xC0\xAF", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\xE4\xB8", "\x80", "\xF0\x80\x80\x80"})
        EXPECT_FALSE(is_utf8(text));
}

TEST(Base64Url, RoundTripsEveryLengthAndRefusesLooseBits) {
    for (std::size_t size = 0; size < 40; ++size) {
        std::vector<unsigned char> bytes(size);
        random_bytes(bytes);
        EXPECT_EQ(from_base64url(to_base64url(bytes)), bytes);
    }
    EXPECT_FALSE(from_base64url("AB"));
    EXPECT_FALSE(from_base64url("A"));
    EXPECT_FALSE(from_base64url("AA=="));
}

TEST(Percent, DecodesAndRefusesBrokenEscapes) {
    EXPECT_EQ(percent_decode("a%20b+c%2F"), "a b+c/");
    EXPECT_FALSE(percent_decode("%2"));
    EXPECT_FALSE(percent_decode("%zz"));
    EXPECT_EQ(percent_encode("a b/ü"), "a%20b%2F%C3%BC");
}

TEST(Hash, OfPiecesIsThatOfTheWhole) {
    Sha256Sum sum;
    for (std::string_view const piece : {"a", "", "bc"}) sum.add(piece);
    EXPECT_EQ(sum.finish(), sha256("abc"));
    EXPECT_EQ(Sha256Sum().finish(), sha256(""));
}

TEST(Hash, MatchesPublishedVectors) {
    EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    // RFC 4231 test case 2.
    EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_TRUE(equals_in_constant_time("same", "same"));
    EXPECT_FALSE(equals_in_constant_time("same", "samf"));
    EXPECT_FALSE(equals_in_constant_time("same", "same "));
}

TEST(Randomness, RepeatsUnderASeedAndNeverWithout) {
    std::uint64_t first = 0;
    {
        SeededRandomness const seeded(7);
        first = random_u64();
    }
    {
        SeededRandomness const seeded(7);
        EXPECT_EQ(random_u64(), first);
    }
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 10'000; ++i) EXPECT_TRUE(seen.insert(random_u64()).second);
}

TEST(Fault, KeepsTheInternalTextOutOfThePublicOne) {
    Fault const fault(errors::internal_error, "The request failed.", "password=hunter2");
    EXPECT_EQ(fault.public_text(), "The request failed.");
    EXPECT_EQ(fault.internal_text(), "password=hunter2");
    EXPECT_EQ(fault.code().status, 500);
}

}  // namespace
}  // namespace mainstay
