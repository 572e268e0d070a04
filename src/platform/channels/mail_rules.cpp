// What a mail says and where it goes, decided without input or output.
#include "base/text.hpp"
#include "platform/channels/channels.hpp"

#include <array>
#include <charconv>

namespace mainstay::channels {
namespace {

using Security = net::SmtpServer::Security;

struct Scheme {
    std::string_view name;
    Security security;
    int port;
};
constexpr std::array schemes{Scheme{"smtp://", Security::starttls, 587}, Scheme{"smtps://", Security::tls, 465},
                             Scheme{"smtp-plain://", Security::none, 25}};

std::string escaped(std::string_view text) {
    std::string out;
    for (char const c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out += c;
        }
    }
    return out;
}

[[noreturn]] void refuse(std::string_view setting, std::string message) {
    throw Fault(errors::invalid_input, "The settings are not valid.",
                std::vector<Problem>{{std::string(setting), std::move(message)}});
}

std::string decoded(std::string_view text) {
    auto plain = percent_decode(text);
    if (!plain) refuse("/smtp", "has a percent sign that begins no escape");
    return *plain;
}

void read_credentials(std::string_view text, net::SmtpServer& server) {
    auto const colon = text.find(':');
    server.user = decoded(text.substr(0, colon));
    if (colon != std::string_view::npos) server.password = decoded(text.substr(colon + 1));
    if (server.security == Security::none) refuse("/smtp", "must be smtp:// or smtps:// where it has credentials");
}

// An IPv6 address stands in brackets.
void read_host(std::string_view text, net::SmtpServer& server) {
    auto const colon = text.find(':', text.starts_with('[') ? text.find(']') : 0);
    server.host = text.substr(0, colon);
    if (colon != std::string_view::npos) {
        auto const port = text.substr(colon + 1);
        auto const [end, error] = std::from_chars(port.data(), port.data() + port.size(), server.port);
        bool const is_port = error == std::errc() && end == port.data() + port.size();
        if (!is_port || server.port < 1 || server.port > 65'535) refuse("/smtp", "must have a port from 1 to 65535");
    }
    if (server.host.empty() || server.host.find_first_of("/?# ") != std::string::npos)
        refuse("/smtp", "must be smtp://[user:password@]host[:port], or smtps:// or smtp-plain://");
}

}  // namespace

net::SmtpServer smtp_server_of(std::string_view url) {
    for (Scheme const& scheme : schemes) {
        if (!url.starts_with(scheme.name)) continue;
        net::SmtpServer server;
        server.security = scheme.security;
        server.port = scheme.port;
        server.reach = net::Reach::anywhere;
        url.remove_prefix(scheme.name.size());
        if (auto const at = url.rfind('@'); at != std::string_view::npos) {
            read_credentials(url.substr(0, at), server);
            url.remove_prefix(at + 1);
        }
        if (url.ends_with('/')) url.remove_suffix(1);
        read_host(url, server);
        return server;
    }
    refuse("/smtp", "must begin with smtp://, smtps:// or smtp-plain://");
}

net::Mailbox mailbox_of(std::string_view from) {
    auto const open = from.find('<');
    net::Mailbox box;
    if (open == std::string_view::npos) {
        box.address = trim(from);
    } else {
        if (!from.ends_with('>')) refuse("/mail_from", "must be an address, or a name with an address in <>");
        box.name = trim(from.substr(0, open));
        box.address = from.substr(open + 1, from.size() - open - 2);
    }
    if (!Email::parse(box.address)) refuse("/mail_from", "must be an address, or a name with an address in <>");
    return box;
}

Mail write_letter(std::string kind, Email to, std::string subject, Letter const& letter) {
    std::string text, html = "<!doctype html><html><body style=\"font-family:sans-serif;line-height:1.5\">\n";
    auto const add = [&](std::vector<std::string> const& paragraphs) {
        for (auto const& paragraph : paragraphs) {
            text += paragraph + "\n\n";
            html += "<p>" + escaped(paragraph) + "</p>\n";
        }
    };
    add(letter.paragraphs);
    if (!letter.action.empty()) {
        text += letter.action + ":\n" + letter.link + "\n\n";
        html += "<p><a href=\"" + escaped(letter.link) + "\">" + escaped(letter.action) + "</a></p>\n";
    }
    add(letter.closing);
    text.pop_back();
    return {std::move(kind), std::move(to), std::move(subject), std::move(text), html + "</body></html>\n"};
}

}  // namespace mainstay::channels
