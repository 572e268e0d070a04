// For tests: a real S3 server (npm's s3rver) in a child process, and a transport that fails where a test says so.
#pragma once
#include "kernel/files/files.hpp"
#include "testing/testing.hpp"

#include <atomic>
#include <optional>

namespace mainstay::files::testing {

class S3Server {
public:
    // Its continuation tokens are encrypted with DES, of all things.
    S3Server()
        : child_({"node", "--openssl-legacy-provider", NET_TEST_SERVERS "/s3_server.mjs", folder_.path().string()}) {
        port_ = child_.line_with("port ").substr(5);
    }

    S3Options options(std::filesystem::path const& cache, bool is_path_style = true) const {
        S3Options options;
        options.endpoint = (is_path_style ? "http://127.0.0.1:" : "http://s3.localhost:") + port_;
        options.region = "us-east-1";
        options.bucket = "bucket";
        options.access_key = options.secret_key = "S3RVER";
        options.is_path_style = is_path_style;
        options.prefix = "in/here/";
        options.part_bytes = 5 << 20;
        options.cache_folder = cache;
        return options;
    }

private:
    mainstay::testing::TemporaryFolder folder_;
    mainstay::testing::ChildProcess child_;
    std::string port_;
};

// Passes on but for what `instead` answers.
class FaultyTransport : public net::Transport {
public:
    explicit FaultyTransport(net::Transport& inner) : inner_(inner) {}
    std::function<std::optional<net::Outcome>(net::Request const&)> instead;
    std::vector<std::string> seen;  // "PUT http://…"

    net::TransferId submit(net::Request request, net::Done done) override {
        seen.push_back(request.method + " " + request.url);
        if (auto outcome = instead ? instead(request) : std::nullopt) {
            done(std::move(*outcome));
            return {};
        }
        return inner_.submit(std::move(request), std::move(done));
    }
    void cancel(net::TransferId id) override { inner_.cancel(id); }
    void resume(net::TransferId id) override { inner_.resume(id); }

private:
    net::Transport& inner_;
};

}  // namespace mainstay::files::testing
