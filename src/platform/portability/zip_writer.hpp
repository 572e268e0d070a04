// A zip that is written once, of files that lie on the disk: past 4 GiB and 65,535 members it is a Zip64 by itself.
// Within portability alone.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

struct zip;

namespace mainstay::portability {

class ZipWriter {
public:
    explicit ZipWriter(std::filesystem::path const& out);
    ~ZipWriter();
    ZipWriter(ZipWriter const&) = delete;
    ZipWriter& operator=(ZipWriter const&) = delete;

    // In the order of the members. The file is read by finish(), a piece at a time.
    enum class Packing { stored, deflated };
    void add(std::string const& member, std::filesystem::path const& file, Packing);
    // False: it was cancelled, and nothing is left of it.
    bool finish(std::function<bool()> const& is_cancelled);

private:
    zip* archive_;
};

}  // namespace mainstay::portability
