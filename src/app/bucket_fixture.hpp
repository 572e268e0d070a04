// A bucket of a real S3 server, for programs that keep their files there.
#pragma once
#include "app/blobs.hpp"
#include "kernel/files/s3_test_support.hpp"

namespace mainstay::app {

class HasBucket {
protected:
    config::Config with_bucket(config::Config config = {}) const {
        auto const options = server_.options({});
        config.files = options.endpoint + '/' + options.bucket + "/mainstay";
        config.files_access_key = options.access_key;
        config.files_secret_key = options.secret_key;
        return config;
    }

private:
    files::testing::S3Server server_;
};

}  // namespace mainstay::app
