#include "kernel/web/head_check.hpp"

#include "base/text.hpp"
#include "kernel/web/http_bytes.hpp"
#include "kernel/web/web_errors.hpp"

#include <charconv>
#include <cstring>

namespace mainstay::web {
namespace {

constexpr std::size_t content_length_digits = 18;  // fits an std::int64_t, more than any disk

std::optional<Method> method_of(std::string_view name) {
    for (Method const method :
         {Method::get, Method::post, Method::put, Method::patch, Method::delete_, Method::head, Method::options})
        if (name == to_string(method)) return method;
    return std::nullopt;
}

HeadRefusal bad(std::string_view detail) {
    return {&errors::bad_request, detail};
}

std::optional<HeadRefusal> check_version(std::string_view version, HeadFacts& facts) {
    bool const well_formed = version.size() == 8 && version.starts_with("HTTP/") && version[5] >= '0' &&
                             version[5] <= '9' && version[6] == '.' && version[7] >= '0' && version[7] <= '9';
    if (!well_formed) return bad("The request line does not end with an HTTP version.");
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return HeadRefusal{&errors::http_version, "HTTP/1.1 and HTTP/1.0 are understood."};
    facts.http_1_0 = version[7] == '0';
    return std::nullopt;
}

std::optional<HeadRefusal> check_request_line(std::string_view line, Limits const& limits, HeadFacts& facts) {
    auto const first = line.find(' ');
    auto const last = line.rfind(' ');
    if (first == std::string_view::npos || first == last)
        return bad("The request line is not method, target and version with one space between.");
    std::string_view const name = line.substr(0, first);
    std::string_view const target = line.substr(first + 1, last - first - 1);
    if (name.empty() || !consists_of(token_bytes, name)) return bad("The method holds a byte that is not allowed.");
    if (auto refusal = check_version(line.substr(last + 1), facts)) return refusal;
    if (target.empty() || !consists_of(target_bytes, target))
        return bad("The request target holds a byte that is not allowed.");
    if (target.size() > limits.target_bytes)
        return HeadRefusal{&errors::uri_too_long, "The request target is too long."};
    auto const method = method_of(name);
    if (!method) return HeadRefusal{&errors::method_not_implemented, "The method is not known."};
    facts.method = *method;
    if (target == "*") {
        if (*method != Method::options) return bad("The target * is for OPTIONS alone.");
    } else if (target.front() != '/') {
        return bad("The request target must begin with a slash.");
    }
    return std::nullopt;
}

// What the headers that frame a message, or name its host, have said so far.
struct Framing {
    int hosts = 0;
    int transfer_encodings = 0;
    int content_lengths = 0;
};

std::optional<HeadRefusal> check_content_length(std::string_view value, HeadFacts& facts) {
    if (value.empty() || value.size() > content_length_digits)
        return bad("Content-Length is not a number, or too large a one.");
    std::uint64_t length = 0;
    auto const [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
    if (error != std::errc() || end != value.data() + value.size()) return bad("Content-Length is not one number.");
    facts.content_length = length;
    return std::nullopt;
}

std::optional<HeadRefusal> check_known_header(std::string_view name, std::string_view value, Framing& framing,
                                              HeadFacts& facts) {
    switch (name.size()) {
        case 4:
            if (!equals_ignoring_case(name, "host")) break;
            if (++framing.hosts > 1) return bad("There is more than one Host.");
            if (value.empty() || !consists_of(host_bytes, value)) return bad("Host is not a host with a port.");
            break;
        case 6:
            if (!equals_ignoring_case(name, "expect")) break;
            if (!equals_ignoring_case(value, "100-continue"))
                return HeadRefusal{&errors::expectation_failed, "The only expectation understood is 100-continue."};
            facts.expects_continue = true;
            break;
        case 14:
            if (!equals_ignoring_case(name, "content-length")) break;
            if (++framing.content_lengths > 1) return bad("There is more than one Content-Length.");
            return check_content_length(value, facts);
        case 17:
            if (!equals_ignoring_case(name, "transfer-encoding")) break;
            if (++framing.transfer_encodings > 1) return bad("There is more than one Transfer-Encoding.");
            if (!equals_ignoring_case(value, "chunked"))
                return bad("The only Transfer-Encoding understood is chunked.");
            facts.chunked = true;
            break;
        default: break;
    }
    return std::nullopt;
}

std::optional<HeadRefusal> check_header_line(std::string_view line, Framing& framing, HeadFacts& facts) {
    if (line.front() == ' ' || line.front() == '\t') return bad("A header is folded over several lines.");
    auto const colon = line.find(':');
    if (colon == std::string_view::npos) return bad("A header has no colon.");
    std::string_view const name = line.substr(0, colon);
    if (name.empty() || !consists_of(token_bytes, name))
        return bad("The name of a header holds a byte that is not allowed.");
    std::string_view value = line.substr(colon + 1);
    if (!consists_of(value_bytes, value)) return bad("The value of a header holds a byte that is not allowed.");
    while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
    while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.remove_suffix(1);
    return check_known_header(name, value, framing, facts);
}

std::optional<HeadRefusal> check_framing(Framing const& framing, HeadFacts& facts) {
    if (facts.chunked && facts.content_length) return bad("There are Transfer-Encoding and Content-Length.");
    if (facts.chunked && facts.http_1_0) return bad("HTTP/1.0 has no Transfer-Encoding.");
    if (framing.hosts == 0 && !facts.http_1_0) return bad("There is no Host.");
    // RFC 9110 section 10.1.1: to be ignored from an HTTP/1.0 client.
    if (facts.http_1_0) facts.expects_continue = false;
    return std::nullopt;
}

}  // namespace

HeadEnd find_head_end(std::string_view bytes, std::size_t scanned) {
    std::size_t from = scanned;
    while (from < bytes.size()) {
        auto const* found = static_cast<char const*>(std::memchr(bytes.data() + from, '\n', bytes.size() - from));
        if (!found) break;
        auto const at = static_cast<std::size_t>(found - bytes.data());
        if (at == 0 || bytes[at - 1] != '\r') return {HeadEnd::State::malformed, 0};
        if (at >= 3 && bytes[at - 2] == '\n') return {HeadEnd::State::complete, at + 1};
        from = at + 1;
    }
    return {};
}

HeadVerdict check_head(std::string_view head, Limits const& limits) {
    HeadVerdict verdict;
    Framing framing;
    std::size_t lines = 0;
    for (std::string_view rest = head; !verdict.refusal; ++lines) {
        auto const end = rest.find("\r\n");
        if (end == std::string_view::npos) {
            verdict.refusal = bad("The head does not end with an empty line.");
            break;
        }
        std::string_view const line = rest.substr(0, end);
        rest.remove_prefix(end + 2);
        if (lines == 0) {
            verdict.refusal = check_request_line(line, limits, verdict.facts);
        } else if (line.empty()) {
            break;
        } else if (lines > limits.header_count) {
            verdict.refusal = {&errors::headers_too_large, "There are too many headers."};
        } else {
            verdict.refusal = check_header_line(line, framing, verdict.facts);
        }
    }
    if (!verdict.refusal) verdict.refusal = check_framing(framing, verdict.facts);
    return verdict;
}

}  // namespace mainstay::web
