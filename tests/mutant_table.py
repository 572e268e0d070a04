"""The mutants of tests/mutants.py: what is taken out, and the tests that have to notice."""

from dataclasses import dataclass

STORAGE = "src/kernel/storage/"
FLOW = "src/kernel/flow/"


@dataclass(frozen=True)
class Mutant:
    name: str
    file: str
    text: str  # occurs once
    replacement: str
    target: str
    tests: str  # a GoogleTest filter


def sqlite(name, text, replacement, tests="*Guard*", file="sqlite_guard.cpp"):
    return Mutant("sqlite guard: " + name, STORAGE + file, text, replacement, "test_storage", tests)


def postgres(name, text, replacement, file="postgres_guard.cpp", tests="*PostgresTest*:*/Postgres"):
    return Mutant("postgres guard: " + name, STORAGE + file, text, replacement, "test_storage", tests)


def app(name, file, text, replacement, tests):
    return Mutant(name, "src/" + file, text, replacement, "test_app", tests)


def flow(name, file, text, replacement):
    return Mutant("fence: " + name, FLOW + file, text, replacement, "test_flow", "*Fence*")


def keys(name, file, text, replacement, tests, target="test_keys"):
    return Mutant("keys: " + name, "src/platform/keys/" + file, text, replacement, target, "*" + tests)


def net(name, file, text, replacement, tests):
    return Mutant("net: " + name, "src/kernel/net/" + file, text, replacement, "test_net", tests)


def usage(name, file, text, replacement, tests):
    return Mutant("usage: " + name, "src/platform/usage/" + file, text, replacement, "test_usage", "*" + tests)


def retention(name, file, text, replacement, tests):
    return Mutant("retention: " + name, "src/platform/" + file, text, replacement, "test_retention", "*" + tests)


def carrying(name, file, text, replacement, tests):
    return Mutant("portability: " + name, "src/platform/portability/" + file, text, replacement, "test_portability",
                  "*" + tests)


def job(name, file, text, replacement, tests):
    return Mutant("jobs: " + name, FLOW + file, text, replacement, "test_flow", "*" + tests)


# By class of unsafe statement: open reads, open changes, rows that move, other names for a table, other commands.
SQLITE = [
    sqlite("an open SELECT, join, subquery or UNION sees every tenant", '''tenant_column + " = app_tenant()")''',
           '''tenant_column + " = app_tenant() OR 1")'''),
    sqlite("an open UPDATE changes others' rows", "if (operation != SQLITE_INSERT)", "if (operation == SQLITE_DELETE)"),
    sqlite("an open DELETE removes others' rows", "if (operation != SQLITE_INSERT)", "if (operation == SQLITE_UPDATE)"),
    sqlite("an UPDATE moves a row to another tenant", "if (operation != SQLITE_DELETE)",
           "if (operation == SQLITE_INSERT)"),
    sqlite("an INSERT or upsert makes a row of another tenant", "if (operation != SQLITE_DELETE)",
           "if (operation == SQLITE_UPDATE)"),
    sqlite("a change of another's row is seen and kept", "if (watch.is_crossed())", "if (false)",
           file="sqlite_connection.cpp"),
    sqlite("a subquery or RETURNING reads main. past the view",
           "return watched_->is_system || lower(accessor) == table || watched_->readable.contains(table);",
           "return watched_->is_system || accessor != schema_name || true;"),
    sqlite("a statement names a schema", '''refuse("a schema is named");''', "continue;"),
    sqlite("brackets and backquotes hide a schema's name",
           '''if (tokens[i].is_symbol('[') || tokens[i].is_symbol('`'))''', "if (false)"),
    sqlite("WITH hides a table", '''refuse("WITH hides a table");''', "continue;"),
    sqlite("commands that are no statements of rows", '''if (statement.verb == sql_text::Verb::other) refuse(''',
           "if (false) refuse("),
    sqlite("the authorizer allows what it does not know", "default: return false;", "default: return true;"),
    sqlite("the catalogue is read", '''if (schema != "main") return false;
    if (is_global) return true;
    if (!is_tenant_table) return false;''', '''if (schema != "main") return false;
    if (is_global) return true;
    if (!is_tenant_table) return true;'''),
    sqlite("functions that load code", '''{"load_extension", "fts3_tokenizer"}''', "{}"),
    sqlite("pragmas as tables", '''return lower(first) == "data_version";''', "return true;"),
    sqlite("system scope and a tenant are the same", "is_system_ = scope.is_system();", "is_system_ = true;"),
]

POSTGRES = [
    postgres("reads see every tenant", '''ON %s TO mainstay_app USING (%s) WITH CHECK (%s)',
                           found.name, of_tenant, of_tenant);''',
             '''ON %s TO mainstay_app USING (true) WITH CHECK (%s)',
                           found.name, of_tenant);'''),
    postgres("writes may name another tenant", '''ON %s TO mainstay_app USING (%s) WITH CHECK (%s)',
                           found.name, of_tenant, of_tenant);''',
             '''ON %s TO mainstay_app USING (%s) WITH CHECK (true)',
                           found.name, of_tenant);'''),
    postgres("the owner passes", "ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY", "ENABLE ROW LEVEL SECURITY"),
    postgres("a policy that was changed is not noticed", "FROM policies WHERE is_ours IS NOT TRUE",
             "FROM policies WHERE false"),
    postgres("a table without its policy is not noticed",
             "WHERE NOT EXISTS (SELECT FROM policies p WHERE p.relname = t.relname AND p.polname = wanted)",
             "WHERE false"),
    postgres("a role that passes row-level security is not noticed", "FROM roles WHERE rolsuper OR rolbypassrls\n",
             "FROM roles WHERE false\n"),
    postgres("a view that passes row-level security is not noticed",
             "WHERE is_of_tenants AND relkind IN ('v', 'm', 'f')\n ORDER", "WHERE false\n ORDER"),
    postgres("TRUNCATE is not noticed", "WHERE has_table_privilege(r.oid, t.oid, 'TRUNCATE')", "WHERE false"),
    postgres("a statement calls set_config", '''if (token.is_word("SET_CONFIG") || token.text == "\\"set_config\\"")''',
             "if (token.text.empty())", "postgres_unit.cpp"),
    postgres("commands that are no statements of rows", "if (statement.verb == sql_text::Verb::other)", "if (false)",
             "postgres_unit.cpp"),
]

