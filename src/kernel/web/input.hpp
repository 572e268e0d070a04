// Fills a handler's input from path, query, JSON body or form; every fault at once.
#pragma once
#include "kernel/web/endpoint.hpp"

namespace mainstay::web {

// Values are percent-encoded, in the order of route.parameters. Files of a multipart body go to `files`, spooled
// beside the body's own file. Throws Fault: malformed_json 400, unsupported_media_type 415, bad_request 400 for a
// broken query or form, invalid_input 422 with all problems.
void read_input(Route const&, std::vector<std::string> const& values, Request const&, void* input,
                std::vector<UploadedFile>& files);

}  // namespace mainstay::web
