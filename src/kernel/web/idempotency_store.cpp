#include "kernel/web/idempotency.hpp"
#include "kernel/web/service.hpp"

#include <algorithm>

namespace mainstay::web {
namespace {

struct KeptRow {
    std::string request_hash;
    std::int64_t status = 0;
    std::string body;
    std::optional<std::string> secret_object_id;
    Instant created_at;
};

fields::Table const& table_of(KeptRow const*) {
    static fields::Table const table{
        "KeptRow",
        {fields::field("request_hash", &KeptRow::request_hash, ""), fields::field("status", &KeptRow::status, ""),
         fields::field("body", &KeptRow::body, ""), fields::field("secret_object_id", &KeptRow::secret_object_id, ""),
         fields::field("created_at", &KeptRow::created_at, "")}};
    return table;
}

void remove_expired(Transaction& tx) {
    tx.execute(R"(
        DELETE FROM idempotency_keys
         WHERE tenant_id = :tenant AND (credential_id, route, key) IN (
               SELECT credential_id, route, key FROM idempotency_keys
                WHERE tenant_id = :tenant AND created_at <= :before LIMIT :at_most))",
               bind("before", tx.now() - idempotency_kept), bind("at_most", expired_removed_at_once));
}

}  // namespace

bool is_valid_idempotency_key(std::string_view key) {
    return !key.empty() && key.size() <= idempotency_key_max &&
           std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7F; });
}

std::optional<KeptReply> find_kept_reply(Transaction& tx, IdempotencyClaim const& claim) {
    auto row = tx.maybe_one<KeptRow>(R"(
        SELECT request_hash, status, body, secret_object_id, created_at
          FROM idempotency_keys
         WHERE tenant_id = :tenant AND credential_id = :credential_id AND route = :route AND key = :key)",
                                     bind("credential_id", claim.credential_id), bind("route", claim.route),
                                     bind("key", claim.key));
    if (!row || row->created_at + idempotency_kept <= tx.now()) return std::nullopt;
    if (row->request_hash != claim.request_hash)
        throw Fault(errors::idempotency_key_reused, "This Idempotency-Key belongs to a request with another body.");
    return KeptReply{row->status, std::move(row->body), std::move(row->secret_object_id)};
}

void keep_reply(Transaction& tx, IdempotencyClaim const& claim, KeptReply const& reply) {
    tx.execute(R"(
        INSERT INTO idempotency_keys
               (tenant_id, credential_id, route, key, request_hash, status, body, secret_object_id, created_at)
        VALUES (:tenant, :credential_id, :route, :key, :request_hash, :status, :body, :secret_object_id, :now)
        ON CONFLICT (tenant_id, credential_id, route, key) DO UPDATE
           SET request_hash = excluded.request_hash, status = excluded.status, body = excluded.body,
               secret_object_id = excluded.secret_object_id, created_at = excluded.created_at)",
               bind("credential_id", claim.credential_id), bind("route", claim.route), bind("key", claim.key),
               bind("request_hash", claim.request_hash), bind("status", reply.status), bind("body", reply.body),
               bind("secret_object_id", reply.secret_object_id), bind("now", tx.now()));
    remove_expired(tx);
}

}  // namespace mainstay::web
