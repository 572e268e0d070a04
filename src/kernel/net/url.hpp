// A URL as a transfer takes it: read once, by the library that connects, so that no second reading can differ.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

typedef struct Curl_URL CURLU;

namespace mainstay::net {

// http or https, a host, no user information and no fragment. Host names are ASCII (other scripts in their xn-- form)
// in lower case; a trailing dot is dropped; an IPv4 address in decimal, octal or hex form is the address; an IPv6
// address has no zone.
class Url {
public:
    static constexpr std::size_t size_max = 8'192;

    static std::optional<Url> parse(std::string_view);
    // A reference as Location has it (RFC 3986 section 5).
    std::optional<Url> resolve(std::string_view reference) const;

    std::string const& text() const { return text_; }
    std::string const& host() const { return host_; }      // an IPv6 address in brackets
    std::string const& origin() const { return origin_; }  // "https://example.com:443"
    std::string host_and_port() const { return origin_.substr(origin_.find("//") + 2); }
    bool is_name() const;  // not an address
    CURLU* handle() const { return handle_.get(); }

private:
    static std::optional<Url> take(std::shared_ptr<CURLU>);
    std::shared_ptr<CURLU> handle_;  // never changed after parse
    std::string text_, host_, origin_;
};

}  // namespace mainstay::net
