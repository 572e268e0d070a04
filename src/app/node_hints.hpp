// Which words of one node are told on the others. They only hurry: what must not be missed is read from tables.
#pragma once
#include "kernel/events/events.hpp"
#include "kernel/flow/flow.hpp"
#include "kernel/shared_state/shared_state.hpp"

namespace mainstay::app {

void carry_words(shared_state::Hints&, Clock&);

std::string text_of(events::Emitted const&);
std::optional<events::Emitted> emitted_of(std::string_view text);  // nothing for what text_of() never gives

// Of work only its queue is told, and only once it may be taken: one word for all that was enqueued meanwhile.
std::string text_of(flow::Ready const&, Instant now);
std::optional<flow::ReadyElsewhere> ready_of(std::string_view text);
std::optional<flow::CancelAskedElsewhere> cancel_of(std::string_view text);

}  // namespace mainstay::app
