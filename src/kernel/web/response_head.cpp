#include "kernel/web/response_head.hpp"

#include "base/text.hpp"
#include "kernel/web/http_bytes.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace mainstay::web {
namespace {

bool is_the_edges(std::string_view name) {
    switch (name.size()) {
        case 4: return equals_ignoring_case(name, "date");
        case 10: return equals_ignoring_case(name, "connection") || equals_ignoring_case(name, "keep-alive");
        case 14: return equals_ignoring_case(name, "content-length");
        case 17: return equals_ignoring_case(name, "transfer-encoding");
        default: return false;
    }
}

void append_number(std::string& out, std::uint64_t number) {
    std::array<char, 20> digits{};
    auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

}  // namespace

std::string_view reason_of(int status) {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 206: return "Partial Content";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 402: return "Payment Required";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 411: return "Length Required";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 416: return "Range Not Satisfiable";
        case 417: return "Expectation Failed";
        case 421: return "Misdirected Request";
        case 422: return "Unprocessable Content";
        case 423: return "Locked";
        case 425: return "Too Early";
        case 428: return "Precondition Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 451: return "Unavailable For Legal Reasons";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 502: return "Bad Gateway";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        case 505: return "HTTP Version Not Supported";
        case 507: return "Insufficient Storage";
        default: return "";  // a reason is optional, the space before it is not (RFC 9112 section 4)
    }
}

bool headers_are_sound(std::span<Header const> headers) {
    return std::all_of(headers.begin(), headers.end(), [](Header const& header) {
        return !header.name.empty() && consists_of(token_bytes, header.name) &&
               consists_of(value_bytes, header.value) && !is_the_edges(header.name);
    });
}

void write_response_head(std::string& out, int status, std::span<Header const> headers, std::string_view header_lines,
                         ReplyFrame const& frame, std::string_view date) {
    out.assign("HTTP/1.1 ");
    append_number(out, static_cast<std::uint64_t>(status));
    out += ' ';
    out += reason_of(status);
    out += "\r\nDate: ";
    out += date;
    out += "\r\n";
    for (Header const& header : headers) {
        out += header.name;
        out += ": ";
        out += header.value;
        out += "\r\n";
    }
    out += header_lines;
    if (frame.body == ReplyBody::sized) {
        out += "Content-Length: ";
        append_number(out, frame.size);
        out += "\r\n";
    } else if (frame.body == ReplyBody::chunked) {
        out += "Transfer-Encoding: chunked\r\n";
    }
    if (frame.close) {
        out += "Connection: close\r\n";
    } else if (frame.http_1_0) {
        out += "Connection: keep-alive\r\n";
    }
    out += "\r\n";
}

std::string_view HttpDate::at(std::time_t second) {
    if (second != second_) {
        static constexpr std::array<char const*, 7> weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
        static constexpr std::array<char const*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
        std::tm utc{};
        gmtime_r(&second, &utc);
        auto const two = [](int number) {
            return std::string{static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
        };
        text_ = std::string(weekdays[static_cast<std::size_t>(utc.tm_wday)]) + ", " + two(utc.tm_mday) + " " +
                months[static_cast<std::size_t>(utc.tm_mon)] + " " + std::to_string(utc.tm_year + 1900) + " " +
                two(utc.tm_hour) + ":" + two(utc.tm_min) + ":" + two(utc.tm_sec) + " GMT";
        second_ = second;
    }
    return text_;
}

}  // namespace mainstay::web
