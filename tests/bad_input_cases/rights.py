"""Who may not: no key, a key of another tenant, one that was revoked, has expired or lacks the scope; and keys of
idempotency that are used twice for different things."""

import time
from datetime import datetime, timedelta, timezone

REVOKED_WITHIN_S = 1.0
MISSING = "00000000000000000000000000"  # of the right form, and nobody's
SCRIPT = "CREATE TABLE dbo.item (id INT PRIMARY KEY)"


def run(bench):
    foreign = bench.migration_of(bench.other_key, script=SCRIPT).json()["id"]
    bench.server.ended_migration(bench.other_key, foreign)
    own = bench.migration_of(bench.key, script=SCRIPT).json()["id"]
    bench.server.ended_migration(bench.key, own)
    routes = routes_with_ids(bench)
    for method, path in routes:
        target = path.format(migration_id=foreign, model_id=model_of(bench, bench.other_key, foreign))
        bench.refused(f"no key: {method} {path}", bench.server.ask(method, target), 401, "unauthorized")
    for method, path in routes:
        foreign_and_missing(bench, method, path, foreign, own)
    foreign_upload(bench)
    still_there = bench.server.ask("GET", f"/api/v1/migrations/{foreign}", bench.other_key)
    bench.verdicts.hold("the other tenant's migration after all that", still_there.status, still_there.status == 200)
    credentials(bench)
    idempotency(bench)


def routes_with_ids(bench):
    document = bench.server.ask("GET", "/openapi.json").json()
    return [(method.upper(), path) for path, methods in sorted(document["paths"].items())
            for method in sorted(methods) if "{migration_id}" in path]


def model_of(bench, key, migration):
    return bench.server.ask("GET", f"/api/v1/migrations/{migration}/models?limit=1", key).json()["items"][0]["id"]


def without_request(reply):
    return {name: value for name, value in reply.json().items() if name != "request_id"}


def foreign_and_missing(bench, method, path, foreign, own):
    """What belongs to another answers as what does not exist, byte for byte but for the request's id."""
    their_model = model_of(bench, bench.other_key, foreign)
    missing = bench.server.ask(method, path.format(migration_id="mig_" + MISSING, model_id="mdl_" + MISSING), bench.key)
    tries = {"a foreign id": path.format(migration_id=foreign, model_id=their_model)}
    if "{model_id}" in path:
        tries["a foreign model of an own migration"] = path.format(migration_id=own, model_id=their_model)
    for what, target in tries.items():
        reply = bench.server.ask(method, target, bench.key)
        faults = bench.faults_of(reply, 404, "not_found")
        if not faults and without_request(reply) != without_request(missing):
            faults = [f"it differs from the answer for a missing id: {missing.body!r}"]
        bench.verdicts.say(f"{what}: {method} {path}", f"{reply.status} {reply.code}", faults)


def foreign_upload(bench):
    upload = bench.server.send_file("/api/v1/uploads", bench.other_key, "a.sql", SCRIPT.encode()).json()["id"]
    foreign = bench.migration_of(bench.key, upload_id=upload)
    missing = bench.migration_of(bench.key, upload_id="fil_" + MISSING)
    faults = bench.faults_of(foreign, 422, "invalid_input", ["/upload_id"])
    if not faults and without_request(foreign) != without_request(missing):
        faults = ["it differs from the answer for a missing one"]
    bench.verdicts.say("a foreign upload", f"{foreign.status} {foreign.code}", faults)


