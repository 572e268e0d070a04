// Work that an engine holds, and the face of it that its handler sees. Within flow alone.
#pragma once
#include "kernel/flow/flow_store.hpp"

#include <atomic>

namespace mainstay::flow {

struct Lease {
    Lease(Claim const& claim, std::string queue_name)
        : id(claim.id),
          tenant(claim.tenant),
          queue(std::move(queue_name)),
          kind(claim.kind),
          priority(claim.priority),
          fence(claim.fence),
          payload(claim.payload.value_or("")),
          has_place(claim.has_place),
          originator(claim.originator.value_or("")),
          attempt(claim.attempts),
          is_suspect(claim.abandoned > 0),
          is_cancel_asked(claim.is_cancelled) {}

    std::string const id;
    TenantId const tenant;
    std::string const queue, kind;
    std::int64_t const priority, fence;
    std::string const payload;  // of a job
    bool const has_place;

    std::string originator;  // of its worker alone, as is what follows
    std::int64_t attempt;
    bool is_suspect;  // of the engine's mutex: its last holder vanished, perhaps because of it

    std::atomic<bool> is_cancel_asked;
    std::atomic<bool> is_lost = false;
    std::atomic<std::int64_t> valid_until_us = 0;  // by the monotonic clock: as long as nobody else may have taken it
    std::atomic<std::int64_t> run_at_us = 0;       // by the wall clock, as the table has it

    Scope scope() const { return {tenant, originator}; }
    Hold hold() const { return {id, fence}; }
    Ready ready(Instant run_at) const { return {id, tenant, queue, kind, priority, run_at}; }
};
using LeasePtr = std::shared_ptr<Lease>;

struct Attempt {
    AttemptEnd end = AttemptEnd::done;
    std::string error;
    std::optional<Duration> delay;  // as the handler was told
};

// One attempt at a job or a node.
class LeaseContext final : public Context {
public:
    LeaseContext(Database&, Clock&, Lease&, Duration time_limit, std::atomic<bool> const& is_draining,
                 Outcome const* outcome = nullptr);

    Database& database() override { return database_; }
    TenantId tenant() const override { return lease_.tenant; }
    std::string const& originator() const override { return lease_.originator; }
    std::int64_t attempt() const override { return lease_.attempt; }
    bool is_cancelled() const override;
    Duration time_left() const override;
    void write(std::function<void(Transaction&)> rows) override { writes_.push_back(std::move(rows)); }
    void write_now(std::function<void(Transaction&)> rows) override;
    void set_result(std::string json) override;
    Outcome const& outcome() const override;

    Attempt run(std::function<void()> const& work);
    bool has_writes() const { return !writes_.empty() || result_; }
    std::optional<std::string> const& result() const { return result_; }
    void apply_writes(Transaction&) const;

private:
    Stop stop() const;

    Database& database_;
    Clock& clock_;
    Lease& lease_;
    Duration const limit_;
    Duration const started_;
    std::atomic<bool> const& is_draining_;
    Outcome const* const outcome_;
    std::optional<std::string> result_;
    mutable std::atomic<bool> was_told_ = false;  // a handler may ask from threads of its own
    std::vector<std::function<void(Transaction&)>> writes_;
};

Duration random_delay_before(RetryPolicy const&, std::int64_t attempt);

inline constexpr std::size_t error_bytes_max = 4000;
std::string short_error(std::string_view text);  // cut to error_bytes_max, as UTF-8

}  // namespace mainstay::flow
