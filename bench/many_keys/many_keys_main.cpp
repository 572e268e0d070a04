// Fills a data folder for bench/keys.py: many_keys DATA TENANTS KEYS USERS LIST. The tenants share the customers' keys
// and the users evenly; a line of LIST has a key of the API and a customer's key of the same tenant.
#include "app/program.hpp"
#include "platform/identity/identity.hpp"
#include "platform/keys/keys.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace {

using namespace mainstay;

constexpr long at_once = 500;  // in one transaction

keys::NewKey api_key() {
    keys::NewKey key;
    key.settings.name = "bench";
    key.settings.scopes = {"keys.verify"};
    return key;
}

keys::NewKey customer_key() {
    keys::NewKey key;
    key.audience = keys::Audience::customer;
    key.prefix = "acme";
    key.settings.name = "bench";
    key.settings.owner = "customer 5";
    key.settings.permissions = {"reports.read"};
    key.settings.limits = {{"requests", 10'000'000, 1}};
    return key;
}

std::vector<TenantId> make_tenants(Database& database, long count) {
    std::vector<TenantId> tenants;
    for (long made = 0; made < count; made += at_once) {
        auto const some = database.write(system_scope("tenants of a benchmark"), [&](Transaction& tx) {
            std::vector<TenantId> batch;
            for (long i = made; i < std::min(count, made + at_once); ++i)
                batch.push_back(tenants::create_tenant(tx, "Bench " + std::to_string(i), tenants::Plan::enterprise).id);
            return batch;
        });
        tenants.insert(tenants.end(), some.begin(), some.end());
    }
    return tenants;
}

void make_keys(Database& database, TenantId tenant, long count, std::ofstream& list) {
    std::string caller;
    for (long made = 0; made < count; made += at_once) {
        auto const secrets = database.write(tenant, [&](Transaction& tx) {
            std::vector<std::string> batch;
            if (caller.empty()) batch.push_back(keys::create_key(tx, api_key(), "a benchmark").key.text);
            for (long i = made; i < std::min(count, made + at_once); ++i)
                batch.push_back(keys::create_key(tx, customer_key(), "a benchmark").key.text);
            return batch;
        });
        std::size_t const first = caller.empty() ? 1 : 0;
        if (caller.empty()) caller = secrets.front();
        for (std::size_t i = first; i < secrets.size(); ++i) list << caller << ' ' << secrets[i] << '\n';
    }
}

void make_users(Database& database, std::vector<TenantId> const& tenants, long count) {
    for (long made = 0; made < count; made += at_once) {
        database.write(system_scope("users of a benchmark"), [&](Transaction& tx) {
            for (long i = made; i < std::min(count, made + at_once); ++i) {
                auto const email = Email::parse("user" + std::to_string(i) + "@bench.example").value();
                auto const user = identity::create_user(tx, {email, "Bench", {}, false});
                tenants::add_member(tx, tenants[static_cast<std::size_t>(i) % tenants.size()], user.id,
                                    tenants::Role::user, std::nullopt);
            }
        });
    }
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 6) {
        std::fputs("Usage: many_keys DATA TENANTS KEYS USERS LIST\n", stderr);
        return 2;
    }
    config::Config config;
    config.data = arguments[1];
    auto const database = app::open_database(config);
    auto const tenants = make_tenants(*database, std::atol(arguments[2]));
    std::ofstream list(arguments[5]);
    long const keys = std::atol(arguments[3]) / static_cast<long>(tenants.size());
    for (TenantId const tenant : tenants) make_keys(*database, tenant, keys, list);
    make_users(*database, tenants, std::atol(arguments[4]));
}
