#include "kernel/net/mail_message.hpp"

#include "base/random.hpp"
#include "base/text.hpp"
#include "kernel/net/net_rules.hpp"

#include <algorithm>
#include <array>
#include <chrono>

namespace mainstay::net {
namespace {

constexpr std::size_t line_max = 76;       // RFC 2045 section 6.7, RFC 2047 section 2
constexpr std::size_t word_max = 900;      // that cannot be folded: a line has 998 bytes at most
constexpr std::size_t encoded_piece = 45;  // bytes to an encoded word of 75 characters at most
constexpr std::size_t name_max = 200, subject_max = 2'000, header_max = 8'000, attachments_max = 100;
constexpr std::array<std::string_view, 13> own_headers{
    "from",       "to",     "cc",           "bcc",          "reply-to",    "subject", "date",
    "message-id", "sender", "mime-version", "content-type", "return-path", "received"};

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_line(std::string_view text) {
    return is_utf8(text) && std::none_of(text.begin(), text.end(),
                                         [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool has_long_word(std::string_view text) {
    auto const words = split(text, ' ');
    return std::any_of(words.begin(), words.end(), [](auto word) { return word.size() > word_max; });
}

std::string base64(std::string_view bytes) {
    auto text = to_base64url({reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size()});
    std::replace(text.begin(), text.end(), '-', '+');
    std::replace(text.begin(), text.end(), '_', '/');
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

// As much of it as fits into `size` bytes without cutting a character.
std::string_view whole_characters(std::string_view text, std::size_t size) {
    if (text.size() <= size) return text;
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0u) == 0x80u) --size;
    return text.substr(0, size);
}

// RFC 2047: words in base64, each on a line of its own.
std::string encoded_words(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        auto const piece = whole_characters(text, encoded_piece);
        if (!out.empty()) out += "\r\n ";
        out += "=?UTF-8?B?" + base64(piece) + "?=";
        text.remove_prefix(piece.size());
    }
    return out;
}

std::string folded(std::string_view name, std::string_view value) {
    std::string out(name);
    out += ':';
    std::size_t column = out.size();
    for (auto const word : split(value, ' ')) {
        bool const breaks = column + 1 + word.size() > line_max && column > name.size() + 1 && !word.empty();
        out += breaks ? "\r\n " : " ";
        column = (breaks ? 1 : column + 1) + word.size();
        out += word;
    }
    return out + "\r\n";
}

std::string unstructured(std::string_view name, std::string_view text) {
    bool const is_plain = is_ascii(text) && text.find("=?") == std::string_view::npos && !has_long_word(text);
    return is_plain ? folded(name, text) : std::string(name) + ": " + encoded_words(text) + "\r\n";
}

std::string in_quotes(std::string_view text) {
    std::string out = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    return out + "\"";
}

std::string mailbox(Mailbox const& box) {
    if (box.name.empty()) return box.address;
    bool const is_plain = is_ascii(box.name) && box.name.find("=?") == std::string::npos;
    return (is_plain ? in_quotes(box.name) : encoded_words(box.name)) + " <" + box.address + ">";
}

std::string mailboxes(std::string_view name, std::vector<Mailbox> const& boxes) {
    if (boxes.empty()) return {};
    std::string out = std::string(name) + ": ";
    for (auto const& box : boxes) out += (&box == boxes.data() ? "" : ",\r\n ") + mailbox(box);
    return out + "\r\n";
}

std::string date(Instant now) {
    using namespace std::chrono;
    constexpr std::array<std::string_view, 7> weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const text = to_rfc3339(now);  // 2026-11-21T01:20:00…
    auto const today = floor<std::chrono::days>(sys_time<std::chrono::microseconds>(std::chrono::microseconds(now.us)));
    auto const month = static_cast<unsigned>(year_month_day(today).month());
    return std::string(weekdays[weekday(today).c_encoding()]) + ", " + text.substr(8, 2) + " " +
           std::string(months[month - 1]) + " " + text.substr(0, 4) + " " + text.substr(11, 8) + " +0000";
}

// RFC 2045 section 6.7. Every kind of line end becomes CR LF.
std::string quoted_printable(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    std::size_t column = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        char const next = i + 1 < text.size() ? text[i + 1] : '\n';
        if (c == '\r' || c == '\n') {
            if (c == '\r' && next == '\n' && i + 1 < text.size()) ++i;
            out += "\r\n";
            column = 0;
            continue;
        }
        bool const is_blank = (c == ' ' || c == '\t') && next != '\r' && next != '\n';
        bool const is_plain = is_blank || (c > ' ' && c <= '~' && c != '=');
        std::size_t const width = is_plain ? 1 : 3;
        if (column + width > line_max - 1) {
            out += "=\r\n";
            column = 0;
        }
        if (is_plain)
            out += c;
        else
            out.append({'=', digits[static_cast<unsigned char>(c) >> 4], digits[static_cast<unsigned char>(c) & 15]});
        column += width;
    }
    return out;
}

std::string text_part(std::string_view type, std::string_view text) {
    return "Content-Type: " + std::string(type) +
           "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + quoted_printable(text);
}

// A file's name as a parameter: quoted, or by RFC 2231 in numbered pieces.
std::string file_name(std::string_view name) {
    if (is_ascii(name) && name.size() <= line_max - 16) return "\r\n filename=" + in_quotes(name);
    constexpr std::size_t piece_max = 50;
    std::string out, piece = "UTF-8''";
    int number = 0;
    auto const end_piece = [&](bool is_last) {
        out += "\r\n filename*" + std::to_string(number++) + "*=" + piece + (is_last ? "" : ";");
        piece.clear();
    };
    for (char const c : name) {
        if (piece.size() > piece_max) end_piece(false);
        piece += percent_encode({&c, 1});
    }
    end_piece(true);
    return out;
}

std::string attachment_part(Attachment const& attachment) {
    std::string out = "Content-Type: " + attachment.type +
                      "\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment;" +
                      file_name(attachment.name) + "\r\n\r\n";
    auto const encoded = base64(attachment.bytes);
    for (std::size_t at = 0; at < encoded.size(); at += line_max) out += encoded.substr(at, line_max) + "\r\n";
    return out;
}

std::string multipart(std::string_view kind, std::vector<std::string> const& parts) {
    std::array<unsigned char, 18> random;
    random_bytes(random);
    auto const boundary = "=_" + to_base64url(random);  // "=_" is in no quoted-printable and no base64 line
    std::string out = "Content-Type: multipart/" + std::string(kind) + ";\r\n boundary=\"" + boundary + "\"\r\n\r\n";
    for (auto const& part : parts) out += "--" + boundary + "\r\n" + part + "\r\n";
    return out + "--" + boundary + "--\r\n";
}

std::string body_of(Mail const& mail) {
    std::string content;
    if (mail.html.empty())
        content = text_part("text/plain", mail.text);
    else if (mail.text.empty())
        content = text_part("text/html", mail.html);
    else
        content = multipart("alternative", {text_part("text/plain", mail.text), text_part("text/html", mail.html)});
    if (mail.attachments.empty()) return content;
    std::vector<std::string> parts{std::move(content)};
    for (auto const& attachment : mail.attachments) parts.push_back(attachment_part(attachment));
    return multipart("mixed", parts);
}

std::string fault_of(std::vector<Mailbox> const& boxes, std::string_view what) {
    for (auto const& box : boxes) {
        if (!is_mail_address(box.address)) return "an address of " + std::string(what) + " is none";
        if (!is_line(box.name) || box.name.size() > name_max) return "a name of " + std::string(what) + " is none";
    }
    return {};
}

std::string fault_of(Attachment const& attachment) {
    auto const slash = attachment.type.find('/');
    if (slash == std::string::npos || !is_header_name(attachment.type.substr(0, slash)) ||
        !is_header_name(attachment.type.substr(slash + 1)) || attachment.type.size() > 100)
        return "the type of an attachment is none";
    auto const kind = lower_ascii(attachment.type.substr(0, slash));
    if (kind == "multipart" || kind == "message") return "an attachment has a type that may not be encoded";
    if (attachment.name.empty() || !is_line(attachment.name) || attachment.name.size() > name_max)
        return "the name of an attachment is none";
    return {};
}

std::string fault_of(MailHeader const& header) {
    if (!is_header_name(header.name) || header.name.size() > 60) return "the name of a header is none";
    if (std::find(own_headers.begin(), own_headers.end(), lower_ascii(header.name)) != own_headers.end() ||
        lower_ascii(header.name).starts_with("content-"))
        return "the header " + header.name + " is made of the mail's members";
    if (!is_line(header.value) || header.value.size() > header_max || has_long_word(header.value))
        return "the value of the header " + header.name + " is none";
    return {};
}

}  // namespace

bool is_mail_address(std::string_view address) {
    constexpr std::size_t local_max = 64, address_max = 254, label_max = 63;
    auto const at = address.find('@');
    if (at == std::string_view::npos || at > local_max || address.size() > address_max) return false;
    auto const local = split(address.substr(0, at), '.'), labels = split(address.substr(at + 1), '.');
    auto const is_atom = [](std::string_view part) {
        return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) {
            return is_header_name({&c, 1}) ||
                   (c != '\0' && std::string_view("/=?{}").find(c) != std::string_view::npos);
        });
    };
    auto const is_label = [](std::string_view label) {
        return !label.empty() && label.size() <= label_max && label.front() != '-' && label.back() != '-' &&
               std::all_of(label.begin(), label.end(), [](char c) {
                   return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
               });
    };
    return std::all_of(local.begin(), local.end(), is_atom) && std::all_of(labels.begin(), labels.end(), is_label);
}

