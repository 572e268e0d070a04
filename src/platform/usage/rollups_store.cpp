// All SQL of roll-ups.
#include "platform/usage/rollups.hpp"

namespace mainstay::usage {
namespace {

using fields::field;

// A bucket as its row has it; times are numbers in JSON too.
struct RollupRow {
    std::string meter_id;
    std::string subject;
    std::int64_t bucket_at = 0;
    std::string groups;
    std::int64_t events = 0;
    std::int64_t whole = 0, billionths = 0, moment_whole = 0, moment_billionths = 0;
    std::string peak;

    BucketKey key() const { return {meter_id, subject, {bucket_at}, groups}; }
};
fields::Table const& table_of(RollupRow const*) {
    static fields::Table const table{
        "UsageRollupRow",
        {field("meter_id", &RollupRow::meter_id, ""), field("subject", &RollupRow::subject, ""),
         field("bucket_at", &RollupRow::bucket_at, ""), field("groups", &RollupRow::groups, ""),
         field("events", &RollupRow::events, ""), field("whole", &RollupRow::whole, ""),
         field("billionths", &RollupRow::billionths, ""), field("moment_whole", &RollupRow::moment_whole, ""),
         field("moment_billionths", &RollupRow::moment_billionths, ""), field("peak", &RollupRow::peak, "")}};
    return table;
}

struct UniqueRow {
    std::string meter_id;
    std::string subject;
    std::int64_t bucket_at = 0;
    std::string groups;
    std::string value;

    BucketKey key() const { return {meter_id, subject, {bucket_at}, groups}; }
};
fields::Table const& table_of(UniqueRow const*) {
    static fields::Table const table{
        "UsageUniqueRow",
        {field("meter_id", &UniqueRow::meter_id, ""), field("subject", &UniqueRow::subject, ""),
         field("bucket_at", &UniqueRow::bucket_at, ""), field("groups", &UniqueRow::groups, ""),
         field("value", &UniqueRow::value, "")}};
    return table;
}

RollupRow row_of(BucketKey const& key, Rollup const& one) {
    return {key.meter_id,         key.subject,        key.bucket_at.us,        key.groups, one.events, one.sum.whole(),
            one.sum.billionths(), one.moment.whole(), one.moment.billionths(), one.peak};
}

constexpr Sql add_rollups(R"(
    INSERT INTO usage_rollups (tenant_id, meter_id, subject, bucket_at, groups, events, whole, billionths,
                               moment_whole, moment_billionths, peak)
    VALUES (:tenant, :meter_id, :subject, :bucket_at, :groups, :events, :whole, :billionths, :moment_whole,
            :moment_billionths, :peak)
    ON CONFLICT (tenant_id, meter_id, subject, bucket_at, groups) DO UPDATE
       SET events = usage_rollups.events + excluded.events,
           whole = usage_rollups.whole + excluded.whole,
           billionths = usage_rollups.billionths + excluded.billionths,
           moment_whole = usage_rollups.moment_whole + excluded.moment_whole,
           moment_billionths = usage_rollups.moment_billionths + excluded.moment_billionths,
           peak = CASE WHEN excluded.peak > usage_rollups.peak THEN excluded.peak ELSE usage_rollups.peak END)",
                          R"(
    INSERT INTO usage_rollups (tenant_id, meter_id, subject, bucket_at, groups, events, whole, billionths,
                               moment_whole, moment_billionths, peak)
    SELECT :tenant, given.meter_id, given.subject, given.bucket_at, given.groups, given.events, given.whole,
           given.billionths, given.moment_whole, given.moment_billionths, given.peak
      FROM json_to_recordset(CAST(:rows AS json))
           AS given (meter_id TEXT, subject TEXT, bucket_at BIGINT, groups TEXT, events BIGINT, whole BIGINT,
                     billionths BIGINT, moment_whole BIGINT, moment_billionths BIGINT, peak TEXT)
    ON CONFLICT (tenant_id, meter_id, subject, bucket_at, groups) DO UPDATE
       SET events = usage_rollups.events + excluded.events,
           whole = usage_rollups.whole + excluded.whole,
           billionths = usage_rollups.billionths + excluded.billionths,
           moment_whole = usage_rollups.moment_whole + excluded.moment_whole,
           moment_billionths = usage_rollups.moment_billionths + excluded.moment_billionths,
           peak = CASE WHEN excluded.peak > usage_rollups.peak THEN excluded.peak ELSE usage_rollups.peak END)");

constexpr Sql add_unique_values(R"(
    INSERT INTO usage_unique_values (tenant_id, meter_id, subject, bucket_at, groups, value)
    VALUES (:tenant, :meter_id, :subject, :bucket_at, :groups, :value)
    ON CONFLICT (tenant_id, meter_id, subject, bucket_at, groups, value) DO NOTHING)",
                                R"(
    INSERT INTO usage_unique_values (tenant_id, meter_id, subject, bucket_at, groups, value)
    SELECT :tenant, given.meter_id, given.subject, given.bucket_at, given.groups, given.value
      FROM json_to_recordset(CAST(:rows AS json))
           AS given (meter_id TEXT, subject TEXT, bucket_at BIGINT, groups TEXT, value TEXT)
    ON CONFLICT (tenant_id, meter_id, subject, bucket_at, groups, value) DO NOTHING)");

}  // namespace

fields::Table const& table_of(BucketKey const*) {
    static fields::Table const table{
        "UsageBucketKey",
        {field("meter_id", &BucketKey::meter_id, ""), field("subject", &BucketKey::subject, ""),
         field("bucket_at", &BucketKey::bucket_at, ""), field("groups", &BucketKey::groups, "")}};
    return table;
}

