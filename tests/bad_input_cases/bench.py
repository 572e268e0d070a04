"""What every case has at hand: a server with two tenants, and the verdicts."""

import json
import re

REQUIRED_MEMBERS = ("type", "title", "status", "code", "detail", "errors", "request_id")
# What only our own log may say: SQL, places in the source, names of libraries and of the machine's calls.
INTERNAL = re.compile(r"SELECT |INSERT INTO|UPDATE |DELETE FROM|tenant_id|sqlite|libzip|\.cpp|std::|errno|what\(\)"
                      r"|No such file|upload-[0-9a-f]{8}", re.IGNORECASE)
LOGGED_FAULTS = re.compile(r"\bbug\b|uncaught|terminate called|[a-z]Sanitizer|runtime error:|std::|basic_string|bad_alloc"
                           r"|SIGSEGV|SIGABRT|assert", re.IGNORECASE)


class Verdicts:
    """Prints a line a case and counts."""

    def __init__(self):
        self.passed, self.failed = 0, 0

    def say(self, what, answer, faults):
        self.passed += not faults
        self.failed += bool(faults)
        print(f"{'FAIL' if faults else 'PASS'}  {what}: {answer}" + "".join(f"\n      {fault}" for fault in faults),
              flush=True)

    def hold(self, what, answer, is_so, otherwise=""):
        self.say(what, answer, [] if is_so else [otherwise or "that is not what must hold"])

    def pass_over(self, what, why):
        print(f"----  {what}: passed over: {why}", flush=True)


class Bench:
    def __init__(self, server, verdicts, titles):
        self.server, self.verdicts, self.titles = server, verdicts, titles
        self.tenant = server.command("tenant", "create", "--name", "First")["id"]
        self.other_tenant = server.command("tenant", "create", "--name", "Second")["id"]
        self.key = server.new_key(self.tenant)
        self.other_key = server.new_key(self.other_tenant)

    def refused(self, what, reply, status, code, pointers=None):
        """A case whose answer has to be this problem, with these pointers if any are given."""
        self.verdicts.say(what, f"{reply.status} {reply.code or reply.body[:60]!r}",
                          self.faults_of(reply, status, code, pointers))

    def faults_of(self, reply, status, code, pointers=None):
        faults = [] if (reply.status, reply.code) == (status, code) else [f"expected {status} {code}"]
        faults += problem_faults(reply, self.titles)
        for text in (str(self.server.folder), str(self.server.program.parent)):
            if text.encode() in reply.body:
                faults.append("the answer names a folder of the machine")
        if pointers is not None and not faults:
            found = [one["pointer"] for one in reply.json()["errors"]]
            if sorted(found) != sorted(pointers):
                faults.append(f"its pointers are {found}, expected {pointers}")
        return faults

    def migration_of(self, key, **body):
        return self.server.ask("POST", "/api/v1/migrations", key, {"project_name": "shop", **body})

    def names_of_keys(self, key):
        names, cursor = [], ""
        while cursor is not None:
            path = "/api/v1/keys?limit=200" + (f"&cursor={cursor}" if cursor else "")
            page = self.server.ask("GET", path, key).json()
            names += [item["name"] for item in page["items"]]
            cursor = page["next_cursor"]
        return names


def problem_faults(reply, titles, may_tell=()):
    """What is wrong with an error's form (RFC 9457 and our own promise). It may tell the names that the caller gave."""
    if reply.headers.get("content-type") != "application/problem+json":
        return [f"its type is {reply.headers.get('content-type')}: {reply.body[:80]!r}"]
    try:
        problem = reply.json()
    except json.JSONDecodeError:
        return ["it is not JSON"]
    faults = [f"it has no {name}" for name in REQUIRED_MEMBERS if name not in problem]
    if faults:
        return faults
    if problem["status"] != reply.status:
        faults.append(f"its status says {problem['status']}")
    if titles.get(problem["code"]) != problem["title"]:
        faults.append(f"its title is {problem['title']!r}; the reference says {titles.get(problem['code'])!r}")
    if not problem["detail"]:
        faults.append("it has no detail")
    if not problem["request_id"] or reply.headers.get("x-request-id") != problem["request_id"]:
        faults.append("its request id is not that of the header")
    internal = INTERNAL.search(reply.body.decode(errors="replace"))
    if internal and internal[0] not in may_tell:
        faults.append(f"it tells an internal text: {internal[0]!r}")
    return faults


def titles_of(server):
    """code -> title, as the reference has them."""
    reference = server.ask("GET", "/docs/errors.md").body.decode()
    return {code: title for code, title in re.findall(r"^## (\w+)\n\n\*\*\d+ (.*?)\.\*\*", reference, re.MULTILINE)}


def logged_faults(server):
    log = server.log_file.read_text(encoding="utf-8", errors="replace")
    return [line[:300] for line in log.splitlines() if LOGGED_FAULTS.search(line)]
