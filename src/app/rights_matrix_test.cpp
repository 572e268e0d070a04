// Every route, asked by every role of two tenants, by keys of each scope, by an operator and by nobody. What each may
// do is written down here by hand; nothing of it is read from the code that enforces it. A route without its line
// fails.
#include "app/rights_matrix_fixture.hpp"
#include "app/work_fixture.hpp"
#include "platform/domains/domains.hpp"
#include "platform/keys/keys.hpp"
#include "platform/organizations/organizations.hpp"
#include "platform/single_sign_on/single_sign_on.hpp"
#include "platform/support/support.hpp"

#include <functional>
#include <set>

namespace mainstay::app {
namespace {

constexpr std::string_view shop =
    R"(CREATE TABLE dbo.Item (ItemID int NOT NULL PRIMARY KEY, Name nvarchar(50) NOT NULL)
GO
INSERT INTO dbo.Item VALUES (1, N'Cup')
GO
)";

// A tenant, who works in it and what they have.
struct Party {
    TenantId tenant;
    std::map<char, testing::HttpClient::Headers> callers;
    std::map<std::string, std::string, std::less<>> kept;  // objects that no question changes, by what they are called
    std::set<std::string> ids;                             // of all that was made
};

class RightsMatrix : public AppTest {
protected:
    RightsMatrix()
        : AppTest({}, [](Program& program) {
              program.add(letter_graph());
              program.set_txt_resolver([](std::string const&) { return net::TxtAnswer{}; });
          }) {
        for (auto* party : {&mine_, &theirs_}) fill(*party, party == &mine_ ? "mine" : "theirs");
        operator_ = sign_in(run_user("ops@example.com", {{"is_operator", "true"}}));
    }

    // Whether the row is to be kept for each caller, asked of its own tenant's objects and of the other's.
    void hold(Row const& row) {
        SCOPED_TRACE(row.endpoint);
        for (char const caller : all_callers) {
            bool const is_let_in = row.let_in.find(caller) != std::string_view::npos;
            int const refused = caller == '-' ? 401 : 403;
            auto const own = target_of(row, mine_, is_let_in);
            auto const reply = put(row, headers_of(caller), own);
            expect(reply.status, is_let_in ? row.status : refused, caller, own);
            if (tenants_callers.find(caller) == std::string_view::npos) continue;
            for (auto const& id : theirs_.ids)
                EXPECT_EQ(reply.body.find(id), std::string::npos) << caller << " sees " << id;
            if (is_about_an_object(row)) hold_for_foreign(row, caller, is_let_in ? 404 : 403);
        }
        if (row.let_in.find('o') == std::string_view::npos || !is_about_an_object(row)) return;
        auto const target = target_of(row, theirs_, true);
        bool const is_admins_too = row.let_in.find('a') != std::string_view::npos;
        expect(put(row, headers_of('a'), target).status, is_admins_too ? 404 : 403, 'a', target);
        expect(put(row, theirs_.callers.at('o'), target).status, row.status, 'o', target);
    }

    std::size_t cells_ = 0;
    Party mine_, theirs_;

private:
    static bool is_about_an_object(Row const& row) { return row.path.find('{') != std::string_view::npos; }

    void expect(int status, int expected, char caller, std::string const& target) {
        ++cells_;
        EXPECT_EQ(status, expected) << caller << ' ' << target;
    }
    void hold_for_foreign(Row const& row, char caller, int expected) {
        auto const target = target_of(row, theirs_, false),
                   nobodys = filled(row, [&](std::string_view what) { return missing(what); });
        auto const foreign = put(row, headers_of(caller), target), missing = put(row, headers_of(caller), nobodys);
        expect(foreign.status, expected, caller, target);
        EXPECT_EQ(without_request_id(foreign.body), without_request_id(missing.body)) << caller << ' ' << target;
    }
    static std::string without_request_id(std::string const& body) {
        return body.substr(0, body.find("\"request_id\""));
    }

    testing::HttpClient::Headers const& headers_of(char caller) {
        static testing::HttpClient::Headers const none;
        return caller == 'P' ? operator_ : caller == '-' ? none : mine_.callers.at(caller);
    }
    testing::HttpReply put(Row const& row, testing::HttpClient::Headers headers, std::string const& target) {
        if (!row.body.empty()) headers.emplace_back("Content-Type", "application/json");
        if (target.ends_with("/events"))
            return testing::HttpClient(program_->port()).head_of(row.method, target, headers);
        return ask(row.method, target, headers, numbered(row.body));
    }
    // A body that may be taken once has a number in it.
    std::string numbered(std::string_view body) {
        constexpr std::string_view mark = "{number}";
        std::string text(body);
        if (auto const at = text.find(mark); at != std::string::npos)
            text.replace(at, mark.size(), std::to_string(++number_));
        return text;
    }

    // --- who asks ---

