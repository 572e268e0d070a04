// Internet addresses and networks of them, as settings and headers write them.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace mainstay {

// IPv4 and IPv6; an IPv4 address that is written in IPv6 form (::ffff:192.0.2.1) is the IPv4 address.
class IpAddress {
public:
    // Nothing for anything else: no names, ports, brackets, zones or leading zeros.
    static std::optional<IpAddress> parse(std::string_view);
    std::string to_string() const;  // one spelling for each address (RFC 5952)
    bool is_v4() const;
    bool is_loopback() const;  // 127.0.0.0/8 and ::1

private:
    friend class Network;
    std::array<unsigned char, 16> bytes_{};  // IPv4 as ::ffff:0:0/96
};

class Network {
public:
    // "10.0.0.0/8", "2001:db8::/32", or an address alone. Bits behind the prefix do not count.
    static std::optional<Network> parse(std::string_view);
    bool contains(IpAddress const&) const;
    bool contains(Network const&) const;  // all of it

private:
    IpAddress address_;
    unsigned prefix_bits_ = 128;
};

}  // namespace mainstay
