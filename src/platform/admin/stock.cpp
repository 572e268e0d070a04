// Counts users and keys, slice by slice.
#include "platform/admin/stock_store.hpp"
#include "platform/keys/keys.hpp"

#include <algorithm>
#include <map>

namespace mainstay::admin {
namespace {

constexpr std::int64_t rows_at_once = 2'000;      // of a slice, some milliseconds
constexpr Duration believed_least = seconds(10);  // what was counted
constexpr std::int64_t share = 100;               // and a hundred times as long as counting took

Instant start_of_day(Instant at) {
    return {at.us - at.us % days(1).us};
}

void count_users(Database& database, Stock& stock) {
    std::map<std::int64_t, std::int64_t> by_day;
    std::optional<identity::UserId> after;
    do {
        auto const tally = database.read(system_scope("users are counted"), [&](Snapshot& snapshot) {
            if (by_day.empty())
                for (std::int64_t i = 0; i < sign_up_days; ++i)
                    by_day[(start_of_day(snapshot.now()) - days(static_cast<int>(i))).us] = 0;
            Instant const since{by_day.begin()->first};
            for (auto const& day : identity::tally_sign_ups(snapshot, since, after, rows_at_once))
                by_day[day.day_at.us] += day.users;
            return identity::tally_users(snapshot, after, rows_at_once);
        });
        stock.users += tally.users;
        stock.suspended += tally.suspended;
        stock.operators += tally.operators;
        stock.seen_in_day += tally.seen_in_day;
        stock.seen_in_month += tally.seen_in_month;
        after = tally.last;
    } while (after);
    for (auto const& [day, users] : by_day) stock.sign_ups.push_back({Instant{day}, users});
}

void count_keys(Database& database, Stock& stock) {
    keys::KeyTally tally;
    do {
        tally = database.read(system_scope("keys are counted"),
                              [&](Snapshot& snapshot) { return keys::tally_keys(snapshot, tally.last, rows_at_once); });
        stock.api_keys += tally.api;
        stock.customer_keys += tally.customer;
    } while (tally.looked_at == rows_at_once);
}

}  // namespace

fields::Table const& table_of(Stock const*) {
    using fields::field;
    static fields::Table const table{
        "Stock",
        {field("users", &Stock::users, "All accounts."), field("suspended", &Stock::suspended, "Of those."),
         field("operators", &Stock::operators, "Of those, who run the installation."),
         field("seen_in_day", &Stock::seen_in_day, "Of those, signed in within 24 hours."),
         field("seen_in_month", &Stock::seen_in_month, "Of those, signed in within 30 days."),
         field("api_keys", &Stock::api_keys, "Keys of the API that are not revoked."),
         field("customer_keys", &Stock::customer_keys, "Keys of tenants' customers that are not revoked."),
         field("sign_ups", &Stock::sign_ups, "Accounts made in the last 30 days, by day.")}};
    return table;
}

Stock take_stock(Database& database) {
    Duration const began = system_clock().monotonic();
    Stock stock;
    count_users(database, stock);
    count_keys(database, stock);
    std::int64_t const took_us = (system_clock().monotonic() - began).us;
    database.write(system_scope("what was counted is kept"), [&](Transaction& tx) {
        keep_stock(tx, {tx.now(), took_us, stock});
    });
    return stock;
}

bool is_stock_due(Snapshot& snapshot) {
    auto const kept = find_stock(snapshot);
    if (!kept) return true;
    Duration const believed{std::max(believed_least.us, share * kept->took_us)};
    return kept->counted_at + believed <= snapshot.now() || kept->counted_at > snapshot.now();
}

void take_due_stock(Database& database) {
    if (database.read(system_scope("whether users are to be counted"), is_stock_due)) take_stock(database);
}

}  // namespace mainstay::admin
