#include "kernel/storage/data_folder.hpp"

#include "kernel/storage/storage.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace mainstay {
namespace {

constexpr char const* lock_name = "mainstay.lock";

[[noreturn]] void fail(std::string const& doing) {
    throw std::system_error(errno, std::generic_category(), doing);
}

void make_folder(std::filesystem::path const& path) {
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path());
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) fail("making " + path.string());
}

// SQLite gives the log the mode of the file; the folder may have been made by another hand and be open.
void make_private_file(std::string const& name) {
    int const file = ::open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0 && errno != EEXIST) fail("making " + name);
    if (file >= 0) ::close(file);
}

std::string holder(int lock) {
    char text[32] = {};
    auto const size = ::pread(lock, text, sizeof text - 1, 0);
    return size > 0 ? "process " + std::string(text, static_cast<std::size_t>(size)) : "another process";
}

}  // namespace

DataFolder::DataFolder(std::filesystem::path const& path) : path_(path) {
    make_folder(path);
    std::string const name = (path / lock_name).string();
    lock_ = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock_ < 0) fail("opening " + name);
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
        int const error = errno;
        std::string const who = holder(lock_);
        ::close(lock_);
        if (error != EWOULDBLOCK) throw std::system_error(error, std::generic_category(), "locking " + name);
        throw Fault(errors::data_folder_in_use, "The data folder " + path.string() + " is in use by " + who +
                                                    ". Stop it first, or give a command that talks to it.");
    }
    try {
        std::string const own = std::to_string(::getpid());
        if (::ftruncate(lock_, 0) != 0 || ::pwrite(lock_, own.data(), own.size(), 0) < 0) fail("writing " + name);
    } catch (...) {
        ::close(lock_);
        throw;
    }
}

DataFolder::~DataFolder() {
    ::close(lock_);
}

std::filesystem::path DataFolder::database_file() const {
    auto const file = database_file_of(path_);
    make_private_file(file.string());
    return file;
}

std::filesystem::path database_file_of(std::filesystem::path const& folder) {
    return folder / "mainstay.db";
}

bool is_data_folder_in_use(std::filesystem::path const& path) {
    int const lock = ::open((path / lock_name).c_str(), O_RDONLY | O_CLOEXEC);
    if (lock < 0) return false;
    bool const is_held = ::flock(lock, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(lock);
    return is_held;
}

void flush_to_disk(std::filesystem::path const& path) {
    int const file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) fail("opening " + path.string());
    int const result = ::fsync(file);
    ::close(file);
    if (result != 0) fail("flushing " + path.string());
}

}  // namespace mainstay
