// Every route, asked by every role of two tenants, by keys of each scope, by an operator and by nobody. What each may
// do is written down here by hand; nothing of it is read from the code that enforces it. A route without its line
// fails.
#include "app/work_fixture.hpp"
#include "platform/domains/domains.hpp"
#include "platform/keys/keys.hpp"
#include "platform/organizations/organizations.hpp"

#include <functional>
#include <set>

namespace mainstay::app {
namespace {

// Callers: P operator, o owner, a org_admin, b billing_admin, s support_agent, u user; keys with the scope A admin,
// W write, R read; - nobody.
constexpr std::string_view all_callers = "PoabsuAWR-";
constexpr std::string_view tenants_callers = "oabsuAWR";

struct Row {
    std::string_view endpoint;
    std::string_view let_in;
    std::string_view method, path;  // {names} are objects of the tenant, made anew for each question
    std::string_view body = {};
    int status = 200;  // of who is let in
};

constexpr Row rows[] = {
    {"health", "PoabsuAWR-", "GET", "/health"},
    {"ready", "PoabsuAWR-", "GET", "/ready"},
    {"metrics", "PoabsuAWR-", "GET", "/metrics"},
    {"openapi", "PoabsuAWR-", "GET", "/openapi.json"},
    {"error_reference", "PoabsuAWR-", "GET", "/docs/errors.md"},
    {"set_up", "PoabsuAWR-", "POST", "/api/v1/auth/setup",
     R"({"token":"wrong","name":"Eve","email":"eve@example.com","password":"correct horse battery","organization":"E"})",
     403},
    {"log_in", "PoabsuAWR-", "POST", "/api/v1/auth/login", R"({"email":"nobody@example.com","password":"wrong"})", 401},
    {"sign_up", "PoabsuAWR-", "POST", "/api/v1/auth/signup", "{}", 422},
    {"verify_email", "PoabsuAWR-", "POST", "/api/v1/auth/verify", "{}", 422},
    {"forgot_password", "PoabsuAWR-", "POST", "/api/v1/auth/forgot", "{}", 422},
    {"reset_password", "PoabsuAWR-", "POST", "/api/v1/auth/reset", "{}", 422},
    {"change_password", "Poabsu", "POST", "/api/v1/auth/password",
     R"({"old_password":"wrong","password":"another good one"})", 422},
    {"confirm_password", "Poabsu", "POST", "/api/v1/auth/confirm", R"({"password":"wrong"})", 422},
    {"list_sessions", "Poabsu", "GET", "/api/v1/auth/sessions"},
    {"end_other_sessions", "Poabsu", "DELETE", "/api/v1/auth/sessions", "", 204},
    {"end_session", "Poabsu", "DELETE", "/api/v1/auth/sessions/ses_01j9zq5w8vf2tq0k6s3e9m4x7c", "", 404},
    {"read_me", "PoabsuAWR", "GET", "/api/v1/me"},
    {"update_me", "Poabsu", "PATCH", "/api/v1/me", R"({"name":"Called so"})"},
    {"resend_verification", "Poabsu", "POST", "/api/v1/me/verification", "", 204},
    {"read_second_factor", "Poabsu", "GET", "/api/v1/me/second-factor"},
    {"begin_second_factor", "Poabsu", "POST", "/api/v1/me/second-factor", "", 201},
    {"confirm_second_factor", "Poabsu", "POST", "/api/v1/me/second-factor/confirm", R"({"code":"000000"})", 422},
    {"renew_recovery_codes", "Poabsu", "POST", "/api/v1/me/second-factor/recovery-codes", "", 409},
    {"remove_second_factor", "Poabsu", "DELETE", "/api/v1/me/second-factor", "", 204},
    {"second_step", "PoabsuAWR-", "POST", "/api/v1/auth/second-factor", "{}", 422},
    {"look_at_invitation", "PoabsuAWR-", "POST", "/api/v1/invitations/look", "{}", 422},
    {"accept_invitation", "PoabsuAWR-", "POST", "/api/v1/invitations/accept", "{}", 422},
    {"list_tenants", "PoabsuAWR", "GET", "/api/v1/tenants"},
    {"read_tenant", "PoabsuAWR", "GET", "/api/v1/tenants/{tenant}"},
    {"create_tenant", "P", "POST", "/api/v1/tenants", R"({"name":"New"})", 201},
    {"list_audit", "oaAWR", "GET", "/api/v1/audit"},
    {"export_audit", "oaAWR", "GET", "/api/v1/audit/export"},
    {"list_installation_audit", "P", "GET", "/api/v1/admin/audit"},
    {"update_tenant", "oaA", "PATCH", "/api/v1/tenants/{tenant}", R"({"region":"eu"})"},
    {"update_any_tenant", "P", "PATCH", "/api/v1/admin/tenants/{tenant}", R"({"region":"eu"})"},
    {"transfer_tenant", "o", "POST", "/api/v1/tenants/{tenant}/transfer",
     R"({"member_id":"mem_01j9zq5w8vf2tq0k6s3e9m4x7c"})", 404},
    {"delete_tenant", "Po", "DELETE", "/api/v1/tenants/ten_01j9zq5w8vf2tq0k6s3e9m4x7c", "", 404},
    {"restore_tenant", "o", "POST", "/api/v1/tenants/{tenant}/restore", "", 409},
    {"list_domains", "oabsuAWR", "GET", "/api/v1/tenants/{tenant}/domains"},
    {"add_domain", "oaA", "POST", "/api/v1/tenants/{tenant}/domains", R"({"name":"d{number}.harbour.com"})", 201},
    {"verify_domain", "oaA", "POST", "/api/v1/tenants/{tenant}/domains/{domain}/verify", "", 202},
    {"remove_domain", "oaA", "DELETE", "/api/v1/tenants/{tenant}/domains/{domain}", "", 204},
    {"list_members", "oabsAWR", "GET", "/api/v1/tenants/{tenant}/members"},
    {"add_member", "P", "POST", "/api/v1/tenants/{tenant}/members",
     R"({"email":"added@example.com","name":"Added","role":"user"})", 201},
    {"change_member", "oaA", "PATCH", "/api/v1/tenants/{tenant}/members/{member}", R"({"role":"user"})"},
    {"remove_member", "oaA", "DELETE", "/api/v1/tenants/{tenant}/members/{member}", "", 204},
    {"list_invitations", "oabsAWR", "GET", "/api/v1/tenants/{tenant}/invitations"},
    {"create_invitation", "oaA", "POST", "/api/v1/tenants/{tenant}/invitations",
     R"({"email":"guest{number}@example.com","role":"user"})", 201},
    {"resend_invitation", "oaA", "POST", "/api/v1/tenants/{tenant}/invitations/{invitation}/resend"},
    {"revoke_invitation", "oaA", "DELETE", "/api/v1/tenants/{tenant}/invitations/{invitation}", "", 204},
    {"list_mails", "P", "GET", "/api/v1/admin/mails"},
    {"read_mail", "P", "GET", "/api/v1/admin/mails/mal_01j9zq5w8vf2tq0k6s3e9m4x7c", "", 404},
    {"create_key", "oaA", "POST", "/api/v1/keys", R"({"name":"k","scopes":["keys.read"]})", 201},
    {"list_keys", "oaAWR", "GET", "/api/v1/keys"},
    {"read_key", "oaAWR", "GET", "/api/v1/keys/{key}"},
    {"update_key", "oaA", "PUT", "/api/v1/keys/{key}", R"({"name":"k","scopes":["keys.read"]})"},
    {"rotate_key", "oaA", "POST", "/api/v1/keys/{key}/rotate", "{}"},
    {"set_key_credits", "oaA", "PUT", "/api/v1/keys/{customer_key}/credits", R"({"credits_remaining":7})"},
    {"add_key_credits", "oaA", "POST", "/api/v1/keys/{customer_key}/credits/add", R"({"amount":7})"},
    {"verify_key", "oaAW", "POST", "/api/v1/keys/verify", R"({"key":"acme_unknown"})"},
    {"read_key_usage", "oaAWR", "GET", "/api/v1/keys/{customer_key}/usage"},
    {"read_keys_usage", "oaAWR", "GET", "/api/v1/keys/usage"},
    {"revoke_key", "oaA", "DELETE", "/api/v1/keys/{key}", "", 204},
    {"read_entitlements", "oabAWR", "GET", "/api/v1/entitlements"},
    {"list_plans", "P", "GET", "/api/v1/admin/plans"},
    {"change_plan", "P", "PUT", "/api/v1/admin/plans/starter", R"({"changes":{}})"},
    {"set_tenant_entitlements", "P", "PUT", "/api/v1/admin/tenants/{tenant}/entitlements", R"({"changes":{}})"},
    {"read_usage", "oabAWR", "GET", "/api/v1/usage"},
    {"read_tenant_usage", "oabAWR", "GET", "/api/v1/tenants/{tenant}/usage"},
    {"create_meter", "oabA", "POST", "/api/v1/usage/meters", "{}", 422},
    {"list_meters", "oabAWR", "GET", "/api/v1/usage/meters"},
    {"read_meter", "oabAWR", "GET", "/api/v1/usage/meters/{meter}"},
    {"change_meter", "oabA", "PUT", "/api/v1/usage/meters/{meter}", R"({"name":"m","unit":"","is_billable":true})"},
    {"delete_meter", "oabA", "DELETE", "/api/v1/usage/meters/{spare_meter}", "", 204},
    {"query_usage", "oabAWR", "GET", "/api/v1/usage/query?meter_id={meter}"},
    {"post_events", "oaAW", "POST", "/api/v1/usage", "{}", 422},
    {"create_upload", "oauAW", "POST", "/api/v1/uploads", "{}", 400},
    {"list_jobs", "oasuAWR", "GET", "/api/v1/jobs"},
    {"read_job", "oasuAWR", "GET", "/api/v1/jobs/{job}"},
    {"cancel_job", "oaA", "POST", "/api/v1/jobs/{job}/cancel", "{}"},
    {"retry_job", "oaA", "POST", "/api/v1/jobs/{cancelled_job}/retry", "{}"},
    {"list_runs", "oasuAWR", "GET", "/api/v1/workflow-runs"},
    {"read_run", "oasuAWR", "GET", "/api/v1/workflow-runs/{asking_run}"},
    {"list_run_steps", "oasuAWR", "GET", "/api/v1/workflow-runs/{asking_run}/steps"},
    {"follow_run", "oasuAWR", "GET", "/api/v1/workflow-runs/{asking_run}/events"},
    {"cancel_run", "oaAW", "POST", "/api/v1/workflow-runs/{run}/cancel", "{}"},
    {"retry_run", "oaAW", "POST", "/api/v1/workflow-runs/{cancelled_run}/retry", "{}"},
    {"fork_run", "oaAW", "POST", "/api/v1/workflow-runs/{asking_run}/fork", R"({"step":1})", 201},
    {"answer_run", "oauAW", "POST", "/api/v1/workflow-runs/{asked}/answer", R"({"answer":{"is_given":true}})"},
    {"list_schedules", "oasuAWR", "GET", "/api/v1/schedules"},
    {"read_schedule", "oasuAWR", "GET", "/api/v1/schedules/{schedule}"},
    {"pause_schedule", "oaA", "POST", "/api/v1/schedules/{schedule}/pause", "{}"},
    {"resume_schedule", "oaA", "POST", "/api/v1/schedules/{schedule}/resume", "{}"},
    {"run_schedule", "oaA", "POST", "/api/v1/schedules/{schedule}/run", "{}"},
    {"list_queues", "P", "GET", "/api/v1/admin/queues"},
    {"pause_queue", "P", "POST", "/api/v1/admin/queues/unread/pause", "{}", 204},
    {"resume_queue", "P", "POST", "/api/v1/admin/queues/unread/resume", "{}", 204},
    {"list_all_jobs", "P", "GET", "/api/v1/admin/jobs"},
    {"list_all_runs", "P", "GET", "/api/v1/admin/workflow-runs"},
    {"cancel_any_job", "P", "POST", "/api/v1/admin/jobs/{job}/cancel", "{}"},
    {"retry_any_job", "P", "POST", "/api/v1/admin/jobs/{cancelled_job}/retry", "{}"},
    {"read_dashboard", "P", "GET", "/api/admin/dashboard/stats"},
    {"list_users", "P", "GET", "/api/admin/users"},
    {"read_user", "P", "GET", "/api/admin/users/usr_01j9zq5w8vf2tq0k6s3e9m4x7c", "", 404},
    {"create_user", "P", "POST", "/api/admin/users", R"({"email":"made{number}@example.com","name":"Made"})", 201},
    {"set_user_status", "P", "PATCH", "/api/admin/users/usr_01j9zq5w8vf2tq0k6s3e9m4x7c/status",
     R"({"status":"suspended"})", 404},
    {"read_system_health", "P", "GET", "/api/admin/system/health"},
    {"create_migration", "oauAW", "POST", "/api/v1/migrations", "{}", 422},
    {"list_migrations", "oasuAWR", "GET", "/api/v1/migrations"},
    {"read_migration", "oasuAWR", "GET", "/api/v1/migrations/{migration}"},
    {"list_migration_models", "oasuAWR", "GET", "/api/v1/migrations/{migration}/models"},
    {"read_migration_model", "oasuAWR", "GET", "/api/v1/migrations/{migration}/models/{model}"},
    {"download_migration", "oasuAWR", "GET", "/api/v1/migrations/{migration}/download"},
    {"follow_migration", "oasuAWR", "GET", "/api/v1/migrations/{migration}/events"},
    {"cancel_migration", "oauAW", "POST", "/api/v1/migrations/{migration}/cancel", "{}", 409},
    {"retry_migration", "oauAW", "POST", "/api/v1/migrations/{migration}/retry", "{}", 409},
    {"delete_migration", "oauAW", "DELETE", "/api/v1/migrations/{ended_migration}", "", 204},
    {"log_out", "PoabsuAWR", "POST", "/api/v1/auth/logout", "", 204},  // last: the sessions end
};

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
    int meters_made_ = 0;
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
        return what == "tenant" || what == "asking_run" || what == "migration" || what == "model" || what == "meter";
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
        if (what == "domain") return domains::DomainId::make(now).to_string();
        if (what == "member") return tenants::MemberId::make(now).to_string();
        if (what == "invitation") return organizations::InvitationId::make(now).to_string();
        if (what.ends_with("meter")) return Id<"mtr">::make(now).to_string();
        if (what.ends_with("job")) return flow::JobId::make(now).to_string();
        return what.ends_with("run") ? run : Id<"mig">::make(now).to_string();
    }
    std::string make(Party& party, std::string_view what) {
        if (what == "asked") return asked(party);
        if (what == "ended_migration") return ended_migration(party);
        if (what == "invitation")
            return posted(party, "/invitations", R"({"email":"guest{number}@example.com","role":"user"})");
        if (what == "domain") return posted(party, "/domains", R"({"name":"d{number}.vale.com"})");
        if (what == "spare_meter") return new_meter(party);
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
    // Of what stands beneath the tenant's path.
    std::string posted(Party& party, std::string const& where, std::string_view body) {
        auto headers = party.callers['A'];
        headers.emplace_back("Content-Type", "application/json");
        auto const path = "/api/v1/tenants/" + party.tenant.to_string() + where;
        return member(ask("POST", path, headers, numbered(body)).body, "id");
    }
    std::string new_meter(Party& party) {
        auto headers = party.callers['A'];
        headers.emplace_back("Content-Type", "application/json");
        auto const name = "m" + std::to_string(++meters_made_);
        return member(ask("POST", "/api/v1/usage/meters", headers,
                          R"({"event_name":"call","aggregation":"count","name":")" + name + "\"}")
                          .body,
                      "id");
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
