// Which words of one node are told on the others. They only hurry: what must not be missed is read from tables.
#pragma once
#include "kernel/events/events.hpp"
#include "kernel/shared_state/shared_state.hpp"

namespace mainstay::app {

void carry_words(shared_state::Hints&);

std::string text_of(events::Emitted const&);
std::optional<events::Emitted> emitted_of(std::string_view text);  // nothing for what text_of() never gives

}  // namespace mainstay::app
