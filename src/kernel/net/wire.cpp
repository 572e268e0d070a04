#include "kernel/net/wire.hpp"

#include "base/text.hpp"
#include "kernel/net/net_rules.hpp"

#include <charconv>
#include <cstring>
#include <new>
#include <utility>

namespace mainstay::net {
namespace {

constexpr std::uint64_t discarded_max = 64 << 10;  // of a redirect's body, so that its connection can be kept
constexpr long keep_alive_s = 60, idle_connection_s = 30;

FailureReason reason_of(CURLcode code) {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST: return FailureReason::dns;
        case CURLE_COULDNT_CONNECT: return FailureReason::connect;
        case CURLE_OPERATION_TIMEDOUT: return FailureReason::timeout;
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_ENGINE_NOTFOUND:
        case CURLE_SSL_ENGINE_SETFAILED:
        case CURLE_SSL_CERTPROBLEM:
        case CURLE_SSL_CIPHER:
        case CURLE_SSL_CACERT_BADFILE:
        case CURLE_SSL_SHUTDOWN_FAILED:
        case CURLE_SSL_CRL_BADFILE:
        case CURLE_SSL_ISSUER_ERROR:
        case CURLE_SSL_INVALIDCERTSTATUS:
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        case CURLE_USE_SSL_FAILED: return FailureReason::tls;
        default: return FailureReason::protocol;
    }
}

}  // namespace

Wire::Wire(Leg const& leg, Request const& request, ClientOptions const& options, std::size_t& looking_up)
    : request_(request),
      reach_(options.reach),
      looking_up_(looking_up),
      is_looking_up_(leg.url.is_name()),
      handle_(curl_easy_init()),
      url_(leg.url),
      may_run_twice_(is_idempotent(leg.method) || request.has_idempotency_key),
      is_head_(leg.method == "HEAD"),
      follows_(leg.follows) {
    if (!handle_) throw std::bad_alloc();
    if (is_looking_up_) ++looking_up_;
    prepare(leg, options);
    prepare_body(leg);
}

Wire::~Wire() {
    looked_up();
}

void Wire::looked_up() {
    if (is_looking_up_) --looking_up_;
    is_looking_up_ = false;
}

