#include "base/network.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace mainstay {
namespace {

constexpr std::array<unsigned char, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr unsigned mapped_bits = 96;

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    if (text.size() >= INET6_ADDRSTRLEN || text.find('\0') != std::string_view::npos) return std::nullopt;
    std::string const terminated(text);
    IpAddress address;
    if (inet_pton(AF_INET6, terminated.c_str(), address.bytes_.data()) == 1) return address;
    address.bytes_ = {};
    std::copy(mapped_prefix.begin(), mapped_prefix.end(), address.bytes_.begin());
    if (inet_pton(AF_INET, terminated.c_str(), address.bytes_.data() + mapped_prefix.size()) == 1) return address;
    return std::nullopt;
}

std::string IpAddress::to_string() const {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (is_v4())
        inet_ntop(AF_INET, bytes_.data() + mapped_prefix.size(), text.data(), text.size());
    else
        inet_ntop(AF_INET6, bytes_.data(), text.data(), text.size());
    return text.data();
}

bool IpAddress::is_v4() const {
    return std::equal(mapped_prefix.begin(), mapped_prefix.end(), bytes_.begin());
}

bool IpAddress::is_loopback() const {
    if (is_v4()) return bytes_[mapped_prefix.size()] == 127;
    return bytes_.back() == 1 && std::all_of(bytes_.begin(), bytes_.end() - 1, [](auto byte) { return byte == 0; });
}

std::optional<Network> Network::parse(std::string_view text) {
    auto const slash = text.find('/');
    auto const address = IpAddress::parse(text.substr(0, slash));
    if (!address) return std::nullopt;
    Network network;
    network.address_ = *address;
    if (slash == std::string_view::npos) return network;
    auto const digits = text.substr(slash + 1);
    auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), network.prefix_bits_);
    bool const is_dotted = text.substr(0, slash).find(':') == std::string_view::npos;
    if (error != std::errc() || end != digits.data() + digits.size() || network.prefix_bits_ > (is_dotted ? 32u : 128u))
        return std::nullopt;
    if (is_dotted) network.prefix_bits_ += mapped_bits;
    return network;
}

bool Network::contains(IpAddress const& address) const {
    auto const whole = prefix_bits_ / 8;
    if (!std::equal(address.bytes_.begin(), address.bytes_.begin() + whole, address_.bytes_.begin())) return false;
    unsigned const rest = prefix_bits_ % 8;
    return rest == 0 || (address.bytes_[whole] ^ address_.bytes_[whole]) >> (8 - rest) == 0;
}

bool Network::contains(Network const& other) const {
    return other.prefix_bits_ >= prefix_bits_ && contains(other.address_);
}

}  // namespace mainstay
