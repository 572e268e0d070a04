// Serves the same 100 bytes of JSON on the edge's threads (/quick) and from the worker pool (/pool), for a load
// generator: edge_bench PORT [EDGE_THREADS [WORKER_THREADS]]. Runs until its standard input ends.
#include "kernel/web/edge.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace {

using namespace mainstay;
using namespace mainstay::web;

constexpr std::string_view body =
    R"({"id":"tkt_01j9zq5w8vf2tq0k6s3e9m4x7c","subject":"A hundred bytes of JSON","status":"open","number":1})";

class BenchApplication final : public Application {
public:
    Admission admit(RequestHead const& head) override {
        Admission admission;
        admission.lane = head.path() == "/pool" ? Lane::worker : Lane::edge;
        return admission;
    }
    void handle(Request, std::shared_ptr<void const>, Reply reply) override {
        Response response;
        response.headers = {{"Content-Type", "application/json"}};
        response.body = body;
        reply.send(std::move(response));
    }
    Response refuse(int status, std::string_view code, std::string_view) override {
        Response response;
        response.status = status;
        response.body = code;
        return response;
    }
    void note_exception(std::string_view where, std::string_view what) noexcept override {
        std::fprintf(stderr, "%s: %s\n", std::string(where).c_str(), std::string(what).c_str());
    }
};

}  // namespace

int main(int count, char** arguments) {
    Limits limits;
    auto const number = [&](int i, std::size_t otherwise) {
        return i < count ? static_cast<std::size_t>(std::atoi(arguments[i])) : otherwise;
    };
    limits.edge_threads = number(2, limits.edge_threads);
    limits.worker_threads = number(3, limits.worker_threads);
    BenchApplication application;
    auto const spool = std::filesystem::temp_directory_path() / "mainstay-edge-bench";
    Edge edge(application, "127.0.0.1", static_cast<std::uint16_t>(number(1, 0)), limits, spool);
    edge.start();
    std::printf("http://127.0.0.1:%u\n", edge.port());
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    edge.drain();
}
