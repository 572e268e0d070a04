#!/usr/bin/env python3
"""Holds the rules of the tree that a compiler does not know. Run with the other tests; takes a second.

Usage: tidy.py [ROOT]

Prints FILE:LINE: RULE: what to do instead, then "N passed, N failed" counted in rules.

Exceptions stand in three files, and one that is no longer needed is a fault itself:
  tools/tidy_allow.txt             RULE PATH REASON   (a path that ends in / is a folder)
  tools/size_ratchet.txt           PATH LINES         (may only shrink)
  tools/system_scope_callers.txt   PATH REASON
"""

import re
import sys
from pathlib import Path, PurePosixPath

from tidy_tree import Tree

LAYERS = ["base", "kernel", "platform", "products", "app"]
TEST_ENDINGS = ("_test.cpp", "_fixture.hpp", "_testing.hpp", "_test_support.hpp")
HEADER_LINES, SOURCE_LINES, MOST_LINES = 220, 430, 500

RULES = {
    "allow": "exceptions are needed, and say why",
    "build": "every module is built, under its folder's name",
    "call": "calls with a better replacement here",
    "dead": "no file that nothing builds or includes",
    "include": "includes start at src/ and name what exists",
    "layer": "base <- kernel <- platform <- products <- app",
    "migration": "migrations are numbered without gaps",
    "note": "nothing is left for later",
    "opening": "a public header says what it gives, and each is included once",
    "public": "a module is reached through its public header",
    "secret": "what is secret is compared in constant time",
    "size": "files stay small",
    "sql": "SQL stands in stores, migrations and kernel/storage",
    "system_scope": "who crosses tenants is listed",
    "tenant": "a statement on a tenant's table says whose rows it means",
    "test": "a test stands beside what it tests",
    "uses": "an include is covered by USES",
    "vendor": "each library has its place",
}

# Prefix of an angle include -> folders (or name endings) that may have it.
VENDOR_PLACES = {
    "boost/beast": ["kernel/web/"],
    "sqlite3.h": ["kernel/storage/"],
    "libpq-fe.h": ["kernel/storage/", "testing/"],
    "hiredis": ["kernel/shared_state/"],
    "curl/": ["kernel/net/"],
    "duckdb.h": ["kernel/duck/"],
    "seccomp.h": ["kernel/duck/"],
    "spdlog/": ["kernel/telemetry/"],
    "prometheus/": ["kernel/telemetry/"],
    "yaml-cpp/": ["kernel/config/"],
    "CLI/": ["app/"],
    "argon2.h": ["platform/identity/"],
    "crypt.h": ["platform/identity/"],
    "gtest/": [*TEST_ENDINGS, "testing/"],
    "gmock/": [*TEST_ENDINGS, "testing/"],
    "rapidcheck": [*TEST_ENDINGS, "testing/"],
    "benchmark/": ["_bench.cpp"],
}

# The storage itself, DuckDB's child, what tests share, and the product that writes SQL for a living.
SQL_FOLDERS = ["kernel/storage/", "kernel/duck/", "testing/", "products/migrate/tsql/", "products/migrate/translate/",
               "products/migrate/dbt/"]

# A call: not a member's, not another namespace's, no part of a longer name.
FREE = r"(?<![\w.>:])(?:std::|::)?"
# Name, pattern over code without comments and literals, where it is allowed, what to do instead.
CALLS = [
    ("shell", FREE + r"(?:system|popen)\s*\(", [], "start a program with posix_spawn and an argument list"),
    ("unbounded", FREE + r"(?:gets|strcpy|strcat|v?sprintf)\s*\(", [], "use std::string, std::span or fmt::format"),
    ("rand", FREE + r"s?rand\s*\(", [], "use base/random.hpp"),
    ("clock", FREE + r"(?:time\s*\(\s*(?:nullptr|NULL|0|&)|(?:localtime|gmtime)(?:_r)?\s*\()", [],
     "take a Clock or an Instant (base/time.hpp)"),
    ("chrono", r"\b(?:system|steady|high_resolution)_clock::now\s*\(", ["base/"],
     "take a Clock or an Instant (base/time.hpp)"),
    ("regex", r"\bstd::w?regex\b|#\s*include\s*<regex>", [], "use RE2: linear in time"),
    ("sleep", r"\bsleep_(?:for|until)\s*\(|" + FREE + r"(?:u|nano)?sleep\s*\(", [],
     "wait on a condition variable, or move a ManualClock"),
    ("output", r"\bstd::(?:cout|cerr|clog)\b|" + FREE + r"(?:printf|puts|putchar)\s*\(", ["app/"],
     "log, or return the text"),
    ("environment", FREE + r"(?:secure_)?getenv\s*\(", ["kernel/config/", "testing/"],
     "add a setting to kernel/config"),
    ("catch_all", r"\bcatch\s*\(\s*\.\.\.\s*\)", [],
     "catch what you can answer; the kernel ends the request for the rest"),
    ("new", r"(?<!operator )\bnew\b(?=\s*(?:[\w:]|\(\s*std::nothrow))", [], "use std::make_unique or a container"),
    ("delete", r"(?<!operator )\bdelete\b(?=\s*(?:\[\s*\]|\w|\*))", [], "let an owner do it (std::unique_ptr)"),
    ("async", r"\bstd::async\b", [], "enqueue a job, or own a std::jthread"),
    ("detach", r"(?:\.|->)detach\s*\(\s*\)", [], "keep the std::jthread and join it"),
    ("coroutine", r"\bco_(?:await|return|yield)\b", [], "write plain blocking code"),
]
CALL_PATTERN = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern, _, _ in CALLS))
CALL_ROWS = {name: (places, advice) for name, _, places, advice in CALLS}

