// Forms with files (RFC 7578), read from disk in one pass; files are written out beside the body.
#pragma once
#include "kernel/web/call.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mainstay::web {

inline constexpr std::size_t form_parts_max = 100;
inline constexpr std::size_t form_value_bytes_max = 1 << 20;
inline constexpr std::size_t form_head_bytes_max = 8 * 1024;

struct Form {
    std::vector<std::pair<std::string, std::string>> values;
    std::vector<UploadedFile> files;
};

// Throws Fault(errors::bad_request) for what is not a form, errors::payload_too_large past the limits above. Files
// already written out are removed then.
Form read_multipart(std::filesystem::path const& body, std::string_view content_type);

}  // namespace mainstay::web
