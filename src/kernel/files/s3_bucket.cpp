#include "kernel/files/s3_bucket.hpp"

#include "base/text.hpp"
#include "kernel/files/files.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <array>

namespace mainstay::files {
namespace {

constexpr std::uint64_t parts_max = 10'000;      // S3: a multipart upload has no more
constexpr std::uint64_t answer_bytes = 4 << 20;  // of XML
constexpr std::size_t hashed_at_once = 256 << 10;
constexpr int attempts = 4, busy_s = 5;

std::string hash_of(net::BodySource const& source) {
    Sha256Sum sum;
    std::string piece(hashed_at_once, '\0');
    for (std::uint64_t at = 0; at < source.size;) {
        auto const room = static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), source.size - at));
        auto const got = source.read(at, std::span(piece).first(room));
        if (got == 0) throw Fault(errors::internal_error, "The file could not be read.", "it is shorter than it was");
        sum.add(std::string_view(piece).substr(0, got));
        at += got;
    }
    return to_hex(sum.finish());
}

net::BodySource part_of(net::BodySource const& whole, std::uint64_t offset, std::uint64_t size) {
    return {size,
            [read = whole.read, offset](std::uint64_t at, std::span<char> into) { return read(offset + at, into); }};
}

std::string error_code(std::string_view xml) {
    pugi::xml_document document;
    document.load_buffer(xml.data(), xml.size());
    return document.child("Error").child_value("Code");
}

[[noreturn]] void throw_busy(std::string const& why) {
    Fault fault(errors::busy, "The file storage does not answer.", "S3: " + why);
    fault.retry_after_s = busy_s;
    throw fault;
}

[[noreturn]] void fail(net::Failure const& failure) {
    if (failure.reason == net::FailureReason::too_large)
        throw Fault(errors::file_too_large, "The file is larger than is allowed here.");
    auto const why = std::string(net::name_of(failure.reason)) + ": " + failure.text;
    if (failure.reason == net::FailureReason::invalid_request || failure.reason == net::FailureReason::refused_address)
        throw Fault(errors::internal_error, "The file storage cannot be reached.", "S3: " + why);
    throw_busy(why);
}

[[noreturn]] void fail(net::Reply const& reply) {
    auto const code = error_code(reply.body);
    auto const why = std::to_string(reply.status) + " " + code;
    if (reply.status == 404 && code != "NoSuchBucket") throw Fault(errors::not_found, "There is no such file.", why);
    if (code == "RequestTimeTooSkewed")
        throw Fault(errors::internal_error, "The file storage refuses us.",
                    "S3: this machine's clock differs from that of S3 by more than 15 minutes; set it");
    if (reply.status >= 500 || reply.status == 408 || reply.status == 429) throw_busy(why);
    throw Fault(errors::internal_error, "The file storage refuses us.", "S3: " + why);
}

}  // namespace

S3Bucket::S3Bucket(net::Transport& transport, S3Options options, Clock& clock)
    : transport_(transport),
      options_(std::move(options)),
      keys_{options_.access_key, options_.secret_key, options_.region},
      clock_(clock) {
    auto const begin = options_.endpoint.find("://");
    if (begin == std::string::npos)
        throw Fault(errors::internal_error, "The file storage is not set up.", "S3 endpoint");
    scheme_ = options_.endpoint.substr(0, begin + 3);
    host_ = options_.endpoint.substr(begin + 3);
    while (host_.ends_with('/')) host_.pop_back();
    if (!options_.is_path_style) host_ = options_.bucket + "." + host_;
}

S3Call S3Bucket::call(std::string method, std::string const& key, S3Parameters query, std::string payload_hash) const {
    std::string const inside = key.empty() ? "" : options_.prefix + key;
    auto const path = options_.is_path_style
                          ? s3_path(inside.empty() ? options_.bucket : options_.bucket + "/" + inside)
                          : s3_path(inside);
    return {std::move(method), host_, path, std::move(query), {}, std::move(payload_hash)};
}