TABLE_MADE = re.compile(r"CREATE TABLE (\w+) \((.*?)\)(?:\s*-- sqlite: WITHOUT ROWID\s*)?;", re.DOTALL)
TABLE_USED = re.compile(r"\b(?:FROM|JOIN|USING|UPDATE|INTO)\s+(\w+)")
# A comparison with a parameter or another table's column, or the first column of an INSERT.
TENANT_SAID = re.compile(r"\btenant_id\s*=\s*(?::\w+|\w+\.tenant\w*)|\bINTO\s+\w+\s*\(\s*tenant_id\b")
SQL = re.compile(
    r"\s*(?:SELECT\s|INSERT\s+(?:OR\s+\w+\s+)?INTO\s|UPDATE\s+\S+\s+SET\s|DELETE\s+FROM\s"
    r"|WITH\s+(?:RECURSIVE\s+)?\w+\s*(?:\(|AS\b)"
    r"|(?:CREATE|ALTER|DROP)\s+(?:TEMP\s+|TEMPORARY\s+|UNIQUE\s+|VIRTUAL\s+)?"
    r"(?:TABLE|INDEX|VIEW|TRIGGER|POLICY|ROLE)\s)"
)
# A name that says so on either side of == or !=, but for questions such as whether there is any.
SECRET_NAME = r"\w*(?:token|secret|password|csrf|nonce|verifier|hash|signature|digest)\w*"
SECRET_COMPARED = re.compile(
    rf"\b{SECRET_NAME}(?:\([^()]*\))?\s*[!=]=(?!\s*(?:nullptr|[\w:.]*(?:npos|nullopt)\b|std::end|[\d'\"-]))"
    rf"|[!=]=\s*(?:\w+(?:\.|->))*{SECRET_NAME}\b(?!\s*(?:\.|->|::)\s*(?:npos|end|size|empty)\b)"
)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"\n]+)"|<([^>\n]+)>)', re.MULTILINE)
SUBDIRECTORY = re.compile(r"^\s*add_subdirectory\(\s*([\w/.-]+)", re.MULTILINE)
NOTE = re.compile(r"\b(?:TODO|FIXME|XXX)\b|\bNOLINT(?:NEXTLINE|BEGIN|END)?\b(?!\()")


def check_build(tree):
    for folder, module in tree.modules.items():
        list_path, last = f"{folder}/CMakeLists.txt", folder.split("/")[-1]
        if module.name != last:
            tree.fault("build", list_path, module.line, f"call the module as its folder, {last}")
        for used in module.uses:
            if used in LAYERS and used != "base":
                continue  # a whole layer below; its own arrows are checked with the includes
            other = tree.by_name.get(used)
            if not other:
                tree.fault("build", list_path, module.line, f"USES {used}: there is no such module")
            else:
                check_arrow(tree, module, other, list_path, module.line)
    for folder in tree.lists:
        parent, _, name = folder.rpartition("/")
        while folder != "." and parent and parent not in tree.lists:
            above, _, last = parent.rpartition("/")
            parent, name = above, f"{last}/{name}"
        if folder != "." and name not in SUBDIRECTORY.findall(tree.lists.get(parent or ".", "")):
            tree.fault("build", f"{folder}/CMakeLists.txt", 1, f"add_subdirectory({name}) is missing in src/{parent}")


def check_arrow(tree, module, other, path, line):
    ours, theirs = LAYERS.index(module.layer), LAYERS.index(other.layer)
    if theirs > ours:
        advice = "let the higher part register itself, or emit an event"
        tree.fault("layer", path, line, f"{module.layer} may not know {other.layer}; {advice}")
    elif module.layer == other.layer == "products" and module.group != other.group:
        advice = "move what both need to the platform, or emit an event"
        tree.fault("layer", path, line, f"{module.group} may not know {other.group}; {advice}")