def credentials(bench):
    ask, path = bench.server.ask, "/api/v1/migrations"
    bench.refused("a key that is none", ask("GET", path, "mk_nonsense"), 401, "unauthorized")
    changed = bench.key[:-1] + ("0" if bench.key[-1] != "0" else "1")
    bench.refused("a key with one character changed", ask("GET", path, changed), 401, "unauthorized")
    basic = ask("GET", path, headers={"Authorization": "Basic YWRtaW46YWRtaW4="})
    bench.refused("a name and a password", basic, 401, "unauthorized")
    bench.refused("a tenant's id in place of a key", ask("GET", path, headers={"X-Tenant-ID": bench.tenant}), 401,
                  "unauthorized")
    revoked(bench)
    expired(bench)
    reading = bench.server.new_key(bench.tenant, "read")
    bench.refused("a key without the scope", bench.migration_of(reading, script=SCRIPT), 403, "forbidden")
    making = bench.server.new_key(bench.tenant, "keys.write")
    bench.refused("a key that makes a stronger one",
                  ask("POST", "/api/v1/keys", making, {"name": "x", "scopes": ["admin"]}),
                  403, "forbidden")
    elsewhere = ask("GET", path, bench.key, headers={"Host": "evil.example"})
    bench.refused("a Host that is not ours", elsewhere, 421, "host_refused")


def revoked(bench):
    made = bench.server.ask("POST", "/api/v1/keys", bench.key, {"name": "short-lived", "scopes": ["read"]}).json()
    used = bench.server.ask("GET", "/api/v1/me", made["key"]).status
    bench.server.ask("DELETE", f"/api/v1/keys/{made['id']}", bench.key)
    began = time.monotonic()
    reply = bench.server.ask("GET", "/api/v1/me", made["key"])
    while reply.status == 200 and time.monotonic() < began + 10:
        time.sleep(0.02)
        reply = bench.server.ask("GET", "/api/v1/me", made["key"])
    took = time.monotonic() - began
    faults = bench.faults_of(reply, 401, "unauthorized") + ([] if used == 200 else ["it never worked"])
    if took > REVOKED_WITHIN_S:
        faults.append("that is later than a second")
    bench.verdicts.say("a revoked key", f"{reply.status} {reply.code} after {took * 1000:.0f} ms", faults)


def expired(bench):
    ends = datetime.now(timezone.utc) + timedelta(seconds=2)
    key = bench.server.ask("POST", "/api/v1/keys", bench.key, {
        "name": "until soon", "scopes": ["read"], "expires_at": ends.strftime("%Y-%m-%dT%H:%M:%S.%fZ")}).json()["key"]
    before = bench.server.ask("GET", "/api/v1/me", key).status
    time.sleep(max(0.0, (ends - datetime.now(timezone.utc)).total_seconds()) + 0.01)
    reply = bench.server.ask("GET", "/api/v1/me", key)
    faults = bench.faults_of(reply, 401, "unauthorized") + ([] if before == 200 else ["it never worked"])
    bench.verdicts.say("an expired key", f"{reply.status} {reply.code}, {before} before", faults)
    past = {"name": "of yesterday", "scopes": ["read"], "expires_at": "2020-01-01T00:00:00Z"}
    bench.refused("a key that has expired before it is made",
                  bench.server.ask("POST", "/api/v1/keys", bench.key, past), 422,
                  "invalid_input", ["/expires_at"])


def idempotency(bench):
    def start(script, key_of_request, key=bench.key):
        return bench.server.ask("POST", "/api/v1/migrations", key, {"project_name": "shop", "script": script}, None,
                                key_of_request)

    first = start(SCRIPT, "twice")
    again = start(SCRIPT, "twice")
    bench.verdicts.hold("the same request under its Idempotency-Key", f"{again.status}, the same migration",
                        (again.status, again.body) == (202, first.body) and first.status == 202)
    bench.refused("another body under the same Idempotency-Key", start("SELECT 1", "twice"), 422,
                  "idempotency_key_reused")
    theirs = start("SELECT 1 AS a", "twice", bench.other_key)
    bench.verdicts.hold("the same Idempotency-Key of another tenant", theirs.status,
                        theirs.status == 202 and theirs.json()["id"] != first.json()["id"])
    for what, wrong in {"with a space": "a b", "of 256 characters": "k" * 256, "beyond ASCII": "k\xe9"}.items():
        bench.refused(f"an Idempotency-Key {what}", start(SCRIPT, wrong), 422, "invalid_input")
    bench.server.ended_migration(bench.key, first.json()["id"])
    bench.server.ended_migration(bench.other_key, theirs.json()["id"])
