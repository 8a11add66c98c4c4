"""Documents as the corpus sees them: which there are, what they hold, and what was said of them.

It reads them by itself, so that what it counts does not depend on the generator.
"""

import json
import re
from collections import namedtuple
from pathlib import Path

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace", "query"}
VERSION = re.compile(r"""^[\s{]*["']?(swagger|openapi)["']?\s*:""", re.MULTILINE)
REFERENCE = re.compile(r"""\$ref["']?\s*:\s*["']?([^\s"'#]+)""")
Document = namedtuple("Document", "version operations")


def find(paths, max_kb=None):
    for path in paths:
        found = [path] if path.is_file() else sorted(path.iterdir()) + sorted(path.glob("*/**/*"))
        for file in found:
            is_document = file == path or file.suffix in (".json", ".yaml", ".yml") and file.is_file()
            if is_document and (file.parent == path or file == path or is_entry(file)) and is_small(file, max_kb):
                yield file


def is_entry(path):
    """Whether a file says its version, which the files that it refers to do not."""
    with open(path, errors="replace") as file:
        return VERSION.search(file.read(4096)) is not None


def is_small(path, max_kb):
    """Whether a document, with the files that may belong to it, is no larger than this."""
    if max_kb is None or path.stat().st_size > max_kb * 1024:
        return max_kb is None
    others = REFERENCE.findall(path.read_text(errors="replace"))
    if not any((path.parent / other).is_file() for other in others):
        return True
    return sum(file.stat().st_size for file in path.parent.rglob("*") if file.is_file()) <= max_kb * 1024


def named(paths):
    """Each with a name for its package; no two have the same."""
    names = set()
    for path in paths:
        name = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or "document"
        while name in names:
            name += "-2"
        names.add(name)
        # A prefix, since a package may not be called like a crate that it depends on.
        yield path, f"c-{name}"


def read(path):
    """The version, and a pointer for each operation of the document's paths."""
    document = load(path)
    operations = []
    for template, item in (document.get("paths") or {}).items():
        if str(template).startswith("x-"):
            continue
        item, pointer = follow(path, item), "/paths/" + str(template).replace("~", "~0").replace("/", "~1")
        if not isinstance(item, dict):
            continue
        operations += [f"{pointer}/{key}" for key, value in item.items() if str(key).lower() in METHODS and value]
        more = item.get("additionalOperations")
        operations += [f"{pointer}/additionalOperations/{key}" for key in more or {}]
    version = document.get("openapi") or document.get("swagger")
    return Document(str(version), operations)


def load(path):
    if path.suffix == ".json":
        return json.loads(path.read_text())
    import yaml

    with open(path) as file:
        return yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def follow(path, item):
    """What a path item refers to, if that is a whole file."""
    reference = item.get("$ref") if isinstance(item, dict) else None
    if not isinstance(reference, str) or "#" in reference:
        return item
    target = path.parent / reference
    return load(target) | {key: value for key, value in item.items() if key != "$ref"} if target.is_file() else item


def count(pattern, path):
    return len(re.findall(pattern, path.read_text(), re.MULTILINE)) if path.exists() else 0


class Findings:
    """What the generator said of a document."""

    def __init__(self, output):
        self.all = []
        # One array, unless the generator failed in another way than by finding something.
        if output.startswith("["):
            self.all = json.loads(output)
        self.count = len(self.all)
        self.errors = [f"{one['message']} ({one['pointer']})" for one in self.all if one["severity"] == "error"]
        self.errors = self.errors or output.strip().splitlines()

    def reasons(self, operations):
        """Why operations are left out: a line for each operation of which a finding says so."""
        reasons = [one["message"] for one in self.all if one["code"] == "operation-left-out"]
        for one in self.all:
            # A finding at a path is about all of its operations.
            if one["code"] == "invalid-path" and "left out" in one["message"]:
                start = one["pointer"] + "/"
                reasons += [one["message"] for pointer in operations if pointer.startswith(start)]
        return reasons
