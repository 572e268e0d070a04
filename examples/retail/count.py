#!/usr/bin/env python3
"""Counts what retail.sql declares, apart from the program's own parser, and prints expected.json.

Run it after every change of the script:  python3 count.py > expected.json
It knows only as much T-SQL as this one script needs, and stops with an error at a statement that it does not know.
"""
import json
import pathlib
import re
import sys

TOKEN = re.compile(r"N?'(?:[^']|'')*'|\[[^\]]*\]|\"[^\"]*\"|[@#$]?[\w@#$]+|\S", re.UNICODE)
MODULES = {"VIEW": "views", "PROC": "procedures", "PROCEDURE": "procedures", "FUNCTION": "functions",
           "TRIGGER": "triggers"}
STARTS = {"CREATE", "ALTER", "INSERT", "SET", "IF", "USE", "EXEC", "EXECUTE", "GRANT", "DENY", "REVOKE"}
PERMISSIONS = ("GRANT", "DENY", "REVOKE")
KINDS = ("primary_key", "unique", "foreign_key", "check", "default")
UNCOUNTED = {"SET", "IF", "USE", "CREATE DATABASE", "CREATE USER", "ALTER ROLE", "ALTER SEQUENCE", "REVOKE"}


def without_comments(text):
    """Takes out -- and nested /* */ comments, leaves strings and bracketed names as they are."""
    kept, depth, at = [], 0, 0
    for match in re.finditer(r"N?'(?:[^']|'')*'|\[[^\]]*\]|--[^\n]*|/\*|\*/", text):
        if depth == 0:
            kept.append(text[at:match.start()])
        word = match.group()
        if word == "/*":
            depth += 1
        elif word == "*/":
            depth -= 1
        elif depth == 0 and not word.startswith("--"):
            kept.append(word)
        at = match.end()
    return "".join(kept) + text[at:]


def plain(token):
    return token.strip("[]\"")


def name_at(tokens, at):
    """A one- or two-part name and the position behind it."""
    parts = [plain(tokens[at])]
    while tokens[at + 1:at + 2] == ["."]:
        at += 2
        parts.append(plain(tokens[at]))
    return ".".join(parts), at + 1


def group_end(tokens, at):
    depth = 0
    for end in range(at, len(tokens)):
        depth += {"(": 1, ")": -1}.get(tokens[end], 0)
        if depth == 0:
            return end
    sys.exit(f"unbalanced parentheses near {tokens[at:at + 8]}")


def items(tokens):
    """Splits at commas outside parentheses."""
    found, depth = [[]], 0
    for token in tokens:
        depth += {"(": 1, ")": -1}.get(token, 0)
        if token == "," and depth == 0:
            found.append([])
        else:
            found[-1].append(token)
    return found


def outer(tokens):
    """The upper-cased tokens outside all parentheses."""
    kept, depth = [], 0
    for token in tokens:
        depth -= token == ")"
        if depth == 0 and token not in "()":
            kept.append(token.upper())
        depth += token == "("
    return kept


def statements(tokens):
    """Cuts a batch into statements at semicolons and at words that can only begin one."""
    current, depth = [], 0
    for token in tokens:
        depth += {"(": 1, ")": -1}.get(token, 0)
        upper = token.upper()
        begins = (depth == 0 and upper in STARTS and current and current[0].upper() not in PERMISSIONS
                  and not (upper == "SET" and current[0].upper() == "ALTER"))
        begins = begins or (upper in PERMISSIONS and current and current[-1].upper() != "WITH")
        if token == ";" or begins:
            if current:
                yield current
            current = [] if token == ";" else [token]
        else:
            current.append(token)
    if current:
        yield current


