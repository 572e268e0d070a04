#include "kernel/net/recording.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"
#include "kernel/fields/fields.hpp"
#include "kernel/net/net_rules.hpp"

#include <algorithm>

namespace mainstay::net {
namespace {

constexpr std::string_view mask = "***";

bool is_one_of(std::vector<std::string> const& names, std::string_view name) {
    return std::any_of(names.begin(), names.end(), [&](auto const& one) { return equals_ignoring_case(one, name); });
}

std::string masked_url(std::string_view url, Masks const& masks) {
    auto const question = url.find('?');
    if (question == std::string_view::npos) return std::string(url);
    std::string out(url.substr(0, question));
    char separator = '?';
    for (auto const parameter : split(url.substr(question + 1), '&')) {
        auto const name = parameter.substr(0, parameter.find('='));
        out += separator;
        out += is_one_of(masks.parameters, name) ? std::string(name) + "=" + std::string(mask) : std::string(parameter);
        separator = '&';
    }
    return out;
}

std::vector<Header> masked(std::vector<Header> headers, Masks const& masks) {
    for (auto& header : headers)
        if (is_secret(header) || is_one_of(masks.headers, header.name)) header.value = mask;
    return headers;
}

void write_member(std::string_view name, std::string_view value, std::string& out) {
    out += out.ends_with('{') ? "" : ",";
    json::write_string(name, out);
    out += ':';
    json::write_string(value, out);
}

// Bytes that are no text go as base64 under another name.
void write_bytes(std::string const& name, std::string_view bytes, std::string& out) {
    if (is_utf8(bytes)) return write_member(name, bytes, out);
    write_member(name + "_base64", to_base64url({reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size()}),
                 out);
}

void write_headers(std::string_view name, std::vector<Header> const& headers, std::string& out) {
    out += ',';
    json::write_string(name, out);
    out += ":[";
    for (auto const& header : headers) {
        if (!out.ends_with('[')) out += ',';
        out += '{';
        write_member("name", header.name, out);
        write_member("value", header.value, out);
        out += '}';
    }
    out += ']';
}

std::string text_of(json::Node const& node, std::string_view name) {
    auto const* const found = node.find(name);
    return found == nullptr ? std::string() : std::string(found->string);
}

std::string bytes_of(json::Node const& node, std::string const& name) {
    auto const* const encoded = node.find(name + "_base64");
    if (encoded == nullptr) return text_of(node, name);
    auto const bytes = from_base64url(encoded->string);
    return bytes ? std::string(bytes->begin(), bytes->end()) : std::string();
}

std::vector<Header> headers_of(json::Node const& node, std::string_view name) {
    std::vector<Header> headers;
    if (auto const* const found = node.find(name))
        for (auto const& item : found->items) headers.push_back({text_of(item, "name"), text_of(item, "value")});
    return headers;
}

}  // namespace

std::string Recording::key() const {
    return method + "\n" + url + "\n" + to_hex(sha256(body));
}

Recording record(Request const& request, Masks const& masks) {
    Recording recording{request.method, masked_url(request.url, masks), request.body, masked(request.headers, masks)};
    if (request.source.read) {
        recording.body.resize(request.source.size);
        std::size_t read = 0;
        while (read < recording.body.size()) {
            auto const got = request.source.read(read, std::span(recording.body).subspan(read));
            if (got == 0) break;
            read += got;
        }
        recording.body.resize(read);
    }
    return recording;
}

std::string to_line(Recording const& recording, Masks const& masks) {
    std::string line = "{";
    write_member("method", recording.method, line);
    write_member("url", recording.url, line);
    write_headers("headers", recording.headers, line);
    write_bytes("body", recording.body, line);
    if (auto const* const failure = std::get_if<Failure>(&recording.outcome)) {
        write_member("failure", name_of(failure->reason), line);
        write_member("failure_text", failure->text, line);
    } else {
        auto const& reply = std::get<Reply>(recording.outcome);
        line += ",\"status\":" + std::to_string(reply.status);
        write_member("reply_url", masked_url(reply.url, masks), line);
        write_headers("reply_headers", masked(reply.headers, masks), line);
        write_bytes("reply_body", reply.body, line);
    }
    return line + "}\n";
}

std::optional<Recording> read_line(std::string_view line) {
    json::Document document;
    if (document.parse(line)) return std::nullopt;
    auto const& root = document.root();
    Recording recording{text_of(root, "method"), text_of(root, "url"), bytes_of(root, "body"),
                        headers_of(root, "headers")};
    if (auto const* const failure = root.find("failure")) {
        for (std::size_t i = 0; i < failure_reasons; ++i)
            if (name_of(FailureReason(i)) == failure->string)
                recording.outcome = Failure{FailureReason(i), text_of(root, "failure_text")};
    } else if (auto const* const status = root.find("status")) {
        recording.outcome = Reply{static_cast<int>(status->integer), headers_of(root, "reply_headers"),
                                  bytes_of(root, "reply_body"), text_of(root, "reply_url")};
    } else {
        return std::nullopt;
    }
    return recording;
}

}  // namespace mainstay::net
