// All SQL of the keys that sign access tokens.
#include "base/text.hpp"
#include "platform/identity/access_tokens.hpp"

namespace mainstay::identity {
namespace {

using fields::field;

struct KeyRow {
    SigningKeyId id;
    std::string public_key, sealed_private;
    Instant created_at;
};
fields::Table const& table_of(KeyRow const*) {
    static fields::Table const table{
        "SigningKeyRow",
        {field("id", &KeyRow::id, ""), field("public_key", &KeyRow::public_key, ""),
         field("sealed_private", &KeyRow::sealed_private, ""), field("created_at", &KeyRow::created_at, "")}};
    return table;
}

std::string purpose_of(SigningKeyId id) {
    return "access_tokens:" + id.to_string();
}

std::string encoded(std::string_view bytes) {
    return to_base64url({reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size()});
}

std::string decoded(std::string_view text) {
    auto const bytes = from_base64url(text).value();
    return {bytes.begin(), bytes.end()};
}

}  // namespace

std::optional<SigningKey> find_signing_key(Snapshot& snapshot, secrets::Secrets const& secrets) {
    auto const row = snapshot.maybe_one<KeyRow>(R"(
        SELECT id, public_key, sealed_private, created_at FROM token_signing_keys
         WHERE created_at > :after ORDER BY id DESC LIMIT 1)",
                                                bind("after", snapshot.now() - signing_key_age));
    if (!row) return std::nullopt;
    return SigningKey{
        row->id,
        jwt::PrivateKey::of_der(decoded(secrets.open(snapshot, purpose_of(row->id), row->sealed_private))).value()};
}

SigningKey make_signing_key(Transaction& tx, secrets::Secrets const& secrets) {
    SigningKey made{SigningKeyId::make(tx.now()), jwt::PrivateKey::make()};
    KeyRow const row{made.id, encoded(made.key.public_der()),
                     secrets.seal(tx, purpose_of(made.id), encoded(made.key.der())), tx.now()};
    tx.execute(R"(
        INSERT INTO token_signing_keys (id, public_key, sealed_private, created_at)
        VALUES (:id, :public_key, :sealed_private, :created_at))",
               row);
    tx.execute("DELETE FROM token_signing_keys WHERE created_at <= :before",
               bind("before", tx.now() - signing_key_age - signing_key_kept));
    return made;
}

std::optional<jwt::PublicKey> find_public_key(Snapshot& snapshot, SigningKeyId id) {
    auto const key =
        snapshot.maybe_one<std::string>("SELECT public_key FROM token_signing_keys WHERE id = :id", bind("id", id));
    return key ? jwt::PublicKey::of_der(decoded(*key)) : std::nullopt;
}

}  // namespace mainstay::identity
