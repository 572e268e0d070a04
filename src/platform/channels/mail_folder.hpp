// Mails that were not sent but put into a folder: each as NAME.eml, which mail programs open, and as NAME.json.
// Included by channels.hpp.
#pragma once
#include "base/id.hpp"
#include "kernel/fields/fields.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::channels {

using MailId = Id<"mal">;

struct KeptMail {
    MailId id;
    TenantId tenant_id;  // whose it is
    std::string kind;
    Email to;
    std::string subject;
    Instant created_at;
    std::string text;
    std::string html;
};
fields::Table const& table_of(KeptMail const*);

class MailFolder {
public:
    static constexpr std::size_t kept_max = 1'000;  // then the oldest go

    explicit MailFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

    void put(KeptMail const&, std::string_view message) const;
    std::optional<KeptMail> find(MailId) const;
    std::vector<KeptMail> list(std::optional<MailId> before, std::size_t limit) const;  // newest first

private:
    std::vector<MailId> ids() const;  // newest first
    std::filesystem::path file_of(MailId, std::string_view ending) const;

    std::filesystem::path folder_;
};

}  // namespace mainstay::channels
