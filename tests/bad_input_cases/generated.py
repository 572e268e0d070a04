"""Requests made from the OpenAPI document: each operation is called as it is described and with each of its parts made
wrong, by an administrator's key, by an operator's session and by nobody. Nothing may answer with a server error or with
what the document does not declare, and each error has to be a problem with a code of the reference."""

import json
import random
import re
from urllib.parse import quote, urlencode

from bad_input_cases.bench import problem_faults
from bad_input_cases.schema import Schemas

SEED = 4
STREAMS = "text/event-stream"
ENDS_THE_SESSION = "/api/v1/auth/logout"
SHOWN_FAULTS = 5

TEXTS = ["", " ", "\x00", "a\nb", "x" * 5_000, "'; DROP TABLE users; --", "../../etc/passwd", "%s%n", "{{7*7}}",
         "<script>alert(1)</script>", "\u202e\ufeff", "\U0001f600", "=1+1", "NaN", "null", "-1", "1e400"]
VALUES = [None, True, 0, -1, 1.5, 2**63, -2**63 - 1, 10**30, "", "x", [], {}, [[]], {"": {}}, [None], "x" * 200_000]
RAW_BODIES = [b"", b"{", b"[]", b"null", b'"text"', b"0", b"{}", b'{"a":1,"a":2}', b"\xff\xfe", b'{"a":1e400}',
              b"[" * 200, b'{"a":"\\ud800"}', b'{"__proto__":{"x":1}}', b"{} {}"]


def run(bench):
    Generated(bench).run()


