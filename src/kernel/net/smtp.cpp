// The conversation is curl's; what each command was answered is read off beside it, since curl tells only of the last.
#include "base/text.hpp"
#include "kernel/net/curl_handle.hpp"
#include "kernel/net/mail_message.hpp"
#include "kernel/net/net_rules.hpp"

#include <array>
#include <charconv>
#include <cstring>

namespace mainstay::net {
namespace {

constexpr std::size_t answer_max = 300;  // bytes kept of what a server says
constexpr long port_max = 65'535;

enum class Phase { greeting, recipient, data, body, over };

struct Conversation {
    std::string_view message;
    std::vector<std::string> recipients;
    Reach reach = Reach::internet;
    std::size_t read = 0;
    std::size_t asked = 0;  // recipients that were named to the server
    Phase phase = Phase::greeting;
    int code = 0;
    std::string answer{};
    std::vector<RefusedRecipient> refused{};
    bool was_refused_address = false;

    void sent(std::string_view command) {
        if (phase == Phase::over || command.starts_with("QUIT")) {
            phase = Phase::over;
            return;
        }
        code = 0;
        answer.clear();
        if (command.starts_with("RCPT TO:")) {
            phase = Phase::recipient;
            ++asked;
        } else if (command.starts_with("DATA")) {
            phase = Phase::data;
        } else {
            phase = Phase::greeting;
        }
    }

    void received(std::string_view line) {
        if (line.size() < 4 || line[3] == '-' || phase == Phase::over) return;  // the last line of an answer counts
        std::from_chars(line.data(), line.data() + 3, code);
        answer = trim(line.substr(0, answer_max));
        for (char& c : answer)
            if (static_cast<unsigned char>(c) < 0x20 || static_cast<unsigned char>(c) >= 0x7f) c = '?';
        if (phase == Phase::recipient && code >= 400 && asked <= recipients.size())
            refused.push_back({recipients[asked - 1], code, answer});
        if (phase == Phase::data && code == 354)
            phase = Phase::body;
        else if (phase == Phase::body)
            phase = Phase::over;
    }

