"""Scripts that are written oddly, are none, or come in an archive that means harm."""

import io
import struct
import zipfile

GROWTH_MAX_MIB = 64
MIGRATIONS = "/api/v1/migrations"
SHOP = """CREATE TABLE dbo.Item (ItemID int NOT NULL PRIMARY KEY, Name nvarchar(50) NOT NULL, Price money NULL)
GO
INSERT INTO dbo.Item VALUES (1, N'Krug für Öl', 2.50), (2, N'茶碗 𝄞', NULL)
GO
CREATE VIEW dbo.Cheap AS SELECT ItemID, Name FROM dbo.Item WHERE Price < 10 AND Name <> N'Öl – 茶'
GO
"""
BROKEN_LINE = 4
BROKEN = """CREATE TABLE dbo.Item (ItemID int NOT NULL PRIMARY KEY, Name nvarchar(50) NOT NULL)
GO
-- the next one cannot be read
CREATE TABLE dbo.Broken (((
GO
CREATE TABLE dbo.Tail (TailID int NOT NULL PRIMARY KEY)
GO
CREATE VIEW dbo.Names AS SELECT Name FROM dbo.Item
GO
"""


def run(bench):
    encodings(bench)
    broken_statement(bench)
    no_scripts(bench)
    archives(bench)


def send(bench, name, data):
    reply = bench.server.send_file(MIGRATIONS, bench.key, name, data, {"project_name": "shop"})
    if reply.status != 202:
        raise SystemExit(f"{name} is answered with {reply.status}: {reply.body!r}")
    return reply.json()["id"]


def files_of(bench, migration):
    with zipfile.ZipFile(io.BytesIO(bench.server.project_of(bench.key, migration))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def encodings(bench):
    """One script in every encoding that is promised gives one project."""
    plain = files_of(bench, send(bench, "shop.sql", SHOP.encode()))
    encoded = {
        "UTF-16 LE with its mark": b"\xff\xfe" + SHOP.encode("utf-16-le"),
        "UTF-16 BE with its mark": b"\xfe\xff" + SHOP.encode("utf-16-be"),
        "UTF-16 LE without a mark": SHOP.encode("utf-16-le"),
        "UTF-16 BE without a mark": SHOP.encode("utf-16-be"),
        "UTF-8 with its mark": b"\xef\xbb\xbf" + SHOP.encode(),
        "UTF-8 with CR LF": SHOP.replace("\n", "\r\n").encode(),
    }
    for what, data in encoded.items():
        files = files_of(bench, send(bench, "shop.sql", data))
        differing = sorted(name for name in plain.keys() | files.keys() if plain.get(name) != files.get(name))
        bench.verdicts.hold(f"a script in {what}", f"{len(files)} files, {len(differing)} differ from UTF-8",
                            not differing,
                            f"they differ: {differing}")


def broken_statement(bench):
    migration = send(bench, "shop.sql", BROKEN.encode())
    files = files_of(bench, migration)
    models = bench.server.ask("GET", f"{MIGRATIONS}/{migration}/models", bench.key).json()["items"]
    origins = {model["origin"].lower() for model in models if model["status"] == "passed"}
    faults = [f"{name} did not come out; what did: {sorted(origins)}"
              for name in ("dbo.item", "dbo.tail", "dbo.names") if name not in origins]
    place = f"shop.sql line {BROKEN_LINE}:"
    if place not in files["MIGRATION_REPORT.md"]:
        faults.append(f"the report has no {place}")
    bench.verdicts.say("a broken statement in the middle", f"{len(models)} models, a diagnostic at {place}", faults)


def fails(bench, what, name, data, reason):
    """It is taken, and the migration fails with a reason that a person understands."""
    state = bench.server.ended_migration(bench.key, send(bench, name, data))
    faults = []
    if state["status"] != "failed" or reason not in (state["error"] or ""):
        faults.append(f"expected it to fail with {reason!r}")
    if str(bench.server.folder) in (state["error"] or ""):
        faults.append("the reason names a folder of the machine")
    bench.verdicts.say(what, f"{state['status']}: {state['error']}", faults)


def no_scripts(bench):
    bench.refused("an empty script", bench.migration_of(bench.key, script=""), 422, "invalid_input", ["/script"])
    fails(bench, "an empty file", "empty.sql", b"", "is empty")
    fails(bench, "a file of blanks", "blank.sql", b" \r\n\t\n" * 100, "is empty")
    fails(bench, "a binary file", "program.sql", bench.server.program.read_bytes()[:200_000], "not text")
    fails(bench, "a picture", "picture.sql", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20, "not text")
    fails(bench, "text that defines nothing", "notes.sql", b"PRINT 'hello'\nGO\n", "defines no table")
    nested = b"SELECT " + b"(" * 50_000 + b"1" + b")" * 50_000
    fails(bench, "50,000 brackets in one expression", "deep.sql", nested, "defines no table")


def zipped(entries, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return buffer.getvalue()


def lying_about_its_size(archive, size):
    """The same archive, whose directory and local head claim another size of the first entry."""
    changed = bytearray(archive)
    struct.pack_into("<I", changed, changed.index(b"PK\x01\x02") + 24, size)
    struct.pack_into("<I", changed, changed.index(b"PK\x03\x04") + 22, size)
    return bytes(changed)


def linked():
    link = zipfile.ZipInfo("link.sql")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    return zipped([(link, "/etc/passwd")])


def archives(bench):
    server = bench.server
    before = server.resident_mib()
    server.forget_peak()
    million = b"-" * (1 << 20)
    bomb = zipped([("bomb.sql", million * 200)])
    fails(bench, f"a zip of {len(bomb) >> 10} KiB that unpacks to 200 MiB", "bomb.zip", bomb, "times its size")
    wide = zipped([(f"{number}.sql", million) for number in range(300)])
    fails(bench, "a zip of 300 entries of 1 MiB", "wide.zip", wide, "unpacks to too much")
    lying = lying_about_its_size(bomb, 1000)
    fails(bench, "a zip bomb whose directory claims 1,000 bytes", "lying.zip", lying, "archive is")
    many = zipped([(f"{number}.sql", "") for number in range(20_000)])
    fails(bench, "a zip of 20,000 entries", "many.zip", many, "entries")
    fails(bench, "a zip in a zip", "nested.zip", zipped([("inner.zip", bomb)]), "no script")
    fails(bench, "a zip that is cut off", "cut.zip", bomb[:len(bomb) // 2], "damaged")
    grown = server.peak_mib() - before
    bench.verdicts.hold("the memory under all these archives", f"{before:.0f} MiB and at most {grown:+.0f}",
                        grown < GROWTH_MAX_MIB, f"it grew by more than {GROWTH_MAX_MIB} MiB")
    for path in ("../evil.sql", "a/../../evil.sql", "/tmp/evil.sql", "..\\evil.sql", "C:\\evil.sql", "\\evil.sql"):
        fails(bench, f"a zip with {path}", "evil.zip", zipped([(path, SHOP)]), "outside of its folder")
    fails(bench, "a zip with a link", "link.zip", linked(), "link")
    written = [str(path) for path in server.folder.rglob("*evil*")]
    bench.verdicts.hold("files that these archives left", len(written), not written, f"they are {written}")
