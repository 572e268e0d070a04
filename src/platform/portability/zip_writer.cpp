#include "platform/portability/zip_writer.hpp"

#include "base/fault.hpp"

#include <zip.h>

#include <cerrno>

namespace mainstay::portability {
namespace {

constexpr std::uint16_t date_1980_01_01 = (1U << 5U) | 1U;  // MS-DOS: years since 1980, month, day
constexpr std::uint32_t regular_file_rw = 0100600U << 16U;
constexpr std::uint32_t fast = 1;  // rows shrink to a fifth with it, and little further with more

[[noreturn]] void fail(std::string const& why) {
    throw Fault(errors::internal_error, "The archive could not be written.", "libzip: " + why);
}

}  // namespace

ZipWriter::ZipWriter(std::filesystem::path const& out) {
    int error = 0;
    archive_ = zip_open(out.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (archive_ == nullptr) fail(out.string());
}

ZipWriter::~ZipWriter() {
    if (archive_ != nullptr) zip_discard(archive_);
}

void ZipWriter::add(std::string const& member, std::filesystem::path const& file, Packing packing) {
    zip_source_t* const source = zip_source_file(archive_, file.c_str(), 0, -1);
    if (source == nullptr) fail(zip_strerror(archive_));
    auto const index = zip_file_add(archive_, member.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        fail(zip_strerror(archive_));
    }
    auto const at = static_cast<zip_uint64_t>(index);
    bool const is_deflated = packing == Packing::deflated;
    zip_set_file_compression(archive_, at, is_deflated ? ZIP_CM_DEFLATE : ZIP_CM_STORE, is_deflated ? fast : 0);
    zip_file_set_dostime(archive_, at, 0, date_1980_01_01, 0);
    zip_file_set_external_attributes(archive_, at, 0, ZIP_OPSYS_UNIX, regular_file_rw);
}

bool ZipWriter::finish(std::function<bool()> const& is_cancelled) {
    using Question = std::function<bool()>;
    zip_register_cancel_callback_with_state(
        archive_, [](zip_t*, void* question) { return (*static_cast<Question const*>(question))() ? 1 : 0; }, nullptr,
        const_cast<Question*>(&is_cancelled));
    if (zip_close(archive_) == 0) {
        archive_ = nullptr;
        return true;
    }
    zip_error_t const* const error = zip_get_error(archive_);
    if (zip_error_code_zip(error) == ZIP_ER_CANCELLED) return false;
    std::string const why = zip_strerror(archive_);
    if (zip_error_code_system(error) == ENOSPC)
        throw Fault(errors::storage_full, "The disk is full; the archive was not kept.", why);
    fail(why);
}

}  // namespace mainstay::portability