    std::string run_user(std::string const& email, std::map<std::string, std::string> flags) {
        flags["email"] = email;
        flags["password"] = "correct horse battery";
        run("user create", flags);
        return email;
    }
    testing::HttpClient::Headers sign_in(std::string const& email) {
        auto const reply = ask("POST", "/api/v1/auth/login", {{"Content-Type", "application/json"}},
                               R"({"email":")" + email + R"(","password":"correct horse battery"})");
        auto const& cookie = reply.headers.at("set-cookie");
        return {{"Cookie", cookie.substr(0, cookie.find(';'))},
                {"X-CSRF-Token", member(reply.body, "csrf_token")},
                {"Sec-Fetch-Site", "same-origin"}};
    }
    void fill(Party& party, std::string const& name) {
        party.tenant = TenantId::parse(new_tenant(name)).value();
        std::string const tenant = party.tenant.to_string();
        party.ids.insert(tenant);
        for (auto const& [caller, role] :
             {std::pair('o', "owner"), std::pair('a', "org_admin"), std::pair('b', "billing_admin"),
              std::pair('s', "support_agent"), std::pair('u', "user")})
            party.callers[caller] =
                sign_in(run_user(std::string(role) + '@' + name + ".example", {{"tenant", tenant}, {"role", role}}));
        for (auto const& [caller, scope] : {std::pair('A', "admin"), std::pair('W', "write"), std::pair('R', "read")})
            party.callers[caller] = {{"Authorization", "Bearer " + new_key(tenant, scope)}};
        party.kept["tenant"] = tenant;
        party.kept["asking_run"] = asking_run(party);
        party.kept["meter"] = new_meter(party);
        party.kept["migration"] = ended_migration(party);
        party.kept["model"] = member_of_first(
            ask("GET", "/api/v1/migrations/" + party.kept["migration"] + "/models", party.callers['A']).body);
        for (auto const& [what, id] : party.kept) party.ids.insert(id);
    }

    // --- what they ask for ---