void add(Transaction& tx, Database::Engine engine, Tallies const& tallies) {
    bool const is_row_by_row = engine == Database::Engine::sqlite;
    std::vector<RollupRow> rollups;
    std::vector<UniqueRow> values;
    for (auto const& [key, one] : tallies.rollups) {
        RollupRow row = row_of(key, one);
        if (is_row_by_row)
            tx.execute(add_rollups, row);
        else
            rollups.push_back(std::move(row));
    }
    for (auto const& [key, value] : tallies.unique_values) {
        UniqueRow row{key.meter_id, key.subject, key.bucket_at.us, key.groups, value};
        if (is_row_by_row)
            tx.execute(add_unique_values, row);
        else
            values.push_back(std::move(row));
    }
    if (!rollups.empty()) tx.execute(add_rollups, bind("rows", fields::to_json(rollups)));
    if (!values.empty()) tx.execute(add_unique_values, bind("rows", fields::to_json(values)));
}

std::vector<BucketKey> next_buckets(Snapshot& snapshot, BucketKey const& after, std::int64_t limit) {
    return snapshot.all<BucketKey>(R"(
        SELECT meter_id, subject, bucket_at, groups FROM usage_rollups
         WHERE tenant_id = :tenant AND meter_id = :meter_id
           AND (subject, bucket_at, groups) > (:subject, :bucket_at, :groups)
         ORDER BY subject, bucket_at, groups LIMIT :limit)",
                                   after, bind("limit", limit));
}

std::vector<UniqueValue> next_unique_values(Snapshot& snapshot, UniqueValue const& after, std::int64_t limit) {
    std::vector<UniqueValue> values;
    for (UniqueRow& row : snapshot.all<UniqueRow>(R"(
        SELECT meter_id, subject, bucket_at, groups, value FROM usage_unique_values
         WHERE tenant_id = :tenant AND meter_id = :meter_id
           AND (subject, bucket_at, groups, value) > (:subject, :bucket_at, :groups, :value)
         ORDER BY subject, bucket_at, groups, value LIMIT :limit)",
                                                  after.key, bind("value", after.value), bind("limit", limit)))
        values.push_back({row.key(), std::move(row.value)});
    return values;
}

std::map<BucketKey, Rollup> take_hours(Transaction& tx, BucketKey const& after, BucketKey const& up_to,
                                       Instant before) {
    std::map<BucketKey, Rollup> taken;
    for (RollupRow const& row :
         tx.all<RollupRow>(R"(
        DELETE FROM usage_rollups
         WHERE tenant_id = :tenant AND meter_id = :meter_id
           AND (subject, bucket_at, groups) > (:subject, :bucket_at, :groups)
           AND (subject, bucket_at, groups) <= (:last_subject, :last_bucket_at, :last_groups)
           AND bucket_at < :before AND bucket_at % :day <> 0
     RETURNING meter_id, subject, bucket_at, groups, events, whole, billionths, moment_whole, moment_billionths,
               peak)",
                           after, bind("last_subject", up_to.subject), bind("last_bucket_at", up_to.bucket_at),
                           bind("last_groups", up_to.groups), bind("before", before), bind("day", days(1).us)))
        taken[row.key()] = {row.events, Decimal::from_parts(row.whole, row.billionths),
                            Decimal::from_parts(row.moment_whole, row.moment_billionths), row.peak};
    return taken;
}

std::set<UniqueValue> take_hours(Transaction& tx, UniqueValue const& after, UniqueValue const& up_to, Instant before) {
    std::set<UniqueValue> taken;
    for (UniqueRow& row :
         tx.all<UniqueRow>(R"(
        DELETE FROM usage_unique_values
         WHERE tenant_id = :tenant AND meter_id = :meter_id
           AND (subject, bucket_at, groups, value) > (:subject, :bucket_at, :groups, :value)
           AND (subject, bucket_at, groups, value) <= (:last_subject, :last_bucket_at, :last_groups, :last_value)
           AND bucket_at < :before AND bucket_at % :day <> 0
     RETURNING meter_id, subject, bucket_at, groups, value)",
                           after.key, bind("value", after.value), bind("last_subject", up_to.key.subject),
                           bind("last_bucket_at", up_to.key.bucket_at), bind("last_groups", up_to.key.groups),
                           bind("last_value", up_to.value), bind("before", before), bind("day", days(1).us)))
        taken.insert({row.key(), std::move(row.value)});
    return taken;
}

std::int64_t remove_orphans(Transaction& tx, std::int64_t at_most) {
    std::int64_t removed = tx.execute(R"(
        DELETE FROM usage_rollups
         WHERE tenant_id = :tenant AND (meter_id, subject, bucket_at, groups) IN (
               SELECT meter_id, subject, bucket_at, groups FROM usage_rollups
                WHERE tenant_id = :tenant AND meter_id NOT IN (SELECT id FROM usage_meters WHERE tenant_id = :tenant)
                LIMIT :at_most))",
                                      bind("at_most", at_most));
    removed += tx.execute(R"(
        DELETE FROM usage_unique_values
         WHERE tenant_id = :tenant AND (meter_id, subject, bucket_at, groups, value) IN (
               SELECT meter_id, subject, bucket_at, groups, value FROM usage_unique_values
                WHERE tenant_id = :tenant AND meter_id NOT IN (SELECT id FROM usage_meters WHERE tenant_id = :tenant)
                LIMIT :at_most))",
                          bind("at_most", at_most));
    return removed;
}

}  // namespace mainstay::usage
