// Keys and signatures, by OpenSSL. ECDSA signatures stand as r and s behind each other (RFC 7518 section 3.4).
#include "base/text.hpp"
#include "kernel/jwt/jwt.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <array>
#include <new>

namespace mainstay::jwt {
namespace {

constexpr std::size_t p256_bytes = 32;
constexpr char const* p256 = "P-256";
constexpr BN_ULONG rsa_exponent_min = 65'537;
constexpr int rsa_exponent_bits_max = 64;

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* what) const {
        Free(what);
    }
};
using Number = std::unique_ptr<BIGNUM, Freed<BN_free>>;
using Signature = std::unique_ptr<ECDSA_SIG, Freed<ECDSA_SIG_free>>;
using Digest = std::unique_ptr<EVP_MD_CTX, Freed<EVP_MD_CTX_free>>;
using Context = std::unique_ptr<EVP_PKEY_CTX, Freed<EVP_PKEY_CTX_free>>;
using Builder = std::unique_ptr<OSSL_PARAM_BLD, Freed<OSSL_PARAM_BLD_free>>;
using Parameters = std::unique_ptr<OSSL_PARAM, Freed<OSSL_PARAM_free>>;

unsigned char const* bytes(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}

std::shared_ptr<EVP_PKEY> owned(EVP_PKEY* key) {
    return {key, [](EVP_PKEY* held) { EVP_PKEY_free(held); }};
}

void must(bool is_done) {
    if (!is_done) throw std::bad_alloc();
}

Number number_of(std::string_view big_endian) {
    return Number(BN_bin2bn(bytes(big_endian), static_cast<int>(big_endian.size()), nullptr));
}

// Null for what is no public key of the kind.
std::shared_ptr<EVP_PKEY> public_key(char const* kind, OSSL_PARAM* parameters) {
    Context const making(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
    EVP_PKEY* made = nullptr;
    if (!making || EVP_PKEY_fromdata_init(making.get()) != 1 ||
        EVP_PKEY_fromdata(making.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters) != 1)
        return nullptr;
    auto key = owned(made);
    Context const checking(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    return checking && EVP_PKEY_public_check(checking.get()) == 1 ? key : nullptr;
}

bool is_p256(EVP_PKEY* key) {
    std::array<char, 32> name{};
    return EVP_PKEY_is_a(key, "EC") == 1 && EVP_PKEY_get_group_name(key, name.data(), name.size(), nullptr) == 1 &&
           std::string_view(name.data()) == SN_X9_62_prime256v1;
}

std::string to_der(std::string_view signature) {
    if (signature.size() != 2 * p256_bytes) return {};
    Signature const both(ECDSA_SIG_new());
    must(both && ECDSA_SIG_set0(both.get(), number_of(signature.substr(0, p256_bytes)).release(),
                                number_of(signature.substr(p256_bytes)).release()) == 1);
    std::string der(static_cast<std::size_t>(i2d_ECDSA_SIG(both.get(), nullptr)), '\0');
    auto* out = reinterpret_cast<unsigned char*>(der.data());
    i2d_ECDSA_SIG(both.get(), &out);
    return der;
}

}  // namespace

std::optional<PublicKey> PublicKey::of_p256(std::string_view x, std::string_view y) {
    if (x.size() != p256_bytes || y.size() != p256_bytes) return std::nullopt;
    std::string const point = '\x04' + std::string(x) + std::string(y);  // uncompressed
    Builder const builder(OSSL_PARAM_BLD_new());
    must(builder && OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, p256, 0) == 1 &&
         OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) == 1);
    Parameters const parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    auto key = public_key("EC", parameters.get());
    return key ? std::optional(PublicKey(Algorithm::es256, std::move(key))) : std::nullopt;
}

std::optional<PublicKey> PublicKey::of_rsa(std::string_view n, std::string_view e) {
    if (n.size() > rsa_bits_max / 8 || e.size() > rsa_exponent_bits_max / 8) return std::nullopt;
    Number const modulus = number_of(n), exponent = number_of(e), least(BN_new());
    must(modulus && exponent && least && BN_set_word(least.get(), rsa_exponent_min) == 1);
    bool const is_sound = BN_num_bits(modulus.get()) >= rsa_bits_min && BN_is_odd(modulus.get()) &&
                          BN_is_odd(exponent.get()) && BN_cmp(exponent.get(), least.get()) >= 0;
    if (!is_sound) return std::nullopt;
    Builder const builder(OSSL_PARAM_BLD_new());
    must(builder && OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get()) == 1 &&
         OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get()) == 1);
    Parameters const parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    auto key = public_key("RSA", parameters.get());
    return key ? std::optional(PublicKey(Algorithm::rs256, std::move(key))) : std::nullopt;
}

std::optional<PublicKey> PublicKey::of_der(std::string_view der) {
    auto const* at = bytes(der);
    auto key = owned(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
    if (!key || !is_p256(key.get())) return std::nullopt;
    return PublicKey(Algorithm::es256, std::move(key));
}

bool PublicKey::verifies(std::string_view message, std::string_view signature) const {
    std::string const form = algorithm_ == Algorithm::es256 ? to_der(signature) : std::string(signature);
    Digest const digest(EVP_MD_CTX_new());
    must(digest && EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1);
    return !form.empty() &&
           EVP_DigestVerify(digest.get(), bytes(form), form.size(), bytes(message), message.size()) == 1;
}

PrivateKey PrivateKey::make() {
    auto key = owned(EVP_EC_gen(p256));
    must(key != nullptr);
    return PrivateKey(std::move(key));
}

std::optional<PrivateKey> PrivateKey::of_der(std::string_view der) {
    auto const* at = bytes(der);
    auto key = owned(d2i_PrivateKey(EVP_PKEY_EC, nullptr, &at, static_cast<long>(der.size())));
    if (!key || !is_p256(key.get())) return std::nullopt;
    return PrivateKey(std::move(key));
}

std::string PrivateKey::der() const {
    std::string der(static_cast<std::size_t>(i2d_PrivateKey(key_.get(), nullptr)), '\0');
    auto* out = reinterpret_cast<unsigned char*>(der.data());
    i2d_PrivateKey(key_.get(), &out);
    return der;
}

std::string PrivateKey::public_der() const {
    std::string der(static_cast<std::size_t>(i2d_PUBKEY(key_.get(), nullptr)), '\0');
    auto* out = reinterpret_cast<unsigned char*>(der.data());
    i2d_PUBKEY(key_.get(), &out);
    return der;
}

std::string PrivateKey::sign(std::string_view message) const {
    Digest const digest(EVP_MD_CTX_new());
    std::size_t size = 0;
    must(digest && EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
         EVP_DigestSign(digest.get(), nullptr, &size, bytes(message), message.size()) == 1);
    std::string der(size, '\0');
    must(EVP_DigestSign(digest.get(), reinterpret_cast<unsigned char*>(der.data()), &size, bytes(message),
                        message.size()) == 1);
    auto const* at = bytes(der);
    Signature const both(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
    must(both != nullptr);
    std::string signature(2 * p256_bytes, '\0');
    auto* const out = reinterpret_cast<unsigned char*>(signature.data());
    must(BN_bn2binpad(ECDSA_SIG_get0_r(both.get()), out, p256_bytes) == p256_bytes &&
         BN_bn2binpad(ECDSA_SIG_get0_s(both.get()), out + p256_bytes, p256_bytes) == p256_bytes);
    return signature;
}

}  // namespace mainstay::jwt