APP = [
    app("limits: the limit of a key is off", "app/gate.cpp",
        "if (!tightest->allowed) refuse_for(limit, tightest->retry_after);",
        "if (tightest->retry_after.us < 0) refuse_for(limit, tightest->retry_after);", "*AppTest*Limit*"),
    app("limits: the quota of a plan is off", "platform/usage/quotas_store.cpp",
        "         WHERE usage_quotas.used + excluded.used <= :limit\n", "         WHERE :limit > 0\n", "*MigrateTest*Quota*"),
    app("audit: what events of use say is shown", "platform/usage/intake_endpoints.cpp",
        "call.note_after(posted.counts);", "", "*TheAuditShowsHowManyEvents*"),
    app("limits: the limit of a tenant is off", "app/gate.cpp",
        "if (facts->tenant_requests_per_minute != entitlements::unlimited)", "if (false)", "*GateTest*"),
    app("hosts: a header may differ from the Host", "app/gate.cpp",
        "if (by_host && !named.empty() && by_host->to_string() != named)", "if (false)", "*AHeaderThatDisagrees*"),
    app("hosts: a removed domain is answered for", "app/program.cpp", "hosts_.hear(subject);", "",
        "*TenantHostsTest*"),
    app("limits: each session has a limit of its own", "app/gate.cpp",
        "RequestLimit const of_user{user,", "RequestLimit const of_user{facts->id.to_string(),",
        "*AUsersSessionsShareTheUsersLimit*"),
    app("limits: a tenant's keys use up what its people have", "app/gate.cpp", 'tenant + ":people"', "tenant",
        "*ThePeopleOfATenantShareItsLimit*"),
    app("limits: people of one address have no limit together", "app/gate.cpp", '"people:" + call.remote_address',
        '"people:" + identity.actor_id', "*SignedInPeopleShareTheirAddressesLimit*"),
    app("support: whoever acts may do all", "kernel/web/service.cpp",
        "if (!call.identity.impersonator_id.empty() && !route.admits_impersonators)", "if (false)",
        "*SupportTest.WhoActsAsAnOwner*"),
    app("support: changes are admitted where nothing is said", "kernel/web/routes.cpp",
        "if (endpoint.method != Method::get) return false;", "", "*SupportTest.WhoActsAsAnOwner*"),
    app("support: no consent is asked for", "platform/support/impersonation_endpoints.cpp",
        'if (!grant) throw Fault(errors::support_access_needed, "The tenant has to grant access first.");',
        'if (!grant) throw Fault(errors::conflict, "No.");', "*SupportTest.NobodyActsAsAnybody*"),
    app("support: an operator is acted as", "platform/support/impersonation_endpoints.cpp",
        "if (account->is_operator) throw", "if (false) throw", "*SupportTest.NobodyActsAsAnOperator*"),
    app("support: no fresh sign-in is asked for", "platform/support/impersonation_endpoints.cpp",
        "identity::require_fresh(tx, call);", "", "*SupportTest.ActingAsksForAFreshSignIn*"),
    app("support: an operator who works in the tenant consents", "platform/support/access_endpoints.cpp",
        "if (!role || !identity::permissions_of(*role)->allow(grant_endpoint.permission))", "if (!role)",
        "*SupportTest.WhoAdministersTheTenant*"),
    app("support: a revoked grant's sessions go on", "platform/support/access_endpoints.cpp",
        "identity::end_sessions_by_grant(tx, grant->id.to_string());", "", "*SupportTest.RevokingTheAccess*"),
    app("support: the audit does not name the operator", "platform/audit/audit.cpp",
        "line.impersonator_id = from->identity.impersonator_id;", "", "*SupportTest.EachLineOfTheAudit*"),
    Mutant("support: other tenants are reached", "src/platform/identity/sessions_store.cpp",
           "return one.tenant != tenant || !tenants::is_open(one.status);",
           "return tenant.is_set() && !tenants::is_open(one.status);", "test_identity", "*ActingTest*"),
    Mutant("support: the operator's own session may end", "src/platform/identity/sessions_store.cpp",
           "DELETE FROM sessions WHERE operator_session = :id RETURNING id",
           "DELETE FROM sessions WHERE operator_session = :id AND 1 = 0 RETURNING id", "test_identity", "*ActingTest*"),
    Mutant("support: consent does not end", "src/platform/support/support_store.cpp",
           "WHERE tenant_id = :of_tenant AND expires_at > :now AND revoked_at IS NULL",
           "WHERE tenant_id = :of_tenant AND revoked_at IS NULL AND :now > 0", "test_support", "*ConsentEnds*"),
    app("origins: a key's answers are read by any tenant's", "app/gate.cpp",
        "has_origin(origin, caller.tenant);", "has_origin(origin, std::nullopt);", "*OriginsTest*"),
    app("origins: what a cookie gets is read", "app/gate.cpp",
        'bool const bears_cookie = head.header("authorization").empty();',
        "bool const bears_cookie = head.headers.empty();", "*OriginsTest*"),
    Mutant("passwords: imported hashes take other work", "src/platform/identity/passwords.cpp",
           "for (; cost < most_costly; ++cost) run(bcrypt_hash_of_nobody(cost));", "", "test_identity",
           "Passwords.WhateverHash*"),
    app("sign-up: an address that was taken meanwhile is opened", "platform/identity/signup_endpoints.cpp",
        "if (find_user_by_email(tx, pending.email)) refuse_link();", "", "*OfSeveralSignUps*"),
    app("suspended: a session goes on", "platform/identity/directory_store.cpp",
        "if (status == UserStatus::suspended) end_sessions(tx, id);", "", "*ASuspendedUserIsShutOut*"),
    app("suspended: their work is carried on", "app/originator.cpp", "identity::is_active(snapshot, *user) && ", "",
        "*TheWorkOfASuspendedUserIsNotCarriedOn*"),
    app("suspended: an operator suspends themselves", "platform/admin/users_endpoints.cpp",
        "if (before.id == identity::person_of(call)) throw", "if (false) throw", "*NobodySuspendsThemselves*"),
    app("audit: what is refused to operators is in no log", "platform/audit/audit.cpp",
        "return is_operators ? installation_tenant : call.tenant();", "return call.tenant();",
        "*WorkAdminTest*"),
    app("streams outlive the key that opened them", "app/program.cpp", "live_.end_streams_of(subject);", "",
        "*AStreamEndsWhenItsKeyIsRevoked*"),
    app("limits: requests without a key are not limited", "app/gate.cpp",
        "return take(limit, is_change ? std::span<RequestLimit const>(of_changes) : std::span<RequestLimit const>(),\n"
        "                    &headers);", "return;",
        "*GateTest*"),
    app("limits: scopes are not asked", "kernel/web/service.cpp", "if (!call.identity.may(endpoint.permission))",
        "if (false)", "*AppTest*Scopes*"),
    app("limits: a key's expiry is not looked at", "app/gate.cpp",
        "if (credential && credential->expires_at && *credential->expires_at <= clock_.now()) return nullptr;", "",
        "*GateTest*"),
    app("idempotency: the key is ignored", "kernel/web/service.cpp",
        "if (work->claim) work->kept = find_kept_reply(tx, *work->claim);", "", "*Idempotency*:*TheSameKey*"),
    app("idempotency: the body is not compared", "kernel/web/idempotency_store.cpp",
        "if (row->request_hash != claim.request_hash)", "if (false)", "*Idempotency*"),
    app("idempotency: two at once both run", "kernel/web/service.cpp", "return in_flight_.insert(key).second;",
        "in_flight_.insert(key);\n    return true;", "*IsHeldOffAtOnce*"),
    # The guard of the storage keeps the tenants apart all the same, so no answer would tell.
    Mutant("tenant: one migration is read without its filter", "src/products/migrate/migrate_store.cpp",
           '''        SELECT run_id, inputs, assessment, evaluation, project_file
          FROM migrations_of_tenants
         WHERE tenant_id = :tenant AND id = :id''',
           '''        SELECT run_id, inputs, assessment, evaluation, project_file
          FROM migrations_of_tenants
         WHERE id = :id''', "tidy", ""),
    app("tenant: a header or a Host chooses any tenant", "app/gate.cpp",
        "    throw Fault(errors::not_found, \"There is no such tenant.\");",
        "    Identity identity = credential.identity;\n    identity.tenant = chosen.value();\n    return identity;",
        "*ASessionChanges*:*TenantHostsTest*"),
    app("audit: what an operator does to a tenant's job leaves no line", "platform/work/admin_endpoints.cpp",
        "audit::write(tx, job.tenant_id,\n                 {call.identity.actor_id, std::string(endpoint.name), "
        "id.to_string(), endpoint.success}, &call);\n", "", "*WorkAdminTest*"),
    app("roles: a process without worker works", "app/program.cpp", "if (roles_.worker) {", "{", "*RolesTest*"),
    app("roles: a process without scheduler fires", "app/program.cpp", "if (roles_.scheduler) {", "{", "*RolesTest*"),
    app("roles: a process without api answers", "app/program.cpp", "if (roles_.api) add_api();", "add_api();",
        "*RolesTest*"),
    app("csrf: the origin is not looked at", "app/gate.cpp",
        "if (!web::is_same_origin(head) || !(has_token || is_json))",
        "if (!(has_token || is_json))", "*ASessionChanges*"),
    app("csrf: the token is not asked", "app/gate.cpp",
        '''equals_in_constant_time(head.header("x-csrf-token"), credential.csrf_token);''', "true;", "*ASessionChanges*"),
]

