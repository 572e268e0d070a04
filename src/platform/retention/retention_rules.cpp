#include "platform/retention/retention.hpp"

#include <algorithm>

namespace mainstay::retention {
namespace {

std::int64_t shorter(std::int64_t installation, std::optional<std::int64_t> own, std::int64_t at_least) {
    return std::min(installation, std::max(own.value_or(installation), at_least));
}

}  // namespace

Days in_force(Days const& installation, OwnDays const& own) {
    return {shorter(installation.audit_days, own.audit_days, least.audit_days),
            shorter(installation.events_days, own.events_days, least.events_days),
            shorter(installation.usage_days, own.usage_days, least.usage_days)};
}

}  // namespace mainstay::retention
