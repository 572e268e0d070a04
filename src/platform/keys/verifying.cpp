#include "platform/keys/verifying.hpp"

#include <algorithm>
#include <array>

namespace mainstay::keys {
namespace {

constexpr Duration note_pause = minutes(1);  // between two notes that a key is used

// A key is known in its tenant alone: presented by another, it is looked for and not found, like one that nobody has.
Sha256 place_of(TenantId tenant, std::string_view secret) {
    std::string text(reinterpret_cast<char const*>(tenant.uuid.data()), tenant.uuid.size());
    text += secret;
    return sha256(text);
}

void check(Question const& question) {
    if (question.address && !IpAddress::parse(*question.address))
        throw Fault(errors::invalid_input, "The input is not valid.",
                    std::vector<Problem>{{"/address", "is no IPv4 or IPv6 address"}});
}

Verdict verdict_of(CustomerKey const& key, Outcome code) {
    Verdict verdict;
    verdict.is_valid = code == Outcome::valid;
    verdict.code = code;
    verdict.key_id = key.id;
    verdict.owner = key.owner;
    verdict.permissions = key.permissions;
    verdict.metadata.text = key.metadata;
    verdict.expires_at = key.expires_at;
    return verdict;
}

void refuse(Verdict& verdict, Outcome why) {
    verdict.is_valid = false;
    verdict.code = why;
}

std::vector<std::pair<NamedLimit const*, std::int64_t>> wanted_limits(CustomerKey const& key,
                                                                      Question const& question) {
    std::vector<std::pair<NamedLimit const*, std::int64_t>> wanted;
    if (!question.limits)
        for (NamedLimit const& limit : key.limits) wanted.emplace_back(&limit, 1);
    else
        for (std::size_t i = 0; i < question.limits->size(); ++i) {
            LimitCost const& asked = (*question.limits)[i];
            auto const found = std::find_if(key.limits.begin(), key.limits.end(),
                                            [&](NamedLimit const& limit) { return limit.name == asked.name; });
            bool const is_twice = std::any_of(wanted.begin(), wanted.end(),
                                              [&](auto const& one) { return one.first->name == asked.name; });
            if (found == key.limits.end() || is_twice)
                throw Fault(errors::invalid_input, "The input is not valid.",
                            std::vector<Problem>{{"/limits/" + std::to_string(i) + "/name",
                                                  is_twice ? "is there twice" : "is no limit of this key"}});
            wanted.emplace_back(&*found, asked.cost);
        }
    return wanted;
}

}  // namespace

std::optional<Verdict> Verifications::State::recall(TenantId tenant, Question const& question, bool is_fresh,
                                                    Instant now) {
    check(question);
    if (!is_customer_secret(question.key)) {
        counts.add(tenant, std::nullopt, Outcome::not_found, now);
        return Verdict{};
    }
    auto const held = is_fresh ? known(tenant, question, now) : nullptr;
    if (!held) return std::nullopt;
    auto const refusal = refusal_of(held->key, question.permissions, question.address, now);
    if (!refusal && held->key.has_credits) return std::nullopt;
    Verdict verdict = verdict_of(held->key, refusal.value_or(Outcome::valid));
    if (!refusal) limit(verdict, take_limits(held->key, question));
    counts.add(tenant, held->key.id, verdict.code, now);
    note_use(tenant, *held, now);
    return verdict;
}

Verdict Verifications::State::decide(Transaction& tx, Question const& question, TakenOnce const& taken, bool is_fresh) {
    check(question);
    TenantId const tenant = tx.tenant();
    Held held = is_fresh ? known(tenant, question, tx.now()) : nullptr;
    if (!held) held = load(tx, question);
    if (!held) {
        tx.after_commit([this, tenant, now = tx.now()] { counts.add(tenant, {}, Outcome::not_found, now); });
        return {};
    }
    auto const refusal = refusal_of(held->key, question.permissions, question.address, tx.now());
    Verdict verdict = verdict_of(held->key, refusal.value_or(Outcome::valid));
    auto credits = refusal || !held->key.has_credits ? std::nullopt : find_credits(tx, held->key.id);
    if (credits)
        pay(tx, held->key, question, taken, std::move(*credits), verdict);
    else if (!refusal)
        limit(verdict, taken_once(held->key, question, taken));
    bool const is_counted = credits && verdict.is_valid;  // in this transaction
    tx.after_commit([this, tenant, held, is_counted, code = verdict.code, now = tx.now()] {
        if (!is_counted) counts.add(tenant, held->key.id, code, now);
        note_use(tenant, *held, now);
    });
    return verdict;
}

Verifications::State::Held Verifications::State::known(TenantId tenant, Question const& question, Instant now) {
    Held held = cache.find(place_of(tenant, question.key));
    return held && held->key.works_until && *held->key.works_until <= now ? nullptr : held;
}

Verifications::State::Held Verifications::State::load(Transaction& tx, Question const& question) {
    if (!is_customer_secret(question.key)) return nullptr;
    std::uint64_t const moment = cache.moment();
    auto key = find_customer_key(tx, question.key);
    if (!key) return nullptr;
    auto const kept = std::make_shared<Kept>();
    kept->key = std::move(*key);
    tx.after_commit([this, kept, moment, place = place_of(tx.tenant(), question.key)] {
        std::array<std::string, 1> const subjects{kept->key.id.to_string()};
        cache.put(place, kept, subjects, moment);
    });
    return kept;
}

// Looks first whether there are credits enough, then takes of the limits, then spends: nothing is spent when either
// refuses.
void Verifications::State::pay(Transaction& tx, CustomerKey const& key, Question const& question,
                               TakenOnce const& taken, Credits credits, Verdict& verdict) {
    std::int64_t const cost = question.credits.value_or(1);
    bool const is_refilled = credits.refill && credits.refills_at && *credits.refills_at <= tx.now();
    if (is_refilled) {
        credits.credits_remaining = std::max(credits.credits_remaining, credits.refill->amount);
        credits.refills_at = next_refill(credits.refill->interval, tx.now());
    }
    verdict.credits_remaining = credits.credits_remaining;
    if (credits.credits_remaining < cost) return refuse(verdict, Outcome::credits_exhausted);
    limit(verdict, taken_once(key, question, taken));
    if (!verdict.is_valid) return;
    if (is_refilled) set_credits(tx, key.id, credits);
    verdict.credits_remaining = spend_credits(tx, key.id, cost).value();
    add_count(tx, tx.tenant(), {key.id.to_string(), hour_of(tx.now()), Outcome::valid, 1, cost});
}

void Verifications::State::limit(Verdict& verdict, LimitsTaken const& taken) {
    verdict.limits = taken.states;
    if (!taken.are_allowed) refuse(verdict, Outcome::rate_limited);
}

LimitsTaken const& Verifications::State::taken_once(CustomerKey const& key, Question const& question,
                                                    TakenOnce const& taken) {
    if (!*taken) *taken = take_limits(key, question);
    return **taken;
}

LimitsTaken Verifications::State::take_limits(CustomerKey const& key, Question const& question) {
    LimitsTaken taken;
    auto const wanted = wanted_limits(key, question);
    if (wanted.empty()) return taken;
    std::string const head = key.id.to_string() + ':';
    std::vector<std::string> names;
    std::vector<shared_state::Ask> asks;
    names.reserve(wanted.size());
    for (auto const& [limit, cost] : wanted) {
        names.push_back(head + limit->name);
        asks.push_back({names.back(), {limit->name, limit->count, seconds(limit->period_s)}, cost});
    }
    auto const decisions = limits.take_all(asks, clock.monotonic());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        taken.are_allowed = taken.are_allowed && decisions[i].allowed;
        taken.states.push_back({wanted[i].first->name, wanted[i].first->count, decisions[i].remaining,
                                (decisions[i].reset.us + 999'999) / 1'000'000});
    }
    return taken;
}

void Verifications::State::note_use(TenantId tenant, Kept const& kept, Instant now) {
    std::int64_t const now_us = clock.monotonic().us;
    if (now_us < kept.next_note_us.load(std::memory_order_relaxed)) return;
    kept.next_note_us.store(now_us + note_pause.us, std::memory_order_relaxed);
    counts.note_use(tenant, kept.key.id, now);
}

Verifications::Verifications(Clock& clock, shared_state::RateLimits& limits, std::size_t keys_kept)
    : state_(std::make_unique<State>(clock, limits, keys_kept)) {}
Verifications::~Verifications() = default;

void Verifications::forget(std::string const& subject) {
    state_->cache.forget(subject);
}
void Verifications::flush(Database& database) {
    state_->counts.flush(database);
}
std::uint64_t Verifications::dropped() const {
    return state_->counts.dropped();
}

}  // namespace mainstay::keys
