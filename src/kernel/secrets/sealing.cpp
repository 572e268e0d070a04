#include "kernel/secrets/sealing.hpp"

#include "base/random.hpp"
#include "base/text.hpp"

#include <openssl/evp.h>

#include <memory>
#include <new>
#include <vector>

namespace mainstay::secrets {
namespace {

constexpr std::size_t nonce_bytes = 12, tag_bytes = 16;

using Context = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

unsigned char const* bytes(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}

void must(int result) {
    if (result != 1) throw std::bad_alloc();  // OpenSSL's only other reasons are wrong arguments
}

}  // namespace

std::string encrypt(Key const& key, std::string_view about, std::string_view plain) {
    std::vector<unsigned char> out(nonce_bytes + plain.size() + tag_bytes);
    random_bytes(std::span(out).first(nonce_bytes));
    Context const context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    int size = 0;
    must(EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), out.data()));
    must(EVP_EncryptUpdate(context.get(), nullptr, &size, bytes(about), static_cast<int>(about.size())));
    must(EVP_EncryptUpdate(context.get(), out.data() + nonce_bytes, &size, bytes(plain),
                           static_cast<int>(plain.size())));
    must(EVP_EncryptFinal_ex(context.get(), out.data() + nonce_bytes + size, &size));
    must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, tag_bytes, out.data() + nonce_bytes + plain.size()));
    return to_base64url(out);
}

std::optional<std::string> decrypt(Key const& key, std::string_view about, std::string_view encrypted) {
    auto in = from_base64url(encrypted);
    if (!in || in->size() < nonce_bytes + tag_bytes) return std::nullopt;
    std::size_t const plain_size = in->size() - nonce_bytes - tag_bytes;
    std::string plain(plain_size, '\0');
    Context const context(EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
    int size = 0;
    must(EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(), in->data()));
    must(EVP_DecryptUpdate(context.get(), nullptr, &size, bytes(about), static_cast<int>(about.size())));
    must(EVP_DecryptUpdate(context.get(), reinterpret_cast<unsigned char*>(plain.data()), &size,
                           in->data() + nonce_bytes, static_cast<int>(plain_size)));
    must(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, tag_bytes, in->data() + nonce_bytes + plain_size));
    unsigned char none = 0;
    if (EVP_DecryptFinal_ex(context.get(), &none, &size) != 1) return std::nullopt;  // altered
    return plain;
}

}  // namespace mainstay::secrets
