// Hosts of tenants over the API: domains added, shown to be one's own, and requests that name a tenant by their Host.
#include "app/accounts_fixture.hpp"

#include <set>

namespace mainstay::app {
namespace {

config::Config with_public_url() {
    config::Config config;
    config.public_url = "https://mainstay.example.com";
    config.hosts = "localhost,mainstay.example.com";
    return config;
}

// A DNS in which tests set records.
struct Dns {
    std::mutex mutex;
    std::map<std::string, std::string> records;
};

class TenantHostsTest : public AccountsTest {
protected:
    TenantHostsTest() : TenantHostsTest(std::make_shared<Dns>()) {}

    std::string domains_of(std::string const& tenant) { return "/api/v1/tenants/" + tenant + "/domains"; }
    Headers join(std::string const& email, std::string const& organization) {
        open_account(email, organization);
        return sign_in(email);
    }
    // Once it is verified.
    std::string add_domain(Headers const& session, std::string const& tenant, std::string const& name) {
        auto const added = post(domains_of(tenant), R"({"name":")" + name + "\"}", session);
        EXPECT_EQ(added.status, 201) << added.body;
        {
            std::lock_guard const lock(dns_->mutex);
            dns_->records[member(added.body, "record_name")] = member(added.body, "record_value");
        }
        auto const id = member(added.body, "id");
        EXPECT_EQ(post(domains_of(tenant) + '/' + id + "/verify", "", session).status, 202);
        EXPECT_TRUE(testing::comes_true([&] {
            return ask("GET", domains_of(tenant), session).body.find(R"("state":"verified")") != std::string::npos;
        }));
        return id;
    }
    static Headers at(std::string const& host, Headers headers) {
        headers.emplace_back("Host", host);
        return headers;
    }
    int status_at(std::string const& host, Headers const& session) {
        return ask("GET", "/api/v1/me", at(host, session)).status;
    }
    std::string tenant_at(std::string const& host, Headers const& session) {
        return member(ask("GET", "/api/v1/me", at(host, session)).body, "tenant_id");
    }
    bool answers(std::string const& host) { return ask("GET", "/health", {{"Host", host}}).status == 200; }

