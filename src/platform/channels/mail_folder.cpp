#include "platform/channels/mail_folder.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace mainstay::channels {
namespace {

constexpr std::string_view facts_ending = ".json", message_ending = ".eml";

// A file is there as a whole or not at all. For its owner alone, since it may bear a link that lets somebody in.
void write(std::filesystem::path const& path, std::string_view bytes) {
    auto const unfinished = path.string() + ".part";
    {
        std::ofstream out(unfinished, std::ios::binary);
        std::filesystem::permissions(unfinished,
                                     std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        if (!out.flush()) throw std::runtime_error("a mail could not be written to " + path.string());
    }
    std::filesystem::rename(unfinished, path);
}

}  // namespace

std::filesystem::path MailFolder::file_of(MailId id, std::string_view ending) const {
    return folder_ / (id.to_string() + std::string(ending));
}

void MailFolder::put(KeptMail const& mail, std::string_view message) const {
    std::filesystem::create_directories(folder_);
    write(file_of(mail.id, message_ending), message);
    write(file_of(mail.id, facts_ending), fields::to_json(mail));
    auto const all = ids();
    for (std::size_t i = kept_max; i < all.size(); ++i)
        for (auto const ending : {facts_ending, message_ending}) std::filesystem::remove(file_of(all[i], ending));
}

std::vector<MailId> MailFolder::ids() const {
    std::vector<MailId> all;
    std::error_code none_yet;
    for (auto const& entry : std::filesystem::directory_iterator(folder_, none_yet)) {
        if (entry.path().extension() != facts_ending) continue;
        if (auto const id = MailId::parse(entry.path().stem().string())) all.push_back(*id);
    }
    std::sort(all.begin(), all.end(), std::greater<>());
    return all;
}

std::optional<KeptMail> MailFolder::find(MailId id) const {
    std::ifstream in(file_of(id, facts_ending), std::ios::binary);
    if (!in) return std::nullopt;
    return fields::from_json<KeptMail>(std::string(std::istreambuf_iterator<char>(in), {}));
}

std::vector<KeptMail> MailFolder::list(std::optional<MailId> before, std::size_t limit) const {
    std::vector<KeptMail> mails;
    for (MailId const id : ids()) {
        if (mails.size() == limit) break;
        if (before && id >= *before) continue;
        if (auto mail = find(id)) mails.push_back(std::move(*mail));  // none: it went meanwhile
    }
    return mails;
}

}  // namespace mainstay::channels
