// A zip from whoever: what its directory promises is judged before anything is unpacked, and what comes is held against
// that. Within portability alone.
#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

struct zip;

namespace mainstay::portability {

class ZipReader {
public:
    struct Entry {
        std::uint64_t index = 0;
        std::uint64_t bytes = 0;  // unpacked, as promised
    };

    // Throws Fault(errors::archive_refused) for what is no zip, for links, encrypted members, names that stand twice or
    // lead out of a folder, and for what would unpack to more than its limits.
    explicit ZipReader(std::filesystem::path const&);

    std::map<std::string, Entry, std::less<>> const& entries() const { return entries_; }
    Entry const& entry(std::string_view name) const;  // throws the same when there is none
    // Piece by piece, as many bytes as were promised: throws the same for fewer and for more.
    void read(std::string_view name, std::function<void(std::string_view)> const& take) const;

private:
    struct Close {
        void operator()(zip* archive) const;
    };
    std::unique_ptr<zip, Close> archive_;
    std::map<std::string, Entry, std::less<>> entries_;
};

}  // namespace mainstay::portability
