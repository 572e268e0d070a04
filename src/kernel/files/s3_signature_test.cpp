// The examples that AWS publishes ("Signature Calculations for the Authorization Header: Transferring Payload in a
// Single Chunk" and "Authenticating Requests: Using Query Parameters").
#include "kernel/files/s3_signature.hpp"

#include "base/text.hpp"

#include <gtest/gtest.h>

namespace mainstay::files {
namespace {

S3Keys const keys{"AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1"};
Instant const day = *parse_rfc3339("2013-05-24T00:00:00Z");

S3Call call(std::string method, std::string_view key, S3Parameters query = {}, S3Parameters headers = {},
            std::string_view body = "") {
    return {std::move(method),   "examplebucket.s3.amazonaws.com", s3_path(key), std::move(query), std::move(headers),
            to_hex(sha256(body))};
}

std::string signature_of(S3Call one) {
    s3_sign(one, keys, day);
    auto const& value = one.headers.at("authorization");
    return value.substr(value.rfind('=') + 1);
}

TEST(S3Signature, IsThatOfThePublishedExamples) {
    EXPECT_EQ(signature_of(call("GET", "test.txt", {}, {{"range", "bytes=0-9"}})),
              "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    EXPECT_EQ(
        signature_of(call("PUT", "test$file.text", {},
                          {{"date", "Fri, 24 May 2013 00:00:00 GMT"}, {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
                          "Welcome to Amazon S3.")),
        "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    EXPECT_EQ(signature_of(call("GET", "", {{"lifecycle", ""}})),
              "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    EXPECT_EQ(signature_of(call("GET", "", {{"prefix", "J"}, {"max-keys", "2"}})),
              "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
}

TEST(S3Signature, HeadersSayWhatWasSigned) {
    auto one = call("GET", "test.txt", {}, {{"range", "bytes=0-9"}});
    s3_sign(one, keys, day);
    EXPECT_EQ(one.headers.at("authorization"),
              "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
              "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
              "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    EXPECT_EQ(one.headers.at("x-amz-date"), "20130524T000000Z");
}

TEST(S3Signature, OfAUrlIsThatOfThePublishedExample) {
    auto const query = s3_presigned_query(call("GET", "test.txt"), keys, days(1), day);
    EXPECT_EQ(query,
              "X-Amz-Algorithm=AWS4-HMAC-SHA256"
              "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
              "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
              "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
    EXPECT_NE(s3_presigned_query(call("GET", "test.txt"), keys, days(30), day).find("X-Amz-Expires=604800&"),
              std::string::npos);
}

}  // namespace
}  // namespace mainstay::files