    // Whoever is refused harms nothing, so one object does for all of them.
    std::string target_of(Row const& row, Party& party, bool is_used_up) {
        return filled(row, [&](std::string_view what) {
            auto const kept = party.kept.find(what);
            if (kept != party.kept.end() && (!is_used_up || is_kept_for_all(what))) return kept->second;
            std::string made = make(party, what);
            party.ids.insert(made.substr(0, made.find('/')));
            if (!is_used_up) party.kept.emplace(what, made);
            return made;
        });
    }
    static bool is_kept_for_all(std::string_view what) {
        return what == "tenant" || what == "asking_run" || what == "migration" || what == "model" || what == "meter" ||
               what == "provider";
    }
    static std::string filled(Row const& row, std::function<std::string(std::string_view)> const& object) {
        std::string target(row.path);
        for (auto open = target.find('{'); open != std::string::npos; open = target.find('{')) {
            auto const close = target.find('}', open);
            target.replace(open, close - open + 1, object(target.substr(open + 1, close - open - 1)));
        }
        return target;
    }
    static std::string missing(std::string_view what) {
        Instant const now = system_clock().now();
        std::string const run = flow::RunId::make(now).to_string();
        if (what == "tenant") return TenantId::make(now).to_string();
        if (what.ends_with("key")) return keys::KeyId::make(now).to_string();
        if (what == "asked") return run + "/waits/" + flow::WaitId::make(now).to_string();
        if (what == "schedule") return flow::ScheduleId::make(now).to_string();
        if (what == "model") return Id<"mod">::make(now).to_string();
        if (what == "support_grant") return support::GrantId::make(now).to_string();
        if (what == "domain") return domains::DomainId::make(now).to_string();
        if (what == "member") return tenants::MemberId::make(now).to_string();
        if (what == "invitation") return organizations::InvitationId::make(now).to_string();
        if (what.ends_with("provider")) return single_sign_on::ProviderId::make(now).to_string();
        if (what.ends_with("meter")) return Id<"mtr">::make(now).to_string();
        if (what.ends_with("job")) return flow::JobId::make(now).to_string();
        return what.ends_with("run") ? run : Id<"mig">::make(now).to_string();
    }
    std::string make(Party& party, std::string_view what) {
        if (what == "asked") return asked(party);
        if (what == "ended_migration") return ended_migration(party);
        if (what == "invitation")
            return posted_beneath(party, "/invitations", R"({"email":"guest{number}@example.com","role":"user"})");
        if (what == "domain") return posted_beneath(party, "/domains", R"({"name":"d{number}.vale.com"})");
        if (what == "spare_meter") return new_meter(party);
        if (what == "support_grant") return new_support_grant(party);
        if (what.ends_with("provider")) return new_provider(party);
        return program_->database().write(Scope(party.tenant, "usr_ann"),
                                          [&](Transaction& tx) { return make(tx, what); });
    }
    static std::string make(Transaction& tx, std::string_view what) {
        Letter const letter{"dear", ""};
        if (what.ends_with("key")) {
            keys::NewKey key;
            key.settings.name = "k";
            if (what == "key") {
                key.settings.scopes = {"read"};
            } else {
                key.audience = keys::Audience::customer;
                key.prefix = "acme";
                key.credits_remaining = 5;
            }
            return keys::create_key(tx, key, "a test").id.to_string();
        }
        if (what == "member") {
            auto const user =
                identity::create_user(tx, {{RequestId::make(tx.now()).to_string() + "@example.com"}, "M", {}});
            return tenants::add_member(tx, tx.tenant(), user.id, tenants::Role::user, std::nullopt).id.to_string();
        }
        if (what == "schedule")
            return flow::schedule_job(tx, RequestId::make(tx.now()).to_string(), {.every_seconds = 3'600}, letter,
                                      {.queue = unread})
                .to_string();
        if (what.ends_with("job")) {
            auto const job = flow::enqueue(tx, letter, {.queue = unread});
            if (what == "cancelled_job") flow::cancel_job(tx, job);
            return job.to_string();
        }
        auto const run = flow::start_run(tx, letter_graph(), letter, {.queue = unread});
        if (what == "cancelled_run") flow::cancel_run(tx, letter_graph(), run);
        return run.to_string();
    }
    // What the API makes for an admin's key.
    std::string posted(Party& party, std::string const& path, std::string_view body) {
        auto headers = party.callers['A'];
        headers.emplace_back("Content-Type", "application/json");
        return member(ask("POST", path, headers, numbered(body)).body, "id");
    }
    std::string posted_beneath(Party& party, std::string const& where, std::string_view body) {
        return posted(party, "/api/v1/tenants/" + party.tenant.to_string() + where, body);
    }
    std::string new_meter(Party& party) {
        return posted(party, "/api/v1/usage/meters",
                      R"({"event_name":"call","aggregation":"count","name":"m{number}"})");
    }
    std::string new_support_grant(Party& party) {
        auto headers = party.callers['o'];
        headers.emplace_back("Content-Type", "application/json");
        return member(
            ask("POST", "/api/v1/tenants/" + party.tenant.to_string() + "/support-access", headers, "{}").body, "id");
    }
    std::string new_provider(Party& party) {
        return posted_beneath(party, "/identity-providers",
                              R"({"name":"P","issuer":"https://id.example","client_id":"c","client_secret":"s"})");
    }
    std::string asking_run(Party& party) {
        auto const run = program_->database().write(party.tenant, [&](Transaction& tx) {
            return flow::start_run(tx, letter_graph(), Letter{"dear", ""}).to_string();
        });
        wait_until(party, "/api/v1/workflow-runs/" + run, R"("state":"waiting")");
        return run;
    }
    std::string asked(Party& party) {
        auto const run = asking_run(party);
        json::Document detail;
        EXPECT_FALSE(detail.parse(ask("GET", "/api/v1/workflow-runs/" + run, party.callers['A']).body));
        return run + "/waits/" + std::string(detail.root().find("waits")->items[0].find("id")->string);
    }
    std::string ended_migration(Party& party) {
        auto headers = party.callers['A'];
        headers.emplace_back("Content-Type", "application/json");
        std::string body = R"({"project_name":"shop","script":)";
        json::write_string(shop, body);
        auto const id = member(ask("POST", "/api/v1/migrations", headers, body + '}').body, "id");
        wait_until(party, "/api/v1/migrations/" + id, R"("status":"completed")");
        return id;
    }
    void wait_until(Party& party, std::string const& path, std::string_view text) {
        Duration const end = system_clock().monotonic() + minutes(3);
        while (ask("GET", path, party.callers['A']).body.find(text) == std::string::npos) {
            ASSERT_LT(system_clock().monotonic(), end) << path;
            std::this_thread::yield();
        }
    }
    static std::string member_of_first(std::string const& page) {
        json::Document document;
        EXPECT_FALSE(document.parse(page)) << page;
        return std::string(document.root().find("items")->items[0].find("id")->string);
    }

    testing::HttpClient::Headers operator_;
    int number_ = 0;
};
INSTANTIATE_TEST_SUITE_P(Engines, RightsMatrix, testing::each_engine(), testing::engine_name);

TEST_P(RightsMatrix, EachCallerMayDoWhatIsWrittenHereAndNothingElse) {
    std::multiset<std::string_view> written, routes;
    for (Row const& row : rows) written.insert(row.endpoint);
    for (web::Route const* route : program_->routes().all()) routes.insert(route->endpoint.name);
    EXPECT_EQ(written, routes) << "each route has one row";
    for (Row const& row : rows) hold(row);
    EXPECT_GT(cells_, 800u);
    RecordProperty("cells", static_cast<int>(cells_));
}

}  // namespace
}  // namespace mainstay::app