    // Everything was handed over, and nothing was said to it.
    bool has_lost_the_answer() const { return phase == Phase::body && read == message.size(); }
};

int on_debug(CURL*, curl_infotype type, char* bytes, std::size_t size, void* self) {
    auto& conversation = *static_cast<Conversation*>(self);
    if (type == CURLINFO_HEADER_OUT) conversation.sent({bytes, size});
    if (type == CURLINFO_HEADER_IN) conversation.received({bytes, size});
    return 0;
}

std::size_t on_read(char* into, std::size_t size, std::size_t count, void* self) {
    auto& conversation = *static_cast<Conversation*>(self);
    auto const piece = conversation.message.substr(conversation.read, size * count);
    std::memcpy(into, piece.data(), piece.size());
    conversation.read += piece.size();
    return piece.size();
}

std::size_t on_answer(char*, std::size_t size, std::size_t count, void*) {
    return size * count;
}

curl_socket_t on_socket(void* self, curlsocktype, curl_sockaddr* address) {
    auto& conversation = *static_cast<Conversation*>(self);
    auto const socket = open_checked_socket(conversation.reach, address);
    if (socket == CURL_SOCKET_BAD) conversation.was_refused_address = true;
    return socket;
}

bool is_host(std::string_view host) {
    return !host.empty() && host.size() <= 253 &&
           host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]") ==
               std::string_view::npos;
}

std::string fault_of(SmtpServer const& server) {
    if (!is_host(server.host) || !is_host(server.hello_name)) return "the server's name is none";
    if (server.port < 1 || server.port > port_max) return "the server's port is none";
    if ((server.user + server.password).find('\0') != std::string::npos) return "the credentials have a NUL";
    if (server.security == SmtpServer::Security::none && !(server.user + server.password).empty())
        return "credentials are sent over TLS alone";
    return {};
}

void prepare(CURL* curl, SmtpServer const& server, Conversation& conversation) {
    bool const is_tls = server.security == SmtpServer::Security::tls;
    bool const is_plain = server.security == SmtpServer::Security::none;
    auto const url = std::string(is_tls ? "smtps://" : "smtp://") + server.host + ":" + std::to_string(server.port) +
                     "/" + server.hello_name;
    set(curl, CURLOPT_URL, url.c_str());
    set(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    set(curl, CURLOPT_PROXY, "");
    set(curl, CURLOPT_NOSIGNAL, 1L);
    set(curl, CURLOPT_QUICK_EXIT, 1L);
    set(curl, CURLOPT_USE_SSL, static_cast<long>(is_plain ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    set(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    set(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (!server.ca_file.empty()) set(curl, CURLOPT_CAINFO, server.ca_file.c_str());
    if (!server.user.empty()) {
        set(curl, CURLOPT_USERNAME, server.user.c_str());
        set(curl, CURLOPT_PASSWORD, server.password.c_str());
        set(curl, CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN");
    }
    set(curl, CURLOPT_CONNECTTIMEOUT_MS, whole_ms(server.connect_time));
    set(curl, CURLOPT_TIMEOUT_MS, whole_ms(server.total_time));
    set(curl, CURLOPT_OPENSOCKETFUNCTION, &on_socket);
    set(curl, CURLOPT_OPENSOCKETDATA, &conversation);
    set(curl, CURLOPT_VERBOSE, 1L);
    set(curl, CURLOPT_DEBUGFUNCTION, &on_debug);
    set(curl, CURLOPT_DEBUGDATA, &conversation);
    set(curl, CURLOPT_HEADERFUNCTION, &on_answer);
    set(curl, CURLOPT_WRITEFUNCTION, &on_answer);
    set(curl, CURLOPT_UPLOAD, 1L);
    set(curl, CURLOPT_READFUNCTION, &on_read);
    set(curl, CURLOPT_READDATA, &conversation);
    set(curl, CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(conversation.message.size()));
    set(curl, CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
}

MailResult::State state_of(Conversation const& conversation, CURLcode done) {
    if (done == CURLE_OK) return MailResult::State::sent;
    if (conversation.has_lost_the_answer()) return MailResult::State::unknown;
    auto const& refused = conversation.refused;
    if (!refused.empty() && refused.size() == conversation.recipients.size()) {
        bool const all =
            std::all_of(refused.begin(), refused.end(), [](auto const& one) { return one.is_permanent(); });
        return all ? MailResult::State::permanent : MailResult::State::temporary;
    }
    return conversation.code >= 500 ? MailResult::State::permanent : MailResult::State::temporary;
}

}  // namespace

MailResult send_mail(Mail const& mail, SmtpServer const& server, Instant now) {
    MailResult result;
    result.state = MailResult::State::permanent;
    result.text = fault_of(mail);
    if (result.text.empty()) result.text = fault_of(server);
    if (!result.text.empty()) return result;
    result.message_id = mail.message_id.empty() ? make_message_id(mail) : mail.message_id;
    std::string const message = write_message(mail, result.message_id, now);
    if (message.size() > mail_bytes_max) {
        result.text = "the mail is too large";
        return result;
    }

    need_curl();
    Conversation conversation{.message = message, .recipients = {}, .reach = server.reach};
    CurlHandle const curl(curl_easy_init());
    if (!curl) throw std::bad_alloc();
    CurlList recipients;
    for (auto const* boxes : {&mail.to, &mail.cc, &mail.bcc})
        for (auto const& box : *boxes) {
            conversation.recipients.push_back(box.address);
            append(recipients, "<" + box.address + ">");
        }
    prepare(curl.get(), server, conversation);
    set(curl.get(), CURLOPT_MAIL_FROM, ("<" + mail.from.address + ">").c_str());
    set(curl.get(), CURLOPT_MAIL_RCPT, recipients.get());
    CURLcode const done = curl_easy_perform(curl.get());

    result.state = state_of(conversation, done);
    result.code = conversation.code;
    result.refused = std::move(conversation.refused);
    if (conversation.was_refused_address && done == CURLE_COULDNT_CONNECT)
        result.text = server.host + ": leads to no address that may be reached";
    else if (done != CURLE_OK)
        result.text = server.host + ": " + curl_easy_strerror(done) + " (" + conversation.answer + ")";
    return result;
}

}  // namespace mainstay::net