def check_includes(tree):
    included = set()
    for path, source in tree.sources.items():
        module = tree.module_of(path)
        # Comments are blank in code, but so is a name in quotes: code says whether it is one, text what it names.
        for found in INCLUDE.finditer(source.text):
            if not source.code[found.start() : found.end()].lstrip().startswith("#"):
                continue
            line = source.line(found.start())
            if found[2]:
                check_vendor(tree, path, line, found[2])
                continue
            target = found[1]
            included.add(target)
            if target not in tree.sources:
                if not target.endswith("_generated.hpp"):
                    advice = "is not below src/; write its path from there, or <> for a library"
                    tree.fault("include", path, line, f'"{target}" {advice}')
                continue
            other = tree.module_of(target)
            if module and other and module is not other:
                check_module_include(tree, path, line, target, module, other)
    for path in tree.sources:
        if path.endswith(".hpp") and path not in included:
            tree.fault("dead", path, 1, "nothing includes this header; delete it")


def check_module_include(tree, path, line, target, module, other):
    check_arrow(tree, module, other, path, line)
    if module.group != other.group and other.layer != "base" and target != other.public_header:
        tree.fault("public", path, line, f'include "{other.public_header}"; {target} is inside its module')
    # Test executables are linked with testing without asking.
    is_testing = other.folder == "testing" and path.endswith(TEST_ENDINGS)
    whole_layer = other.layer in module.uses or (other.layer == "base" and "kernel" in module.uses)
    if other.name not in module.uses and not whole_layer and not is_testing:
        tree.fault("uses", path, line, f"add {other.name} to USES in src/{module.folder}/CMakeLists.txt")


def check_vendor(tree, path, line, header):
    for prefix, places in VENDOR_PLACES.items():
        if header.startswith(prefix) and not any(path.startswith(place) or path.endswith(place) for place in places):
            advice = f"<{header}> belongs in {' and '.join(places)} alone; use what is offered there"
            tree.fault("vendor", path, line, advice)


def check_calls(tree):
    for path, source in tree.sources.items():
        for found in CALL_PATTERN.finditer(source.code):
            places, advice = CALL_ROWS[found.lastgroup]
            if not path.startswith(tuple(places)):
                tree.fault(f"call/{found.lastgroup}", path, source.line(found.start()), f"{found[0].strip()}: {advice}")


def check_dead(tree):
    for path in tree.sources:
        module, folder = tree.module_of(path), str(PurePosixPath(path).parent)
        if not path.endswith(".cpp") or module and module.folder == folder:
            continue
        # A second program of a module, in a folder of its own: its list names that folder.
        if not module or f"{folder.removeprefix(module.folder + '/')}/" not in tree.lists[module.folder]:
            tree.fault("dead", path, 1, "no CMakeLists.txt builds this folder")


def check_headers(tree):
    for path, source in tree.sources.items():
        if not path.endswith(".hpp"):
            continue
        module = tree.module_of(path)
        is_public = module and (module.layer == "base" or path == module.public_header)
        if is_public and not source.text.startswith("//"):
            tree.fault("opening", path, 1, "open with a line that says what the header gives")
        if "#pragma once" not in source.text:
            tree.fault("opening", path, 1, "add #pragma once")


def check_notes(tree):
    for path, source in tree.sources.items():
        for found in NOTE.finditer(source.text):
            is_lint = found[0].startswith("NOLINT")
            advice = "name the check: NOLINT(check-name)" if is_lint else "finish it, or write an issue"
            tree.fault("note", path, source.line(found.start()), f"{found[0]}: {advice}")


def check_sizes(tree):
    listing = "tools/size_ratchet.txt"
    ratchet = {path: (number, int(lines)) for number, path, lines in tree.read_rows(listing, 2)}
    for path, source in tree.sources.items():
        if "generated" in path:
            continue
        lines = source.text.count("\n")
        limit = HEADER_LINES if path.endswith(".hpp") else SOURCE_LINES
        number, most = ratchet.pop(f"src/{path}", (0, limit))
        if lines > MOST_LINES:
            tree.fault("size", path, lines, f"{lines} lines; {MOST_LINES} is the end: split it by what it does")
        elif lines > most:
            tree.fault("size", path, lines, f"{lines} lines, {most} at most: split it by what it does")
        elif number and lines < most:
            now = f"{lines}" if lines > limit else "nothing: delete the line"
            tree.fault("size", listing, number, f"src/{path} has shrunk; lower its {most} to {now}", below_src=False)
    for path, (number, _) in ratchet.items():
        tree.fault("size", listing, number, f"{path} is gone; delete the line", below_src=False)


