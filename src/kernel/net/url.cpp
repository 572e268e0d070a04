#include "kernel/net/url.hpp"

#include "base/network.hpp"
#include "base/text.hpp"

#include <curl/curl.h>

#include <algorithm>

namespace mainstay::net {
namespace {

// curl is lenient: it guesses schemes, mends slashes and decodes hosts. What needs that is refused before.
bool is_clean(std::string_view text) {
    return !text.empty() && text.size() <= Url::size_max && std::all_of(text.begin(), text.end(), [](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return byte > 0x20 && byte < 0x7f && c != '\\';
    });
}

std::string_view authority_of(std::string_view text) {
    auto const begin = text.find("//");
    if (begin == std::string_view::npos) return {};
    text.remove_prefix(begin + 2);
    return text.substr(0, text.find_first_of("/?#"));
}

bool is_host(std::string_view authority) {
    return !authority.empty() && authority.find_first_of("@%") == std::string_view::npos;
}

std::optional<std::string> part(CURLU* handle, CURLUPart what, unsigned flags = 0) {
    char* text = nullptr;
    if (curl_url_get(handle, what, &text, flags) != CURLUE_OK) return std::nullopt;
    std::string copy(text);
    curl_free(text);
    return copy;
}

std::shared_ptr<CURLU> own(CURLU* handle) {
    return {handle, [](CURLU* gone) { curl_url_cleanup(gone); }};
}

}  // namespace

std::optional<Url> Url::parse(std::string_view text) {
    if (auto const hash = text.find('#'); hash != std::string_view::npos) text = text.substr(0, hash);
    if (!is_clean(text)) return std::nullopt;
    auto const scheme = lower_ascii(text.substr(0, text.find("//")));
    if ((scheme != "http:" && scheme != "https:") || !is_host(authority_of(text))) return std::nullopt;
    auto handle = own(curl_url());
    if (curl_url_set(handle.get(), CURLUPART_URL, std::string(text).c_str(), CURLU_DISALLOW_USER) != CURLUE_OK)
        return std::nullopt;
    return take(std::move(handle));
}

std::optional<Url> Url::resolve(std::string_view reference) const {
    if (auto const hash = reference.find('#'); hash != std::string_view::npos) reference = reference.substr(0, hash);
    if (reference.empty()) return *this;
    if (!is_clean(reference)) return std::nullopt;
    auto const colon = reference.find_first_of(":/?");
    if (colon != std::string_view::npos && reference[colon] == ':') return parse(reference);
    if (reference.starts_with("//")) return parse(origin_.substr(0, origin_.find("//")) + std::string(reference));
    auto handle = own(curl_url_dup(handle_.get()));
    if (curl_url_set(handle.get(), CURLUPART_URL, std::string(reference).c_str(), CURLU_DISALLOW_USER) != CURLUE_OK)
        return std::nullopt;
    return take(std::move(handle));
}

std::optional<Url> Url::take(std::shared_ptr<CURLU> handle) {
    auto host = part(handle.get(), CURLUPART_HOST);
    if (!host || part(handle.get(), CURLUPART_ZONEID) || part(handle.get(), CURLUPART_USER)) return std::nullopt;
    Url url;
    url.host_ = lower_ascii(*host);
    if (url.host_.ends_with('.')) url.host_.pop_back();
    if (url.host_.empty() || url.host_.ends_with('.')) return std::nullopt;
    if (url.host_ != *host && curl_url_set(handle.get(), CURLUPART_HOST, url.host_.c_str(), 0) != CURLUE_OK)
        return std::nullopt;
    curl_url_set(handle.get(), CURLUPART_FRAGMENT, nullptr, 0);
    auto const scheme = part(handle.get(), CURLUPART_SCHEME);
    auto const port = part(handle.get(), CURLUPART_PORT, CURLU_DEFAULT_PORT);
    auto text = part(handle.get(), CURLUPART_URL);
    if (!scheme || (*scheme != "http" && *scheme != "https") || !port || *port == "0" || !text) return std::nullopt;
    url.origin_ = *scheme + "://" + url.host_ + ":" + *port;
    url.text_ = std::move(*text);
    url.handle_ = std::move(handle);
    return url;
}

bool Url::is_name() const {
    return !host_.starts_with('[') && !IpAddress::parse(host_);
}

}  // namespace mainstay::net
