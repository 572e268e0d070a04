// What stands in a mail's headers (RFC 5322, MIME).
#pragma once
#include "kernel/net/mail.hpp"

namespace mainstay::net {

// A dot-atom and a host name in ASCII (RFC 5321 section 4.1.2); no quoted local parts and no address literals.
bool is_mail_address(std::string_view);
// An id that nobody else has, in the domain of the sender, without <>.
std::string make_message_id(Mail const&);

}  // namespace mainstay::net