class Generated:
    def __init__(self, bench):
        self.bench, self.server = bench, bench.server
        self.document = self.server.ask("GET", "/openapi.json").json()
        self.schemas = Schemas(self.document)
        self.random = random.Random(SEED)
        self.known = {}  # of the lists that are not empty: an id
        self.sent = 0
        self.callers = [{"Authorization": "Bearer " + bench.key}, self.operator(), {}]

    def run(self):
        self.make_objects()
        operations = [(path, method, operation) for path, methods in sorted(self.document["paths"].items())
                      for method, operation in methods.items()]
        # What removes comes last, so that the others have something to work on.
        for path, method, operation in sorted(operations, key=lambda one: (one[1] == "delete", one[0], one[1])):
            if path != ENDS_THE_SESSION:
                self.try_operation(path, method, operation)
        self.bench.verdicts.hold("requests made from the document", f"{self.sent} sent", self.sent > 0)

    def operator(self):
        """The headers of an operator's session."""
        made = self.server.command("user", "create", "--email", "operator@example.com", "--is-operator", "true",
                                   "--tenant", self.bench.tenant, "--role", "owner")
        signed_in = self.server.ask("POST", "/api/v1/auth/login",
                                    body={"email": "operator@example.com", "password": made["password"]})
        return {"Cookie": signed_in.headers["set-cookie"].split(";")[0], "Origin": f"http://127.0.0.1:{self.server.port}"}

    def make_objects(self):
        """One of each kind that a list shows, for the operations that name one."""
        self.bench.migration_of(self.bench.key, script="CREATE TABLE dbo.item (id INT PRIMARY KEY)")
        for path, methods in self.document["paths"].items():
            if "get" not in methods or "{" in path:
                continue
            reply = self.server.ask("GET", path, self.bench.key)
            try:
                items = reply.json()["items"]
                self.known[path] = items[0]["id"]
            except (ValueError, KeyError, IndexError, TypeError):
                pass

    def try_operation(self, path, method, operation):
        faults, statuses = [], {}
        for target, body, headers in self.requests(path, method, operation):
            for caller in self.callers:
                if caller and STREAMS in str(operation["responses"]):
                    continue  # what is open has no end
                if "Cookie" in caller and body is None and method != "get":
                    body = b"{}"  # a change by a cookie is refused unless it is JSON
                sent = {**caller, **({"Content-Type": "application/json"} if body is not None else {}), **headers}
                try:
                    reply = self.server.ask(method.upper(), target, None, body, sent)
                except OSError as error:
                    faults.append(f"{target[:100]}: no answer: {error}")
                    continue
                self.sent += 1
                statuses[reply.status] = statuses.get(reply.status, 0) + 1
                faults += [f"{fault} ({target[:80]!r} {(body or b'')[:80]!r})"
                           for fault in self.faults_of(operation, reply)]
        shown = " ".join(f"{status}:{count}" for status, count in sorted(statuses.items()))
        more = [f"and {len(faults) - SHOWN_FAULTS} more"] if len(faults) > SHOWN_FAULTS else []
        self.bench.verdicts.say(f"{method.upper()} {path}", shown, faults[:SHOWN_FAULTS] + more)

    def faults_of(self, operation, reply):
        if reply.status >= 500:
            return [f"a server error: {reply.status} {reply.code}"]
        if reply.status >= 400:
            return problem_faults(reply, self.bench.titles, [one["name"] for one in operation.get("parameters", [])])
        declared = operation["responses"].get(str(reply.status))
        if declared is None:
            return [f"{reply.status} is not declared"]
        types = declared.get("content", {})
        given = reply.headers.get("content-type", "").split(";")[0]
        if given != "".join(types):
            return [f"its type is {given!r}, declared {list(types)}"]
        schema = types.get("application/json", {}).get("schema")
        return self.schemas.faults(schema, reply.json()) if schema else []

    def requests(self, path, method, operation):
        """(target, body, headers), each once as described and once with each of its parts made wrong."""
        parameters = operation.get("parameters", [])
        good_path = self.filled(path, {})
        yield good_path, *self.good_body(operation)
        for parameter in parameters:
            if parameter["in"] == "path":
                for text in TEXTS:
                    yield self.filled(path, {parameter["name"]: text}), *self.good_body(operation)
                missing = str(self.schemas.example(parameter["schema"]))
                for text in (missing, missing[:-1] + "0"):  # of nobody, and of nothing
                    yield self.filled(path, {parameter["name"]: text}), *self.good_body(operation)
            elif parameter["in"] == "query":
                for text in [*TEXTS, str(self.schemas.example(parameter["schema"])), "0", "200", "201", str(2**63)]:
                    yield f"{good_path}?{urlencode({parameter['name']: text})}", *self.good_body(operation)
                yield f"{good_path}?{parameter['name']}=1&{parameter['name']}=2", *self.good_body(operation)
            elif parameter["in"] == "header":
                for text in ("", "x" * 300, "same"):
                    body, headers = self.good_body(operation)
                    yield good_path, body, {**headers, parameter["name"]: text}
        yield f"{good_path}?surprise=1", *self.good_body(operation)
        yield f"{good_path}?limit=%ff%00&=&&x", *self.good_body(operation)
        schema = self.body_schema(operation)
        if schema is not None:
            for raw in RAW_BODIES:
                yield good_path, raw, {}
            for body in self.wrong_bodies(schema):
                yield good_path, json.dumps(body).encode(), {}
            yield good_path, self.good_body(operation)[0], {"Content-Type": "text/plain"}

    def body_schema(self, operation):
        content = operation.get("requestBody", {}).get("content", {})
        return content.get("application/json", {}).get("schema")

    def good_body(self, operation):
        schema = self.body_schema(operation)
        return (None, {}) if schema is None else (json.dumps(self.schemas.example(schema, False)).encode(), {})

    def wrong_bodies(self, schema):
        """Of a valid body with each member, one at a time and to the depth of the schema, made something else."""
        whole = self.schemas.example(schema)
        yield whole
        for place in places(whole):
            for value in self.random.sample(VALUES, 6) + self.random.sample(TEXTS, 4):
                yield replaced(whole, place, value)
            yield removed(whole, place)
        if isinstance(whole, dict):
            yield {**whole, "surprise": 1}

    def filled(self, path, given):
        def value(match):
            name = match[1]
            if name in given:
                return quote(given[name], safe="")
            collection = path[:match.start()].rstrip("/")
            return self.known.get(collection, "x")
        return re.sub(r"\{(\w+)\}", value, path)


def places(value, at=()):
    if isinstance(value, dict):
        for name, member in value.items():
            yield (*at, name)
            yield from places(member, (*at, name))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield (*at, number)
            yield from places(item, (*at, number))


def replaced(value, place, new):
    if not place:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[place[0]] = replaced(value[place[0]], place[1:], new)
    return copy


def removed(value, place):
    copy = dict(value) if isinstance(value, dict) else list(value)
    if len(place) == 1:
        del copy[place[0]]
    else:
        copy[place[0]] = removed(value[place[0]], place[1:])
    return copy
