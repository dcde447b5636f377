"""The golden files of `rolebook check`, one behaviour a file in `golden/checks/`.

A golden file holds a sentence, then a project's files (`=== path`, with `[bom]` and `[crlf]` where
the bytes matter) and last, after `=== problems`, what is reported about them. A project without
`mkdocs.yml` gets the one in `projects.py`. `pytest --bless` writes what the program says now: read
the difference before you commit it.
"""

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "golden" / "checks"
GOLDENS = sorted(FOLDER.glob("*.txt"))
HEADER = re.compile(r"^=== (\S+)((?: \[(?:bom|crlf)\])*)\n", re.MULTILINE)


@dataclass(frozen=True)
class Golden:
    sentence: str
    files: dict[str, bytes]
    before_problems: str
    problems: str

    @property
    def codes(self) -> set[str]:
        return set(re.findall(r"^[a-z]+: .* \[([a-z-]+)\]$", self.problems, re.MULTILINE))


def read(file: Path) -> Golden:
    return parse(file.read_text(encoding="utf-8"))


def parse(text: str) -> Golden:
    sentence, *parts = HEADER.split(text)
    sections = list(zip(parts[::3], parts[1::3], parts[2::3], strict=True))
    *files, (last, _, problems) = sections
    assert last == "problems", "a golden ends with its problems"
    paths = [path for path, _, _ in files]
    assert len(set(paths)) == len(paths), "a file stands twice"
    contents = {path: encode(content, flags) for path, flags, content in files}
    return Golden(sentence.strip(), contents, text.removesuffix(problems), problems)


def encode(content: str, flags: str) -> bytes:
    if "[crlf]" in flags:
        content = content.replace("\n", "\r\n")
    return content.encode("utf-8-sig" if "[bom]" in flags else "utf-8")


def bless(file: Path, golden: Golden, reported: str) -> None:
    if os.environ.get("CI"):
        pytest.fail("golden files are blessed by people who read them, not by a CI run")
    file.write_text(golden.before_problems + reported, encoding="utf-8", newline="\n")
