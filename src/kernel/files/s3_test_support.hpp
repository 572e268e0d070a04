// For tests: a server as files are given it, and a transport that fails where a test says so.
#pragma once
#include "kernel/files/files.hpp"
#include "testing/s3_server.hpp"

#include <atomic>
#include <optional>

namespace mainstay::files::testing {

inline S3Options options_of(mainstay::testing::S3Server const& server, std::filesystem::path const& cache,
                            bool is_path_style = true) {
    S3Options options;
    options.endpoint = server.endpoint(is_path_style);
    options.region = server.region;
    options.bucket = server.bucket;
    options.access_key = server.access_key;
    options.secret_key = server.secret_key;
    options.is_path_style = is_path_style;
    options.prefix = "in/here/";
    options.part_bytes = 5 << 20;
    options.cache_folder = cache;
    return options;
}

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
