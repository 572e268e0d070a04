#include "kernel/shared_state/redis_store.hpp"

#include "base/hash.hpp"
#include "base/text.hpp"

#include <algorithm>

namespace mainstay::shared_state {
namespace {

using Reason = RedisError::Reason;

constexpr std::size_t key_bytes = 16;              // of a key's SHA-256
constexpr Duration look_after_quiet = seconds(5);  // whether the server is still there

// Keys name people (addresses, accounts); a digest is as good here, and short.
std::string name_of_key(std::string const& key) {
    Sha256 const digest = sha256(key);
    return "mainstay:limit:" + to_base64url(std::span(digest).first(key_bytes));
}

}  // namespace

// Times are whole microseconds below 2^53, which Lua's numbers hold and its
// redis.call() writes in full. Time is the server's, made never to go back: when
// its clock is set back, `shift` takes the step up, since arrival times kept would else lie far ahead. A key that is
// not there begins at what this node last knew of it: the server may have been emptied.
std::string_view const booking_script = R"lua(
local time = redis.call('TIME')
local kept = redis.call('HMGET', KEYS[1], 'shift', 'last')
local shift, last = tonumber(kept[1] or '') or 0, tonumber(kept[2] or '') or 0
local now = time[1] * 1000000 + time[2] + shift
if last > now then shift = shift + last - now; now = last end
redis.call('HSET', KEYS[1], 'shift', shift, 'last', now)
redis.call('PEXPIRE', KEYS[1], 86400000)
local is_new = tonumber(ARGV[1]) > (tonumber(redis.call('GET', KEYS[2]) or '') or 0)
if is_new then redis.call('SET', KEYS[2], ARGV[1], 'PX', 3600000) end
local keys, leads = {}, {}
for i = 3, #KEYS do keys[i - 2] = KEYS[i] end
local arrivals = redis.call('MGET', unpack(keys))
for i = 1, #keys do
    local age, work, known = tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i]), tonumber(ARGV[3 * i + 1])
    local arrival = tonumber(arrivals[i] or '') or now + known
    if is_new then arrival = math.max(arrival, now - age) + work end
    if arrival > now then redis.call('SET', keys[i], arrival, 'PX', math.ceil((arrival - now) / 1000)) end
    leads[i] = arrival - now
end
return leads
)lua";

RedisStore::RedisStore(RedisPlace const& place)
    : node_("mainstay:node:" + random_node_name()),
      channel_("mainstay:" + std::to_string(place.url.database) + ':'),
      booking_(place, interrupt_),
      publishing_(place, interrupt_),
      following_(place, interrupt_) {}

std::vector<Duration> RedisStore::book(std::uint64_t number, std::span<Booking const> bookings) {
    if (bookings.empty()) {
        booking_.run({"PING"}).as_text();
        return {};
    }
    RedisCommand command{"EVAL", std::string(booking_script), std::to_string(bookings.size() + 2), "mainstay:time",
                         node_};
    for (Booking const& booking : bookings) command.push_back(name_of_key(booking.key));
    command.push_back(std::to_string(number));
    for (Booking const& booking : bookings)
        for (Duration const time : {booking.age, booking.work, booking.known_lead})
            command.push_back(std::to_string(std::clamp(time.us, -lead_max.us, lead_max.us)));
    auto const reply = booking_.run(command);
    try {
        auto const& items = reply.as_list();
        if (items.size() != bookings.size()) throw RedisError(Reason::malformed, "a list of another size");
        std::vector<Duration> leads;
        for (auto const& item : items) leads.push_back({std::clamp(item.as_integer(), -lead_max.us, lead_max.us)});
        return leads;
    } catch (RedisError const&) {
        booking_.close();
        throw;
    }
}

void RedisStore::publish(std::span<Message const> messages) {
    std::vector<RedisCommand> commands;
    for (Message const& message : messages) commands.push_back({"PUBLISH", channel_ + message.channel, message.text});
    for (auto const& reply : publishing_.run_all(commands)) {
        if (reply.kind == RedisReply::Kind::integer) continue;
        publishing_.close();
        reply.as_integer();
    }
}

void RedisStore::follow(std::span<std::string const> channels, Heard const& heard, std::function<void()> const& ready) {
    RedisCommand subscribe{"SUBSCRIBE"};
    for (auto const& channel : channels) subscribe.push_back(channel_ + channel);
    std::size_t subscribed = 0;
    bool is_asked = false;  // whether it is still there
    following_.close();
    try {
        following_.send(subscribe);
        for (;;) {
            auto const reply = following_.next(is_asked ? redis_answer_time : look_after_quiet);
            if (!reply && (is_asked || subscribed < channels.size()))
                throw RedisError(Reason::late, "no answer in time");
            if (!reply) following_.send({"PING"});
            is_asked = !reply;
            if (!reply) continue;
            auto const& items = reply->as_list();
            if (items.size() == 3 && items[0].as_text() == "message" && items[1].as_text().starts_with(channel_))
                heard({items[1].text.substr(channel_.size()), items[2].as_text()});
            else if (items.size() == 3 && items[0].as_text() == "subscribe" && ++subscribed == channels.size())
                ready();
        }
    } catch (RedisError const& error) {
        following_.close();
        if (error.reason != Reason::interrupted) throw;
    }
}

}  // namespace mainstay::shared_state
