#include "base/hash.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <memory>
#include <new>

namespace mainstay {
namespace {
unsigned char const* bytes(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}
}  // namespace

// SHA256() looks its algorithm up each time, which costs as much as hashing a key.
Sha256 sha256(std::string_view text) {
    static std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> const algorithm(EVP_MD_fetch(nullptr, "SHA256", nullptr),
                                                                           &EVP_MD_free);
    thread_local std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const context(EVP_MD_CTX_new(),
                                                                                       &EVP_MD_CTX_free);
    Sha256 out{};
    if (EVP_DigestInit_ex(context.get(), algorithm.get(), nullptr) != 1 ||
        EVP_DigestUpdate(context.get(), text.data(), text.size()) != 1 ||
        EVP_DigestFinal_ex(context.get(), out.data(), nullptr) != 1)
        throw std::bad_alloc();
    return out;
}

struct Sha256Sum::State {
    std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(), &EVP_MD_CTX_free};
};

Sha256Sum::Sha256Sum() : state_(std::make_unique<State>()) {
    if (EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
}
Sha256Sum::~Sha256Sum() = default;

void Sha256Sum::add(std::string_view text) {
    if (EVP_DigestUpdate(state_->context.get(), text.data(), text.size()) != 1) throw std::bad_alloc();
}

Sha256 Sha256Sum::finish() {
    Sha256 out{};
    if (EVP_DigestFinal_ex(state_->context.get(), out.data(), nullptr) != 1) throw std::bad_alloc();
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
