#include "testing/testing.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace mainstay::testing {
namespace {

constexpr std::size_t test_connections = 8;  // several test programs share one server

}  // namespace

TemporaryFolder::TemporaryFolder() {
    std::string text = (std::filesystem::temp_directory_path() / "mainstay-test.XXXXXX").string();
    if (mkdtemp(text.data()) == nullptr) throw std::system_error(errno, std::generic_category(), text);
    path_ = text;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

Engines::Engines() : mine(TenantId::make(clock.now())), theirs(TenantId::make(clock.now())) {
    sqlite.folder = folder_.path();
    if (is_sqlite()) return;
    FreshPostgres::empty();
    postgres.url = FreshPostgres::url();
    postgres.connections = test_connections;
}

Database& Engines::database() {
    if (!database_) reopen();
    return *database_;
}

void Engines::close() {
    database_.reset();
}

void Engines::reopen() {
    reopen(clock);
}

void Engines::reopen(Clock& with) {
    database_.reset();  // a folder belongs to one
    database_ = is_sqlite() ? Database::open(sqlite, with) : Database::open(postgres, with);
}

void Engines::migrate(std::initializer_list<std::span<Migration const>> modules) {
    std::vector<Migration> all;
    for (auto const& module : modules) all.insert(all.end(), module.begin(), module.end());
    database().migrate(all);
}

::testing::internal::ParamGenerator<Database::Engine> each_engine() {
    std::vector<Database::Engine> engines{Database::Engine::sqlite};
    if (FreshPostgres::is_available()) engines.push_back(Database::Engine::postgres);
    return ::testing::ValuesIn(engines);
}

bool has_ipv6_loopback() {
    int const listener = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener < 0) return false;
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_addr = in6addr_loopback;
    bool const can = ::bind(listener, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0;
    close(listener);
    return can;
}

::testing::internal::ParamGenerator<Database::Engine> postgres_alone() {
    std::vector<Database::Engine> engines;
    if (FreshPostgres::is_available()) engines.push_back(Database::Engine::postgres);
    return ::testing::ValuesIn(engines);
}

std::string engine_name(::testing::TestParamInfo<Database::Engine> const& info) {
    return info.param == Database::Engine::sqlite ? "Sqlite" : "Postgres";
}

}  // namespace mainstay::testing
