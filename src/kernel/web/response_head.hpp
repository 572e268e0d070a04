// Writes the head of a reply into one buffer; a header that could split the reply in two never gets out (SECURITY 38).
#pragma once
#include "kernel/web/edge.hpp"

#include <cstdint>
#include <ctime>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mainstay::web {

enum class ReplyBody {
    none,      // 204, 304: neither a length nor a body
    sized,     // Content-Length
    chunked,   // Transfer-Encoding: chunked
    to_close,  // HTTP/1.0 stream: ends with the connection
};

struct ReplyFrame {
    ReplyBody body = ReplyBody::sized;
    std::uint64_t size = 0;
    bool close = false;
    bool http_1_0 = false;  // says keep-alive aloud, which HTTP/1.0 does not assume
};

std::string_view reason_of(int status);

// Whether the names are tokens, the values have no control bytes, and none is a header that the edge writes itself.
bool headers_are_sound(std::span<Header const>);

// Replaces what is in `out`. `date` is as HttpDate gives it. The headers must be sound and status within 200 to 599.
void write_response_head(std::string& out, int status, std::span<Header const>, std::string_view header_lines,
                         ReplyFrame const&, std::string_view date);

// "Fri, 20 Nov 2026 17:00:00 GMT" (RFC 9110 section 5.6.7), made once a second. For one thread.
class HttpDate {
public:
    std::string_view at(std::time_t second);

private:
    std::time_t second_ = -1;
    std::string text_;
};

}  // namespace mainstay::web
