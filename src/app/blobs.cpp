#include "app/blobs.hpp"

#include <algorithm>

namespace mainstay::app {
namespace {

files::S3Options s3_options(config::Config const& config) {
    auto const bucket = config::bucket_of(config.files);
    files::S3Options options;
    options.endpoint = bucket.endpoint;
    options.bucket = bucket.name;
    options.prefix = bucket.prefix;
    options.is_path_style = bucket.is_path_style;
    options.region = config.files_region;
    options.access_key = config.files_access_key;
    options.secret_key = config.files_secret_key;
    options.cache_folder = std::filesystem::path(config.data) / "files-cache";
    return options;
}

}  // namespace

Blobs::Blobs(config::Config const& config, Clock& clock) {
    if (config.files.empty()) {
        files_ = std::make_unique<files::FolderFiles>(std::filesystem::path(config.data) / "files");
        return;
    }
    // The operator says where the bucket is, which may well be in the own network.
    client_ = std::make_unique<net::Client>(net::ClientOptions{.reach = net::Reach::anywhere}, clock);
    files_ = std::make_unique<files::S3Files>(*client_, s3_options(config), clock);
}

std::string check_blobs(config::Config const& config, Clock& clock) {
    try {
        Blobs(config, clock).files().read(TenantId::make(clock.now()), files::FileId::make(clock.now()), 1);
    } catch (Fault const& fault) {
        if (fault.code().name == errors::not_found.name) return {};
        return fault.internal_text().empty() ? fault.public_text() : fault.internal_text();
    }
    return "it has a file that nobody put there";
}

}  // namespace mainstay::app
