// Domains of tenants: which names there may be, when one is a tenant's, and which hosts are known in memory.
#include "platform/audit/audit.hpp"
#include "platform/domains/domains_store.hpp"

#include "testing/testing.hpp"

#include <gmock/gmock.h>

namespace mainstay::domains {
namespace {

std::vector<std::string> const own{"mainstay.example.com", "www.vendor.com"};

TEST(DomainRules, ANameIsOfThePublicDnsInSmallLetters) {
    EXPECT_EQ(domain_of("App.Harbour.com", own), "app.harbour.com");
    EXPECT_EQ(domain_of("xn--bcher-kva.com", own), "xn--bcher-kva.com");
    for (auto const* text : {"",
                             "harbour",
                             "harbour..com",
                             ".harbour.com",
                             "harbour.com.",
                             "-a.com",
                             "a-.com",
                             "a_b.com",
                             "a b.com",
                             "harbour.com:443",
                             "https://harbour.com",
                             "127.0.0.1",
                             "10.0.0.7",
                             "[::1]",
                             "1.2.3.4.5",
                             "printer.local",
                             "api.internal",
                             "a.localhost",
                             "b\xC3\xBC"
                             "cher.com",
                             "*.harbour.com"})
        EXPECT_EQ(domain_of(text, own), std::nullopt) << text;
    EXPECT_EQ(domain_of(std::string(64, 'a') + ".com", own), std::nullopt);
    std::string deep = "com";
    while (deep.size() <= name_bytes_max) deep = "a." + deep;
    EXPECT_EQ(domain_of(deep, own), std::nullopt);
}

TEST(DomainRules, NoTenantMayHaveWhatIsTheInstallations) {
    for (auto const* text : {"mainstay.example.com", "acme.mainstay.example.com", "WWW.vendor.com"})
        EXPECT_EQ(domain_of(text, own), std::nullopt) << text;
    EXPECT_TRUE(domain_of("notmainstay.example.com", own)) << "beneath is behind a dot";
    EXPECT_TRUE(domain_of("vendor.com", own));
}

TEST(DomainRules, ARecordHasToSayTheTokenAloneAndNothingElse) {
    using Outcome = net::TxtAnswer::Outcome;
    auto const finding = [](Outcome outcome, std::vector<std::string> texts) {
        return finding_of({outcome, std::move(texts)}, "mainstay-verification=abc");
    };
    EXPECT_TRUE(finding(Outcome::found, {"v=spf1", "mainstay-verification=abc"}).is_shown);
    for (auto const* text : {"mainstay-verification=abcd", "mainstay-verification=ab", "MAINSTAY-VERIFICATION=ABC", ""})
        EXPECT_FALSE(finding(Outcome::found, {text}).is_shown) << text;
    EXPECT_THAT(finding(Outcome::none, {}).fault, ::testing::HasSubstr("no TXT record"));
    EXPECT_THAT(finding(Outcome::failed, {}).fault, ::testing::HasSubstr("did not answer"));
}

class DomainsTest : public testing::Engines {
protected:
    DomainsTest() {
        migrate({shared_state::migrations(), entitlements::migrations(), tenants::migrations(), audit::migrations(),
                 events::migrations(), flow::migrations(), migrations()});
        mine_ = new_tenant("Mine");
        theirs_ = new_tenant("Theirs");
        engine_.add(check_job([this](std::string const& name) {
            asked_.push_back(name);
            auto const found = records_.find(name);
            if (!is_dns_there_) return net::TxtAnswer{net::TxtAnswer::Outcome::failed, {}};
            if (found == records_.end()) return net::TxtAnswer{};
            return net::TxtAnswer{net::TxtAnswer::Outcome::found, {found->second.begin(), found->second.end()}};
        }));
    }

    TenantId new_tenant(std::string const& name) {
        return database().write(system_scope("a test"), [&](Transaction& tx) {
            return tenants::create_tenant(tx, name, tenants::Plan::enterprise).id;
        });
    }
    Domain add(TenantId tenant, std::string const& name) {
        return database().write(tenant, [&](Transaction& tx) {
            Domain domain;
            domain.id = DomainId::make(tx.now());
            domain.name = name;
            domain.record_value = std::string(record_begins) + domain.id.to_string();
            domain.created_at = tx.now();
            insert_domain(tx, domain, "a test");
            return find_domain(tx, domain.id).value();
        });
    }
    void show(Domain const& domain) { records_[domain.record_name].insert(domain.record_value); }
    // As POST .../verify does.
    Domain check(TenantId tenant, Domain const& domain) {
        database().write(tenant, [&](Transaction& tx) {
            flow::enqueue(tx, CheckDomain{tenant, domain.id}, {.queue = std::string(checks_queue)});
        });
        engine_.run_until_idle();
        return read(tenant, domain);
    }
    Domain read(TenantId tenant, Domain const& domain) {
        return database().read(tenant, [&](Snapshot& snapshot) { return find_domain(snapshot, domain.id).value(); });
    }
    std::optional<TenantId> holder(std::string const& name) {
        return database().read(system_scope("a test"), [&](Snapshot& snapshot) { return holder_of(snapshot, name); });
    }
    std::size_t after_a_day() {
        clock.advance(check_interval);
        auto const due = enqueue_due_checks(database());
        engine_.run_until_idle();
        return due;
    }

