#include "kernel/net/exchange.hpp"

#include "base/text.hpp"

#include <array>
#include <future>
#include <memory>

namespace mainstay::net {

std::string_view Reply::header(std::string_view name) const {
    for (auto const& one : headers)
        if (equals_ignoring_case(one.name, name)) return one.value;
    return {};
}

std::string_view name_of(FailureReason reason) {
    constexpr std::array<std::string_view, failure_reasons> names{
        "invalid_request", "refused_address", "dns",      "connect",      "tls",      "timeout",
        "too_large",       "protocol",        "redirect", "breaker_open", "cancelled"};
    return names[static_cast<std::size_t>(reason)];
}

Outcome Transport::fetch(Request request) {
    auto const promise = std::make_shared<std::promise<Outcome>>();
    auto answer = promise->get_future();
    submit(std::move(request), [promise](Outcome outcome) { promise->set_value(std::move(outcome)); });
    return answer.get();
}

}  // namespace mainstay::net
