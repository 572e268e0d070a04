// What a failed command of PostgreSQL means for the unit it belongs to.
#pragma once
#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>

namespace mainstay {

enum class PostgresFailure {
    conflict,         // 40001, 40P01: nothing was kept; the unit may run again
    connection_lost,  // nothing was kept, unless the COMMIT had been sent; the unit may run again
    stale_statement,  // a prepared statement no longer fits the schema or is unknown to the server
    final             // running again would not help
};

// Crosses the unit on its way to the retry; whoever waits for the unit sees its public_error.
class PostgresError : public std::runtime_error {
public:
    PostgresError(std::string sqlstate, std::string const& message);

    PostgresFailure failure() const;
    std::string const& sqlstate() const { return sqlstate_; }

private:
    std::string sqlstate_;
};

// SQLSTATEs that this side makes up itself (class 08, connection exceptions).
inline constexpr std::string_view lost_connection_state = "08006";
inline constexpr std::string_view refused_connection_state = "08001";
inline constexpr std::string_view canceled_state = "57014";

// What the contract of storage.hpp promises for it: ConstraintViolation, Fault or, for SQL that is wrong,
// std::logic_error.
std::exception_ptr public_error(PostgresError const&, std::string_view statement);

}  // namespace mainstay
