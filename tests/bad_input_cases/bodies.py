"""JSON that is none, that is wrong in several places, and bodies that have no end."""

import socket

from bad_input_cases.connections import read_answers

GIB = 1 << 30
PIECE = 1 << 20
GROWTH_MAX_MIB = 48
MIGRATIONS = "/api/v1/migrations"
KEYS = "/api/v1/keys"


def run(bench):
    malformed(bench)
    wrong_members(bench)
    unasked(bench)
    for content_type in ("application/json", "multipart/form-data; boundary=edge"):
        endless(bench, content_type)


def malformed(bench):
    """Each is 400 and names the place in the text."""
    ask, key = bench.server.ask, bench.key
    texts = {
        "a body that is not JSON": b"CREATE TABLE item (id INT)",
        "JSON that ends too early": b'{"project_name": "shop", "script": "SELECT',
        "two JSON documents": b'{"project_name": "shop"} {}',
        "a member that is there twice": b'{"project_name": "a", "project_name": "b", "script": "SELECT 1"}',
        "a number beyond every number": b'{"project_name": 1e400, "script": "SELECT 1"}',
        "bytes that are not UTF-8": b'{"project_name": "shop", "script": "\xff\xfe"}',
        "half of a surrogate pair": b'{"project_name": "shop", "script": "\\ud800"}',
        "100,000 open brackets": b"[" * 100_000,
        "an empty body said to be JSON": b"",
        "JSON in UTF-16": '{"project_name": "shop", "script": "SELECT 1"}'.encode("utf-16"),
    }
    for what, text in texts.items():
        bench.refused(what, ask("POST", MIGRATIONS, key, text), 400, "malformed_json")
    plain = ask("POST", MIGRATIONS, key, b"SELECT 1", {"Content-Type": "text/plain"})
    bench.refused("a body of another type", plain, 415, "unsupported_media_type")
    form = ask("POST", MIGRATIONS, key, b"--edge\r\nno header", {"Content-Type": "multipart/form-data; boundary=edge"})
    bench.refused("a form that breaks off", form, 400, "bad_request")
    bench.refused("a form without boundary",
                  ask("POST", MIGRATIONS, key, b"--edge--", {"Content-Type": "multipart/form-data"}), 400,
                  "bad_request")
    bench.refused("a body that is an array", ask("POST", MIGRATIONS, key, []), 422, "invalid_input", [""])


def wrong_members(bench):
    """Every fault is named, each at its place."""
    ask, key = bench.server.ask, bench.key
    wrong = {"project_name": 7, "target": "oracle", "script": ["SELECT 1"], "upload_id": {}, "surprise": None}
    bench.refused("members of wrong types, all at once", ask("POST", MIGRATIONS, key, wrong), 422, "invalid_input",
                  ["/project_name", "/target", "/script", "/upload_id", "/surprise"])
    nested = {"name": "x" * 101, "scopes": ["read", 2, None], "limits": -1, "expires_at": "soon"}
    bench.refused("faults inside of a list", ask("POST", KEYS, key, nested), 422, "invalid_input",
                  ["/name", "/scopes/1", "/scopes/2", "/limits", "/expires_at"])
    bench.refused("an unknown member", bench.migration_of(key, script="SELECT 1", shard=1), 422, "invalid_input",
                  ["/shard"])
    bench.refused("a member with / and ~ in its name", bench.migration_of(key, script="SELECT 1", **{"a/b~c": 1}),
                  422, "invalid_input", ["/a~1b~0c"])
    bench.refused("missing members", ask("POST", KEYS, key, {}), 422, "invalid_input", ["/name"])
    bench.refused("a key without scopes", ask("POST", KEYS, key, {"name": "x"}), 422, "invalid_input", ["/scopes"])
    bench.refused("a script and metadata together",
                  bench.migration_of(key, script="SELECT 1", metadata={"tables": []}), 422, "invalid_input", [""])
    bench.refused("metadata of wrong types",
                  bench.migration_of(key, metadata={"tables": [{"name": 1, "columns": "none"}, 2]}),
                  422, "invalid_input")
    bench.refused("a page that is too long", ask("GET", MIGRATIONS + "?limit=201&cursor=x&nope=1", key), 422,
                  "invalid_input", ["/limit", "/cursor", "/nope"])
    bench.refused("an id that is none", ask("GET", MIGRATIONS + "/mig_%00%ff", key), 400, "bad_request")


def unasked(bench):
    """Nothing of a body is taken from who does not say who it is."""
    with bench.server.connect() as connection:
        connection.sendall(f"POST {MIGRATIONS} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
                           f"Content-Length: {100 * PIECE}\r\n\r\n".encode())
        answers, _ = read_answers(connection)
    bench.refused("100 MB announced without a key", answers[0], 401, "unauthorized")


def endless(bench, content_type):
    """3 GB, announced and unannounced: refused at the limit, while the memory stays flat."""
    head = (f"POST {MIGRATIONS} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {bench.key}\r\n"
            f"Content-Type: {content_type}\r\n").encode()
    short = content_type.split(";")[0]
    announced = [head + b"Content-Length: %d\r\n\r\n" % (3 * GIB), b" " * PIECE]
    huge(bench, f"3 GB of {short} by Content-Length", announced)
    huge(bench, f"3 GB of {short} in chunks", [head + b"Transfer-Encoding: chunked\r\n\r\n",
                                               b"%x\r\n" % PIECE + b" " * PIECE + b"\r\n"])


def huge(bench, what, head_and_piece):
    server = bench.server
    before = server.resident_mib()
    server.forget_peak()
    head, piece = head_and_piece
    sent = 0
    with server.connect() as connection:
        connection.sendall(head)
        try:
            while sent < 3 * GIB and not readable(connection):
                connection.sendall(piece)
                sent += PIECE
        except (BrokenPipeError, ConnectionResetError):
            pass  # the answer may still be read
        answers, _ = read_answers(connection)
    grown = server.peak_mib() - before
    if not answers:
        bench.verdicts.say(what, f"no answer after {sent >> 20} MiB", ["the answer was lost"])
        return
    faults = bench.faults_of(answers[0], 413, "payload_too_large")
    if grown > GROWTH_MAX_MIB:
        faults.append(f"the memory grew by more than {GROWTH_MAX_MIB} MiB")
    bench.verdicts.say(what, f"{answers[0].status} {answers[0].code} after {sent >> 20} MiB, "
                             f"memory {before:.0f} MiB and at most {grown:+.0f}", faults)


def readable(connection):
    connection.setblocking(False)
    try:
        connection.recv(1, socket.MSG_PEEK)
        return True
    except BlockingIOError:
        return False
    except OSError:
        return True
    finally:
        connection.setblocking(True)
