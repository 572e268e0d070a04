#include "platform/identity/identity.hpp"

#include <gtest/gtest.h>

namespace mainstay::identity {
namespace {

std::string why(std::string_view password, std::vector<std::string_view> const& own_words = {}) {
    return why_refused(password, own_words).value_or("");
}

TEST(Passwords, TheCommonestAreRefusedInWhateverTheyAreDressed) {
    for (auto const* common :
         {"password", "12345678", "qwertyuiop", "iloveyou", "PASSWORD", "Password1", "P@ssw0rd", "P@$$w0rd!",
          "Welcome2024", "Dragon123!", "m0nkey!!!", "1l0vey0u", "sunshine99", "letmein2025", "Football#1"})
        EXPECT_NE(why(common), "") << common;
}

TEST(Passwords, WhatOnlyHoldsACommonWordIsTaken) {
    for (auto const* good : {"correct horse battery", "dragon over water", "my password is long", "k3Yb0-7hq-Lm2",
                             "sunshine on 4 leaves", "Tr0ub4dor&3x", "98a7bc6d"})
        EXPECT_EQ(why(good), "") << good;
}

TEST(Passwords, LengthsAndOwnWordsAreChecked) {
    EXPECT_NE(why("short77"), "");
    EXPECT_EQ(why("short777x"), "");
    EXPECT_EQ(why(std::string(64, 'x') + std::string(64, 'y')), "");
    EXPECT_NE(why(std::string(64, 'x') + std::string(65, 'y')), "");
    EXPECT_NE(why("aaaaaaaaaaaa"), "");
    EXPECT_NE(why("\xff\xfe\xfd rest of it"), "");
    EXPECT_NE(why("we love HARBOUR", {"Harbour"}), "");
    EXPECT_EQ(why("we love the sea", {"Harbour", "we"}), "") << "two letters are no word";
}

// Vectors of crypt_blowfish (public domain), for the key "U*U".
TEST(Passwords, AHashOfBcryptIsTakenUntilItIsReplaced) {
    Passwords passwords;
    for (std::string const hash : {"$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                                   "$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"}) {
        EXPECT_TRUE(Passwords::is_bcrypt(hash));
        EXPECT_FALSE(Passwords::is_current(hash));
        EXPECT_TRUE(passwords.verify("U*U", hash));
        EXPECT_FALSE(passwords.verify("U*V", hash));
        EXPECT_FALSE(passwords.verify(std::string_view("U*U\0more", 8), hash));
    }
    EXPECT_TRUE(Passwords::is_current(passwords.hash("U*U")));
}

// Counted, not timed: what takes other work takes another time.
TEST(Passwords, WhateverHashAnAccountHasAndWhetherThereIsOneTheWorkIsTheSame) {
    Passwords passwords;
    std::string const imported = "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW";
    std::string const own = passwords.hash("U*U");
    auto const work_of = [&](std::string const& password, std::string const& hash, int cost) {
        auto const before = passwords.work();
        passwords.verify(password, hash, cost);
        auto const after = passwords.work();
        return std::pair(after.argon2_runs - before.argon2_runs, after.bcrypt_rounds - before.bcrypt_rounds);
    };
    for (int const cost : {5, 6, 8})
        for (auto const& hash : {std::string(), own, imported})
            for (auto const* password : {"U*U", "U*V"})
                EXPECT_EQ(work_of(password, hash, cost), std::pair(std::uint64_t{1}, std::uint64_t{1} << cost)) << hash;
    EXPECT_EQ(work_of("U*U", own, 0), std::pair(std::uint64_t{1}, std::uint64_t{0})) << "no more than is needed";
    EXPECT_TRUE(passwords.verify("U*U", imported, 8));
    EXPECT_TRUE(passwords.verify("U*U", own, 8));
    EXPECT_FALSE(passwords.verify("U*U", "", 8));
}

TEST(Passwords, NoOtherHashIsTaken) {
    Passwords passwords;
    for (std::string const hash : {"", "U*U", "$1$abcdefgh$irWbblnpmw.5z7wgBnprh0", "$2x$05$/OK.fbVrR/bpIqNJ5ianF.",
                                   "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe",
                                   "$2a$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"}) {
        EXPECT_FALSE(Passwords::is_bcrypt(hash)) << hash;
        EXPECT_FALSE(passwords.verify("U*U", hash)) << hash;
    }
}

}  // namespace
}  // namespace mainstay::identity
