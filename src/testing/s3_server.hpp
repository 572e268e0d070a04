// A real S3 server (npm's s3rver) of the test's own, on a free port of the loopback address, with one bucket.
#pragma once
#include "testing/testing.hpp"

#include <string>

namespace mainstay::testing {

class S3Server {
public:
    static constexpr auto bucket = "bucket", region = "us-east-1", access_key = "S3RVER", secret_key = "S3RVER";

    // Its continuation tokens are encrypted with DES, of all things.
    S3Server()
        : child_({"node", "--openssl-legacy-provider", NET_TEST_SERVERS "/s3_server.mjs", folder_.path().string()}) {
        port_ = child_.line_with("port ").substr(5);
    }

    std::string endpoint(bool is_path_style = true) const {
        return (is_path_style ? "http://127.0.0.1:" : "http://s3.localhost:") + port_;
    }

private:
    TemporaryFolder folder_;
    ChildProcess child_;
    std::string port_;
};

}  // namespace mainstay::testing
