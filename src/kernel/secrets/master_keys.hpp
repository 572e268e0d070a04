// The master keys of an installation: a file of lines "ID KEY", the newest first, readable by its owner alone. Every
// node of an installation has the same. Within secrets and its commands.
#pragma once
#include "base/time.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace mainstay::secrets {

using Key = std::array<unsigned char, 32>;

class MasterKeys {
public:
    // Reads the file; makes it with one key where there is none. Throws std::runtime_error, which names the file and
    // the line, for a file that others can read, that is no list of keys, or that cannot be written.
    explicit MasterKeys(std::filesystem::path file);

    struct Named {
        std::string id;  // "mk1", "mk2", …
        Key key;
    };
    Named newest() const;  // by the file as it is now
    // Reads the file again when it is not known: another process may have added it. Throws std::out_of_range.
    Key find(std::string_view id) const;
    // A new one, first in the file, which is replaced as a whole. Gives its id.
    std::string add();

private:
    void read() const;  // the mutex is held

    std::filesystem::path const file_;
    mutable std::mutex mutex_;
    mutable std::map<std::string, Key, std::less<>> keys_;
    mutable std::string newest_;
};

}  // namespace mainstay::secrets