    std::shared_ptr<Dns> dns_;

private:
    explicit TenantHostsTest(std::shared_ptr<Dns> const& dns)
        : AccountsTest(with_public_url(),
                       [dns](Program& program) {
                           program.set_txt_resolver([dns](std::string const& name) {
                               std::lock_guard const lock(dns->mutex);
                               auto const found = dns->records.find(name);
                               if (found == dns->records.end()) return net::TxtAnswer{};
                               return net::TxtAnswer{net::TxtAnswer::Outcome::found, {found->second}};
                           });
                       }),
          dns_(dns) {}
};
INSTANTIATE_TEST_SUITE_P(Engines, TenantHostsTest, testing::each_engine(), testing::engine_name);

TEST_P(TenantHostsTest, AHostIsAnsweredForWithinASecondOfItsVerificationAndNoLongerBehindItsRemoval) {
    auto const session = join("ann@example.com", "Harbour");
    auto const tenant = tenant_of(session);
    EXPECT_FALSE(answers("app.harbour.com"));
    auto const id = add_domain(session, tenant, "app.harbour.com");
    EXPECT_TRUE(testing::comes_true([&] { return answers("app.harbour.com"); }));
    EXPECT_EQ(tenant_at("app.harbour.com", session), tenant);
    EXPECT_EQ(client_->request("GET", "/login", {{"Host", "app.harbour.com"}}).status, 200) << "pages too";
    EXPECT_EQ(ask("DELETE", domains_of(tenant) + '/' + id, session).status, 204);
    EXPECT_TRUE(testing::comes_true([&] { return !answers("app.harbour.com"); }));
    EXPECT_EQ(code_of(ask("GET", "/health", {{"Host", "app.harbour.com"}})), "host_refused");
}

TEST_P(TenantHostsTest, ASubdomainChoosesAmongTheTenantsOfTheCredentialAlone) {
    auto const ann = join("ann@example.com", "Harbour");
    auto const harbour = tenant_of(ann);
    auto const vale = new_tenant("Vale");
    run("user create", {{"email", "bob@example.com"}, {"password", good_password}, {"tenant", vale}});
    auto const bob = sign_in("bob@example.com");
    EXPECT_TRUE(testing::comes_true([&] { return answers("vale.mainstay.example.com"); }));
    EXPECT_EQ(tenant_at("harbour.mainstay.example.com", ann), harbour);
    auto const refused = ask("GET", "/api/v1/me", at("vale.mainstay.example.com", ann));
    EXPECT_EQ(refused.status, 404) << "refused, and not taken for her own: " << refused.body;
    EXPECT_EQ(tenant_at("vale.mainstay.example.com", bob), vale);
    EXPECT_EQ(code_of(ask("GET", "/health", {{"Host", "nobody.mainstay.example.com"}})), "host_refused");
}

TEST_P(TenantHostsTest, AKeyIsRefusedAtAnotherTenantsHost) {
    auto const harbour = new_tenant("Harbour");
    new_tenant("Vale");
    Headers const key{{"Authorization", "Bearer " + new_key(harbour, "read")}};
    EXPECT_TRUE(testing::comes_true([&] { return answers("vale.mainstay.example.com"); }));
    EXPECT_EQ(tenant_at("harbour.mainstay.example.com", key), harbour);
    EXPECT_EQ(status_at("vale.mainstay.example.com", key), 404);
    EXPECT_EQ(status_at("mainstay.example.com", key), 200);
}

TEST_P(TenantHostsTest, AHeaderThatDisagreesWithTheHostIsRefused) {
    auto const ann = join("ann@example.com", "Harbour");
    auto const harbour = tenant_of(ann);
    EXPECT_TRUE(testing::comes_true([&] { return answers("harbour.mainstay.example.com"); }));
    auto both = at("harbour.mainstay.example.com", ann);
    both.emplace_back("X-Tenant-ID", harbour);
    EXPECT_EQ(ask("GET", "/api/v1/me", both).status, 200);
    both.back().second = new_tenant("Vale");
    EXPECT_EQ(code_of(ask("GET", "/api/v1/me", both)), "forbidden");
}

TEST_P(TenantHostsTest, SigningInWorksAtATenantsHostAndStaysWithIt) {
    auto const ann = join("ann@example.com", "Harbour");
    EXPECT_TRUE(testing::comes_true([&] { return answers("harbour.mainstay.example.com"); }));
    auto const there =
        post("/api/v1/auth/login", R"({"email":"ann@example.com","password":")" + std::string(good_password) + "\"}",
             at("harbour.mainstay.example.com", {{"Content-Type", "application/json"}}));
    EXPECT_EQ(there.status, 200) << there.body;
    EXPECT_EQ(tenant_at("harbour.mainstay.example.com", session_of(there)), tenant_of(ann));
}

TEST_P(TenantHostsTest, ATenantsDomainsAreItsOwnAndNoneOfTheInstallation) {
    auto const ann = join("ann@example.com", "Harbour");
    auto const harbour = tenant_of(ann), vale = new_tenant("Vale");
    auto const add = [&](std::string const& tenant, std::string const& name) {
        return post(domains_of(tenant), R"({"name":")" + name + "\"}", ann).status;
    };
    EXPECT_EQ(add(harbour, "app.harbour.com"), 201);
    EXPECT_EQ(add(harbour, "APP.harbour.com"), 409);
    for (auto const* name : {"mainstay.example.com", "vale.mainstay.example.com", "localhost", "10.0.0.1"})
        EXPECT_EQ(add(harbour, name), 422) << name;
    EXPECT_EQ(add(vale, "app.vale.com"), 404);
    EXPECT_EQ(ask("GET", domains_of(vale), ann).status, 404);
    for (int i = 1; i < domains::domains_max; ++i)
        EXPECT_EQ(add(harbour, "d" + std::to_string(i) + ".harbour.com"), 201);
    EXPECT_EQ(add(harbour, "one.too.many.com"), 409);
}

}  // namespace
}  // namespace mainstay::app
