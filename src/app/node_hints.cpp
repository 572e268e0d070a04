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

void carry_words(shared_state::Hints& hints) {
    hints.carry<events::Emitted>("events.emitted", text_of, emitted_of);
}

}  // namespace mainstay::app
