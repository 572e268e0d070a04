// What every use of curl here shares: its handles with their owners, and the checked socket.
#pragma once
#include "kernel/net/exchange.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <new>
#include <string>

namespace mainstay::net {

// CURL and CURLM are both void.
struct CurlCleanup {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct CurlMultiCleanup {
    void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct CurlListFree {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CurlHandle = std::unique_ptr<CURL, CurlCleanup>;
using CurlList = std::unique_ptr<curl_slist, CurlListFree>;

// Once for the process, before anything else of curl.
void need_curl();
// Checks the address and opens a socket to it. `reach` is a Reach; gives CURL_SOCKET_BAD for what may not be reached.
curl_socket_t open_checked_socket(Reach reach, curl_sockaddr const*);
// Throws std::bad_alloc: curl refuses an option that it knows only then.
template <typename T>
void set(CURL* handle, CURLoption option, T value) {
    if ((curl_easy_setopt)(handle, option, value) != CURLE_OK) throw std::bad_alloc();
}
void append(CurlList&, std::string const& line);

inline long whole_ms(Duration d) {
    return static_cast<long>(std::max<std::int64_t>(1, d.us / 1000));
}

}  // namespace mainstay::net