net::Request S3Bucket::request(S3Call one) const {
    s3_sign(one, keys_, clock_.now());
    auto const query = s3_query(one.query);
    net::Request request{.method = one.method,
                         .url = scheme_ + one.host + one.path + (query.empty() ? "" : "?" + query)};
    for (auto const& [name, value] : one.headers)
        if (name != "host") request.headers.push_back({name, value});
    request.limits.total_time = minutes(10);
    request.limits.reply_bytes = answer_bytes;
    request.redirects_max = 0;  // the signature holds for one host
    request.attempts_max = attempts;
    request.has_idempotency_key = true;  // what S3 is asked for here may be asked for twice
    return request;
}

net::Reply S3Bucket::send(S3Call one, std::string body, net::BodySource source) {
    auto request = this->request(std::move(one));
    request.body = std::move(body);
    request.source = std::move(source);
    auto outcome = transport_.fetch(std::move(request));
    if (auto const* const failure = std::get_if<net::Failure>(&outcome)) fail(*failure);
    auto& reply = std::get<net::Reply>(outcome);
    if (reply.status >= 300) fail(reply);
    return std::move(reply);
}

void S3Bucket::put(std::string const& key, net::BodySource const& source) {
    if (source.size > options_.part_bytes) return put_parts(key, source);
    send(call("PUT", key, {}, hash_of(source)), {}, source.size == 0 ? net::BodySource{} : source);
}

void S3Bucket::put_parts(std::string const& key, net::BodySource const& source) {
    auto const begun = send(call("POST", key, {{"uploads", ""}}, to_hex(sha256(""))));
    pugi::xml_document document;
    document.load_buffer(begun.body.data(), begun.body.size());
    std::string const upload = document.child("InitiateMultipartUploadResult").child_value("UploadId");
    if (upload.empty()) throw Fault(errors::internal_error, "The file storage refuses us.", "S3: no upload id");
    auto const size = std::max(options_.part_bytes, (source.size + parts_max - 1) / parts_max);
    try {
        std::vector<Part> parts;
        for (std::uint64_t at = 0; at < source.size; at += size) {
            int const number = static_cast<int>(parts.size()) + 1;
            auto const part = part_of(source, at, std::min(size, source.size - at));
            parts.push_back({number, upload_part(key, upload, number, part)});
        }
        complete(key, upload, parts);
    } catch (Fault const&) {
        abort(key, upload);
        throw;
    }
}

std::string S3Bucket::upload_part(std::string const& key, std::string const& upload, int number,
                                  net::BodySource const& source) {
    auto const reply = send(
        call("PUT", key, {{"partNumber", std::to_string(number)}, {"uploadId", upload}}, hash_of(source)), {}, source);
    auto tag = std::string(reply.header("etag"));
    if (tag.empty()) throw Fault(errors::internal_error, "The file storage refuses us.", "S3: a part has no ETag");
    return tag;
}

void S3Bucket::complete(std::string const& key, std::string const& upload, std::vector<Part> const& parts) {
    std::string body = "<CompleteMultipartUpload>";
    for (auto const& part : parts)
        body +=
            "<Part><PartNumber>" + std::to_string(part.number) + "</PartNumber><ETag>" + part.tag + "</ETag></Part>";
    body += "</CompleteMultipartUpload>";
    auto one = call("POST", key, {{"uploadId", upload}}, to_hex(sha256(body)));
    one.headers["content-type"] = "application/xml";
    try {
        auto const reply = send(std::move(one), body);
        // S3 begins its answer before it is done, and may end it with an error under status 200.
        if (auto const code = error_code(reply.body); !code.empty()) throw_busy("completing: " + code);
    } catch (Fault const& fault) {
        // The answer to an attempt may have been lost: then the upload is gone and the file is there.
        if (fault.code().name != errors::not_found.name || !exists(key)) throw;
    }
}

void S3Bucket::abort(std::string const& key, std::string const& upload) {
    // Whatever comes of it: what stays is given up by end_cut_uploads().
    transport_.fetch(request(call("DELETE", key, {{"uploadId", upload}}, to_hex(sha256("")))));
}

std::string S3Bucket::get(std::string const& key, std::uint64_t at_most) {
    auto one = request(call("GET", key, {}, to_hex(sha256(""))));
    one.limits.reply_bytes = at_most;
    auto outcome = transport_.fetch(std::move(one));
    if (auto const* const failure = std::get_if<net::Failure>(&outcome)) {
        // A refusal's text may be longer than the file may be.
        if (failure->reason == net::FailureReason::too_large && !exists(key))
            throw Fault(errors::not_found, "There is no such file.");
        fail(*failure);
    }
    auto& reply = std::get<net::Reply>(outcome);
    if (reply.status >= 300) fail(reply);
    return std::move(reply.body);
}

