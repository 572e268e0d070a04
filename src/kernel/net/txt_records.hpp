// TXT records of a name in the DNS (RFC 1035 section 3.3.14). What the DNS says is anybody's word, and is taken in
// bounds. Included by net.hpp.
#pragma once
#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace mainstay::net {

inline constexpr std::size_t txt_records_max = 50;   // of an answer; what is behind them is not looked at
inline constexpr std::size_t txt_bytes_max = 1'024;  // of a record, its strings joined; a longer one is left out
inline constexpr std::size_t txt_answer_bytes_max = 16u << 10;

struct TxtAnswer {
    enum class Outcome { found, none, failed };  // none: the DNS says that there are none
    Outcome outcome = Outcome::none;
    std::vector<std::string> texts;
};

// Asks the resolvers of the system, which takes ten seconds at most; from any thread.
TxtAnswer look_up_txt(std::string const& name);

// What a resolver answered, as bytes of a message. Malformed is failed.
TxtAnswer read_txt_answer(std::span<unsigned char const> message);

using TxtResolver = std::function<TxtAnswer(std::string const& name)>;

}  // namespace mainstay::net