KEYS = [
    Mutant("keys: no revocation is heard", "src/kernel/shared_state/revocable_cache.cpp",
           "return known != numbers_.end() && known->second > looked_up_at;",
           "return known != numbers_.end() && known->second < looked_up_at;", "test_shared_state",
           "RevocableCache*"),
    keys("memory is believed without the revocation log", "verifying.cpp",
         "auto const held = is_fresh ? known(tenant, question, now) : nullptr;",
         "auto const held = is_fresh || now.us != 0 ? known(tenant, question, now) : nullptr;",
         "WhatIsInMemoryIsNotBelieved*"),
    keys("a limit refuses nothing", "verifying.cpp", "if (!taken.are_allowed) refuse(verdict, Outcome::rate_limited);",
         "", "VerifyingTest*"),
    Mutant("keys: a limit is taken of though another refuses", "src/kernel/shared_state/rate_table.cpp",
           "if (all_allowed && asks[i].cost > 0) book(", "if (asks[i].cost > 0) book(", "test_shared_state",
           "RateTable*"),
    keys("credits are not asked for", "verifying.cpp",
         "if (credits.credits_remaining < cost) return refuse(verdict, Outcome::credits_exhausted);", "",
         "VerifyingTest*"),
    keys("limits are taken of again when a transaction is repeated", "verifying.cpp",
         "if (!*taken) *taken = take_limits(key, question);", "*taken = take_limits(key, question);",
         "LimitsAreTakenOnce*"),
    keys("a key is known in every tenant", "verifying.cpp",
         "std::string text(reinterpret_cast<char const*>(tenant.uuid.data()), tenant.uuid.size());",
         "std::string text(tenant.uuid.size(), 'x');", "AKeyOfAnotherTenant*"),
    keys("an old secret works for ever", "keys_store.cpp",
         "if (!found || (found->works_until && *found->works_until <= snapshot.now())) return std::nullopt;",
         "if (!found) return std::nullopt;", "OldSecretWorks*"),
    keys("a customer's address is not looked at", "keys_rules.cpp",
         'if (!is_allowed_from(key.allowed_addresses, address.value_or("")))',
         'if (!is_allowed_from({}, address.value_or("")))', "RefusalTest*"),
    app("keys: an address is not looked at", "app/gate.cpp",
        "if (!keys::is_allowed_from(credential->allowed_addresses, head.remote_address))", "if (false)",
        "*GateTest*"),
    app("keys: a change may give more than one has", "platform/keys/keys_changes_endpoints.cpp",
        "check_rights(call, tx, before.audience, input.settings);", "", "*NoKeyGivesMore*"),
    app("keys: a rotation may give more than one has", "platform/keys/keys_changes_endpoints.cpp",
        "check_rights(call, tx, before.audience, before.settings);", "", "*NoKeyGivesMore*"),
    app("keys: a key may outlive its maker", "platform/keys/keys_endpoints.cpp",
        "if (auto const excess = what_exceeds(settings, maker->settings)) throw Fault(errors::forbidden, *excess);", "",
        "*NoKeyGivesMore*"),
    app("keys: a change is not told", "platform/keys/keys_store.cpp",
        "settings, bind(\"id\", id));\n    shared_state::revoke(tx, id.to_string());", "settings, bind(\"id\", id));",
        "*AChangeHoldsForTheNext*"),
    app("entitlements: a changed plan is not told", "platform/entitlements/entitlements_store.cpp",
        "shared_state::revoke(tx, subject_of(plan));", "", "*WhatAPlanAllows*"),
]

