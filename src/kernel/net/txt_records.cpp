#include "kernel/net/txt_records.hpp"

#include <algorithm>
#include <array>

#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>

namespace mainstay::net {
namespace {

constexpr int seconds_a_try = 2, tries = 2;

// The strings of a record, each behind its length, as one; false where a length lies.
bool join(std::span<unsigned char const> data, std::string& text) {
    while (!data.empty()) {
        std::size_t const length = data.front();
        if (length + 1 > data.size()) return false;
        text.append(data.begin() + 1, data.begin() + 1 + static_cast<std::ptrdiff_t>(length));
        data = data.subspan(length + 1);
    }
    return true;
}

class Resolver {
public:
    Resolver() {
        is_ready_ = res_ninit(&state_) == 0;
        state_.retrans = seconds_a_try;
        state_.retry = tries;
        state_.options |= RES_NOALIASES;
    }
    ~Resolver() {
        if (is_ready_) res_nclose(&state_);
    }
    Resolver(Resolver const&) = delete;
    Resolver& operator=(Resolver const&) = delete;

    TxtAnswer ask(std::string const& name) {
        if (!is_ready_) return {TxtAnswer::Outcome::failed, {}};
        std::array<unsigned char, txt_answer_bytes_max> room;
        int const size =
            res_nquery(&state_, name.c_str(), ns_c_in, ns_t_txt, room.data(), static_cast<int>(room.size()));
        if (size < 0) {
            bool const is_none = state_.res_h_errno == HOST_NOT_FOUND || state_.res_h_errno == NO_DATA;
            return {is_none ? TxtAnswer::Outcome::none : TxtAnswer::Outcome::failed, {}};
        }
        if (static_cast<std::size_t>(size) > room.size()) return {TxtAnswer::Outcome::failed, {}};  // it was cut off
        return read_txt_answer(std::span(room).first(static_cast<std::size_t>(size)));
    }

private:
    struct __res_state state_ {};
    bool is_ready_ = false;
};

}  // namespace

TxtAnswer read_txt_answer(std::span<unsigned char const> message) {
    constexpr auto failed = TxtAnswer::Outcome::failed;
    ns_msg parsed;
    if (message.size() > txt_answer_bytes_max ||
        ns_initparse(message.data(), static_cast<int>(message.size()), &parsed) != 0)
        return {failed, {}};
    TxtAnswer answer;
    int const records = std::min<int>(ns_msg_count(parsed, ns_s_an), txt_records_max);
    for (int i = 0; i < records; ++i) {
        ns_rr record;
        if (ns_parserr(&parsed, ns_s_an, i, &record) != 0) return {failed, {}};
        if (ns_rr_type(record) != ns_t_txt || ns_rr_class(record) != ns_c_in) continue;
        std::string text;
        if (!join(std::span(ns_rr_rdata(record), ns_rr_rdlen(record)), text)) return {failed, {}};
        if (text.size() <= txt_bytes_max) answer.texts.push_back(std::move(text));
    }
    if (!answer.texts.empty()) answer.outcome = TxtAnswer::Outcome::found;
    return answer;
}

TxtAnswer look_up_txt(std::string const& name) {
    return Resolver().ask(name);
}

}  // namespace mainstay::net
