// The API document (OpenAPI 3.1) and the reference of error codes, made from the declared routes.
#pragma once
#include "kernel/web/endpoint.hpp"

#include <string>

namespace mainstay::web {

std::string openapi_document(Routes const&, std::string_view version);

// Markdown: one section a code, sorted by name.
std::string error_reference(Routes const&);

}  // namespace mainstay::web
