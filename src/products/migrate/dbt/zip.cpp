// An archive whose bytes depend on the files alone: sorted paths, one date, one set of attributes.
#include "base/fault.hpp"
#include "products/migrate/dbt/dbt.hpp"

#include <zip.h>

#include <memory>

namespace mainstay::dbt {
namespace {

constexpr std::uint16_t date_1980_01_01 = (1U << 5U) | 1U;  // MS-DOS: years since 1980, month, day
constexpr std::uint32_t regular_file_rw_r_r = 0100644U << 16U;
constexpr std::uint32_t compression_level = 6;

[[noreturn]] void fail(std::string const& why) {
    throw Fault(errors::internal_error, "The archive could not be written.", "libzip: " + why);
}

struct Discard {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct Free {
    void operator()(zip_source_t* source) const { zip_source_free(source); }
};

std::string bytes_of(zip_source_t* source) {
    zip_stat_t status;
    if (zip_source_stat(source, &status) != 0 || zip_source_open(source) != 0) fail("reading back");
    std::string bytes(status.size, '\0');
    auto const read = zip_source_read(source, bytes.data(), bytes.size());
    zip_source_close(source);
    if (read != static_cast<zip_int64_t>(bytes.size())) fail("reading back");
    return bytes;
}

}  // namespace

std::string zip(std::map<std::string, std::string> const& files) {
    zip_error_t error;
    zip_error_init(&error);
    std::unique_ptr<zip_source_t, Free> buffer(zip_source_buffer_create(nullptr, 0, 0, &error));
    if (!buffer) fail("no buffer");
    std::unique_ptr<zip_t, Discard> archive(zip_open_from_source(buffer.get(), ZIP_TRUNCATE, &error));
    if (!archive) fail("no archive");
    zip_source_keep(buffer.get());  // closing the archive gives up its own hold
    for (auto const& [path, text] : files) {
        auto* const source = zip_source_buffer(archive.get(), text.data(), text.size(), 0);
        if (source == nullptr) fail(path);
        auto const index = zip_file_add(archive.get(), path.c_str(), source, ZIP_FL_ENC_UTF_8);
        if (index < 0) {
            zip_source_free(source);
            fail(path);
        }
        auto const at = static_cast<zip_uint64_t>(index);
        zip_set_file_compression(archive.get(), at, ZIP_CM_DEFLATE, compression_level);
        zip_file_set_dostime(archive.get(), at, 0, date_1980_01_01, 0);
        zip_file_set_external_attributes(archive.get(), at, 0, ZIP_OPSYS_UNIX, regular_file_rw_r_r);
    }
    if (zip_close(archive.get()) != 0) fail(zip_strerror(archive.get()));
    static_cast<void>(archive.release());
    return bytes_of(buffer.get());
}

}  // namespace mainstay::dbt