IDENTITY, ORGANIZATIONS = "platform/identity/", "platform/organizations/"
ACCOUNTS = [
    app("accounts: sign-up tells who has an account", IDENTITY + "signup_endpoints.cpp",
        "mail_account_exists(tx, needs.public_url, input.email);",
        'throw Fault(errors::conflict, "It has an account.");', "*AccountsTest.SigningUpTellsNobody*"),
    app("accounts: a link works twice", IDENTITY + "sessions_store.cpp", "    if (facts)\n        tx.execute(",
        "    if (false)\n        tx.execute(", "*AccountsTest.*Once*"),
    app("accounts: a new password leaves the sessions", IDENTITY + "recovery_endpoints.cpp",
        "end_sessions(tx, user->id);", "", "*AccountsTest.AForgottenPassword*"),
    app("accounts: the old password is not asked", IDENTITY + "recovery_endpoints.cpp",
        'check_own_password(needs, call, database, input.old_password, "/old_password");', "",
        "*AccountsTest.ChangingThePassword*"),
    app("accounts: a new address asks no password", IDENTITY + "profile_endpoints.cpp",
        "if (input.email) check_own_password(needs, call, database, *input.password, \"/password\");", "",
        "*AccountsTest.ANewAddress*"),
    app("accounts: anybody's session is ended", IDENTITY + "sessions_endpoints.cpp",
        "if (!find_session(tx, user, input.session_id))", "if (false && !find_session(tx, user, input.session_id))",
        "*AccountsTest.SessionsAreListed*"),
    app("accounts: attempts are not limited", IDENTITY + "sign_in.cpp", "if (decision.allowed) continue;", "continue;",
        "*AccountsTest.EveryWayIn*"),
    Mutant("accounts: a sign-in is always fresh", "src/" + IDENTITY + "sign_in.cpp",
           "session->authenticated_at + fresh_for <= snapshot.now()", "false", "test_identity", "*Fresh*"),
    Mutant("accounts: common passwords are taken", "src/" + IDENTITY + "passwords.cpp", "if (is_common(password))",
           "if (false)", "test_identity", "Passwords.*"),
    app("organizations: anybody's role is given", ORGANIZATIONS + "organizations_rules.cpp",
        "if (!call.identity.may(permission))", "if (false && !call.identity.may(permission))",
        "*OrganizationsTest.Nobody*"),
    app("organizations: the last owner goes", ORGANIZATIONS + "members_endpoints.cpp",
        "if (is_owner && !tenants::has_other_owner(snapshot, member.id))", "if (false && is_owner)",
        "*OrganizationsTest.TheLastOwner*"),
    app("organizations: members past the plan", ORGANIZATIONS + "organizations_rules.cpp",
        "if (!entitlements::has_room(quota, used))", "if (false)", "*OrganizationsTest.ThePlansMembers*"),
    app("organizations: the old link of an invitation works", ORGANIZATIONS + "organizations_store.cpp",
        "    remove_token_of(tx, invitation.id);\n", "", "*OrganizationsTest.AnInvitationThatWasRevoked*"),
    app("organizations: whoever gains rights keeps the session", ORGANIZATIONS + "members_endpoints.cpp",
        "if (gains) identity::end_sessions(tx, member.user_id);",
        "if (false && gains) identity::end_sessions(tx, member.user_id);", "*OrganizationsTest.WhoGainsRights*"),
    app("tenants: a suspended one's keys are taken", "platform/keys/keys_store.cpp",
        "!tenants::is_open(tenant->status)", "false", "*OrganizationsTest.ASuspendedTenants*"),
    app("tenants: one that was taken back is erased", ORGANIZATIONS + "erase_job.cpp", "if (!is_due) return;", "if (false && !is_due) return;",
        "*ErasedTenantTest*"),
    Mutant("mail: what may have been sent is sent again", "src/platform/channels/mail_job.cpp",
           "if (waiting->begun_at) {", "if (false) {", "test_channels", "*MailTest*"),
    Mutant("mail: a mail is kept behind its sending", "src/platform/channels/mail_job.cpp",
           "return context.write_now([&](Transaction& tx) { remove_mail(tx, id); });", "return;", "test_channels",
           "*MailTest*"),
]

