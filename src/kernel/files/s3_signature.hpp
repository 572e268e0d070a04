// AWS Signature Version 4 for S3, as pure functions of the request and the time.
#pragma once
#include "base/hash.hpp"
#include "base/time.hpp"

#include <map>
#include <string>
#include <string_view>

namespace mainstay::files {

struct S3Keys {
    std::string access_key, secret_key, region;
};

using S3Parameters = std::map<std::string, std::string>;  // not encoded

struct S3Call {
    std::string method;
    std::string host;  // as in the Host header
    std::string path;  // encoded, from the first slash on
    S3Parameters query{};
    S3Parameters headers{};    // names in lower case; host is added, x-amz-date and x-amz-content-sha256 by signing
    std::string payload_hash;  // SHA-256 in hex, or "UNSIGNED-PAYLOAD"
};

std::string s3_path(std::string_view key);  // "/a%20b/c": slashes stay
std::string s3_query(S3Parameters const&);  // "a=1&b=%2F", without a question mark
std::string s3_date(Instant);               // "20130524T000000Z"
// Adds the headers that S3 needs to the call, Authorization among them.
void s3_sign(S3Call&, S3Keys const&, Instant now);
// The whole query of a URL that anybody may use for as long, up to seven days.
std::string s3_presigned_query(S3Call const&, S3Keys const&, Duration valid, Instant now);

}  // namespace mainstay::files
