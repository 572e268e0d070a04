// Exchanges with the outside written to a file once and answered from it in tests. Included through net.hpp.
#pragma once
#include "kernel/net/exchange.hpp"

#include <filesystem>
#include <memory>

namespace mainstay::net {

// What is written as *** and compared as such: the values of these headers and query parameters, beside those marked
// as secret.
struct Masks {
    std::vector<std::string> headers{"set-cookie", "x-api-key"};
    std::vector<std::string> parameters{"key", "api_key", "access_token", "token", "signature"};
};

// Passes on, and appends each exchange that ended to the file as a line of JSON.
class Recorder : public Transport {
public:
    Recorder(Transport& inner, std::filesystem::path const& file, Masks = {});
    ~Recorder() override;
    TransferId submit(Request, Done) override;
    void cancel(TransferId) override;
    void resume(TransferId) override;

private:
    struct State;
    std::shared_ptr<State> state_;
};

// Answers from the file, on the calling thread: in submit(), and in resume() after a pause. Requests are known by
// method, URL and body; the same one recorded several times is answered in that order. Throws std::runtime_error for
// one that was not recorded.
class Replayer : public Transport {
public:
    explicit Replayer(std::filesystem::path const& file, Masks = {});
    ~Replayer() override;
    TransferId submit(Request, Done) override;
    void cancel(TransferId) override;
    void resume(TransferId) override;
    std::size_t left() const;  // exchanges that nobody asked for yet

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace mainstay::net
