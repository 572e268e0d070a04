#include "kernel/shared_state/store.hpp"

#include "base/random.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace mainstay::shared_state {

Duration back_off(std::uint64_t failures, std::uint64_t chance) {
    constexpr std::uint64_t doublings_max = 16;
    std::uint64_t const doublings = std::min(failures == 0 ? 0 : failures - 1, doublings_max);
    std::int64_t const most = std::min(back_off_first.us << doublings, back_off_most.us);
    return {most / 2 + static_cast<std::int64_t>(chance % static_cast<std::uint64_t>(most / 2 + 1))};
}

std::string random_node_name() {
    std::array<unsigned char, 12> bytes{};
    random_bytes(bytes);
    return to_base64url(bytes);
}

}  // namespace mainstay::shared_state
