#include "kernel/live/live.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <list>
#include <map>
#include <mutex>
#include <set>
#include <thread>

namespace mainstay::live {
namespace {

// A call that was let in before the word of its end came may open its stream behind it, within its deadline.
constexpr Duration ends_remembered = minutes(1);

struct Follower {
    std::shared_ptr<web::Stream> stream;
    TenantId tenant;
    std::string credential_id, actor_id;
    Instant let_in_at;
    std::optional<Instant> valid_until;
    std::string subject;
    events::EventId after;
    Duration next_look{};
    Duration next_heartbeat{};
};

constexpr int retry_after_s = 5;

[[noreturn]] void refuse(ErrorCode const& code, std::string const& text) {
    Fault fault(code, text);
    fault.retry_after_s = retry_after_s;
    throw fault;
}

bool is_let_in_by(Follower const& follower, std::string const& who) {
    return follower.credential_id == who || follower.actor_id == who || follower.tenant.to_string() == who;
}

// WHATWG HTML, "server-sent events": our JSON has no line breaks.
std::string frame(events::Event const& event) {
    return "id: " + event.id.to_string() + "\nevent: " + event.type + "\ndata: " + event.payload.text + "\n\n";
}

}  // namespace

struct LiveEvents::State {
    State(Database& d, Clock& c) : database(d), clock(c) {}

    Database& database;
    Clock& clock;
    Signals::Listening listening;
    std::mutex mutex;
    std::condition_variable changed;
    std::list<Follower> followers;         // guarded by mutex; the thread alone removes
    std::set<std::string> told;            // subjects with news, guarded by mutex
    std::map<std::string, Instant> ended;  // by what was let in until then, guarded by mutex
    bool stopping = false;
    std::thread thread;

    // The mutex is held.
    void refuse_past_limits(TenantId tenant) const {
        if (stopping || followers.size() >= followers_max)
            refuse(errors::busy, "Too many pages follow events at the moment (limit: followers).");
        auto const of_tenant = static_cast<std::size_t>(
            std::ranges::count_if(followers, [&](Follower const& one) { return one.tenant == tenant; }));
        if (of_tenant >= followers_of_tenant_max)
            refuse(errors::limited, "Too many pages of this tenant follow events (limit: followers of the tenant).");
    }

    // The mutex is held.
    bool has_ended(Follower const& follower) const {
        return std::any_of(ended.begin(), ended.end(), [&](auto const& one) {
            return is_let_in_by(follower, one.first) && follower.let_in_at <= one.second;
        });
    }

    // False when the follower has gone.
    bool serve(Follower& follower, Duration now) {
        auto const news = database.read(follower.tenant, [&](Snapshot& snapshot) {
            return events::read_after(snapshot, follower.subject, follower.after);
        });
        for (auto const& event : news) {
            if (!follower.stream->push(frame(event))) return false;
            follower.after = event.id;
        }
        follower.next_look = news.size() == static_cast<std::size_t>(events::read_at_most) ? now : now + look_again;
        if (!news.empty()) follower.next_heartbeat = now + heartbeat;
        return follower.stream->is_open();
    }

    bool visit(Follower& follower, bool has_news, Duration now) {
        if (!follower.stream->is_open()) return false;
        if (follower.valid_until && *follower.valid_until <= clock.now()) return false;
        if (now >= follower.next_heartbeat) {
            follower.next_heartbeat = now + heartbeat;
            if (!follower.stream->push(": still here\n\n")) return false;
        }
        return (!has_news && now < follower.next_look) || serve(follower, now);
    }

    void follow_all() {
        std::unique_lock lock(mutex);
        while (!stopping) {
            std::set<std::string> news;
            news.swap(told);
            for (auto at = followers.begin(); at != followers.end() && !stopping;) {
                Follower& follower = *at;
                lock.unlock();
                bool const stays = visit_safely(follower, news.contains(follower.subject));
                lock.lock();
                if (stays) {
                    ++at;
                } else {
                    follower.stream->finish();
                    at = followers.erase(at);
                }
            }
            if (told.empty())
                changed.wait_for(lock, std::chrono::milliseconds(500), [&] { return stopping || !told.empty(); });
        }
        for (Follower& follower : followers) follower.stream->finish();
        followers.clear();
    }

    // A database that does not answer ends the stream; the browser comes back with its Last-Event-ID.
    bool visit_safely(Follower& follower, bool has_news) {
        try {
            return visit(follower, has_news, clock.monotonic());
        } catch (std::exception const&) {
            return false;
        }
    }
};

LiveEvents::LiveEvents(Database& database, Clock& clock) : state_(std::make_shared<State>(database, clock)) {}
LiveEvents::~LiveEvents() {
    stop();
}

void LiveEvents::start() {
    state_->listening =
        state_->database.signals().listen<events::Emitted>([state = state_.get()](events::Emitted const& emitted) {
            {
                std::lock_guard const lock(state->mutex);
                if (state->followers.empty()) return;
                state->told.insert(emitted.subject);
            }
            state->changed.notify_one();
        });
    state_->thread = std::thread([state = state_] { state->follow_all(); });
}

void LiveEvents::stop() {
    state_->listening = {};
    {
        std::lock_guard const lock(state_->mutex);
        state_->stopping = true;
    }
    state_->changed.notify_one();
    if (state_->thread.joinable()) state_->thread.join();
}

web::Content LiveEvents::follow(Call const& call, std::string subject) {
    auto const after = call.last_event_id.empty() ? events::EventId{} : events::EventId::parse(call.last_event_id);
    if (!after) throw Fault(errors::invalid_input, "Last-Event-ID is not the id of an event.");
    Follower follower{nullptr,
                      call.tenant(),
                      call.identity.credential_id,
                      call.identity.actor_id,
                      call.now,
                      call.identity.valid_until,
                      std::move(subject),
                      *after};
    {
        std::lock_guard const lock(state_->mutex);
        state_->refuse_past_limits(follower.tenant);
    }
    web::Content content;
    content.content_type = "text/event-stream";
    content.open = [state = state_, follower](std::shared_ptr<web::Stream> stream) mutable {
        follower.stream = std::move(stream);
        follower.next_heartbeat = state->clock.monotonic() + heartbeat;
        {
            std::lock_guard const lock(state->mutex);
            if (state->stopping || state->has_ended(follower)) return follower.stream->finish();
            state->told.insert(follower.subject);
            state->followers.push_back(std::move(follower));
        }
        state->changed.notify_one();
    };
    return content;
}

void LiveEvents::end_streams_of(std::string const& who) {
    std::lock_guard const lock(state_->mutex);
    Instant const now = state_->clock.now();
    std::erase_if(state_->ended, [&](auto const& one) { return one.second + ends_remembered < now; });
    state_->ended[who] = now;
    for (Follower const& follower : state_->followers)  // the thread takes out those that are not open
        if (is_let_in_by(follower, who)) follower.stream->finish();
}

}  // namespace mainstay::live