class Counts:
    def __init__(self):
        self.tables, self.rows = {}, {}
        self.constraints = {kind: 0 for kind in KINDS}
        self.objects = {key: [] for key in ("schemas", "types", "sequences", "synonyms", "indexes", "roles",
                                            "views", "procedures", "functions", "triggers")}
        self.extended_properties = {"total": 0, "tables": 0, "columns": 0}
        self.permissions = {"grant": 0, "deny": 0}

    def element(self, table, tokens):
        """One item of a CREATE TABLE list or of ALTER TABLE ADD."""
        words = outer(tokens)
        first = words[0]
        if first == "PERIOD":
            return
        if first == "INDEX":
            self.objects["indexes"].append(plain(tokens[1]))
            return
        if first not in ("CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "DEFAULT"):
            self.tables[table].append(plain(tokens[0]))
            words = words[1:]
        self.constraints["primary_key"] += words.count("PRIMARY")
        self.constraints["unique"] += words.count("UNIQUE")
        self.constraints["foreign_key"] += words.count("REFERENCES")
        self.constraints["check"] += words.count("CHECK")
        self.constraints["default"] += words.count("DEFAULT")

    def create(self, tokens):
        kind = tokens[1].upper()
        if kind == "TABLE":
            table, at = name_at(tokens, 2)
            self.tables[table], self.rows[table] = [], 0
            for item in items(tokens[at + 1:group_end(tokens, at)]):
                self.element(table, item)
        elif kind in ("UNIQUE", "CLUSTERED", "NONCLUSTERED", "INDEX"):
            self.objects["indexes"].append(plain(tokens[[word.upper() for word in tokens].index("INDEX") + 1]))
        else:
            self.objects[kind.lower() + "s"].append(name_at(tokens, 2)[0])

    def alter_table(self, tokens):
        table, at = name_at(tokens, 2)
        words = [word.upper() for word in tokens]
        if "ADD" in words[at:at + 3]:
            for item in items(tokens[words.index("ADD", at) + 1:]):
                self.element(table, item)
        elif words[at] not in ("CHECK", "NOCHECK", "SET", "DROP"):
            sys.exit(f"unknown ALTER TABLE: {' '.join(tokens[:12])}")

    def insert(self, tokens):
        table, at = name_at(tokens, 2 if tokens[1].upper() == "INTO" else 1)
        if tokens[at] == "(":
            at = group_end(tokens, at) + 1
        if tokens[at].upper() == "VALUES":
            self.rows[table] += len(items(tokens[at + 1:]))
        elif tokens[at].upper() == "SELECT" and "FROM" not in outer(tokens[at:]):
            self.rows[table] += 1
        else:
            sys.exit(f"rows cannot be counted: {' '.join(tokens[:12])}")

    def statement(self, tokens):
        first, second = tokens[0].upper(), tokens[1].upper()
        if first in UNCOUNTED or f"{first} {second}" in UNCOUNTED:
            return
        if first == "CREATE":
            self.create(tokens)
        elif first == "ALTER" and second == "TABLE":
            self.alter_table(tokens)
        elif first == "INSERT":
            self.insert(tokens)
        elif first in ("EXEC", "EXECUTE") and "sp_addextendedproperty" in tokens[:4]:
            flat = " ".join(tokens).upper()
            self.extended_properties["total"] += 1
            self.extended_properties["columns"] += "N'COLUMN'" in flat
            self.extended_properties["tables"] += "'TABLE'" in flat and "N'COLUMN'" not in flat
        elif first in ("GRANT", "DENY"):
            self.permissions[first.lower()] += 1
        else:
            sys.exit(f"unknown statement: {' '.join(tokens[:12])}")

    def batch(self, text):
        tokens = TOKEN.findall(text)
        words = [word.upper() for word in tokens[:4]]
        if words[:3] == ["CREATE", "OR", "ALTER"]:
            words = ["CREATE"] + words[3:]
            tokens = tokens[:1] + tokens[3:]
        if words[:1] == ["CREATE"] and words[1] in MODULES:
            self.objects[MODULES[words[1]]].append(name_at(tokens, 2)[0])
            return
        for tokens in statements(tokens):
            self.statement(tokens)


def main():
    script = pathlib.Path(__file__).with_name("retail.sql").read_text(encoding="utf-8")
    counts = Counts()
    for batch in re.split(r"(?im)^[ \t]*GO[ \t]*$", without_comments(script)):
        counts.batch(batch)
    result = {
        "counts": {"tables": len(counts.tables), "columns": sum(map(len, counts.tables.values())),
                   "rows": sum(counts.rows.values()),
                   **{key: len(names) for key, names in counts.objects.items()}},
        "constraints": counts.constraints,
        "extended_properties": counts.extended_properties,
        "permissions": counts.permissions,
        "columns_by_table": {table: len(columns) for table, columns in sorted(counts.tables.items())},
        "rows_by_table": dict(sorted(counts.rows.items())),
        **{key: sorted(names) for key, names in counts.objects.items()},
    }
    print(json.dumps(result, indent=2, ensure_ascii=False))


main()
