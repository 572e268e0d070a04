// What becomes of a transfer, from its turn to its end: on the client's thread alone.
#include "base/random.hpp"
#include "kernel/net/client.hpp"

namespace mainstay::net {
namespace {

constexpr std::size_t breakers_max = 10'000;

bool has_body(Request const& request) {
    return request.source.read || !request.body.empty();
}

}  // namespace

void Client::State::begin(std::unique_ptr<Transfer> fresh) {
    Transfer& transfer = *transfers_.emplace(fresh->id, std::move(fresh)).first->second;
    deadlines_.emplace(transfer.deadline, transfer.id);
    if (auto const fault = fault_of(transfer.request); !fault.empty())
        return end(transfer.id, Failure{FailureReason::invalid_request, fault});
    if (!Url::parse(transfer.request.url))
        return end(transfer.id, Failure{FailureReason::invalid_request, "the URL is none that may be called"});
    to_first_leg(transfer);
    wait_for_turn(transfer, clock_.monotonic());
}

void Client::State::to_first_leg(Transfer& transfer) {
    auto const& request = transfer.request;
    transfer.redirects = 0;
    transfer.leg =
        Leg{*Url::parse(request.url), request.method, request.headers, has_body(request), request.redirects_max > 0};
}

void Client::State::wait_for_turn(Transfer& transfer, Duration not_before) {
    schedule_.add({transfer.id, transfer.leg->url.host_and_port(), transfer.request.concurrent_per_host,
                   transfer.request.delay_per_host, not_before},
                  clock_.monotonic());
}

void Client::State::expire() {
    auto const now = clock_.monotonic();
    while (!deadlines_.empty() && deadlines_.begin()->first <= now)
        abort(deadlines_.begin()->second, FailureReason::timeout, "not done within its time");
}

void Client::State::start_due() {
    auto const now = clock_.monotonic();
    while (running_ < options_.running_max && looking_up_ < options_.looking_up_max) {
        auto const id = schedule_.take_due(now);
        if (!id) return;
        start(*transfers_.at(*id));
    }
}

void Client::State::start(Transfer& transfer) {
    if (!breaker_of(transfer).lets_pass(options_.breaker, clock_.monotonic())) {
        auto const& url = transfer.leg->url;
        schedule_.finished(url.host_and_port());
        return end(transfer.id, Failure{FailureReason::breaker_open, url.host() + ": has failed often a moment ago"});
    }
    transfer.wire = std::make_unique<Wire>(*transfer.leg, transfer.request, options_, looking_up_);
    (curl_easy_setopt)(transfer.wire->handle(), CURLOPT_PRIVATE, &transfer);
    ++running_;
    ++started_;
    curl_multi_add_handle(multi_.get(), transfer.wire->handle());
}

void Client::State::leave_wire(Transfer& transfer) {
    curl_multi_remove_handle(multi_.get(), transfer.wire->handle());
    sent_ += transfer.wire->bytes_sent();
    received_ += transfer.wire->bytes_received();
    transfer.wire.reset();
    --running_;
    schedule_.finished(transfer.leg->url.host_and_port());
}

void Client::State::ended(Transfer& transfer, CURLcode code) {
    auto outcome = transfer.wire->result(code);
    bool const was_delivered = transfer.wire->has_delivered();
    leave_wire(transfer);
    judge_host(transfer, outcome);
    if (repeats(transfer, outcome, was_delivered)) return;
    if (auto* const reply = std::get_if<Reply>(&outcome)) {
        std::optional<Failure> refused;
        if (follows(transfer, *reply, refused)) return;
        if (refused) outcome = std::move(*refused);
    }
    end(transfer.id, std::move(outcome));
}

void Client::State::judge_host(Transfer const& transfer, Outcome const& outcome) {
    auto& breaker = breaker_of(transfer);
    auto const* const failure = std::get_if<Failure>(&outcome);
    if (failure ? speaks_against_host(failure->reason) : speaks_against_host(std::get<Reply>(outcome).status))
        breaker.failed(options_.breaker, clock_.monotonic());
    else if (failure)
        breaker.gave_up();
    else
        breaker.succeeded();
}

bool Client::State::repeats(Transfer& transfer, Outcome const& outcome, bool was_delivered) {
    auto const& request = transfer.request;
    if (was_delivered || transfer.attempt >= request.attempts_max || !may_repeat(request)) return false;
    auto const* const failure = std::get_if<Failure>(&outcome);
    if (!(failure ? is_worth_repeating(failure->reason) : is_worth_repeating(std::get<Reply>(outcome).status)))
        return false;
    Duration wait = wait_before(transfer.attempt + 1, request, random_u64());
    if (!failure)
        if (auto const asked = read_retry_after(std::get<Reply>(outcome).header("retry-after"), clock_.now())) {
            if (*asked > request.longest_wait) return false;
            wait = std::max(wait, *asked);
        }
    auto const due = clock_.monotonic() + wait;
    if (due >= transfer.deadline) return false;
    ++transfer.attempt;
    ++retries_;
    to_first_leg(transfer);
    wait_for_turn(transfer, due);
    return true;
}

bool Client::State::follows(Transfer& transfer, Reply const& reply, std::optional<Failure>& refused) {
    auto const location = reply.header("location");
    if (!transfer.leg->follows || !is_redirect(reply.status) || location.empty()) return false;
    auto const refuse = [&](std::string_view why) {
        refused = Failure{FailureReason::redirect, transfer.leg->url.host() + ": " + std::string(why)};
        return false;
    };
    if (++transfer.redirects > transfer.request.redirects_max) return refuse("leads on too many times");
    auto url = transfer.leg->url.resolve(location);
    if (!url) return refuse("leads to what is no URL that may be called");
    auto hop = follow(transfer.leg->url.origin(), url->origin(), reply.status, transfer.leg->method,
                      transfer.leg->has_body, transfer.leg->headers);
    if (!hop.is_allowed) return refuse("leads from https to http");
    transfer.leg = Leg{std::move(*url), std::move(hop.method), std::move(hop.headers),
                       transfer.leg->has_body && hop.keeps_body, true};
    wait_for_turn(transfer, clock_.monotonic());
    return true;
}

void Client::State::abort(TransferId id, FailureReason reason, std::string_view why) {
    auto const found = transfers_.find(id);
    if (found == transfers_.end()) return;
    Transfer& transfer = *found->second;
    Failure failure{reason, std::string(why)};
    if (transfer.leg) failure.text = transfer.leg->url.host() + ": " + failure.text;
    if (transfer.wire) {
        leave_wire(transfer);
        judge_host(transfer, failure);
    } else {
        schedule_.remove(id);
    }
    end(id, std::move(failure));
}

void Client::State::end(TransferId id, Outcome outcome) {
    auto const found = transfers_.find(id);
    auto const transfer = std::move(found->second);
    transfers_.erase(found);
    deadlines_.erase({transfer->deadline, id});
    if (auto* const reply = std::get_if<Reply>(&outcome)) {
        reply->attempts = transfer->attempt;
        ++replies_;
    } else {
        ++failures_[static_cast<std::size_t>(std::get<Failure>(outcome).reason)];
    }
    transfer->done(std::move(outcome));
    std::lock_guard const lock(mutex_);
    if (--open_ == 0) all_done_.notify_all();
}

Breaker& Client::State::breaker_of(Transfer const& transfer) {
    auto const now = clock_.monotonic();
    if (breakers_.size() >= breakers_max)
        std::erase_if(breakers_, [&](auto const& row) { return row.second.is_idle(options_.breaker, now); });
    return breakers_[transfer.request.scope + '\n' + transfer.leg->url.host_and_port()];
}

}  // namespace mainstay::net
