#pragma once
#include "platform/usage/usage.hpp"

namespace mainstay::usage {

struct RequestCount {
    std::string day;
    std::string credential_id;
    std::string endpoint;
    std::int64_t status = 0;
    std::int64_t requests = 0;
    std::int64_t total_us = 0;
};
fields::Table const& table_of(RequestCount const*);

void add_to_day(Transaction& system, TenantId, RequestCount const&);
std::vector<RequestCount> counts_between(Snapshot&, std::string const& from_day, std::string const& to_day,
                                         std::int64_t limit);

std::int64_t remove_counts_before(Transaction&, std::string const& day, std::int64_t at_most);

// Tenants that have meters, events or counts of requests, behind the given one.
std::optional<TenantId> next_tenant(Snapshot& system, std::optional<TenantId> after);

}  // namespace mainstay::usage
