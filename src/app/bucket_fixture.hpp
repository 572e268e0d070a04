// A bucket of a real S3 server, for programs that keep their files there.
#pragma once
#include "app/blobs.hpp"
#include "testing/s3_server.hpp"

namespace mainstay::app {

class HasBucket {
protected:
    config::Config with_bucket(config::Config config = {}) const {
        config.files = server_.endpoint() + '/' + server_.bucket + "/mainstay";
        config.files_access_key = server_.access_key;
        config.files_secret_key = server_.secret_key;
        return config;
    }

private:
    testing::S3Server server_;
};

}  // namespace mainstay::app
