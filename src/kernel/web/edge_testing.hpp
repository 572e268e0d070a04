// For the tests of the edge: an application whose answers a test decides, and an edge in front of it.
#pragma once
#include "base/fault.hpp"
#include "kernel/web/edge.hpp"
#include "kernel/web/raw_client.hpp"

#include <unistd.h>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace mainstay::web::testing {

inline std::string get(std::string_view path, std::string_view headers = {}) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(headers) + "\r\n";
}

inline std::string post(std::string_view path, std::string_view body, std::string_view headers = {}) {
    return "POST " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(headers) +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

// Answers by path; a path that was not set is echoed with its body.
class TestApplication : public Application {
public:
    using Handler = std::function<void(Request&, Reply&)>;

    void on(std::string path, Admission admission, Handler handler) {
        routes_[std::move(path)] = {std::move(admission), std::move(handler)};
    }

    Admission admit(RequestHead const& head) override {
        ++admitted;
        if (head.path() == "/admit-throws") throw std::runtime_error("admit fails");
        auto const found = routes_.find(head.path());
        if (found != routes_.end()) return found->second.admission;
        Admission admission;
        admission.body_limit = 1 << 20;
        admission.lane = Lane::edge;
        return admission;
    }

    void handle(Request request, std::shared_ptr<void const>, Reply reply) override {
        ++handled;
        auto const found = routes_.find(request.path());
        if (found != routes_.end()) return found->second.handler(request, reply);
        Response response;
        response.headers = {{"Content-Type", "text/plain"}};
        response.body = std::string(to_string(request.method)) + " " + request.target + " " + request.body;
        reply.send(std::move(response));
    }

    Response refuse(int status, std::string_view code, std::string_view) override {
        Response response;
        response.status = status;
        response.body = code;
        return response;
    }

    void note_exception(std::string_view where, std::string_view what) noexcept override {
        std::lock_guard const lock(mutex_);
        noted_ += std::string(where) + ": " + std::string(what) + "\n";
    }

    std::string noted() {
        std::lock_guard const lock(mutex_);
        return noted_;
    }

    std::atomic<int> admitted = 0;
    std::atomic<int> handled = 0;

private:
    struct Route {
        Admission admission;
        Handler handler;
    };
    std::map<std::string, Route, std::less<>> routes_;
    std::mutex mutex_;
    std::string noted_;
};

inline Response text(std::string body, int status = 200) {
    Response response;
    response.status = status;
    response.body = std::move(body);
    return response;
}

inline Admission lane(Lane lane, std::uint64_t body_limit = 1 << 20) {
    Admission admission;
    admission.lane = lane;
    admission.body_limit = body_limit;
    return admission;
}

// Holds workers until the test lets them go.
class Gateway {
public:
    void wait() {
        ++waiting_;
        opened_.wait();
    }
    void open() { promise_.set_value(); }
    int waiting() const { return waiting_; }

private:
    std::atomic<int> waiting_ = 0;
    std::promise<void> promise_;
    std::shared_future<void> opened_{promise_.get_future()};
};

inline bool eventually(std::function<bool()> const& holds) {
    auto const until = std::chrono::steady_clock::now() + std::chrono::milliseconds(patience_ms);
    while (!holds()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::yield();
    }
    return true;
}

class EdgeTest : public ::testing::Test {
protected:
    EdgeTest() {
        static std::atomic<int> number = 0;
        folder_ = std::filesystem::temp_directory_path() /
                  ("mainstay-edge-" + std::to_string(::getpid()) + "-" + std::to_string(++number));
        limits_.worker_threads = 4;
    }
    ~EdgeTest() override {
        edge_.reset();
        std::filesystem::remove_all(folder_);
    }

    void start() {
        edge_ = std::make_unique<Edge>(application_, "127.0.0.1", 0, limits_, folder_ / "spool", proxies_);
        edge_->start();
    }
    RawClient connect(int receive_buffer = 0) { return RawClient(edge_->port(), receive_buffer); }
    bool spool_is_empty() const { return std::filesystem::is_empty(folder_ / "spool"); }

    std::filesystem::path folder_;
    Limits limits_;
    std::vector<Network> proxies_;
    Gateway gateway_;
    TestApplication application_;
    std::unique_ptr<Edge> edge_;
};

}  // namespace mainstay::web::testing
