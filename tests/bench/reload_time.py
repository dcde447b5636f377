"""How long somebody waits who saves a file while `mkdocs serve` runs, until the browser is told to reload.

Each kind of edit comes by turns with one that changes every page, on the same site in the same process.
"""

import argparse
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from measuring import ram_disk, table, tell
from organisations import write_organisation
from serving import Wait, previewed

PLUGINS = "  - search\n  - mermaid2\n  - rolebook\n"
EVERYTHING = "everything: the site's name"


def role_file(root: Path, number: int) -> Path:
    return root / f"roles/team-{number // 50:03}/role-{number:05}.md"


def put(file: Path, field: str, value: str) -> None:
    """Give a field, which the file may have or not, another value."""
    text = re.sub(rf"^{field}: .*\n", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    file.write_text(text.replace("---\n", f"---\n{field}: {value}\n", 1), encoding="utf-8")


def edits(root: Path, roles: int, turn: int) -> dict[str, Callable[[], object]]:
    """Each kind of edit, of another role than the other ones and than in other turns."""
    # The last ones have nobody who reports to them, so that they can be moved and deleted.
    body, title, owner, hours, parent, deleted = (role_file(root, roles - 1 - 6 * turn - n) for n in range(6))
    config = root / "mkdocs.yml"
    new = body.with_name(f"new-{turn}.md")
    return {
        EVERYTHING: lambda: config.write_text(
            re.sub("(?m)^site_name: .*", f"site_name: Ours {turn}", config.read_text(encoding="utf-8")),
            encoding="utf-8",
        ),
        "text": lambda: body.write_text(f"{body.read_text(encoding='utf-8')}\nChanged.\n", encoding="utf-8"),
        "title": lambda: put(title, "title", f"Renamed {turn}"),
        "owner": lambda: put(owner, "owner", f"Somebody new {turn}"),
        "weekly_hours": lambda: put(hours, "weekly_hours", f"{11 + turn}"),
        "parent": lambda: put(parent, "parent", "role-00001"),
        "new file": lambda: new.write_text(
            body.read_text(encoding="utf-8").replace("title: ", f"title: New {turn} ", 1), encoding="utf-8"
        ),
        "deleted file": deleted.unlink,
    }


def waits(root: Path, roles: int, rounds: int) -> dict[str, list[Wait]]:
    """Of each kind of edit, by turns."""
    found: dict[str, list[Wait]] = {}
    with previewed(root, "--quiet", patience=60 + roles / 25) as preview:
        for turn in range(rounds):
            for kind, edit in edits(root, roles, turn).items():
                time.sleep(1)
                found.setdefault(kind, []).append(preview.wait(edit))
    return found


def rows(roles: int, found: dict[str, list[Wait]]) -> Iterator[list[str]]:
    for kind, waited in found.items():
        pairs = zip(waited, found[EVERYTHING], strict=True)
        numbers = (
            [each.reload for each in waited],
            [each.building for each in waited],
            [each.reload / everything.reload for each, everything in pairs],
        )
        yield [f"{roles:,}", kind, *(f"{statistics.median(each):.2f}" for each in numbers)]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--roles", type=int, nargs="+", default=[100, 1000])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--report", type=Path, default=Path(".cache/bench/reload_time.md"))
    given = options.parse_args()
    lines: list[list[str]] = []
    for roles in given.roles:
        with tempfile.TemporaryDirectory(dir=ram_disk()) as folder:
            root = write_organisation(Path(folder) / "ours", roles, PLUGINS)
            lines += rows(roles, waits(root, roles, given.rounds))
    head = ["roles", "what is changed", "s until the reload", "s until building begins", "× everything"]
    report = f"# From saving a file to the reload, mermaid2 active\n\n{table(head, lines)}"
    tell(report, given.report)


if __name__ == "__main__":
    main()
