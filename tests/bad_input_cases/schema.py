"""JSON Schema as far as our OpenAPI document uses it: a valid example of one, and what of a value breaks it."""

import re

EXAMPLE_TEXTS = {"date-time": "2026-01-02T03:04:05Z", "email": "somebody@example.com", "date": "2026-01-02"}
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}


class Schemas:
    def __init__(self, document):
        self.named = document["components"]["schemas"]

    def resolved(self, schema):
        while "$ref" in schema:
            schema = self.named[schema["$ref"].rsplit("/", 1)[1]]
        return schema

    def example(self, schema, all_members=True):
        """The shortest value that the schema allows."""
        schema = self.resolved(schema)
        if "enum" in schema:
            return schema["enum"][0]
        for choice in schema.get("anyOf", []) + schema.get("oneOf", []):
            if choice.get("type") != "null":
                return self.example({**choice, **{k: v for k, v in schema.items() if k not in ("anyOf", "oneOf")}})
        kind = schema.get("type")
        if kind == "object":
            wanted = schema.get("properties", {})
            return {name: self.example(member) for name, member in wanted.items()
                    if all_members or name in schema.get("required", [])}
        if kind == "array":
            return [self.example(schema["items"]) for _ in range(schema.get("minItems", 1))]
        if kind in ("integer", "number"):
            return schema.get("minimum", 1)
        if kind == "boolean":
            return True
        if kind == "string":
            return EXAMPLE_TEXTS.get(schema.get("format")) or text_of(schema)
        return {}

    def faults(self, schema, value, at=""):
        """One text a fault, none when the value is as the schema says."""
        schema = self.resolved(schema)
        choices = schema.get("anyOf") or schema.get("oneOf")
        if choices:
            if any(not self.faults(choice, value, at) for choice in choices):
                return []
            return [f"{at or '/'} is none of what it may be: {value!r:.60}"]
        kind = schema.get("type")
        if kind and not is_of(kind, value):
            return [f"{at or '/'} is no {kind}: {value!r:.60}"]
        faults = []
        if "enum" in schema and value not in schema["enum"]:
            faults.append(f"{at} is none of {schema['enum']}: {value!r:.60}")
        if isinstance(value, dict):
            faults += self.faults_of_members(schema, value, at)
        if isinstance(value, list) and "items" in schema:
            for number, item in enumerate(value):
                faults += self.faults(schema["items"], item, f"{at}/{number}")
        if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
            faults.append(f"{at} does not match {schema['pattern']}: {value!r:.60}")
        return faults

    def faults_of_members(self, schema, value, at):
        members, rest = schema.get("properties", {}), schema.get("additionalProperties", True)
        faults = [f"{at}/{name} is missing" for name in schema.get("required", []) if name not in value]
        for name, member in value.items():
            if name in members:
                faults += self.faults(members[name], member, f"{at}/{name}")
            elif rest is False:
                faults.append(f"{at}/{name} is not declared")
            elif isinstance(rest, dict):
                faults += self.faults(rest, member, f"{at}/{name}")
        return faults


def is_of(kind, value):
    if kind == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "number":
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, TYPES[kind])


def text_of(schema):
    """Of an id by its prefix, else of the least length."""
    prefixed = re.match(r"\^([a-z]+_)\[0-7\]", schema.get("pattern", ""))
    if prefixed:
        return prefixed[1] + "0" * 25 + "1"
    return "x" * max(1, schema.get("minLength", 1))