FENCES = [
    flow("a stopped worker writes", "ready_store.cpp",
         "UPDATE flow_ready SET fence = fence WHERE id = :id AND fence = :fence AND owner IS NOT NULL",
         "UPDATE flow_ready SET fence = fence WHERE id = :id AND owner IS NOT NULL AND :fence > 0"),
    flow("a stopped worker checkpoints", "ready_store.cpp",
         "SET attempts = 1, abandoned = 0 WHERE id = :id AND fence = :fence AND owner IS NOT NULL",
         "SET attempts = 1, abandoned = 0 WHERE id = :id AND owner IS NOT NULL AND :fence > 0"),
    flow("a stopped worker gives up", "ready_store.cpp",
         "DELETE FROM flow_ready WHERE id = :id AND fence = :fence AND owner IS NOT NULL",
         "DELETE FROM flow_ready WHERE id = :id AND owner IS NOT NULL AND :fence > 0"),
    flow("a stopped worker puts back", "ready_store.cpp",
         '''SET owner = NULL, run_at = :run_at, is_due = :is_due, abandoned = 0
         WHERE id = :id AND fence = :fence AND owner IS NOT NULL''',
         '''SET owner = NULL, run_at = :run_at, is_due = :is_due, abandoned = 0
         WHERE id = :id AND owner IS NOT NULL AND :fence > 0'''),
    flow("a stopped worker completes in a batch", "jobs_store.cpp",
         "WHERE id IN (SELECT value FROM json_each(:ids)) AND fence = :fence AND owner IS NOT NULL",
         "WHERE id IN (SELECT value FROM json_each(:ids)) AND owner IS NOT NULL AND :fence > 0"),
]

JOBS = [
    job("a checkpoint whose answer was lost is made again", "engine_runs.cpp", "if (!insert_step(tx, run.id, step)) {",
        "if (!insert_step(tx, run.id, step) && run.id == RunId()) {", "LostAnswerTest.*"),
    job("the attempt is not counted before the run, SQLite", "ready_store.cpp",
        "attempts = attempts + 1, fence = fence + 1,\n           abandoned = CASE WHEN owner IS NULL",
        "fence = fence + 1,\n           abandoned = CASE WHEN owner IS NULL", "JobsTest.*/Sqlite"),
    job("the attempt is not counted before the run, PostgreSQL", "ready_store.cpp",
        "attempts = attempts + 1, fence = fence + 1,\n               abandoned = CASE",
        "fence = fence + 1,\n               abandoned = CASE", "JobsTest.*/Postgres"),
    job("a lease never expires, SQLite", "ready_store.cpp",
        "WHERE id IN (SELECT value FROM json_each(:ids)) AND run_at <= :now",
        "WHERE id IN (SELECT value FROM json_each(:ids)) AND run_at <= :now AND owner IS NULL", "JobsTest.*/Sqlite"),
    job("a lease never expires, PostgreSQL", "ready_store.cpp",
        "                  AND (owner IS NULL OR CAST(:may_take_abandoned AS BOOLEAN))",
        "AND (owner IS NULL OR CAST(:may_take_abandoned AS BOOLEAN) AND FALSE)", "JobsTest.*/Postgres"),
    job("work of unknown kinds takes turns", "ready_store.cpp",
        "AS TEXT[]))\n                ORDER BY tenant LIMIT 1) next", "AS TEXT[]) || ARRAY[kind])\n                ORDER BY tenant LIMIT 1) next",
        "FairnessTest.*/Postgres"),
    job("a place is not freed", "places_store.cpp", "SET taken = taken - 1", "SET taken = taken - 0", "PlacesTest.*"),
    job("there is always a place", "places_store.cpp", "WHERE flow_places.taken < :limit",
        "WHERE flow_places.taken < :limit + 1000", "PlacesTest.*"),
    job("nobody is called when the one before is cancelled", "jobs_store.cpp", "if (job->concurrency_key) call_next(",
        "if (job->concurrency_key && job->kind.empty()) call_next(", "PlacesTest.*"),
    job("nobody is called when the run before is cancelled", "runs_store.cpp", "if (run->concurrency_key) call_next(",
        "if (run->concurrency_key && run->graph.empty()) call_next(", "PlacesTest.*"),
    job("a parked job is not cancelled", "jobs_store.cpp", "AND owner IS NULL RETURNING fence",
        "AND owner IS NULL AND NOT is_parked RETURNING fence", "PlacesTest.*"),
    job("tenants take no turns, SQLite", "turns.hpp", "served_last_[level->first] = tenant->first;", "",
        "FairnessTest.*/Sqlite"),
    job("tenants take no turns, PostgreSQL", "ready_store.cpp", "cursor = claimed.claims.back().tenant.to_string();",
        "cursor.clear();", "FairnessTest.*/Postgres"),
    job("a tenant takes more than its share", "ready_store.cpp",
        "LIMIT (SELECT ceil(CAST(:at_most AS DOUBLE PRECISION) / greatest(1, count(*))) FROM turns)", "LIMIT :at_most",
        "SharesTest.*"),
    job("a newcomer waits behind what is claimed ahead", "engine.cpp", "newcomers_.insert(turn);", "newcomers_.erase(turn);",
        "AheadTest.*"),
    job("what is claimed ahead is carried out in the order of the claims", "engine_dispatch.cpp",
        "buffer_.insert({claim.priority, claim.tenant.uuid,", "buffer_.insert({0, Uuid{},", "AheadTest.*"),
    job("the table is read by time alone", "ready_memory_store.cpp",
        "json_each(:kinds))) turns\n     ORDER BY CASE WHEN run_at <= :now THEN 0 ELSE 1 END, "
        "CASE WHEN run_at <= :now THEN -priority ELSE 0 END,\n"
        "              CASE WHEN run_at <= :now THEN number ELSE 0 END, run_at\n",
        "json_each(:kinds))) turns\n     ORDER BY run_at\n", "FairnessTest.*"),
    job("work of unknown kinds is read too", "ready_memory_store.cpp",
        "AND kind IN (SELECT value FROM json_each(:kinds))", "AND :kinds <> ''", "ReloadTest.*"),
    job("the unique key is ignored", "jobs_store.cpp", "if (job.unique_key)\n        if (auto const known",
        "if (job.unique_key && kind.empty())\n        if (auto const known", "JobsFeaturesTest.*"),
    job("the period is ignored", "flow_rules.cpp", "return now.us / options.unique_period.us;", "return now.us;",
        "JobsFeaturesTest.*"),
    job("the handler's wait is ignored", "engine_jobs.cpp",
        "attempt.delay.value_or(random_delay_before(policy, lease.attempt + 1))",
        "random_delay_before(policy, lease.attempt + 1)", "JobsFeaturesTest.*"),
    job("the originator's rights are not asked", "engine_jobs.cpp", "if (!kind.permission.empty() && !may_still(",
        "if (kind.permission == kind.name && !may_still(", "JobsFeaturesTest.*"),
    job("a paused queue goes on", "ready_store.cpp",
        "WHERE NOT EXISTS (SELECT 1 FROM flow_paused_queues WHERE queue = :queue)\n", "\n",
        "JobsFeaturesTest.*/Postgres"),
    job("a firing of a schedule has no key of its own", "schedules_store.cpp",
        "        options.unique_key = key;\n        options.unique_period = period_without_end;\n", "", "SchedulesTest.*"),
    job("a wait does not look back for its event", "waits_store.cpp",
        "if (pause.kind == Pause::Kind::event) look_back(",
        "if (pause.kind == Pause::Kind::event && pause.name.empty()) look_back(", "WaitsTest.*"),
    job("the first of a join does not cancel the rest", "engine_waits.cpp",
        "met.failure = failure;\n    drop_wait(tx, wait.id);", "met.failure = failure;", "WaitsTest.*"),
    job("a retry goes on beside a child that stops", "waits_store.cpp",
        '"UPDATE flow_ready SET is_cancelled = FALSE WHERE id = :id AND owner IS NULL"',
        '"UPDATE flow_ready SET is_cancelled = FALSE WHERE id = :id"', "RunsActsTest.*"),
    job("a lease that was lost is not counted", "engine_dispatch.cpp",
        "leases_lost_total += claim.was_held ? 1 : 0;", "leases_lost_total += 0;", "FenceTest.*"),
    # The answer and the wait's end ask for it both, so the mutant opens the wait anew.
    job("a second answer is taken", "waits_store.cpp", "if (wait->closed_at) return Answered::closed;",
        '''if (wait->closed_at)
        tx.execute("UPDATE flow_waits SET closed_at = NULL WHERE tenant_id = :tenant AND id = :id", bind("id", id));''',
        "WaitsTest.*"),
]

