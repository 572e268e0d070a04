// A small HTTP/1.1 client over one connection, for tests of the whole program.
#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::testing {

struct HttpReply {
    int status = 0;
    std::map<std::string, std::string> headers;  // names in lower case; of several the last
    std::string body;
};

class HttpClient {
public:
    explicit HttpClient(std::uint16_t port);
    ~HttpClient();
    HttpClient(HttpClient const&) = delete;
    HttpClient& operator=(HttpClient const&) = delete;

    using Headers = std::vector<std::pair<std::string, std::string>>;

    // Opens the connection again when the server closed it. Throws std::runtime_error when no whole reply comes.
    HttpReply request(std::string_view method, std::string const& target, Headers const& headers = {},
                      std::string const& body = {});
    // The same without a body, whose reply is read up to the end of its head: of a stream that has no end. The
    // connection is closed.
    HttpReply head_of(std::string_view method, std::string const& target, Headers const& headers = {});

private:
    void connect();
    void send_request(std::string_view method, std::string const& target, Headers const& headers,
                      std::string const& body);
    HttpReply receive_head();
    void disconnect();
    std::string receive_until(std::string_view mark);
    std::string receive_exactly(std::size_t size);
    bool receive_more();

    std::uint16_t port_;
    int fd_ = -1;
    std::string buffer_;
};

}  // namespace mainstay::testing
