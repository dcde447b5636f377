"""What building a handbook costs, beside other generators that make the same pages.

The peers get the handbook as `rolebook export --format markdown` writes it: every page finished, charts
drawn. They and Rolebook build by turns, so that what else the machine does falls on all of them.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from measuring import Cost, exponent, peer, ram_disk, ratio, run, table, tell
from organisations import write_organisation

BIN = Path(sys.executable).parent
SLOW_WITH_NAV = 1000
"""Roles from which peers that have every page in their navigation are left out: they take minutes."""

Command = list[str | Path]


@dataclass
class Contender:
    """Somebody who builds a site."""

    name: str
    folder: Path
    command: Command
    costs: list[Cost] = field(default_factory=list)


def configured(folder: Path, change: Callable[[dict[str, object]], None]) -> Path:
    """The project in `folder` with its configuration changed."""
    file = folder / "mkdocs.yml"
    settings = yaml.load(
        file.read_text(encoding="utf-8"), Loader=yaml.UnsafeLoader
    )  # written by us; it names a function
    change(settings)
    file.write_text(yaml.dump(settings, sort_keys=False), encoding="utf-8")
    return folder


def without_nav(settings: dict[str, object]) -> None:
    settings["nav"] = ["index.md"]
    settings["not_in_nav"] = "*"
    settings["plugins"] = ["search"]


def with_mermaid2(settings: dict[str, object]) -> None:
    settings["plugins"] = ["search", "mermaid2", "rolebook"]


def contenders(root: Path, roles: int, their: Path | None) -> Iterator[Contender]:
    """Rolebook, with and without mermaid2, and the peers on the same pages."""

    def mkdocs(folder: Path) -> Command:
        return [BIN / "mkdocs", "build", "--quiet", "--site-dir", folder / "site"]

    ours = write_organisation(root / "ours", roles)
    yield Contender("Rolebook", ours, mkdocs(ours))
    mermaid2 = configured(shutil.copytree(ours, root / "mermaid2"), with_mermaid2)
    yield Contender("Rolebook, mermaid2 active", mermaid2, mkdocs(mermaid2))
    export = [BIN / "rolebook", "export", "--format", "markdown", "--to", root / "pages"]
    run(export, ours, root / "log")
    plain = configured(shutil.copytree(root / "pages", root / "plain"), without_nav)
    yield Contender("MkDocs + Material, pages out of nav", plain, mkdocs(plain))
    if their:
        zensical: Command = [their, "build"]
        bare = configured(shutil.copytree(root / "pages", root / "bare"), without_nav)
        yield Contender("Zensical, pages out of nav", bare, zensical)
        if roles <= SLOW_WITH_NAV:
            yield Contender("Zensical, its own nav", configured(root / "pages", no_nav), zensical)


def no_nav(settings: dict[str, object]) -> None:
    """Without a `nav`, a generator takes all pages into its own."""
    del settings["nav"]
    settings["plugins"] = ["search"]


def measure(all_of_them: list[Contender], rounds: int) -> None:
    for _ in range(rounds):
        for each in all_of_them:
            shutil.rmtree(each.folder / "site", ignore_errors=True)
            shutil.rmtree(each.folder / ".cache", ignore_errors=True)
            each.costs.append(run(each.command, each.folder, each.folder / "log"))


def rows(roles: int, all_of_them: list[Contender]) -> Iterator[list[str]]:
    ours = all_of_them[0]
    for each in all_of_them:
        seconds, cpu, megabytes = (
            statistics.median(getattr(cost, name) for cost in each.costs)
            for name in ("seconds", "cpu", "megabytes")
        )
        against = ratio(ours.costs, each.costs)
        yield [
            f"{roles:,}",
            each.name,
            f"{seconds:.2f}",
            f"{cpu:.2f}",
            f"{against:.2f}",
            f"{megabytes:.0f}",
        ]


def weights(site: Path) -> str:
    """Size of the pages of roles, in kilobytes."""
    sizes = sorted(file.stat().st_size for file in site.glob("roles/*/*/index.html"))
    return f"{statistics.median(sizes) / 1000:.1f} in the middle, {sizes[-1] / 1000:.1f} at most"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--roles", type=int, nargs="+", default=[100, 1000, 10_000])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--corpus", type=Path, nargs="*", default=[], help="projects to measure besides")
    options.add_argument("--report", type=Path, default=Path(".cache/bench/build_time.md"))
    given = options.parse_args()
    lines: list[list[str]] = []
    notes: list[str] = []
    grown: dict[int, float] = {}
    with tempfile.TemporaryDirectory(dir=ram_disk()) as folder:
        zensical = peer("zensical", Path(folder) / "peers")
        for roles in given.roles:
            root = Path(folder) / str(roles)
            all_of_them = list(contenders(root, roles, zensical))
            measure(all_of_them, given.rounds)
            lines += rows(roles, all_of_them)
            grown[roles] = statistics.median(cost.cpu for cost in all_of_them[0].costs)
            notes.append(f"Kilobytes of a role's page, {roles:,} roles: {weights(root / 'ours/site')}.")
            check = [
                run([BIN / "rolebook", "check"], root / "ours", root / "log") for _ in range(given.rounds)
            ]
            cpu = statistics.median(cost.cpu for cost in check)
            notes.append(f"`rolebook check`, {roles:,} roles: {cpu:.2f} s of processor time.")
            shutil.rmtree(root)
        for corpus in given.corpus:
            root = shutil.copytree(corpus, Path(folder) / corpus.name, ignore=shutil.ignore_patterns("site"))
            cost = run([BIN / "mkdocs", "build", "--quiet"], root, Path(folder) / "log")
            notes.append(f"{corpus.name}: {cost.cpu:.2f} s of processor time, {cost.megabytes:.0f} MB.")
    if len(grown) > 1:
        notes.append(
            f"The build grows with roles to the power of {exponent(list(grown), list(grown.values())):.2f}."
        )
    head = ["roles", "who", "s", "s of processor", "Rolebook is × of it", "MB at most"]
    report = f"# Building\n\n{table(head, lines)}\n" + "".join(f"- {note}\n" for note in notes)
    tell(report, given.report)


if __name__ == "__main__":
    main()