MODELS = [
    Mutant("models: a join is left out", "src/products/migrate/translate/bind_from.cpp",
           "out += '\\n' + std::string(join_words(join.join_kind)) + right;\n    if (join.on != nullptr) {",
           "if (join.on == nullptr) out += '\\n' + std::string(join_words(join.join_kind)) + right;\n"
           "    if (join.on != nullptr && join.on == nullptr) {", "test_dbt", "Run.*"),
    Mutant("models: an outer join becomes an inner one", "src/products/migrate/translate/bind_from.cpp",
           'return "left join "', 'return "inner join "', "test_dbt", "Run.*"),
]

NET = [
    net("a connection's address is not checked", "curl_handle.cpp", "if (!parsed || !may_reach(*parsed, reach))",
        "if (!parsed || (false && !may_reach(*parsed, reach)))", "Guard*:Client*"),
    net("an address inside another counts as itself", "net_rules.cpp",
        "refused.push_back(behind_nat64(text));", "if (false) refused.push_back(behind_nat64(text));", "MayReach*"),
    net("user information in a URL", "url.cpp", 'find_first_of("@%") == std::string_view::npos',
        "size() > 0", "Url*"),
    net("a redirect keeps credentials", "net_rules.cpp", "if (from != to && is_secret(header)) continue;", "",
        "Follow*:ClientRules*"),
    net("a redirect leaves TLS with credentials", "net_rules.cpp",
        "hop.is_allowed = !loses_tls ||", "hop.is_allowed = !loses_tls || true ||", "Follow*:TlsTest*"),
    net("any certificate is taken", "wire.cpp", "CURLOPT_SSL_VERIFYPEER, 1L", "CURLOPT_SSL_VERIFYPEER, 0L", "TlsTest*"),
    net("a certificate for another name is taken", "wire.cpp", "CURLOPT_SSL_VERIFYHOST, 2L",
        "CURLOPT_SSL_VERIFYHOST, 0L", "TlsTest*"),
    net("a proxy of the environment is used", "wire.cpp", 'set(curl, CURLOPT_PROXY, "");', "", "Guard*"),
    net("a reply has no limit", "wire.cpp", "if (so_far > request_.limits.reply_bytes)", "if (false)",
        "ClientLimits*Bomb*"),
    net("a head has no limit", "wire.cpp", "if (head_bytes_ > request_.limits.head_bytes)", "if (false)",
        "ClientLimits*Head*"),
    net("a header may hold a line end", "net_rules.cpp", "if (!is_header_value(header.value))", "if (false)", "FaultOf*"),
    net("a POST is sent again on another connection", "wire.cpp",
        "std::exchange(wire.is_begun_, true) && !wire.may_run_twice_", "false", "ClientRules*"),
    net("a POST is tried again", "net_rules.cpp", "(request.has_idempotency_key || is_idempotent(request.method))",
        "true", "Retries*:ClientRules*"),
    net("a mail's subject may hold a line end", "mail_message.cpp", "if (!is_line(mail.subject) ||", "if (",
        "MailMessage*Header*"),
]

USAGE = [
    usage("an event that is sent again is counted again", "intake_store.cpp",
          "if (fresh.size() == plan.rows.size()) {", "if (true) {", "IntakeTest.AnEventIsStoredAndCountedOnce*"),
    usage("another event under a known id passes for the same", "intake_store.cpp",
          "if (is_same(batch.events[i], *stored))", "if (true)", "IntakeTest.TheSameIdWithOtherContent*"),
    usage("an id twice in a batch is counted twice", "intake_rules.cpp",
          "if (is_first) return true;", "return true;", "IntakeTest.WithinABatch*"),
    usage("a meter that came meanwhile hears nothing", "intake_store.cpp",
          "if (number != made_before.meters_number)", "if (false)", "IntakeTest.AnEventIsCountedByTheMeters*"),
    usage("events may be as late as they like", "intake_rules.cpp", "if (at < batch_.now - late_max)", "if (false)",
          "IntakeTest.WhatIsOlderThan35Days*"),
    usage("events are forgotten while they could be sent again", "keeper.cpp",
          "std::max(events_kept_days, events_kept_days_min)", "std::max(events_kept_days, std::int64_t{30})",
          "IntakeTest.AnEventWithItsTimeIsKnown*"),
    usage("a level loses its hours when they are folded", "rollup_rules.cpp",
          "if (aggregation == Aggregation::weighted_sum)\n        moved", "if (false) moved",
          "QueryTest.FoldingOldHours*"),
    usage("a quota is told of each time", "quota_rules.cpp", "if (!use->is_reached && use->used >= limit)",
          "if (use->used >= limit)", "QuotasTest*"),
    usage("a soft quota is hard", "quota_rules.cpp", "has_limit && kind == QuotaKind::hard", "has_limit",
          "QuotasTest.ASoftQuota*"),
]

