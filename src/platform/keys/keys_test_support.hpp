// Tests of keys: a tenant, its keys and what comes of checking them.
#pragma once
#include "platform/identity/identity.hpp"
#include "platform/keys/verifying.hpp"
#include "testing/testing.hpp"

#include <gmock/gmock.h>

namespace mainstay::keys {

class KeysTest : public testing::Engines {
protected:
    KeysTest() {
        migrate({shared_state::migrations(), entitlements::migrations(), tenants::migrations(), identity::migrations(),
                 keys::migrations()});
        verifications_.is_fresh = [this] { return is_fresh_; };
        tenant_ = new_tenant();
    }

    TenantId new_tenant(tenants::Plan plan = tenants::Plan::enterprise) {
        return database().write(system_scope("a test"),
                                [&](Transaction& tx) { return tenants::create_tenant(tx, "Acme", plan).id; });
    }
    static NewKey customer_key(std::vector<NamedLimit> limits = {}, std::optional<std::int64_t> credits = {}) {
        NewKey key;
        key.audience = Audience::customer;
        key.prefix = "acme";
        key.settings.name = "k";
        key.settings.limits = std::move(limits);
        key.credits_remaining = credits;
        return key;
    }
    static NewKey api_key() {
        NewKey key;
        key.settings.name = "k";
        key.settings.scopes = {"read"};
        return key;
    }
    template <class Unit>
    auto write_in(TenantId tenant, Unit unit) {
        return database().write(tenant, unit);
    }
    CreatedKey make(NewKey const& key) { return make(tenant_, key); }
    CreatedKey make(TenantId tenant, NewKey const& key) {
        return write_in(tenant, [&](Transaction& tx) { return create_key(tx, key, "a test"); });
    }
    Key read(KeyId id) {
        return database().read(tenant_, [&](Snapshot& snapshot) { return find_key(snapshot, id).value(); });
    }
    template <class Change>
    void change(KeyId id, Change const& to) {
        write_in(tenant_, [&](Transaction& tx) {
            Settings settings = find_key(tx, id)->settings;
            to(settings);
            update_key(tx, id, settings);
        });
    }

    // As the endpoint does it: from memory where that can answer, else in a transaction.
    Verdict verify(Question const& question) { return verify_in(tenant_, question); }
    Verdict verify_in(TenantId tenant, Question const& question) {
        auto& state = verifications_.state();
        if (auto verdict = recalled(tenant, question)) return *verdict;
        auto const taken = std::make_shared<std::optional<LimitsTaken>>();
        return write_in(tenant, [&](Transaction& tx) { return state.decide(tx, question, taken, is_fresh_); });
    }
    std::optional<Verdict> recalled(TenantId tenant, Question const& question) {
        return verifications_.state().recall(tenant, question, is_fresh_, clock.now());
    }
    Outcome outcome(std::string const& secret) { return verify({.key = secret}).code; }
    std::vector<OutcomeCount> counts(std::optional<KeyId> key) {
        verifications_.flush(database());
        return database().read(tenant_, [&](Snapshot& snapshot) {
            return counts_between(snapshot, key, clock.now() - days(30), clock.now() + days(1), hours(1), 1'000);
        });
    }

    bool is_fresh_ = true;
    shared_state::RateLimits limits_;
    Verifications verifications_{clock, limits_};
    TenantId tenant_;
};

}  // namespace mainstay::keys
