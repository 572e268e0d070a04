#include "base/hash.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

namespace mainstay {
namespace {
unsigned char const* bytes(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}
}  // namespace

Sha256 sha256(std::string_view text) {
    Sha256 out{};
    SHA256(bytes(text), text.size(), out.data());
    return out;
}

struct Sha256Sum::State {
    struct Free {
        void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    };
    std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};
};

Sha256Sum::Sha256Sum() : state_(std::make_unique<State>()) {
    EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr);
}
Sha256Sum::~Sha256Sum() = default;

void Sha256Sum::add(std::string_view text) {
    EVP_DigestUpdate(state_->context.get(), text.data(), text.size());
}

Sha256 Sha256Sum::finish() {
    Sha256 out{};
    EVP_DigestFinal_ex(state_->context.get(), out.data(), nullptr);
    return out;
}

Sha256 hmac_sha256(std::string_view key, std::string_view message) {
    Sha256 out{};
    unsigned size = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes(message), message.size(), out.data(), &size);
    return out;
}

bool equals_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace mainstay
