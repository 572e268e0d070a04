// The codes with which the edge itself refuses a request, before any route has seen it.
#pragma once
#include "base/fault.hpp"

namespace mainstay::errors {
inline constexpr ErrorCode bad_request{
    "bad_request", 400, "The request is malformed",
    "The bytes sent are not a well-formed HTTP request, or could be read in two ways. "
    "The connection is closed; correct the client or the proxy before it."};
inline constexpr ErrorCode request_timeout{"request_timeout", 408, "The request arrived too slowly",
                                           "The head or the body was not received in time. Nothing was done; send the "
                                           "request again over a new connection."};
inline constexpr ErrorCode payload_too_large{"payload_too_large", 413, "The body is too large",
                                             "The body is longer than this endpoint accepts. Send less, or in parts."};
inline constexpr ErrorCode uri_too_long{"uri_too_long", 414, "The address is too long",
                                        "Shorten the path or the query; what is long belongs into a body."};
inline constexpr ErrorCode expectation_failed{"expectation_failed", 417, "The expectation cannot be met",
                                              "The only expectation understood is `100-continue`."};
inline constexpr ErrorCode headers_too_large{"headers_too_large", 431, "The headers are too large",
                                             "The head of the request has too many bytes or too many headers. Send "
                                             "fewer or shorter ones; old cookies are a common cause."};
inline constexpr ErrorCode method_not_implemented{"method_not_implemented", 501, "The method is not known",
                                                  "GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS are understood."};
inline constexpr ErrorCode http_version{"http_version", 505, "The HTTP version is not supported",
                                        "HTTP/1.1 and HTTP/1.0 are understood. Put a proxy in front for HTTP/2."};
inline constexpr ErrorCode too_many_connections{"too_many_connections", 503, "Too many connections",
                                                "The server, or the share of it that one address may take, is full. "
                                                "Connect again later and keep connections open for several requests."};
inline constexpr ErrorCode address_in_use{"address_in_use", 500, "The address cannot be listened on",
                                          "Another program listens on that address and port, or the address is not one "
                                          "of this machine. Stop it or choose another port."};
}  // namespace mainstay::errors
