#include "kernel/files/s3_signature.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace mainstay::files {
namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";
constexpr Duration presigned_max = days(7);

std::string_view view(Sha256 const& digest) {
    return {reinterpret_cast<char const*>(digest.data()), digest.size()};
}

std::string scope(std::string const& date, S3Keys const& keys) {
    return date.substr(0, 8) + "/" + keys.region + "/s3/aws4_request";
}

std::string signed_names(S3Parameters const& headers) {
    std::string names;
    for (auto const& [name, value] : headers) names += (names.empty() ? "" : ";") + name;
    return names;
}

std::string signature(S3Call const& call, S3Keys const& keys, std::string const& date) {
    std::string canonical = call.method + "\n" + call.path + "\n" + s3_query(call.query) + "\n";
    for (auto const& [name, value] : call.headers) canonical += name + ":" + std::string(trim(value)) + "\n";
    canonical += "\n" + signed_names(call.headers) + "\n" + call.payload_hash;
    std::string const to_sign =
        std::string(algorithm) + "\n" + date + "\n" + scope(date, keys) + "\n" + to_hex(sha256(canonical));
    auto key = hmac_sha256("AWS4" + keys.secret_key, date.substr(0, 8));
    for (std::string_view const part :
         {std::string_view(keys.region), std::string_view("s3"), std::string_view("aws4_request")})
        key = hmac_sha256(view(key), part);
    return to_hex(hmac_sha256(view(key), to_sign));
}

}  // namespace

std::string s3_path(std::string_view key) {
    std::string path;
    for (auto const part : split(key, '/')) path += "/" + percent_encode(part);
    return path;
}

std::string s3_query(S3Parameters const& parameters) {
    std::string query;
    for (auto const& [name, value] : parameters)
        query += (query.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
    return query;
}

std::string s3_date(Instant now) {
    std::string date;
    for (char const c : to_rfc3339({now.us - now.us % 1'000'000}))
        if (c != '-' && c != ':') date += c;
    return date;
}

void s3_sign(S3Call& call, S3Keys const& keys, Instant now) {
    auto const date = s3_date(now);
    call.headers["host"] = call.host;
    call.headers["x-amz-date"] = date;
    call.headers["x-amz-content-sha256"] = call.payload_hash;
    auto const value = std::string(algorithm) + " Credential=" + keys.access_key + "/" + scope(date, keys) +
                       ",SignedHeaders=" + signed_names(call.headers) + ",Signature=" + signature(call, keys, date);
    call.headers["authorization"] = value;
}

std::string s3_presigned_query(S3Call const& call, S3Keys const& keys, Duration valid, Instant now) {
    auto const date = s3_date(now);
    S3Call whole = call;
    whole.headers["host"] = call.host;
    whole.payload_hash = "UNSIGNED-PAYLOAD";
    whole.query["X-Amz-Algorithm"] = algorithm;
    whole.query["X-Amz-Credential"] = keys.access_key + "/" + scope(date, keys);
    whole.query["X-Amz-Date"] = date;
    whole.query["X-Amz-Expires"] = std::to_string(std::min(valid, presigned_max).us / 1'000'000);
    whole.query["X-Amz-SignedHeaders"] = signed_names(whole.headers);
    auto const made = signature(whole, keys, date);
    return s3_query(whole.query) + "&X-Amz-Signature=" + made;
}

}  // namespace mainstay::files
