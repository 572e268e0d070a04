// Mail over SMTP. Included through net.hpp.
#pragma once
#include "kernel/net/exchange.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::net {

struct Mailbox {
    std::string address;  // ASCII; a domain of another script in its xn-- form
    std::string name{};   // UTF-8
};

struct Attachment {
    std::string name;  // UTF-8
    std::string type = "application/octet-stream";
    std::string bytes;
};

struct MailHeader {
    std::string name, value;  // such as List-Unsubscribe; what Mail has a member for is refused
};

struct Mail {
    Mailbox from;
    std::vector<Mailbox> to{}, cc{}, bcc{};
    std::vector<Mailbox> reply_to{};
    std::string subject;
    std::string text;  // UTF-8; at least one of text and html
    std::string html{};
    std::vector<Attachment> attachments{};
    std::vector<MailHeader> headers{};
    std::string message_id{};  // without <>; made anew when empty. A job gives its own, the same at each attempt
};

struct SmtpServer {
    enum class Security {
        starttls,  // or nothing is sent
        tls,       // from the first byte
        none,      // without credentials alone
    };
    std::string host;
    int port = 587;
    Security security = Security::starttls;
    std::string user{}, password{};
    Reach reach = Reach::internet;
    std::filesystem::path ca_file{};  // instead of the system's
    std::string hello_name = "localhost";
    Duration connect_time = seconds(15);
    Duration total_time = seconds(120);
};

inline constexpr std::size_t mail_bytes_max = 25 << 20;  // as sent
inline constexpr std::size_t mail_recipients_max = 500;

struct RefusedRecipient {
    std::string address;
    int code = 0;  // of SMTP
    std::string text;
    bool is_permanent() const { return code >= 500; }
};

struct MailResult {
    enum class State {
        sent,       // to all but `refused`
        temporary,  // nobody got it; the same may succeed later
        permanent,  // nobody got it, nor will by trying again
        unknown,    // it was handed over whole, and the answer was lost
    };
    State state = State::temporary;
    int code = 0;        // the last of SMTP, where there was one
    std::string text{};  // for the log: what failed, without credentials
    std::vector<RefusedRecipient> refused{};
    std::string message_id{};
};

// Empty, or why it cannot be sent. After it write_message() makes no header of what a member holds.
std::string fault_of(Mail const&);
// The mail as it stands on the wire, and in a file of mail programs (.eml). Lines end in CR LF; every byte is ASCII; no
// line is longer than 998 bytes. bcc is not in it.
std::string write_message(Mail const&, std::string_view message_id, Instant now);

// Sends and waits.
MailResult send_mail(Mail const&, SmtpServer const&, Instant now);

}  // namespace mainstay::net
