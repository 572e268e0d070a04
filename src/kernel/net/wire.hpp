// One request and its reply on the wire: a curl handle, what it is told, and what it hands back.
#pragma once
#include "kernel/net/curl_handle.hpp"
#include "kernel/net/net.hpp"
#include "kernel/net/url.hpp"

#include <curl/curl.h>
#include <array>
#include <optional>

namespace mainstay::net {

// What one hop of a request sends; a redirect changes it.
struct Leg {
    Url url;
    std::string method;
    std::vector<Header> headers;
    bool has_body = false;
    bool follows = false;  // a reply that leads elsewhere is followed: its body is not wanted
};

class Wire {
public:
    // `request` must outlive it. `looking_up` counts those whose host name has no address yet.
    Wire(Leg const&, Request const& request, ClientOptions const&, std::size_t& looking_up);
    ~Wire();
    Wire(Wire const&) = delete;
    Wire& operator=(Wire const&) = delete;

    CURL* handle() const { return handle_.get(); }
    Outcome result(CURLcode);
    bool has_delivered() const { return delivered_; }  // to the sink
    std::uint64_t bytes_sent() const;
    std::uint64_t bytes_received() const;

private:
    // Called by curl, with the Wire as the last argument or the first.
    static curl_socket_t on_socket(void* self, curlsocktype, curl_sockaddr* address);
    static int on_connected(void* self, char*, char*, int, int);
    static std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* self);
    static std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* self);
    static std::size_t on_send(char* into, std::size_t size, std::size_t count, void* self);
    static int on_seek(void* self, curl_off_t offset, int origin);

    void prepare(Leg const&, ClientOptions const&);
    void prepare_body(Leg const&);
    bool take_header(std::string_view line);
    bool end_head();
    std::size_t take_body(std::string_view piece);
    bool give_up(FailureReason, std::string_view why);  // gives false
    void looked_up();

    Request const& request_;
    Reach reach_;
    std::size_t& looking_up_;
    bool is_looking_up_;
    CurlHandle handle_;
    CurlList headers_;
    Url url_;
    bool may_run_twice_, is_head_, follows_;
    std::uint64_t sent_ = 0;
    std::uint64_t head_bytes_ = 0, body_bytes_ = 0;
    Reply reply_;
    bool is_begun_ = false, in_body_ = false, is_discarded_ = false, is_enough_ = false, delivered_ = false,
         was_refused_ = false;
    std::optional<Failure> failure_;
    std::array<char, CURL_ERROR_SIZE> error_{};
};

}  // namespace mainstay::net