void Wire::prepare(Leg const& leg, ClientOptions const& options) {
    CURL* const curl = handle_.get();
    set(curl, CURLOPT_CURLU, url_.handle());
    set(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    set(curl, CURLOPT_FOLLOWLOCATION, 0L);
    set(curl, CURLOPT_PROXY, "");  // also none of the environment
    set(curl, CURLOPT_NOSIGNAL, 1L);
    // A name server that does not answer must not hold the thread when its transfer ends before.
    set(curl, CURLOPT_QUICK_EXIT, 1L);
    // In HTTP/2 a transfer that pauses would have its window of 32 MB filled.
    set(curl, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    set(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!options.ca_file.empty()) set(curl, CURLOPT_CAINFO, options.ca_file.c_str());
    set(curl, CURLOPT_USERAGENT, options.user_agent.c_str());
    set(curl, CURLOPT_TCP_KEEPALIVE, 1L);
    set(curl, CURLOPT_TCP_KEEPIDLE, keep_alive_s);
    set(curl, CURLOPT_MAXAGE_CONN, idle_connection_s);
    set(curl, CURLOPT_CONNECTTIMEOUT_MS, whole_ms(request_.limits.connect_time));
    set(curl, CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(request_.limits.minimum_rate));
    set(curl, CURLOPT_LOW_SPEED_TIME, std::max(1L, whole_ms(request_.limits.idle_time) / 1000));
    set(curl, CURLOPT_ERRORBUFFER, error_.data());
    if (!request_.sink.is_set()) set(curl, CURLOPT_ACCEPT_ENCODING, "gzip, deflate, br");
    set(curl, CURLOPT_OPENSOCKETFUNCTION, &Wire::on_socket);
    set(curl, CURLOPT_OPENSOCKETDATA, this);
    set(curl, CURLOPT_PREREQFUNCTION, &Wire::on_connected);
    set(curl, CURLOPT_PREREQDATA, this);
    set(curl, CURLOPT_HEADERFUNCTION, &Wire::on_header);
    set(curl, CURLOPT_HEADERDATA, this);
    set(curl, CURLOPT_WRITEFUNCTION, &Wire::on_body);
    set(curl, CURLOPT_WRITEDATA, this);

    append(headers_, "Expect:");  // a second would be lost waiting for servers that never answer it
    for (auto const& header : leg.headers)
        append(headers_, header.value.empty() ? header.name + ";" : header.name + ": " + header.value);
    set(curl, CURLOPT_HTTPHEADER, headers_.get());
}

void Wire::prepare_body(Leg const& leg) {
    CURL* const curl = handle_.get();
    bool const has_body = leg.has_body || leg.method == "POST" || leg.method == "PUT" || leg.method == "PATCH";
    if (leg.method == "HEAD") {
        set(curl, CURLOPT_NOBODY, 1L);
        return;
    }
    if (has_body) {
        auto const size = leg.has_body ? (request_.source.read ? request_.source.size : request_.body.size()) : 0;
        set(curl, CURLOPT_UPLOAD, 1L);
        set(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(size));
        set(curl, CURLOPT_READFUNCTION, &Wire::on_send);
        set(curl, CURLOPT_READDATA, this);
        set(curl, CURLOPT_SEEKFUNCTION, &Wire::on_seek);
        set(curl, CURLOPT_SEEKDATA, this);
    }
    set(curl, CURLOPT_CUSTOMREQUEST, leg.method.c_str());
}

curl_socket_t Wire::on_socket(void* self, curlsocktype, curl_sockaddr* address) {
    Wire& wire = *static_cast<Wire*>(self);
    wire.looked_up();
    auto const socket = open_checked_socket(wire.reach_, address);
    if (socket == CURL_SOCKET_BAD) wire.was_refused_ = true;
    return socket;
}

int Wire::on_connected(void* self, char*, char*, int, int) {
    Wire& wire = *static_cast<Wire*>(self);
    wire.looked_up();
    // curl sends anew when a kept connection ends without an answer; what may have been done is not done twice.
    if (std::exchange(wire.is_begun_, true) && !wire.may_run_twice_) {
        wire.give_up(FailureReason::protocol, "the connection ended without an answer");
        return CURL_PREREQFUNC_ABORT;
    }
    return CURL_PREREQFUNC_OK;
}

bool Wire::give_up(FailureReason reason, std::string_view why) {
    failure_ = Failure{reason, url_.host() + ": " + std::string(why)};
    return false;
}

std::size_t Wire::on_header(char* bytes, std::size_t size, std::size_t count, void* self) {
    return static_cast<Wire*>(self)->take_header({bytes, size * count}) ? size * count : 0;
}

bool Wire::take_header(std::string_view line) {
    head_bytes_ += line.size();
    if (head_bytes_ > request_.limits.head_bytes)
        return give_up(FailureReason::too_large, "the head of the reply is larger than its limit");
    bool const is_folded = line.starts_with(' ') || line.starts_with('\t');
    line = trim(line);
    if (in_body_) return true;  // trailers say nothing that anybody here asks for
    if (line.empty()) return reply_.status < 200 || end_head();
    if (line.starts_with("HTTP/")) {
        reply_ = {};
        auto const space = line.find(' ');
        if (space != std::string_view::npos)
            std::from_chars(line.data() + space + 1, line.data() + line.size(), reply_.status);
        return true;
    }
    if (is_folded && !reply_.headers.empty()) {
        reply_.headers.back().value.append(" ").append(line);
        return true;
    }
    auto const colon = line.find(':');
    if (colon != std::string_view::npos)
        reply_.headers.push_back({std::string(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))});
    return true;
}

bool Wire::end_head() {
    in_body_ = true;
    reply_.url = url_.text();
    is_discarded_ = follows_ && is_redirect(reply_.status) && !reply_.header("location").empty();
    if (is_discarded_) return true;
    std::uint64_t size = 0;
    auto const text = reply_.header("content-length");
    std::from_chars(text.data(), text.data() + text.size(), size);
    if (!is_head_ && size > request_.limits.reply_bytes)
        return give_up(FailureReason::too_large, "the reply is larger than its limit");
    if (request_.sink.is_set() && request_.sink.head && reply_.status < 300) try {
            request_.sink.head(reply_);
        } catch (std::exception const&) {
            return give_up(FailureReason::cancelled, "the sink failed");
        }
    return true;
}

std::size_t Wire::on_body(char* bytes, std::size_t size, std::size_t count, void* self) {
    return static_cast<Wire*>(self)->take_body({bytes, size * count});
}

std::size_t Wire::take_body(std::string_view piece) {
    std::uint64_t const so_far = body_bytes_ + piece.size();
    if (is_discarded_) {
        body_bytes_ = so_far;
        is_enough_ = so_far > discarded_max;
        return is_enough_ ? 0 : piece.size();
    }
    if (so_far > request_.limits.reply_bytes) {
        give_up(FailureReason::too_large, "the reply is larger than its limit");
        return 0;
    }
    if (request_.sink.is_set() && reply_.status < 300) try {
            auto const taken = request_.sink.piece(piece);
            if (taken == Take::pause) return CURL_WRITEFUNC_PAUSE;
            delivered_ = true;
            if (taken == Take::stop) {
                give_up(FailureReason::cancelled, "the sink has enough");
                return 0;
            }
        } catch (std::exception const&) {
            give_up(FailureReason::cancelled, "the sink failed");
            return 0;
        }
    else
        reply_.body += piece;
    body_bytes_ = so_far;
    return piece.size();
}

std::size_t Wire::on_send(char* into, std::size_t size, std::size_t count, void* self) {
    Wire& wire = *static_cast<Wire*>(self);
    std::span<char> room(into, size * count);
    auto const& request = wire.request_;
    if (!request.source.read) {
        auto const piece = std::string_view(request.body).substr(wire.sent_, room.size());
        std::memcpy(into, piece.data(), piece.size());
        wire.sent_ += piece.size();
        return piece.size();
    }
    if (wire.sent_ >= request.source.size) return 0;
    room = room.first(static_cast<std::size_t>(std::min<std::uint64_t>(room.size(), request.source.size - wire.sent_)));
    std::size_t filled = 0;
    try {
        filled = request.source.read(wire.sent_, room);
    } catch (std::exception const&) {
        filled = 0;
    }
    if (filled == 0 || filled > room.size()) {
        wire.give_up(FailureReason::cancelled, "the body's source ended too early");
        return CURL_READFUNC_ABORT;
    }
    wire.sent_ += filled;
    return filled;
}

int Wire::on_seek(void* self, curl_off_t offset, int origin) {
    if (origin != SEEK_SET || offset < 0) return CURL_SEEKFUNC_CANTSEEK;
    static_cast<Wire*>(self)->sent_ = static_cast<std::uint64_t>(offset);
    return CURL_SEEKFUNC_OK;
}

Outcome Wire::result(CURLcode code) {
    if (failure_) return *failure_;
    if (code == CURLE_OK || is_enough_) return std::move(reply_);
    if (was_refused_ && code == CURLE_COULDNT_CONNECT)
        return Failure{FailureReason::refused_address, url_.host() + ": leads to no address that may be reached"};
    auto const reason = reason_of(code);
    std::string text = url_.host() + ": " + curl_easy_strerror(code);
    if (reason == FailureReason::tls && error_[0] != '\0') text.append(" (").append(error_.data()).append(")");
    return Failure{reason, std::move(text)};
}

std::uint64_t Wire::bytes_sent() const {
    curl_off_t bytes = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_SIZE_UPLOAD_T, &bytes);
    return static_cast<std::uint64_t>(bytes);
}

std::uint64_t Wire::bytes_received() const {
    curl_off_t bytes = 0;
    curl_easy_getinfo(handle_.get(), CURLINFO_SIZE_DOWNLOAD_T, &bytes);
    return static_cast<std::uint64_t>(bytes);
}

}  // namespace mainstay::net