std::string fault_of(Mail const& mail) {
    for (auto const& fault : {fault_of({mail.from}, "from"), fault_of(mail.to, "to"), fault_of(mail.cc, "cc"),
                              fault_of(mail.bcc, "bcc"), fault_of(mail.reply_to, "reply_to")})
        if (!fault.empty()) return fault;
    auto const recipients = mail.to.size() + mail.cc.size() + mail.bcc.size();
    if (recipients == 0) return "there is no recipient";
    if (recipients > mail_recipients_max || mail.reply_to.size() > mail_recipients_max)
        return "there are too many recipients";
    if (!is_line(mail.subject) || mail.subject.size() > subject_max) return "the subject is none";
    if (mail.text.empty() && mail.html.empty()) return "there is neither text nor html";
    if (!is_utf8(mail.text) || !is_utf8(mail.html)) return "the text is not UTF-8";
    bool const is_id =
        mail.message_id.empty() || (is_mail_address(mail.message_id) && mail.message_id.size() <= name_max);
    if (!is_id) return "the message id is none";
    if (mail.attachments.size() > attachments_max) return "there are too many attachments";
    std::size_t bytes = mail.text.size() + mail.html.size();
    for (auto const& attachment : mail.attachments) {
        if (auto fault = fault_of(attachment); !fault.empty()) return fault;
        bytes += attachment.bytes.size();
    }
    if (bytes > mail_bytes_max) return "the mail is too large";
    for (auto const& header : mail.headers)
        if (auto fault = fault_of(header); !fault.empty()) return fault;
    return {};
}

std::string make_message_id(Mail const& mail) {
    std::array<unsigned char, 16> random;
    random_bytes(random);
    return to_hex(random) + mail.from.address.substr(mail.from.address.find('@'));
}

std::string write_message(Mail const& mail, std::string_view message_id, Instant now) {
    std::string out = "Date: " + date(now) + "\r\nMessage-ID: <" + std::string(message_id) + ">\r\n";
    out += mailboxes("From", {mail.from}) + mailboxes("Reply-To", mail.reply_to) + mailboxes("To", mail.to) +
           mailboxes("Cc", mail.cc);
    if (mail.to.empty() && mail.cc.empty()) out += "To: undisclosed-recipients:;\r\n";
    out += unstructured("Subject", mail.subject);
    for (auto const& header : mail.headers) out += unstructured(header.name, header.value);
    out += "MIME-Version: 1.0\r\n" + body_of(mail);
    return out.ends_with("\r\n") ? out : out + "\r\n";
}

}  // namespace mainstay::net
