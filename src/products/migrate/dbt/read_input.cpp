// Uploaded bytes as scripts. An archive is judged by its directory before a byte is unpacked, and again while it is.
#include "base/fault.hpp"
#include "base/text.hpp"
#include "products/migrate/dbt/dbt.hpp"

#include <zip.h>

#include <algorithm>
#include <memory>

namespace mainstay::dbt {
namespace {

using catalog::ScriptFile;

constexpr std::string_view zip_magic = "PK\x03\x04";
constexpr std::string_view empty_zip_magic = "PK\x05\x06";
constexpr std::size_t looked_at_bytes = 4096;         // enough to tell text from other things
constexpr std::uint64_t ratio_free_bytes = 1u << 20;  // small scripts of blanks compress to nothing and harm nobody
constexpr std::uint32_t unix_type_mask = 0170000U;
constexpr std::uint32_t unix_link = 0120000U;

[[noreturn]] void refuse(std::string const& file, std::string const& why) {
    throw Fault(errors::input_unreadable, file + ": " + why);
}

bool is_utf16(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return true;
    // Without a mark: text in ASCII has a zero in every other byte and nowhere else.
    std::size_t even = 0, odd = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        if (bytes[i] == '\0') ++(i % 2 == 0 ? even : odd);
    auto const half = bytes.size() / 2;
    return (even == 0 && odd > half * 3 / 4) || (odd == 0 && even > half * 3 / 4);
}

bool is_text(std::string_view bytes) {
    auto const head = bytes.substr(0, looked_at_bytes);
    if (is_utf16(head)) return true;
    return std::none_of(head.begin(), head.end(), [](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\x1a';
    });
}

bool is_empty(std::string_view bytes) {
    return std::all_of(bytes.begin(), bytes.end(),
                       [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
}

bool is_archive(std::string_view bytes) {
    return bytes.starts_with(zip_magic) || bytes.starts_with(empty_zip_magic);
}

bool leaves_folder(std::string const& path) {
    if (path.starts_with('/') || path.starts_with('\\') || (path.size() > 1 && path[1] == ':')) return true;
    auto slashes = path;
    std::replace(slashes.begin(), slashes.end(), '\\', '/');
    for (auto const part : split(slashes, '/'))
        if (part == "..") return true;
    return false;
}

struct Close {
    void operator()(zip_t* archive) const { zip_discard(archive); }
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};

struct Entry {
    zip_uint64_t index;
    std::string path;
    std::uint64_t size;
};

std::vector<Entry> judged_entries(zip_t* archive, std::string const& file) {
    auto const count = zip_get_num_entries(archive, 0);
    if (count < 0 || static_cast<std::uint64_t>(count) > zip_entries_max)
        refuse(file, "the archive has more than " + std::to_string(zip_entries_max) + " entries");
    std::vector<Entry> entries;
    std::uint64_t total = 0;
    for (zip_uint64_t index = 0; index < static_cast<zip_uint64_t>(count); ++index) {
        zip_stat_t status;
        if (zip_stat_index(archive, index, 0, &status) != 0) refuse(file, "the archive is damaged");
        std::string const path = status.name;
        if (leaves_folder(path)) refuse(file, "the archive has an entry outside of its folder");
        zip_uint8_t system = 0;
        zip_uint32_t attributes = 0;
        zip_file_get_external_attributes(archive, index, 0, &system, &attributes);
        if (system == ZIP_OPSYS_UNIX && ((attributes >> 16U) & unix_type_mask) == unix_link)
            refuse(file, "the archive has a link");
        if (status.encryption_method != ZIP_EM_NONE) refuse(file, "the archive is encrypted");
        total += status.size;
        if (status.size > input_bytes_max || total > input_bytes_max) refuse(file, "the archive unpacks to too much");
        if (status.size > ratio_free_bytes &&
            status.size / std::max<std::uint64_t>(status.comp_size, 1) > zip_ratio_max)
            refuse(file, "the archive unpacks to more than " + std::to_string(zip_ratio_max) + " times its size");
        if (!path.ends_with('/')) entries.push_back({index, path, status.size});
    }
    std::sort(entries.begin(), entries.end(), [](auto const& a, auto const& b) { return a.path < b.path; });
    return entries;
}

// Exactly as many bytes as the directory promised.
std::string unpacked(zip_t* archive, Entry const& entry, std::string const& file) {
    std::unique_ptr<zip_file_t, Close> const open(zip_fopen_index(archive, entry.index, 0));
    if (!open) refuse(file, "the archive is damaged");
    std::string bytes(entry.size + 1, '\0');
    std::uint64_t size = 0;
    while (size < bytes.size()) {
        auto const read = zip_fread(open.get(), bytes.data() + size, bytes.size() - size);
        if (read < 0) refuse(file, "the archive is damaged");
        if (read == 0) break;
        size += static_cast<std::uint64_t>(read);
    }
    if (size != entry.size) refuse(file, "the archive is not what its directory says");
    bytes.resize(size);
    return bytes;
}

bool is_script_name(std::string const& path) {
    auto const lower = lower_ascii(path);
    return lower.ends_with(".sql") || lower.ends_with(".txt") || lower.ends_with(".ddl");
}

std::vector<ScriptFile> unzip(std::string const& file, std::string const& bytes) {
    zip_error_t error;
    zip_error_init(&error);
    auto* const source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    std::unique_ptr<zip_t, Close> const archive(
        source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error));
    if (!archive) {
        if (source != nullptr) zip_source_free(source);
        refuse(file, "the archive is damaged");
    }
    std::vector<ScriptFile> scripts;
    for (auto const& entry : judged_entries(archive.get(), file)) {
        if (!is_script_name(entry.path)) continue;
        auto text = unpacked(archive.get(), entry, file);
        if (is_archive(text) || !is_text(text) || is_empty(text)) continue;
        scripts.push_back({entry.path, std::move(text)});
    }
    if (scripts.empty())
        refuse(file, "the archive has no script (.sql) with text in it; archives inside of it are not read");
    return scripts;
}

}  // namespace

std::vector<ScriptFile> read_input(std::string const& file_name, std::string bytes) {
    if (bytes.size() > input_bytes_max) refuse(file_name, "it is too large");
    if (is_archive(bytes)) return unzip(file_name, bytes);
    if (is_empty(bytes)) refuse(file_name, "it is empty");
    if (!is_text(bytes)) refuse(file_name, "it is not text");
    return {{file_name, std::move(bytes)}};
}

}  // namespace mainstay::dbt
