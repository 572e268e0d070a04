#include "platform/identity/identity.hpp"

#include "base/hash.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "kernel/web/web.hpp"

#include <argon2.h>
#include <crypt.h>

#include <algorithm>
#include <array>
#include <memory>

namespace mainstay::identity {
namespace {

constexpr std::uint32_t argon2_passes = 1, argon2_kib = 47'104, argon2_lanes = 1;
constexpr std::size_t salt_bytes = 16, hash_bytes = 32, encoded_bytes = 128;

// The hash of a password that nobody has, so that an unknown user costs what a known one does.
std::string const& hash_of_nobody() {
    static std::string const hash =
        "$argon2id$v=19$m=47104,t=1,p=1$bWFpbnN0YXlub2JvZHkhIQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    return hash;
}

// crypt_r knows this of its own and of other methods; the rest are not taken.
constexpr std::array<std::string_view, 3> bcrypt_marks{"$2b$", "$2a$", "$2y$"};
constexpr std::size_t bcrypt_bytes = 60;
constexpr std::string_view bcrypt_cost_min = "04", bcrypt_cost_max = "15";  // the last: some seconds

// Of a password that nobody has.
std::string bcrypt_hash_of_nobody(int cost) {
    return std::string("$2b$") + (cost < 10 ? "0" : "") + std::to_string(cost) + '$' + std::string(53, '.');
}

bool is_right_by_bcrypt(std::string const& password, std::string const& hash) {
    if (password.find('\0') != std::string::npos) return false;  // it would count up to there
    auto const room = std::make_unique<crypt_data>();            // 32 KiB
    char const* const made = crypt_r(password.c_str(), hash.c_str(), room.get());
    return made != nullptr && equals_in_constant_time(made, hash);
}

}  // namespace

// Holds one of the places in which Argon2 may run.
class Passwords::Place {
public:
    explicit Place(Passwords& owner) : owner_(owner) {
        if (owner_.waiting_.fetch_add(1) >= waiting_max) {
            owner_.waiting_.fetch_sub(1);
            Fault fault(errors::limited, "Too many people are signing in at the moment (limit: password checks).");
            fault.retry_after_s = 1;
            throw fault;
        }
        owner_.free_.acquire();
        owner_.waiting_.fetch_sub(1);
    }
    ~Place() { owner_.free_.release(); }
    Place(Place const&) = delete;
    Place& operator=(Place const&) = delete;

private:
    Passwords& owner_;
};

std::string Passwords::hash(std::string_view password) {
    Place const place(*this);
    std::array<unsigned char, salt_bytes> salt;
    random_bytes(salt);
    std::array<char, encoded_bytes> encoded{};
    int const error = argon2id_hash_encoded(argon2_passes, argon2_kib, argon2_lanes, password.data(), password.size(),
                                            salt.data(), salt.size(), hash_bytes, encoded.data(), encoded.size());
    if (error != ARGON2_OK)
        throw Fault(errors::internal_error, "The password could not be kept.", argon2_error_message(error));
    return encoded.data();
}

bool Passwords::verify(std::string_view password, std::string const& hash, int most_costly) {
    Place const place(*this);
    bool const is_imported = is_bcrypt(hash);
    bool const is_argon2 = !hash.empty() && !is_imported;
    ++argon2_runs_;
    bool const right =
        argon2id_verify((is_argon2 ? hash : hash_of_nobody()).c_str(), password.data(), password.size()) == ARGON2_OK;
    if (!is_imported && most_costly == 0) return is_argon2 && right;
    std::string const text(password);
    auto const run = [&](std::string const& bcrypt_hash) {
        bcrypt_rounds_ += std::uint64_t{1} << bcrypt_cost(bcrypt_hash);
        return is_right_by_bcrypt(text, bcrypt_hash);
    };
    // A cost more doubles the rounds, so that one run of each cost in between makes up for the difference.
    int cost = is_imported ? bcrypt_cost(hash) : most_costly;
    bool const right_by_bcrypt = run(is_imported ? hash : bcrypt_hash_of_nobody(cost)) && is_imported;
    for (; cost < most_costly; ++cost) run(bcrypt_hash_of_nobody(cost));
    return is_imported ? right_by_bcrypt : is_argon2 && right;
}

bool Passwords::is_current(std::string_view hash) {
    return hash.starts_with("$argon2id$v=19$m=47104,t=1,p=1$");
}

bool Passwords::is_bcrypt(std::string_view hash) {
    return hash.size() == bcrypt_bytes && hash.substr(4, 2).find_first_not_of("0123456789") == hash.npos &&
           hash.substr(4, 2) >= bcrypt_cost_min && hash.substr(4, 2) <= bcrypt_cost_max &&
           std::any_of(bcrypt_marks.begin(), bcrypt_marks.end(), [&](auto mark) { return hash.starts_with(mark); });
}

int Passwords::bcrypt_cost(std::string_view hash) {
    return is_bcrypt(hash) ? (hash[4] - '0') * 10 + (hash[5] - '0') : 0;
}

std::optional<std::string> why_refused(std::string_view password, std::vector<std::string_view> const& own_words) {
    if (!is_utf8(password)) return "must be UTF-8";
    std::size_t const size = utf8_length(password);
    if (size < password_min || size > password_max) return "must be 8 to 128 characters long";
    std::string const lower = lower_ascii(password);
    if (is_common(password)) return "is one of the commonest passwords, or made of one";
    if (std::all_of(lower.begin(), lower.end(), [&](char c) { return c == lower.front(); }))
        return "repeats one character";
    for (auto const word : own_words) {
        std::string const own = lower_ascii(word);
        if (own.size() >= 4 && lower.find(own) != std::string::npos)
            return "must not contain your name, address or organization";
    }
    return std::nullopt;
}

}  // namespace mainstay::identity
