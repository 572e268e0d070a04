// Decisions about items, without input or output: time and randomness would come in as arguments.
#include "base/text.hpp"
#include "@include@/@name@.hpp"

namespace mainstay::@name@ {

std::optional<std::string> clean_title(std::string_view text) {
    auto const title = trim(text);
    if (title.empty()) return std::nullopt;
    return std::string(title);
}

bool may_become(Status from, Status to) {
    switch (from) {
        case Status::open: return to == Status::closed;
        case Status::closed: return to == Status::open || to == Status::archived;
        case Status::archived: return false;
    }
    return false;
}

}  // namespace mainstay::@name@