JWT = "src/kernel/jwt/"


def jwt(name, file, text, replacement, tests):
    return Mutant("jwt: " + name, JWT + file, text, replacement, "test_jwt", "*" + tests)


def tokens(name, file, text, replacement, tests):
    return Mutant("tokens: " + name, "src/" + IDENTITY + file, text, replacement, "test_identity", "*" + tests)


def sign_on(name, file, text, replacement, tests):
    return app("single sign-on: " + name, "platform/single_sign_on/" + file, text, replacement, "*" + tests)


TOKENS = [
    jwt("the caller's algorithms are not asked", "jwt.cpp",
        "if (!algorithm || std::ranges::find(taken, *algorithm) == taken.end())",
        "if (!algorithm || taken.empty())",
        "TheTokenHasNoSay*"),
    jwt("a header may bring keys", "jwt.cpp", "if (root.find(name) != nullptr) return Refusal::header;",
        "if (name.empty()) return Refusal::header;",
        "TheTokenHasNoSay*"),
    jwt("a key is used by another algorithm", "jwt.cpp",
        "if (header.algorithm != key.algorithm()) return Refusal::key;", "", "TheTokenHasNoSay*"),
    jwt("any type is taken", "jwt.cpp",
        "if (std::ranges::find(expected.types, header.type) == expected.types.end()) return Refusal::type;", "",
        "ATokenOfOneType*"),
    jwt("any audience is taken", "jwt.cpp", "if (!is_for(claims, expected.audience)) return Refusal::audience;",
        "if (!is_for(claims, expected.audience) && claims.members.empty()) return Refusal::audience;",
        "IssuerAudienceAndTimes*"),
    jwt("a token has no end", "jwt.cpp", "if (*expires_at + expected.leeway <= expected.now ||", "if (false ||",
        "IssuerAudienceAndTimes*"),
    jwt("small keys are read", "keys.cpp", "BN_num_bits(modulus.get()) >= rsa_bits_min", "true",
        "KeysThatAreWeak*"),
    tokens("a refresh token works twice", "sessions_store.cpp",
           'if (!equals_in_constant_time(row->refresh_hash.value_or(""), hash_of_token(turn))) {', "if (turn.empty()) {",
           "ARefreshTokenWorksOnce*"),
    tokens("a token that was used leaves its session", "sessions_store.cpp",
           "delete_session(tx, row->id);\n        return Refreshed{row->user_id, std::nullopt};",
           "return Refreshed{row->user_id, std::nullopt};", "ARefreshTokenWorksOnce*"),
    tokens("a signing key is never replaced", "access_tokens_store.cpp",
           'bind("after", snapshot.now() - signing_key_age)', 'bind("after", Instant{})', "SigningKeysAreReplaced*"),
    tokens("an access token lasts on the leeway", "access_tokens.cpp",
           "|| token->expires_at <= snapshot.now()", "", "AnAccessTokenLastsTenMinutes*"),
    app("tokens: an access token in a cookie is one", "app/gate.cpp",
        "place.front() ^= static_cast<unsigned char>(presented.as);", "", "*WhatIsNoTokenOfOurs*"),
    sign_on("the state is not compared", "sign_in_endpoints.cpp",
            "|| !equals_in_constant_time(input.state, begun_by(input.transaction).state))", ")",
            "WhatAnotherBrowserBegan*"),
    sign_on("a sign-in can be handed in again", "single_sign_on_store.cpp",
            'tx.execute("DELETE FROM provider_sign_ins WHERE token_hash = :token_hash", '
            'bind("token_hash", hash_of(token)));', "", "WhatAnotherBrowserBegan*"),
    sign_on("the nonce is not compared", "sign_on_rules.cpp",
            'equals_in_constant_time(token.text("nonce"), nonce) &&', "!nonce.empty() &&",
            "WhatTheIdTokenSays*"),
    sign_on("the party is not asked", "sign_on_rules.cpp",
            "&& is_for_this_client(claims, provider);",
            "&& (is_for_this_client(claims, provider) || true);", "WhatTheIdTokenSays*"),
    sign_on("an unconfirmed address opens an account", "linking.cpp",
            "if (!statement.email || !statement.is_email_verified)", "if (!statement.email)", "AnUnconfirmedAddress*"),
    sign_on("a provider speaks for any domain", "linking.cpp",
            "if (!is_of_domains(provider, *statement.email))", "if (false)", "AnAccountIsLinked*"),
    sign_on("an owner's account is opened", "linking.cpp",
            "if (member.role == tenants::Role::owner || account.is_operator)", "if (account.is_operator)",
            "AnAccountIsLinked*"),
    sign_on("an account is opened that has not confirmed its address", "linking.cpp",
            "if (!account.email_verified_at)", "if (false)", "AnAccountIsLinked*"),
    sign_on("the issuer of the answer is not held", "sign_in_endpoints.cpp",
            "if (metadata.says_issuer ? input.iss != metadata.issuer : input.iss && *input.iss != metadata.issuer)",
            "if (metadata.issuer.empty())", "TheIssuerOfTheAnswer*"),
    sign_on("a sign-in by a provider is fresh", "sign_in_endpoints.cpp",
            "identity::has_password(tx, user) ? Instant{} : tx.now()", "tx.now()", "ASessionOfAProvider*"),
    sign_on("keys are asked for at each unknown one", "providers.cpp",
            "if (is_within(known.keys_at, Providers::keys_pause, now)) return std::nullopt;", "", "AnUnknownKey*"),
    sign_on("who administers may speak for any domain", "providers_endpoints.cpp",
            "!may_speak_for(snapshot, snapshot.tenant(), domain)",
            "!snapshot.tenant().is_set()", "SettingsThatWouldSpeak*"),
    sign_on("providers lead into the own network", "../../app/program.cpp",
            "outgoing == Outgoing::internet ? net::Reach::internet : net::Reach::internet_and_loopback",
            "outgoing == Outgoing::internet ? net::Reach::internet_and_loopback : net::Reach::internet",
            "NoProviderLeads*"),
    app("single sign-on: a provider's session reaches other tenants", IDENTITY + "sessions_store.cpp",
        "membership.tenant == *provider_of && tenants::is_open(membership.status)",
        "tenants::is_open(membership.status)", "*ASessionOfAProvider*"),
    app("single sign-on: enforcing shuts nobody out", IDENTITY + "sessions_store.cpp",
        "is_owner || !std::ranges::count(enforcing, membership.tenant)",
        "is_owner || enforcing.size() < 9", "*WhereItIsEnforced*"),
    app("people: the last owner may go", "platform/people/people_endpoints.cpp",
        "!alone.empty())", "alone.empty() && !alone.empty())", "*TheLastOwner*"),
]

