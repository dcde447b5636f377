"""What a build costs a new process after one role has changed, when the last build has left its pages.

Beside it, by turns: the same build without them, and Hugo's of the same pages as `rolebook export` writes
them, with templates of a few lines.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from measuring import Cost, peer, ram_disk, ratio, run, table, tell
from organisations import PLUGINS, write_organisation

BIN = Path(sys.executable).parent
BUILD: list[str | Path] = [BIN / "mkdocs", "build", "--quiet"]
CACHED = PLUGINS.replace("rolebook", "rolebook: {cache_dir: .cache/rolebook}")
HUGO = {
    "hugo.toml": 'title = "Made up"\nbaseURL = "/"\ncontentDir = "content"\n'
    'disableKinds = ["taxonomy", "term", "RSS"]\n[markup.goldmark.renderer]\nunsafe = true\n',
    "layouts/_default/single.html": "<!doctype html><title>{{ .Title }}</title>{{ .Content }}\n",
    "layouts/_default/list.html": "<!doctype html><title>{{ .Title }}</title>{{ .Content }}\n",
}


@dataclass
class Contender:
    """Somebody who builds a site."""

    name: str
    folder: Path
    command: list[str | Path]
    prepare: Callable[[], None]
    """What happens before each build."""
    costs: list[Cost] = field(default_factory=list)


def contenders(root: Path, roles: int, hugo: Path | None) -> Iterator[Contender]:
    """Rolebook in a new folder, Rolebook after a change, and Hugo."""
    cold = write_organisation(root / "cold", roles)
    yield Contender("Rolebook, from nothing", cold, BUILD, lambda: emptied(cold))
    warm = write_organisation(root / "warm", roles, CACHED)
    run(BUILD, warm, root / "log")
    yield Contender("Rolebook, after one role's text", warm, BUILD, lambda: changed(warm, roles, "\nMore.\n"))
    retitled = write_organisation(root / "retitled", roles, CACHED)
    run(BUILD, retitled, root / "log")
    yield Contender(
        "Rolebook, after one role's hours", retitled, BUILD, lambda: with_other_hours(retitled, roles)
    )
    if hugo:
        run([BIN / "rolebook", "export", "--format", "markdown", "--to", root / "pages"], cold, root / "log")
        site = root / "hugo"
        shutil.copytree(root / "pages/docs", site / "content")
        # Hugo's name for a page that stands for a folder.
        for index in site.glob("content/**/index.md"):
            index.rename(index.with_name("_index.md"))
        for path, text in HUGO.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text, encoding="utf-8")
        yield Contender(
            "Hugo, from nothing",
            site,
            [hugo, "--quiet", "--destination", site / "site"],
            lambda: emptied(site),
        )


def emptied(folder: Path) -> None:
    for made in ("site", "resources"):
        shutil.rmtree(folder / made, ignore_errors=True)


def changed(root: Path, roles: int, more: str) -> None:
    """As a service has it that carries the cache, but no site, from one run to the next."""
    emptied(root)
    file = role_file(root, roles)
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")


def with_other_hours(root: Path, roles: int) -> None:
    emptied(root)
    file = role_file(root, roles)
    text = file.read_text(encoding="utf-8")
    before = text.split("weekly_hours: ")[1].split("\n")[0]
    file.write_text(
        text.replace(f"weekly_hours: {before}", f"weekly_hours: {int(before) + 1}"), encoding="utf-8"
    )


def role_file(root: Path, roles: int) -> Path:
    number = roles // 2
    return root / f"roles/team-{number // 50:03}/role-{number:05}.md"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--roles", type=int, nargs="+", default=[1000, 10_000])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--report", type=Path, default=Path(".cache/bench/warm_time.md"))
    given = options.parse_args()
    rows = []
    with tempfile.TemporaryDirectory(dir=ram_disk()) as folder:
        hugo = peer("hugo", Path(folder) / "peers")
        for roles in given.roles:
            root = Path(folder) / str(roles)
            all_of_them = list(contenders(root, roles, hugo))
            for _ in range(given.rounds):
                for each in all_of_them:
                    each.prepare()
                    each.costs.append(run(each.command, each.folder, root / "log"))
            cold = all_of_them[0]
            for each in all_of_them:
                seconds = statistics.median(cost.seconds for cost in each.costs)
                cpu = statistics.median(cost.cpu for cost in each.costs)
                memory = statistics.median(cost.megabytes for cost in each.costs)
                against = ratio(each.costs, cold.costs)
                figures = [f"{seconds:.2f}", f"{cpu:.2f}", f"{against:.2f}", f"{memory:.0f}"]
                rows.append([f"{roles:,}", each.name, *figures])
            shutil.rmtree(root)
    head = ["roles", "who", "s", "s of processor", "× from nothing", "MB at most"]
    report = f"# Building what has changed\n\n{table(head, rows)}"
    tell(report, given.report)


if __name__ == "__main__":
    main()
