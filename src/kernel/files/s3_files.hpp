// Files in a bucket that speaks S3. Included through files.hpp.
#pragma once
#include "kernel/net/net.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace mainstay::files {

struct S3Options {
    std::string endpoint;  // "https://s3.eu-central-1.amazonaws.com", without a path
    std::string region, bucket, access_key, secret_key;
    bool is_path_style = false;           // endpoint/bucket/key instead of bucket.endpoint/key
    std::string prefix{};                 // before every key, such as "mainstay/"
    std::uint64_t part_bytes = 16 << 20;  // uploads above it go in parts; S3 takes none below 5 MiB
    std::filesystem::path cache_folder{};
    std::uint64_t cache_bytes = 10ull << 30;  // what was asked for within held_time may exceed it
};

}  // namespace mainstay::files
