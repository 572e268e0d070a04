// A mail as it stands on the wire (RFC 5322, MIME).
#pragma once
#include "kernel/net/mail.hpp"

namespace mainstay::net {

// Empty, or why it cannot be sent. After it write_message() makes no header of what a member holds.
std::string fault_of(Mail const&);
// A dot-atom and a host name in ASCII (RFC 5321 section 4.1.2); no quoted local parts and no address literals.
bool is_mail_address(std::string_view);
// An id that nobody else has, in the domain of the sender, without <>.
std::string make_message_id(Mail const&);
// Lines end in CR LF; every byte is ASCII; no line is longer than 998 bytes. bcc is not in it.
std::string write_message(Mail const&, std::string_view message_id, Instant now);

}  // namespace mainstay::net
