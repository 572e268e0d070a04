// What a verification costs within the handler: from memory, by few keys and by a million, and with credits on SQLite.
#include "platform/keys/keys_test_support.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <optional>

namespace mainstay::keys {
namespace {

constexpr std::int64_t keys_at_once = 1'000;  // in one transaction

struct World {
    explicit World(std::int64_t keys, std::optional<std::int64_t> credits = {}) {
        SqliteOptions options;
        options.folder = folder.path();
        database = Database::open(options, system_clock());
        std::vector<Migration> all;
        for (auto const module : {shared_state::migrations(), entitlements::migrations(), tenants::migrations(),
                                  identity::migrations(), migrations()})
            all.insert(all.end(), module.begin(), module.end());
        database->migrate(all);
        tenant = database->write(system_scope("a benchmark"), [](Transaction& tx) {
            return tenants::create_tenant(tx, "Bench", tenants::Plan::enterprise).id;
        });
        NewKey wanted;
        wanted.audience = Audience::customer;
        wanted.prefix = "acme";
        wanted.settings.name = "bench";
        wanted.settings.owner = "customer 5";
        wanted.settings.permissions = {"reports.read"};
        wanted.settings.limits = {{"requests", 10'000'000, 1}};
        wanted.credits_remaining = credits;
        for (std::int64_t made = 0; made < keys; made += keys_at_once) {
            auto const some = database->write(tenant, [&](Transaction& tx) {
                std::vector<std::string> batch;
                for (std::int64_t i = made; i < std::min(keys, made + keys_at_once); ++i)
                    batch.push_back(create_key(tx, wanted, "a benchmark").key.text);
                return batch;
            });
            secrets.insert(secrets.end(), some.begin(), some.end());
        }
        verifications.is_fresh = [] { return true; };
    }

    Question question(std::size_t turn) const { return {.key = secrets[turn * 7'919 % secrets.size()]}; }
    Verdict decide(Question const& question) {
        auto const taken = std::make_shared<std::optional<LimitsTaken>>();
        return database->write(
            tenant, [&](Transaction& tx) { return verifications.state().decide(tx, question, taken, true); });
    }

    testing::TemporaryFolder folder;
    std::unique_ptr<Database> database;
    TenantId tenant;
    std::vector<std::string> secrets;
    shared_state::RateLimits limits;
    Verifications verifications{system_clock(), limits};
};

void verify_from_memory(benchmark::State& state) {
    static std::optional<World> world;
    if (state.thread_index() == 0) {
        world.emplace(state.range(0));
        for (auto const& secret : world->secrets) world->decide({.key = secret});
    }
    std::size_t turn = static_cast<std::size_t>(state.thread_index());
    for ([[maybe_unused]] auto again : state) {
        auto const verdict =
            world->verifications.state().recall(world->tenant, world->question(turn += 2), true, system_clock().now());
        if (!verdict || !verdict->is_valid) state.SkipWithError("it was not in memory");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(verify_from_memory)->Arg(10)->Arg(100'000)->Threads(1)->Threads(2)->UseRealTime();

// Durably: many at once share a commit.
void spend_credits_on_sqlite(benchmark::State& state) {
    static std::optional<World> world;
    if (state.thread_index() == 0) world.emplace(1'000, 1'000'000'000);
    std::size_t turn = static_cast<std::size_t>(state.thread_index());
    for ([[maybe_unused]] auto again : state)
        if (!world->decide(world->question(turn += 17)).is_valid) state.SkipWithError("it was refused");
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(spend_credits_on_sqlite)->Threads(1)->Threads(32)->UseRealTime();

}  // namespace
}  // namespace mainstay::keys
