// Secrets of tenants that the program itself must read again (seeds of second factors, tokens of providers), in
// envelope encryption: AES-256-GCM under a data key of the tenant, and that under a master key which stands in a file
// outside of the database. What is sealed opens in its tenant and for its purpose alone.
#pragma once
#include "kernel/secrets/master_keys.hpp"
#include "kernel/storage/storage.hpp"

#include <string>
#include <string_view>

namespace mainstay::secrets {

inline constexpr std::size_t secret_bytes_max = 64u << 10;
inline constexpr std::int64_t rewrapped_at_once = 100;

class Secrets {
public:
    explicit Secrets(MasterKeys const& keys) : keys_(keys) {}

    // `purpose` says what it is for and whose it is ("totp:usr_…"), so that it opens nowhere else. Makes the tenant's
    // first data key when there is none. The text has URL-safe characters alone.
    std::string seal(Transaction&, std::string_view purpose, std::string_view secret) const;
    // Throws Fault(errors::secret_unreadable) for what was altered, is another tenant's or for another purpose, or
    // whose master key is not in the file.
    std::string open(Snapshot&, std::string_view purpose, std::string_view sealed) const;
    // From now on secrets of the tenant are sealed with a new data key.
    void renew_data_key(Transaction&) const;

    // In system scope: wraps data keys of any tenants that an older master key wrapped with the newest, at most
    // rewrapped_at_once. Gives how many; what is left of older ones then may leave the file.
    std::int64_t rewrap(Transaction& system) const;

private:
    MasterKeys const& keys_;
};

std::span<Migration const> migrations();

}  // namespace mainstay::secrets

namespace mainstay::errors {
inline constexpr ErrorCode secret_unreadable{
    "secret_unreadable", 500, "A stored secret cannot be read",
    "The file of master keys lacks the key that it was encrypted with, or the stored text was altered. Restore the "
    "file of master keys (`secrets.keys`) that belongs to this database."};
}  // namespace mainstay::errors
