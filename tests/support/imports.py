"""Calls of `rolebook import` on tables that tests write."""

import re
from pathlib import Path

import yaml
from click.testing import CliRunner, Result

from rolebook.cli import main

MAPS = {
    "id": "Ref",
    "title": "Job",
    "parent": "Boss",
    "owner": "Who",
    "fte": "FTE",
    "weekly_hours": "Hours",
    "seats": "Seats",
    "purpose": "Why",
    "status": "State",
    "engagement": "Contract",
    "skills": "Skills",
    "tags": "Tags",
    "location": "Place",
    "deliverable": "Result",
    "body": "Text",
}


class Import:
    """One call of the command in a folder of its own; columns are mapped where the files have them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.roles = folder / "roles"

    def __call__(self, *contents: str | bytes, more: tuple[str, ...] = (), to: str = "roles") -> Result:
        names = ["a.csv", "b.csv"][: len(contents)]
        for name, content in zip(names, contents, strict=True):
            (self.folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        text = "".join(str(content) for content in contents)
        maps = [
            f"--map={field}={column}"
            for field, column in MAPS.items()
            if field == "title" or re.search(rf"\b{column}\b", text)
        ]
        return self.run(*(str(self.folder / name) for name in names), *maps, *more, to=to)

    def run(self, *words: str, to: str = "roles") -> Result:
        result = CliRunner().invoke(main, ["import", *words, "--to", str(self.folder / to)])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        return result

    def front(self, stem: str) -> dict[str, object]:
        """The front matter of a role file as PyYAML reads it."""
        return yaml.safe_load(self.text(stem).split("---\n")[1])

    def text(self, stem: str) -> str:
        return (self.roles / f"{stem}.md").read_bytes().decode("utf-8")

    @property
    def stems(self) -> set[str]:
        return {path.stem for path in self.roles.glob("*.md")}

    @property
    def everything(self) -> set[str]:
        """All files and folders but the exports."""
        names = {path.name for path in self.folder.rglob("*") if path.suffix != ".csv"}
        return names - {".imported.json"}


def findings(result: Result) -> list[str]:
    """`a.csv:3: code` of each finding, in the order in which they are reported."""
    found = re.findall(
        r"^([\w./-]+\.(?:csv|xlsx|ods)(?::\d+)?): .* \[([a-z-]+)\]$", result.stdout, re.MULTILINE
    )
    return [f"{place}: {code}" for place, code in found]
