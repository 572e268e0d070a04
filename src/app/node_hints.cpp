#include "app/node_hints.hpp"

#include "base/text.hpp"

namespace mainstay::app {

std::string text_of(events::Emitted const& emitted) {
    return emitted.tenant.to_string() + ' ' + emitted.subject;
}

std::optional<events::Emitted> emitted_of(std::string_view text) {
    auto const space = text.find(' ');
    auto const tenant = TenantId::parse(text.substr(0, space));
    if (!tenant || space == std::string_view::npos || space + 1 == text.size() || !is_utf8(text)) return std::nullopt;
    return events::Emitted{*tenant, std::string(text.substr(space + 1))};
}

std::string text_of(flow::Ready const& ready, Instant now) {
    return ready.run_at <= now ? ready.queue : std::string();
}

std::optional<flow::ReadyElsewhere> ready_of(std::string_view text) {
    if (text.empty() || !is_utf8(text)) return std::nullopt;
    return flow::ReadyElsewhere{std::string(text)};
}

std::optional<flow::CancelAskedElsewhere> cancel_of(std::string_view text) {
    if (!flow::JobId::parse(text) && !flow::RunId::parse(text)) return std::nullopt;
    return flow::CancelAskedElsewhere{std::string(text)};
}

void carry_words(shared_state::Hints& hints, Clock& clock) {
    hints.carry<events::Emitted>(
        "events.emitted", [](events::Emitted const& emitted) { return text_of(emitted); }, emitted_of);
    hints.carry<flow::Ready, flow::ReadyElsewhere>(
        "flow.ready", [&clock](flow::Ready const& ready) { return text_of(ready, clock.now()); }, ready_of);
    hints.carry<std::vector<flow::Ready>, flow::ReadyElsewhere>(
        "flow.ready_alike",
        [&clock](std::vector<flow::Ready> const& all) {
            return all.empty() ? std::string() : text_of(all.front(), clock.now());
        },
        ready_of);
    hints.carry<flow::CancelAsked, flow::CancelAskedElsewhere>(
        "flow.cancel", [](flow::CancelAsked const& asked) { return asked.id; }, cancel_of);
}

}  // namespace mainstay::app
