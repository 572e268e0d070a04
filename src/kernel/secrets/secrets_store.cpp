// Data keys, and what is sealed with them.
#include "base/random.hpp"
#include "base/text.hpp"
#include "kernel/secrets/sealing.hpp"
#include "kernel/secrets/secrets.hpp"

#include <algorithm>
#include <stdexcept>

namespace mainstay::secrets {
namespace {

using fields::field;

constexpr std::string_view mark = "s1";  // the form of what is sealed: "s1.ID_OF_THE_DATA_KEY.ENCRYPTED"

struct DataKey {
    TenantId tenant_id;
    std::string id, master_key_id, wrapped;
};
fields::Table const& table_of(DataKey const*) {
    static fields::Table const table{
        "SecretDataKey",
        {field("tenant_id", &DataKey::tenant_id, ""), field("id", &DataKey::id, ""),
         field("master_key_id", &DataKey::master_key_id, ""), field("wrapped", &DataKey::wrapped, "")}};
    return table;
}

[[noreturn]] void refuse(std::string const& why) {
    throw Fault(errors::secret_unreadable, "A stored secret cannot be read.", why);
}

std::string about(TenantId tenant, std::string_view id, std::string_view what) {
    return tenant.to_string() + '\n' + std::string(id) + '\n' + std::string(what);
}

std::string wrap(MasterKeys::Named const& master, DataKey const& row, Key const& key) {
    return encrypt(master.key, about(row.tenant_id, row.id, "data key"),
                   {reinterpret_cast<char const*>(key.data()), key.size()});
}

Key unwrap(MasterKeys const& keys, DataKey const& row) {
    Key master;
    try {
        master = keys.find(row.master_key_id);
    } catch (std::out_of_range const& unknown) {
        refuse(unknown.what());
    }
    auto const plain = decrypt(master, about(row.tenant_id, row.id, "data key"), row.wrapped);
    Key key{};
    if (!plain || plain->size() != key.size()) refuse("the data key " + row.id + " was altered");
    std::copy(plain->begin(), plain->end(), key.begin());
    return key;
}

struct Opened {
    std::string id;
    Key key;
};

Opened make_data_key(Transaction& tx, MasterKeys const& keys) {
    auto const master = keys.newest();
    Opened made{Id<"sdk">::make(tx.now()).to_string(), {}};
    random_bytes(made.key);
    DataKey row{tx.tenant(), made.id, master.id, {}};
    row.wrapped = wrap(master, row, made.key);
    tx.execute(R"(
        INSERT INTO secret_data_keys (tenant_id, id, master_key_id, wrapped, created_at)
        VALUES (:tenant, :id, :master_key_id, :wrapped, :now))",
               row, bind("now", tx.now()));
    return made;
}

}  // namespace

std::string Secrets::seal(Transaction& tx, std::string_view purpose, std::string_view secret) const {
    if (secret.size() > secret_bytes_max) throw std::logic_error("a secret is larger than secrets::secret_bytes_max");
    auto const newest = tx.maybe_one<DataKey>(R"(
        SELECT tenant_id, id, master_key_id, wrapped FROM secret_data_keys
         WHERE tenant_id = :tenant ORDER BY id DESC LIMIT 1)");
    Opened const key = newest ? Opened{newest->id, unwrap(keys_, *newest)} : make_data_key(tx, keys_);
    return std::string(mark) + '.' + key.id + '.' + encrypt(key.key, about(tx.tenant(), key.id, purpose), secret);
}

std::string Secrets::open(Snapshot& snapshot, std::string_view purpose, std::string_view sealed) const {
    auto const parts = split(sealed, '.');
    if (parts.size() != 3 || parts[0] != mark) refuse("it is not in the form of what is sealed");
    auto const row = snapshot.maybe_one<DataKey>(R"(
        SELECT tenant_id, id, master_key_id, wrapped FROM secret_data_keys WHERE tenant_id = :tenant AND id = :id)",
                                                 bind("id", parts[1]));
    if (!row) refuse("the tenant has no data key " + std::string(parts[1]));
    auto plain = decrypt(unwrap(keys_, *row), about(snapshot.tenant(), row->id, purpose), parts[2]);
    if (!plain) refuse("it was altered, or is for another purpose");
    return std::move(*plain);
}

void Secrets::renew_data_key(Transaction& tx) const {
    make_data_key(tx, keys_);
}

std::int64_t Secrets::rewrap(Transaction& system) const {
    auto const newest = keys_.newest();
    auto const rows = system.all<DataKey>(R"(
        SELECT tenant_id, id, master_key_id, wrapped FROM secret_data_keys
         WHERE master_key_id <> :newest ORDER BY tenant_id, id LIMIT :at_most)",
                                          bind("newest", newest.id), bind("at_most", rewrapped_at_once));
    for (auto const& row : rows)
        system.execute(R"(
            UPDATE secret_data_keys SET master_key_id = :newest, wrapped = :wrapped
             WHERE tenant_id = :tenant_id AND id = :id)",
                       bind("newest", newest.id), bind("wrapped", wrap(newest, row, unwrap(keys_, row))),
                       bind("tenant_id", row.tenant_id), bind("id", row.id));
    return std::ssize(rows);
}

}  // namespace mainstay::secrets
