#pragma once
#include "platform/channels/channels.hpp"

namespace mainstay::channels {

struct WaitingMail {
    MailId id;
    Mail mail;
    std::optional<Instant> begun_at;  // it was about to be handed over
    Instant created_at;
};
std::optional<WaitingMail> find_mail(Snapshot&, MailId);
void set_begun(Transaction&, MailId, std::optional<Instant>);
void remove_mail(Transaction&, MailId);

// The payload of the job.
struct MailJob {
    MailId mail_id;
};
fields::Table const& table_of(MailJob const*);

}  // namespace mainstay::channels
