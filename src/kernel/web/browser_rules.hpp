// What browsers need to be told and what may be believed of them: hosts, origins, security headers.
#pragma once
#include "kernel/web/endpoint.hpp"

namespace mainstay::web {

// Whether the Host header names one of the allowed hosts (port aside); with none listed only loopback names do.
bool is_allowed_host(std::string_view host, std::vector<std::string> const& allowed);

bool is_multipart(RequestHead const&);

// Headers of every reply (SECURITY 29, 30). What the response already says is left.
void add_common_headers(Response&, bool is_tls);

// CORS (Fetch standard, "CORS protocol"): what a script of the request's Origin may read, never with credentials.
void add_cors_headers(Response&, RequestHead const&, bool is_allowed);
Response preflight(RequestHead const&, std::vector<Method> const& methods, bool is_allowed);

// Whether a request that bears a session cookie was made by our own pages (SECURITY 27): its Sec-Fetch-Site is
// same-origin, or its Origin is the Host it was sent to; a browser that says neither is refused.
bool is_same_origin(RequestHead const&);

// The value of a cookie (RFC 6265 section 5.4), or an empty view; the first when it is there twice.
std::string_view cookie(RequestHead const&, std::string_view name);

Response to_response(Content, int success);

}  // namespace mainstay::web
