#!/usr/bin/env python3
"""Holds docs/reference to what the program says of itself: its API and its error codes, as Markdown, and the API document.

Usage: reference.py --program build/release/mainstay [--write]

Without --write it ends with status 1 and the first difference when a file is out of date.
"""

import argparse
import difflib
import json
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "docs/reference"
METHODS = ("get", "post", "put", "patch", "delete")


def type_of(schema):
    """A schema in a few words; nothing is said of what a described object holds."""
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[1]
    if "anyOf" in schema:
        return " or ".join(type_of(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " \\| ".join(str(one) for one in schema["enum"])
    kind = schema.get("type", "any JSON")
    if kind == "array":
        return "list of " + type_of(schema.get("items", {}))
    return {"date-time": "time"}.get(schema.get("format"), kind) + limits_of(schema)


def limits_of(schema):
    def between(low, high):
        if low is None and high is None:
            return ""
        return f" ({'' if low is None else low}..{'' if high is None else high})"

    return between(schema.get("minLength"), schema.get("maxLength")) + between(schema.get("minimum"), schema.get("maximum"))


def table_of(rows):
    lines = ["| name | type | |", "|---|---|---|"]
    for name, schema, needed, text in rows:
        lines.append(f"| `{name}`{' *' if needed else ''} | {type_of(schema)} | {text} |")
    return lines


def rows_of(schema):
    needed = schema.get("required", [])
    return [(name, one, name in needed, one.get("description", "")) for name, one in schema.get("properties", {}).items()]


def success_of(operation):
    status, reply = next((status, reply) for status, reply in operation["responses"].items() if status != "default")
    kinds = []
    for kind, content in reply.get("content", {}).items():
        if kind != "*/*":
            kinds.append(type_of(content.get("schema", {})) if kind == "application/json" else kind)
    return ", ".join([status, *kinds])


def operation_lines(method, path, operation):
    lines = [f"### {method.upper()} {path}", "", f"{operation['summary']}.", ""]
    permission = operation["x-permission"]
    needs = "no credential" if permission == "public" else f"`{permission}`"
    lines += [f"Answers {success_of(operation)}. Needs {needs}.", ""]
    rows = [(one["name"], one["schema"], one.get("required", False), one.get("description", "")) for one in operation.get("parameters", [])]
    for kind, content in operation.get("requestBody", {}).get("content", {}).items():
        if kind == "application/json":
            rows += rows_of(content["schema"])
        else:
            lines += [f"Also takes `{kind}`: {content['schema'].get('description', '')}", ""]
    if rows:
        lines += [*table_of(rows), ""]
    return lines


def api_text(document):
    lines = ["# API", "", "Made by `tools/reference.py` from the program's own OpenAPI document. A star marks what must be given.", ""]
    by_tag = {}
    for path, operations in document["paths"].items():
        for method in METHODS:
            if method in operations:
                operation = operations[method]
                by_tag.setdefault(operation.get("tags", ["other"])[0], []).append((method, path, operation))
    for tag in sorted(by_tag):
        lines += [f"## {tag}", ""]
        for one in by_tag[tag]:
            lines += operation_lines(*one)
    lines += ["## Objects", ""]
    for name, schema in sorted(document["components"]["schemas"].items()):
        lines += [f"### {name}", ""]
        lines += [*table_of(rows_of(schema)), ""] if schema.get("properties") else [type_of(schema), ""]
    return "\n".join(lines).rstrip() + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()

    def output_of(command):
        return subprocess.run([options.program, command], capture_output=True, text=True, check=True).stdout

    document = json.loads(output_of("openapi"))
    texts = {
        "api.md": api_text(document),
        # What the dashboard's types are made of before there is a program to ask.
        "openapi.json": json.dumps(document, indent=1, ensure_ascii=False) + "\n",
        "errors.md": output_of("errors").rstrip() + "\n",
    }
    if options.write:
        FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        path = FOLDER / name
        if options.write:
            path.write_text(text)
        elif (kept := path.read_text() if path.exists() else "") != text:
            difference = difflib.unified_diff(kept.splitlines(), text.splitlines(), name, "as it should be", lineterm="", n=1)
            print(*list(difference)[:20], sep="\n")
            sys.exit(f"{path} is out of date: python3 tools/reference.py --program build/release/mainstay --write")


if __name__ == "__main__":
    main()
