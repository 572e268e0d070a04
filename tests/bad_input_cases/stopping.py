"""SIGTERM while a migration runs and a request is on its way: both are seen through, or go on after the next start."""

import json
import signal
import time

from bad_input_cases.bench import logged_faults
from bad_input_cases.connections import read_answers
from server import ROOT, Server


def run(program, folder, verdicts):
    server = Server(program, folder)
    server.start()
    try:
        drain(server, verdicts)
    finally:
        server.stop()
    logged = logged_faults(server)
    verdicts.hold("the log of that", f"{len(logged)} uncaught", not logged, "\n".join(logged[:5]))


def drain(server, verdicts):
    script = (ROOT / "examples/retail/retail.sql").read_text(encoding="utf-8-sig")
    key = server.new_key(server.command("tenant", "create", "--name", "Stopped")["id"])

    def start():
        return server.ask("POST", "/api/v1/migrations", key, {"project_name": "stopped", "script": script}).json()["id"]

    undisturbed = server.project_of(key, start())
    migration = start()
    while server.ask("GET", f"/api/v1/migrations/{migration}", key).json()["phase"] != "testing":
        time.sleep(0.002)
    body = json.dumps({"name": "half sent", "scopes": ["read"]}).encode()
    with server.connect() as connection:
        head = (f"POST /api/v1/keys HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n")
        connection.sendall(head.encode() + body[:10])
        time.sleep(0.2)
        server.process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        connection.sendall(body[10:])
        answers, has_ended = read_answers(connection, 30)
    statuses = [answer.status for answer in answers]
    verdicts.hold("a request that was half sent at SIGTERM", f"{statuses}, then closed",
                  statuses == [201] and has_ended)
    began = time.monotonic()
    status = server.stop()
    last = server.log_file.read_text(encoding="utf-8").strip().splitlines()[-1]
    verdicts.hold("SIGTERM while a migration is tested",
                  f"exit {status} after {time.monotonic() - began:.1f} s: {last}",
                  status == 0 and "nothing was lost" in last)
    server.start()
    verdicts.hold("the migration after the next start", "the same project",
                  server.project_of(key, migration) == undisturbed, "its project differs from the undisturbed one")
    names = [key["name"] for key in server.ask("GET", "/api/v1/keys", key).json()["items"]]
    verdicts.hold("the key that was half sent", f"there {names.count('half sent')} times",
                  names.count("half sent") == 1)