PORTABILITY = [
    carrying("a table of the schema is forgotten", "export_archive.cpp",
             "if (why_left_out(table.name).empty()) readers_",
             'if (why_left_out(table.name).empty() && table.name != "keys") readers_',
             "PortabilityTest.EveryTableOfTheSchema*"),
    carrying("work that was not finished comes in as if it ran here", "import_archive.cpp",
             "            end_unfinished(table, row);\n", "", "PortabilityTest.WorkThatWasNotFinished*"),
    carrying("a column named as secrets are is taken unasked", "portability_rules.cpp",
             "if (is_named_as_secret(column.name) && !is_decided)",
             "if (is_named_as_secret(column.name) && !is_decided && column.name.empty())",
             "PortabilityTest.AColumnNamedAsSecrets*"),
    carrying("a checksum is not checked", "import_archive.cpp",
             'if (to_hex(sum.finish()) != sha256) refuse(', 'if (sha256.empty()) refuse(',
             "PortabilityTest.AMemberThatIsNotWhat*"),
    carrying("a path out of the folder is taken", "zip_reader.cpp", "if (leaves_folder(name)) refuse(",
             "if (leaves_folder(name) && name.empty()) refuse(", "PortabilityTest.AMemberThatIsNotWhat*"),
    carrying("a bomb is unpacked", "zip_reader.cpp", "if (status.size > ratio_free_bytes &&",
             "if (status.size > unpacked_bytes_max &&", "PortabilityTest.AMemberThatIsNotWhat*"),
    carrying("other columns are taken", "import_archive.cpp",
             "if (!std::ranges::equal(columns, table.columns, is_same))",
             "if (columns.empty() && !std::ranges::equal(columns, table.columns, is_same))",
             "PortabilityTest.AMemberThatIsNotWhat*"),
    carrying("an address that is not verified is matched", "import_archive.cpp", "user && user->email_verified_at ?",
             "user ?", "PortabilityTest.AnAddressThatIsNotVerified*"),
    carrying("what fails half way stays", "import_archive.cpp", "void give_up() {\n        erase(needs_, database_, tenant_);",
             "void give_up() {", "PortabilityTest.WhatFailsHalfWay*"),
    carrying("an import that is alive is swept", "portability_store.cpp", "WHERE beat_at < :before", "WHERE :before > 0",
             "PortabilityTest.WhatAKilledImportLeft*"),
]

RETENTION = [
    retention("one tenant's is applied to another", "retention/retention_keeper.cpp",
              "in_force(installation, database.read(tenant,", "in_force(installation, database.read(TenantId{},",
              "RetentionTest.WhatOneTenantKeepsLess*"),
    retention("a tenant keeps more than the installation", "retention/retention_rules.cpp",
              "return std::min(installation, std::max(own.value_or(installation), at_least));",
              "return std::max(own.value_or(installation), at_least);", "RetentionRules.ATenantMayKeepLess*"),
    retention("a pruned seal does not say so", "audit/audit_store.cpp", "SET pruned_at = :now WHERE",
              "SET pruned_at = NULL WHERE", "RetentionTest.OldAuditLinesGo*"),
    retention("young lines are pruned", "audit/audit_store.cpp", "AND s.sealed_at < :before", "AND :before > 0",
              "RetentionTest.OldAuditLinesGo*"),
]

TENANCY = [
    Mutant("suspended: a new session is given", "src/platform/identity/sessions_store.cpp",
           "if (!is_active(tx, user)) throw", "if (false) throw", "test_identity",
           "*NobodyOfASuspendedAccountGetsASession*"),
    Mutant("domains: another tenant's record proves it", "src/platform/domains/domains_rules.cpp",
           "if (std::ranges::find(answer.texts, record_value) != answer.texts.end())", "if (!answer.texts.empty())",
           "test_domains", "*TheRecordOfOneTenant*:*ARecordHasToSay*"),
    Mutant("domains: a verified domain goes over to whoever shows it last", "src/platform/domains/checks.cpp",
           "is_others = holder && !is_held;", "is_others = false;", "test_domains", "*ADomainIsOfOneTenantAtMost*"),
    Mutant("domains: a domain is kept without its record", "src/platform/domains/checks.cpp",
           "domain.failures >= failures_max", "domain.failures < 0", "test_domains", "*DroppedAfterSevenFailures*"),
    Mutant("domains: the installation's own host may be a tenant's", "src/platform/domains/domains_rules.cpp",
           "return is_within(name, lower_ascii(one));", "return name == one && false;", "test_domains",
           "*NoTenantMayHaveWhatIsTheInstallations*"),
]

MUTANTS = (SQLITE + POSTGRES + APP + TENANCY + KEYS + ACCOUNTS + TOKENS + USAGE + FENCES + JOBS + MODELS + NET +
           PORTABILITY + RETENTION)
