"""What Rolebook itself does for a role, in milliseconds of processor time; MkDocs has no part in it."""

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from measuring import ram_disk, table
from organisations import write_organisation
from rolebook import checks
from rolebook.handbook import open_handbook
from rolebook.site_config import find_project


def spent(root: Path) -> Iterator[tuple[str, float]]:
    """Each step with its seconds."""

    def since() -> float:
        nonlocal mark
        before, mark = mark, time.process_time()
        return mark - before

    mark = time.process_time()
    project, _ = find_project(root / "mkdocs.yml", checks.CODES)
    assert project is not None
    handbook = open_handbook(project)
    yield "read and check", since()
    plan = handbook.plan()
    pages = list(plan)
    renderer = handbook.renderer(plan)
    yield "plan", since()
    kinds = sorted({page.kind for page in pages})
    for kind in kinds:
        for page in pages:
            if page.kind == kind:
                renderer.apart(page)
        yield f"pages: {kind}", since()
    renderer.poster()
    yield "poster", since()


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--roles", type=int, nargs="+", default=[100, 1000, 10_000])
    options.add_argument("--rounds", type=int, default=3)
    given = options.parse_args()
    found: dict[str, list[str]] = {}
    for roles in given.roles:
        with tempfile.TemporaryDirectory(dir=ram_disk()) as folder:
            root = write_organisation(Path(folder) / "ours", roles)
            runs = [dict(spent(root)) for _ in range(given.rounds)]
        steps = {step: 1000 * statistics.median(each[step] for each in runs) / roles for step in runs[0]}
        for step, milliseconds in (steps | {"all": sum(steps.values())}).items():
            found.setdefault(step, [step]).append(f"{milliseconds:.3f}")
    print("# Own work, ms a role\n")
    print(table(["step", *(f"{roles:,} roles" for roles in given.roles)], list(found.values())))


if __name__ == "__main__":
    main()
