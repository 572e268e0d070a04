#include "platform/portability/zip_reader.hpp"

#include "base/text.hpp"
#include "platform/portability/portability.hpp"

#include <zip.h>

#include <algorithm>

namespace mainstay::portability {
namespace {

constexpr std::uint64_t ratio_free_bytes = 1u << 20;  // little text may shrink to almost nothing
constexpr std::uint32_t unix_type_mask = 0170000, unix_link = 0120000;
constexpr std::size_t piece_bytes = 256u << 10;

[[noreturn]] void refuse(std::string const& why) {
    throw Fault(errors::archive_refused, "The archive " + why + '.');
}

bool leaves_folder(std::string_view path) {
    if (path.empty() || path.front() == '/' || path.find('\\') != std::string_view::npos) return true;
    auto const parts = split(path, '/');
    return std::any_of(parts.begin(), parts.end(), [](auto part) { return part == ".." || part.empty(); });
}

struct CloseFile {
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

}  // namespace

void ZipReader::Close::operator()(zip* archive) const {
    zip_discard(archive);
}

ZipReader::ZipReader(std::filesystem::path const& path) {
    int error = 0;
    archive_.reset(zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &error));
    if (!archive_) refuse("is damaged, or no zip");
    auto const count = zip_get_num_entries(archive_.get(), 0);
    if (count < 0 || static_cast<std::uint64_t>(count) > members_of_archive_max)
        refuse("has more than " + std::to_string(members_of_archive_max) + " members");
    std::uint64_t total = 0;
    for (zip_uint64_t index = 0; index < static_cast<zip_uint64_t>(count); ++index) {
        zip_stat_t status;
        if (zip_stat_index(archive_.get(), index, 0, &status) != 0) refuse("is damaged");
        std::string const name = status.name;
        if (leaves_folder(name)) refuse("has a member outside of its folder");
        zip_uint8_t system = 0;
        zip_uint32_t attributes = 0;
        zip_file_get_external_attributes(archive_.get(), index, 0, &system, &attributes);
        if (system == ZIP_OPSYS_UNIX && ((attributes >> 16U) & unix_type_mask) == unix_link) refuse("has a link");
        if (status.encryption_method != ZIP_EM_NONE) refuse("is encrypted");
        if (status.size > unpacked_bytes_max - total) refuse("unpacks to too much");
        total += status.size;
        if (status.size > ratio_free_bytes &&
            status.size / std::max<std::uint64_t>(status.comp_size, 1) > archive_ratio_max)
            refuse("unpacks to more than " + std::to_string(archive_ratio_max) + " times its size");
        if (!entries_.try_emplace(name, Entry{index, status.size}).second) refuse("has a member twice");
    }
}

ZipReader::Entry const& ZipReader::entry(std::string_view name) const {
    auto const found = entries_.find(name);
    if (found == entries_.end()) refuse("has no " + std::string(name));
    return found->second;
}

void ZipReader::read(std::string_view name, std::function<void(std::string_view)> const& take) const {
    Entry const& promised = entry(name);
    std::unique_ptr<zip_file_t, CloseFile> const file(zip_fopen_index(archive_.get(), promised.index, 0));
    if (!file) refuse("is damaged");
    std::string piece(piece_bytes, '\0');
    std::uint64_t bytes = 0;
    while (true) {
        auto const got = zip_fread(file.get(), piece.data(), piece.size());
        if (got < 0) refuse("is damaged");
        if (got == 0) break;
        bytes += static_cast<std::uint64_t>(got);
        if (bytes > promised.bytes) break;
        take(std::string_view(piece.data(), static_cast<std::size_t>(got)));
    }
    if (bytes != promised.bytes) refuse("is not what its directory says");
}

}  // namespace mainstay::portability
