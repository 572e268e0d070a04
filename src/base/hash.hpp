// Digests, by OpenSSL.
#pragma once
#include <array>
#include <memory>
#include <span>
#include <string_view>

namespace mainstay {

using Sha256 = std::array<unsigned char, 32>;

Sha256 sha256(std::string_view);

// The digest of what is added piece by piece.
class Sha256Sum {
public:
    Sha256Sum();
    ~Sha256Sum();
    Sha256Sum(Sha256Sum const&) = delete;
    Sha256Sum& operator=(Sha256Sum const&) = delete;

    void add(std::string_view);
    Sha256 finish();  // once; nothing may be added after it

private:
    struct State;
    std::unique_ptr<State> state_;
};

Sha256 hmac_sha256(std::string_view key, std::string_view message);

// In time that depends on the lengths alone.
bool equals_in_constant_time(std::string_view a, std::string_view b);

}  // namespace mainstay