void S3Bucket::get(std::string const& key, std::function<void(std::string_view)> const& piece) {
    auto one = request(call("GET", key, {}, to_hex(sha256(""))));
    one.limits.reply_bytes = ~std::uint64_t{0};
    one.limits.total_time = hours(1);
    net::Stream stream(transport_, std::move(one));
    auto const& head = stream.head();
    if (auto const* const failure = std::get_if<net::Failure>(&head)) fail(*failure);
    if (auto const& reply = std::get<net::Reply>(head); reply.status >= 300) fail(reply);
    while (auto const bytes = stream.read()) piece(*bytes);
    if (stream.failure()) fail(*stream.failure());
}

bool S3Bucket::exists(std::string const& key) {
    auto const outcome = transport_.fetch(request(call("HEAD", key, {}, to_hex(sha256("")))));
    if (auto const* const failure = std::get_if<net::Failure>(&outcome)) fail(*failure);
    auto const& reply = std::get<net::Reply>(outcome);
    if (reply.status == 404) return false;
    if (reply.status >= 300) fail(reply);
    return true;
}

void S3Bucket::remove(std::string const& key) {
    try {
        send(call("DELETE", key, {}, to_hex(sha256(""))));
    } catch (Fault const& fault) {
        if (fault.code().name != errors::not_found.name) throw;
    }
}

void S3Bucket::list(std::string const& prefix, std::string const& after,
                    std::function<bool(std::string const& key)> const& seen, int keys_at_once) {
    S3Parameters query{
        {"list-type", "2"}, {"prefix", options_.prefix + prefix}, {"max-keys", std::to_string(keys_at_once)}};
    if (!after.empty()) query["start-after"] = options_.prefix + after;
    for (;;) {
        auto const reply = send(call("GET", "", query, to_hex(sha256(""))));
        pugi::xml_document document;
        document.load_buffer(reply.body.data(), reply.body.size());
        auto const result = document.child("ListBucketResult");
        if (!result) throw Fault(errors::internal_error, "The file storage refuses us.", "S3: no list");
        for (auto const& row : result.children("Contents")) {
            std::string const key = row.child_value("Key");
            if (key.starts_with(options_.prefix) && !seen(key.substr(options_.prefix.size()))) return;
        }
        std::string const next = result.child_value("NextContinuationToken");
        if (std::string_view(result.child_value("IsTruncated")) != "true" || next.empty()) return;
        query["continuation-token"] = next;
    }
}

void S3Bucket::end_cut_uploads(std::string const& prefix, Instant before) {
    S3Parameters query{{"uploads", ""}, {"prefix", options_.prefix + prefix}};
    for (;;) {
        auto const outcome = transport_.fetch(request(call("GET", "", query, to_hex(sha256("")))));
        if (auto const* const failure = std::get_if<net::Failure>(&outcome)) fail(*failure);
        auto const& reply = std::get<net::Reply>(outcome);
        if (reply.status == 501) return;  // some servers know no list of uploads
        if (reply.status >= 300) fail(reply);
        pugi::xml_document document;
        document.load_buffer(reply.body.data(), reply.body.size());
        auto const result = document.child("ListMultipartUploadsResult");
        for (auto const& row : result.children("Upload")) {
            std::string const key = row.child_value("Key");
            auto const begun = parse_rfc3339(row.child_value("Initiated"));
            if (key.starts_with(options_.prefix) && begun && *begun < before)
                abort(key.substr(options_.prefix.size()), row.child_value("UploadId"));
        }
        if (std::string_view(result.child_value("IsTruncated")) != "true") return;
        query["key-marker"] = result.child_value("NextKeyMarker");
        query["upload-id-marker"] = result.child_value("NextUploadIdMarker");
    }
}

std::string S3Bucket::presigned_url(std::string const& method, std::string const& key, Duration valid) const {
    auto const one = call(method, key, {}, {});
    return scheme_ + one.host + one.path + "?" + s3_presigned_query(one, keys_, valid, clock_.now());
}

}  // namespace mainstay::files