    TenantId mine_, theirs_;
    bool is_dns_there_ = true;
    std::map<std::string, std::set<std::string>> records_;
    std::vector<std::string> asked_;
    flow::Engine engine_{database(), clock, {.queue = std::string(checks_queue)}};
};
INSTANTIATE_TEST_SUITE_P(Engines, DomainsTest, testing::each_engine(), testing::engine_name);

TEST_P(DomainsTest, ADomainIsATenantsOnceItsRecordWasFound) {
    auto const domain = add(mine_, "app.harbour.com");
    EXPECT_EQ(check(mine_, domain).state, DomainState::pending);
    EXPECT_EQ(asked_.back(), "_mainstay.app.harbour.com");
    EXPECT_EQ(holder("app.harbour.com"), std::nullopt);
    show(domain);
    auto const verified = check(mine_, domain);
    EXPECT_EQ(verified.state, DomainState::verified);
    EXPECT_EQ(verified.failures, 0);
    EXPECT_TRUE(verified.verified_at);
    EXPECT_EQ(holder("app.harbour.com"), mine_);
}

TEST_P(DomainsTest, TheRecordOfOneTenantProvesNothingForAnother) {
    auto const domain = add(mine_, "app.harbour.com"), other = add(theirs_, "app.harbour.com");
    show(domain);
    EXPECT_EQ(check(theirs_, other).state, DomainState::pending);
    EXPECT_EQ(holder("app.harbour.com"), std::nullopt);
}

TEST_P(DomainsTest, ADomainIsOfOneTenantAtMost) {
    auto const domain = add(mine_, "app.harbour.com"), other = add(theirs_, "app.harbour.com");
    show(domain);
    show(other);
    check(mine_, domain);
    auto const refused = check(theirs_, other);
    EXPECT_EQ(refused.state, DomainState::pending);
    EXPECT_EQ(refused.fault, "Another tenant has this domain.");
    EXPECT_EQ(holder("app.harbour.com"), mine_);
}

TEST_P(DomainsTest, AVerifiedDomainIsCheckedDailyAndDroppedAfterSevenFailures) {
    auto const domain = add(mine_, "app.harbour.com");
    show(domain);
    check(mine_, domain);
    EXPECT_EQ(enqueue_due_checks(database()), 0u) << "not before a day has gone";
    EXPECT_EQ(after_a_day(), 1u);
    EXPECT_EQ(read(mine_, domain).failures, 0);
    records_.clear();
    for (std::int64_t i = 1; i < failures_max; ++i) {
        EXPECT_EQ(after_a_day(), 1u);
        EXPECT_EQ(read(mine_, domain).failures, i);
        EXPECT_EQ(holder("app.harbour.com"), mine_);
    }
    after_a_day();
    EXPECT_EQ(read(mine_, domain).state, DomainState::pending);
    EXPECT_EQ(holder("app.harbour.com"), std::nullopt);
    EXPECT_EQ(after_a_day(), 0u) << "what is nobody's is checked no more";
}

TEST_P(DomainsTest, ARecordThatIsBackInTimeIsAsIfItHadNeverBeenGone) {
    auto const domain = add(mine_, "app.harbour.com");
    show(domain);
    check(mine_, domain);
    is_dns_there_ = false;
    for (std::int64_t i = 1; i < failures_max; ++i) after_a_day();
    is_dns_there_ = true;
    after_a_day();
    EXPECT_EQ(read(mine_, domain).failures, 0);
    EXPECT_EQ(holder("app.harbour.com"), mine_);
}

TEST_P(DomainsTest, TheNextTenantGetsADomainOnceTheLastOneLostIt) {
    auto const domain = add(mine_, "app.harbour.com"), other = add(theirs_, "app.harbour.com");
    show(domain);
    check(mine_, domain);
    records_.clear();
    show(other);
    for (std::int64_t i = 0; i < failures_max; ++i) after_a_day();
    EXPECT_EQ(check(theirs_, other).state, DomainState::verified);
    EXPECT_EQ(holder("app.harbour.com"), theirs_);
}

TEST_P(DomainsTest, HostsNameTenantsBySubdomainAndByVerifiedDomain) {
    auto const domain = add(mine_, "app.harbour.com");
    add(theirs_, "app.vale.com");
    show(domain);
    check(mine_, domain);
    Hosts hosts(database(), "Mainstay.example.com");
    hosts.load();
    for (auto const* host : {"mine.mainstay.example.com", "MINE.mainstay.example.com:8443", "app.harbour.com",
                             "App.Harbour.com:443", "app.harbour.com."})
        EXPECT_EQ(hosts.tenant_of(host), mine_) << host;
    EXPECT_EQ(hosts.tenant_of("theirs.mainstay.example.com"), theirs_);
    for (auto const* host : {"", "mainstay.example.com", "app.vale.com", "nobody.mainstay.example.com",
                             "x.mine.mainstay.example.com", "harbour.com", "[::1]:8000", ":80"})
        EXPECT_EQ(hosts.tenant_of(host), std::nullopt) << host;
    EXPECT_EQ(hosts.tenant_of(std::string(5'000, 'a') + ".com"), std::nullopt);
}

TEST_P(DomainsTest, WhatChangesIsKnownOnceItIsHeard) {
    Hosts hosts(database(), "mainstay.example.com");
    hosts.load();
    auto const domain = add(mine_, "app.harbour.com");
    show(domain);
    check(mine_, domain);
    hosts.hear(mine_.to_string());
    EXPECT_EQ(hosts.tenant_of("app.harbour.com"), mine_);
    database().write(system_scope("a test"), [&](Transaction& tx) {
        tenants::update_tenant(tx, mine_, {{}, "renamed", {}, {}, {}});
    });
    database().write(mine_, [&](Transaction& tx) { let_go(tx, find_domain(tx, domain.id).value()); });
    hosts.hear(mine_.to_string());
    EXPECT_EQ(hosts.tenant_of("app.harbour.com"), std::nullopt);
    EXPECT_EQ(hosts.tenant_of("mine.mainstay.example.com"), std::nullopt);
    EXPECT_EQ(hosts.tenant_of("renamed.mainstay.example.com"), mine_);
    database().write(system_scope("a test"), [&](Transaction& tx) { tenants::remove_tenant(tx, mine_); });
    hosts.hear(mine_.to_string());
    EXPECT_EQ(hosts.tenant_of("renamed.mainstay.example.com"), std::nullopt);
}

TEST_P(DomainsTest, OriginsAreTheirTenantsAloneAndForgottenWithThem) {
    std::string const shop = "https://shop.example.com", both = "https://both.example.com";
    auto const set = [&](TenantId tenant, std::vector<std::string> origins) {
        database().write(system_scope("a test"), [&](Transaction& tx) {
            tenants::TenantSettings settings;
            settings.allowed_origins = std::move(origins);
            tenants::update_tenant(tx, tenant, {{}, {}, {}, {}, settings});
        });
    };
    set(mine_, {shop, both});
    Hosts hosts(database(), "");
    hosts.load();
    set(theirs_, {both});
    EXPECT_FALSE(hosts.has_origin(both, theirs_));
    hosts.hear(theirs_.to_string());
    EXPECT_TRUE(hosts.has_origin(both, theirs_));
    EXPECT_TRUE(hosts.has_origin(shop, mine_));
    EXPECT_FALSE(hosts.has_origin(shop, theirs_));
    EXPECT_TRUE(hosts.has_origin(shop, std::nullopt));
    EXPECT_FALSE(hosts.has_origin("https://shop.example.co", std::nullopt));
    set(mine_, {});
    hosts.hear(mine_.to_string());
    EXPECT_FALSE(hosts.has_origin(shop, std::nullopt));
    EXPECT_FALSE(hosts.has_origin(both, mine_));
    EXPECT_TRUE(hosts.has_origin(both, std::nullopt)) << "another tenant has it too";
}

TEST_P(DomainsTest, EachChangeOfHostsIsTold) {
    auto const told = [&] {
        return database().read(system_scope("a test"), [&](Snapshot& snapshot) {
            return snapshot.one<std::int64_t>("SELECT count(*) AS n FROM revocations WHERE subject = :subject",
                                              bind("subject", mine_.to_string()));
        });
    };
    auto const domain = add(mine_, "app.harbour.com");
    show(domain);
    auto before = told();
    EXPECT_GE(before, 1) << "the new tenant's subdomain";
    check(mine_, domain);
    EXPECT_EQ(told(), ++before);
    database().write(system_scope("a test"), [&](Transaction& tx) {
        tenants::update_tenant(tx, mine_, {{}, "renamed", {}, {}, {}});
    });
    EXPECT_EQ(told(), ++before);
    database().write(mine_, [&](Transaction& tx) { let_go(tx, find_domain(tx, domain.id).value()); });
    EXPECT_EQ(told(), ++before);
}

}  // namespace
}  // namespace mainstay::domains
