// The plans' defaults, and how changes lie over them.
#include "platform/entitlements/entitlements.hpp"

namespace mainstay::entitlements {
namespace {

struct Amount {
    std::int64_t Entitlements::*is;
    std::optional<std::int64_t> Changes::*change;
};
constexpr Amount amounts[] = {
    {&Entitlements::requests_per_minute, &Changes::requests_per_minute},
    {&Entitlements::migrations_per_month, &Changes::migrations_per_month},
    {&Entitlements::models_per_migration, &Changes::models_per_migration},
    {&Entitlements::upload_bytes, &Changes::upload_bytes},
    {&Entitlements::keys, &Changes::keys},
    {&Entitlements::customer_keys, &Changes::customer_keys},
    {&Entitlements::members, &Changes::members},
};

}  // namespace

Entitlements const& defaults_of(Plan plan) {
    static Entitlements const free;
    static Entitlements const starter{3'000, 300, 2'000, 128 << 20, 25, 10'000, 10, {}};
    static Entitlements const pro{30'000, 3'000, 10'000, 256 << 20, 250, 100'000, 50, {}};
    static Entitlements const enterprise{30'000'000, unlimited, unlimited, 1LL << 30,
                                         unlimited,  unlimited, unlimited, {}};
    switch (plan) {
        case Plan::free: return free;
        case Plan::starter: return starter;
        case Plan::pro: return pro;
        case Plan::enterprise: return enterprise;
    }
    return free;
}

Entitlements changed(Entitlements before, Changes const& changes) {
    for (Amount const& amount : amounts)
        if (auto const& change = changes.*amount.change) before.*amount.is = *change;
    for (auto const& [flag, is_on] : changes.flags) before.flags[flag] = is_on;
    return before;
}

std::string subject_of(Plan plan) {
    return "plan:" + std::string(fields::name_of(plan));
}

}  // namespace mainstay::entitlements
