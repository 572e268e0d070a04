// Live events for pages: server-sent events of one subject, from where the browser left off. The events table is the
// truth; a commit, of another node too where they share a Redis, only hurries the next look at it.
#pragma once
#include "kernel/events/events.hpp"
#include "kernel/web/web.hpp"

#include <memory>

namespace mainstay::live {

inline constexpr std::size_t followers_max = 10'000;
inline constexpr std::size_t followers_of_tenant_max = 1'000;
inline constexpr Duration heartbeat = seconds(15);
inline constexpr Duration look_again = seconds(2);  // for commits of other nodes whose hint does not come

class LiveEvents {
public:
    LiveEvents(Database&, Clock&);
    ~LiveEvents();
    void start();
    void stop();  // ends every stream

    // The reply that follows the subject; Last-Event-ID of the call says where it begins, else at the first event.
    // Throws Fault(errors::busy) past followers_max, Fault(errors::limited) past the tenant's share of them, and
    // Fault(errors::invalid_input) for a Last-Event-ID that is none.
    web::Content follow(Call const&, std::string subject);

    // Ends the streams that a credential opened, or those of a user or a tenant: what it was let in by is no longer
    // true. Who is let in still comes back with the Last-Event-ID.
    void end_streams_of(std::string const& credential_actor_or_tenant);

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace mainstay::live