def check_sql(tree):
    for path, source in tree.sources.items():
        if path.startswith(tuple(SQL_FOLDERS)) or path.endswith(("_store.cpp", "_test.cpp", "_bench.cpp")):
            continue
        for offset, content in source.literals:
            if SQL.match(content):
                tree.fault("sql", path, source.line(offset), "move the statement to the module's _store.cpp")


def tenant_tables(tree):
    """Names of the tables that have a tenant_id, as the migrations make them."""
    names = set()
    for folder, files in tree.migrations.items():
        for file in files:
            text = (tree.root / "src" / folder / file).read_text()
            names |= {made[1] for made in TABLE_MADE.finditer(text) if re.search(r"\btenant_id\b", made[2])}
    return names


def check_tenant(tree):
    """The guard of the storage is the second wall; the statement itself is the first."""
    tables = tenant_tables(tree)
    for path, source in tree.sources.items():
        if not path.endswith("_store.cpp"):
            continue
        for offset, statement in source.joined_literals():
            if not SQL.match(statement):
                continue
            used = [name for name in TABLE_USED.findall(statement) if name in tables]
            if len(used) > len(TENANT_SAID.findall(statement)):
                tree.fault("tenant", path, source.line(offset),
                           f"say tenant_id = :tenant for each of {', '.join(used)}")


def check_secrets(tree):
    """How long == takes tells how much was right. Look-ups by hash in SQL tell of the hash alone, which nobody can aim."""
    for path, source in tree.sources.items():
        if path.endswith(TEST_ENDINGS) or path.startswith(("kernel/duck/", "testing/", "products/")):
            continue
        for found in SECRET_COMPARED.finditer(source.code):
            tree.fault("secret", path, source.line(found.start()), "use equals_in_constant_time (base/hash.hpp)")


def check_system_scope(tree):
    listing = "tools/system_scope_callers.txt"
    listed = {path: number for number, path, _ in tree.read_rows(listing, 2)}
    unused = dict(listed)
    for path, source in tree.sources.items():
        if path.startswith("kernel/storage/") or path.endswith("_test.cpp"):
            continue
        for found in re.finditer(r"\b(system_scope|installation_scope)\s*\(|\bReach::installation\b", source.code):
            unused.pop(f"src/{path}", None)
            if f"src/{path}" not in listed:
                tree.fault("system_scope", path, source.line(found.start()),
                           f"stay inside the tenant, or list this file with its reason in {listing}")
    for path, number in unused.items():
        tree.fault("system_scope", listing, number, f"{path} no longer calls it; delete the line", below_src=False)


def check_migrations(tree):
    for folder, names in tree.migrations.items():
        if str(PurePosixPath(folder).parent) not in tree.modules:
            tree.fault("migration", f"{folder}/{names[0]}", 1, "no mainstay_module() stands above this folder")
        for expected, name in enumerate(sorted(names), 1):
            if not re.fullmatch(rf"{expected:04}_[a-z0-9_]+\.sql", name):
                advice = f"call it {expected:04}_what_it_does.sql; numbers have no gaps"
                tree.fault("migration", f"{folder}/{name}", 1, advice)


def check_tests(tree):
    tested = {str(PurePosixPath(path).parent) for path in tree.sources if not path.endswith("_test.cpp")}
    for path in tree.sources:
        if path.endswith("_test.cpp") and str(PurePosixPath(path).parent) not in tested:
            tree.fault("test", path, 1, "put it beside the source that it tests; there is none in its folder")


def check_exceptions(tree):
    listing = "tools/tidy_allow.txt"
    for number, rule, path, _ in tree.allowed:
        if rule.split("/")[0] not in RULES:
            tree.fault("allow", listing, number, f"there is no rule {rule}", below_src=False)
        elif number not in tree.allow_used:
            tree.fault("allow", listing, number, f"{path} keeps the rule by now; delete the line", below_src=False)


CHECKS = [check_build, check_includes, check_calls, check_dead, check_headers, check_notes, check_sizes, check_sql,
          check_tenant, check_secrets, check_system_scope, check_migrations, check_tests, check_exceptions]


def check(root):
    """Gives the faults of the tree below root: rule -> list of lines."""
    tree = Tree(root)
    for one in CHECKS:
        one(tree)
    return {rule: [text for _, _, text in sorted(rows)] for rule, rows in tree.faults.items()}


def main(root):
    faults = check(root)
    for rule in sorted(faults):
        print("\n".join(faults[rule]))
    print(f"{len(RULES) - len(faults)} passed, {len(faults)} failed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent))
