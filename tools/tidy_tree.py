"""What tidy.py knows of a tree: sources without comments and literals, modules, migrations, exceptions."""

import os
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

LEXEMES = re.compile(
    r'(?P<raw>R"(?P<mark>[^()\\\s]{0,16})\((?P<body>.*?)\)(?P=mark)")'
    r'|(?P<text>"(?:[^"\\\n]|\\.)*")'
    r"|(?P<number>\b\d[\w.']*)"
    r"|(?P<char>'(?:[^'\\\n]|\\.)+')"
    r"|(?P<comment>//[^\n]*|/\*.*?\*/)",
    re.DOTALL,
)
MODULE = re.compile(r"^\s*mainstay_module\(\s*(\w+)([^)]*)\)", re.MULTILINE)


@dataclass
class Module:
    name: str
    folder: str  # below src/, as kernel/web
    uses: list
    line: int

    @property
    def layer(self):
        """What tests share stands beside the layers and knows what the kernel knows."""
        return "kernel" if self.folder == "testing" else self.folder.split("/")[0]

    @property
    def group(self):
        """What stands behind one public header: a product's sub-libraries belong to the product."""
        return "/".join(self.folder.split("/")[:2])

    @property
    def public_header(self):
        return f"{self.group}/{self.group.split('/')[-1]}.hpp"


@dataclass
class Source:
    path: str  # below src/
    text: str
    code: str = ""  # comments and the insides of literals are blank
    literals: list = field(default_factory=list)  # (offset, content)

    def line(self, offset):
        return self.text.count("\n", 0, offset) + 1

    def joined_literals(self):
        """(offset, content), where plain literals that the compiler puts together are one."""
        joined, end = [], None
        for offset, content in self.literals:
            if end is not None and not self.text[end:offset].strip():
                first, before = joined.pop()
                joined.append((first, before + content))
            else:
                joined.append((offset, content))
            is_raw = self.text[offset] != '"'
            end = None if is_raw else offset + len(content) + 2
        return joined


def blank(text):
    return re.sub(r"[^\n]", " ", text)


def read_source(path, text):
    source = Source(path, text)
    pieces, end = [], 0
    for found in LEXEMES.finditer(text):
        pieces.append(text[end : found.start()])
        end = found.end()
        if found["number"]:
            pieces.append(found[0])
            continue
        if found["raw"]:
            source.literals.append((found.start("body"), found["body"]))
        elif found["text"]:
            source.literals.append((found.start(), found["text"][1:-1]))
        pieces.append(blank(found[0]))
    pieces.append(text[end:])
    source.code = "".join(pieces)
    return source


class Tree:
    def __init__(self, root):
        self.root = Path(root)
        self.faults = defaultdict(list)  # rule -> (path, line, text)
        self.allowed, self.allow_used = [], set()
        self.sources, self.modules, self.lists, self.migrations = {}, {}, {}, defaultdict(list)
        for folder, folders, files in os.walk(self.root / "src"):
            folders.sort()
            place = PurePosixPath(Path(folder).relative_to(self.root / "src").as_posix())
            for name in sorted(files):
                path = str(place / name)
                if name.endswith((".hpp", ".cpp")):
                    self.sources[path] = read_source(path, (Path(folder) / name).read_text())
                elif name == "CMakeLists.txt":
                    self.read_list(str(place), (Path(folder) / name).read_text())
                elif place.name == "migrations" and name.endswith(".sql"):
                    self.migrations[str(place)].append(name)
        self.by_name = {module.name: module for module in self.modules.values()}
        self.allowed = self.read_rows("tools/tidy_allow.txt", 3)

    def read_list(self, folder, text):
        self.lists[folder] = text
        for found in MODULE.finditer(text):
            after_keyword = re.search(r"\bUSES\s+((?:(?!LINKS\b)\w+\s*)*)", found[2])
            uses = after_keyword[1].split() if after_keyword else []
            self.modules[folder] = Module(found[1], folder, uses, text.count("\n", 0, found.start()) + 1)

    def read_rows(self, name, columns):
        path = self.root / name
        lines = path.read_text().splitlines() if path.exists() else []
        rows = []
        for number, line in enumerate(lines, 1):
            if line.strip() and not line.startswith("#"):
                row = line.split(None, columns - 1)
                if len(row) < columns:
                    self.fault("allow", name, number, "a reason is missing at the end of the line", below_src=False)
                else:
                    rows.append((number, *row))
        return rows

    def fault(self, rule, path, line, advice, below_src=True):
        """A rule may have parts, as call/sleep; an exception names the part."""
        path = f"src/{path}" if below_src else path
        for number, allowed_rule, allowed_path, _ in self.allowed:
            if allowed_rule == rule and (
                path == allowed_path or allowed_path.endswith("/") and path.startswith(allowed_path)
            ):
                self.allow_used.add(number)
                return
        self.faults[rule.split("/")[0]].append((path, line, f"{path}:{line}: {rule}: {advice}"))

    def module_of(self, path):
        folder = PurePosixPath(path).parent
        while str(folder) != ".":
            if str(folder) in self.modules:
                return self.modules[str(folder)]
            folder = folder.parent
        return None
