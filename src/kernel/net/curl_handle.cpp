#include "kernel/net/curl_handle.hpp"

#include "kernel/net/net_rules.hpp"

#include <netdb.h>
#include <sys/socket.h>

#include <array>

namespace mainstay::net {

void need_curl() {
    struct Library {
        Library() { curl_global_init(CURL_GLOBAL_DEFAULT); }
    };
    static Library const library;
}

curl_socket_t open_checked_socket(Reach reach, curl_sockaddr const* address) {
    std::array<char, NI_MAXHOST> text{};
    if ((address->family != AF_INET && address->family != AF_INET6) ||
        getnameinfo(&address->addr, address->addrlen, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST) != 0)
        return CURL_SOCKET_BAD;
    std::string_view numeric = text.data();
    numeric = numeric.substr(0, numeric.find('%'));
    auto const parsed = IpAddress::parse(numeric);
    if (!parsed || !may_reach(*parsed, reach)) return CURL_SOCKET_BAD;
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

void append(CurlList& list, std::string const& line) {
    curl_slist* const longer = curl_slist_append(list.get(), line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    static_cast<void>(list.release());  // it is the tail of the longer one
    list.reset(longer);
}

}  // namespace mainstay::net
