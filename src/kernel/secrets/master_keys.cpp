#include "kernel/secrets/master_keys.hpp"

#include "base/random.hpp"
#include "base/text.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <system_error>

namespace mainstay::secrets {
namespace {

constexpr std::string_view id_prefix = "mk";
constexpr mode_t for_others = 077;

[[noreturn]] void refuse(std::filesystem::path const& file, std::string const& why) {
    throw std::runtime_error("the master keys in " + file.string() + " cannot be used: " + why);
}

[[noreturn]] void refuse_by_errno(std::filesystem::path const& file) {
    refuse(file, std::generic_category().message(errno));
}

std::string line_of(std::string const& id, Key const& key) {
    return id + ' ' + to_base64url(key) + '\n';
}

// 0: it is no id of a key.
int number_of(std::string_view id) {
    int number = 0;
    if (!id.starts_with(id_prefix)) return 0;
    auto const [end, error] = std::from_chars(id.data() + id_prefix.size(), id.data() + id.size(), number);
    return error == std::errc() && end == id.data() + id.size() && number > 0 ? number : 0;
}

// As a whole or not at all: written beside it, flushed, and put in its place.
void replace(std::filesystem::path const& file, std::string const& text) {
    std::filesystem::path const beside = file.string() + ".new";
    int const descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) refuse_by_errno(beside);
    bool const is_written =
        ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(descriptor) == 0;
    if (::close(descriptor) != 0 || !is_written) refuse_by_errno(beside);
    std::filesystem::rename(beside, file);
}

std::string text_of(std::filesystem::path const& file) {
    struct stat facts {};
    if (::stat(file.c_str(), &facts) != 0) refuse_by_errno(file);
    if ((facts.st_mode & for_others) != 0) refuse(file, "others may read it; chmod 600");
    std::ostringstream text;
    text << std::ifstream(file).rdbuf();
    return text.str();
}

Key made_key() {
    Key key;
    random_bytes(key);
    return key;
}

}  // namespace

MasterKeys::MasterKeys(std::filesystem::path file) : file_(std::move(file)) {
    if (!std::filesystem::exists(file_)) replace(file_, line_of(std::string(id_prefix) + '1', made_key()));
    std::lock_guard const lock(mutex_);
    read();
}

MasterKeys::Named MasterKeys::newest() const {
    std::lock_guard const lock(mutex_);
    read();
    return {newest_, keys_.find(newest_)->second};
}

Key MasterKeys::find(std::string_view id) const {
    std::lock_guard const lock(mutex_);
    if (!keys_.contains(id)) read();
    auto const found = keys_.find(id);
    if (found == keys_.end()) throw std::out_of_range("there is no master key " + std::string(id));
    return found->second;
}

std::string MasterKeys::add() {
    std::lock_guard const lock(mutex_);
    read();
    int highest = 0;
    for (auto const& [id, key] : keys_) highest = std::max(highest, number_of(id));
    std::string const id = std::string(id_prefix) + std::to_string(highest + 1);
    replace(file_, line_of(id, made_key()) + text_of(file_));
    read();
    return id;
}

void MasterKeys::read() const {
    std::map<std::string, Key, std::less<>> keys;
    std::string newest;
    int number = 0;
    std::string const text = text_of(file_);
    for (auto const& line : split(text, '\n')) {
        ++number;
        if (line.empty()) continue;
        auto const space = line.find(' ');
        auto const bytes = space == std::string_view::npos ? std::nullopt : from_base64url(line.substr(space + 1));
        std::string const id(line.substr(0, space));
        if (!bytes || bytes->size() != Key{}.size() || number_of(id) == 0 || keys.contains(id))
            refuse(file_, "line " + std::to_string(number) + " is no \"ID KEY\", or its id is there twice");
        std::copy(bytes->begin(), bytes->end(), keys[id].begin());
        if (newest.empty()) newest = id;
    }
    if (newest.empty()) refuse(file_, "it is empty");
    keys_ = std::move(keys);
    newest_ = std::move(newest);
}

}  // namespace mainstay::secrets
