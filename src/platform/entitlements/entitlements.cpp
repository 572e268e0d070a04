#include "platform/entitlements/entitlements.hpp"

namespace mainstay::entitlements {

using fields::field;

fields::Table const& table_of(Entitlements const*) {
    static fields::Table const table{
        "Entitlements",
        {field("requests_per_minute", &Entitlements::requests_per_minute,
               "Over all keys of the tenant; -1 for no limit."),
         field("migrations_per_month", &Entitlements::migrations_per_month,
               "Started in a calendar month (UTC); -1 for no limit."),
         field("models_per_migration", &Entitlements::models_per_migration, "-1 for no limit."),
         field("upload_bytes", &Entitlements::upload_bytes, "Of one upload."),
         field("keys", &Entitlements::keys, "API keys that are not revoked; -1 for no limit."),
         field("members", &Entitlements::members, "People in the tenant; -1 for no limit.")}};
    return table;
}

Entitlements const& of(Plan plan) {
    static Entitlements const free;
    static Entitlements const starter{3'000, 300, 2'000, 128 << 20, 25, 10};
    static Entitlements const pro{30'000, 3'000, 10'000, 256 << 20, 250, 50};
    static Entitlements const enterprise{30'000'000, unlimited, unlimited, 1LL << 30, unlimited, unlimited};
    switch (plan) {
        case Plan::free: return free;
        case Plan::starter: return starter;
        case Plan::pro: return pro;
        case Plan::enterprise: return enterprise;
    }
    return free;
}

}  // namespace mainstay::entitlements
