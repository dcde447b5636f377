"""What a command costs, and tables of it."""

import math
import os
import statistics
import subprocess
import tempfile
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

RAM_DISK = Path("/dev/shm")
QUIET = {"NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1796000000"}


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one run."""

    seconds: float
    """On the clock, which other programs on the machine lengthen."""
    cpu: float
    """Seconds of processor time, of the program and of what it started."""
    megabytes: float
    """At its largest."""


def run(command: Sequence[str | Path], folder: Path, log: Path) -> Cost:
    """What `command` costs in `folder`; what it prints goes into `log`.

    Raises:
        RuntimeError: It failed.
    """
    with log.open("wb") as output:
        began = time.perf_counter()
        process = subprocess.Popen(
            list(map(str, command)), cwd=folder, env=os.environ | QUIET, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} failed:\n{log.read_text(errors='replace', encoding='utf-8')[-2000:]}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def ram_disk() -> str | None:
    """A folder in memory, where there is one: a disk's own moods are louder than what is measured."""
    return str(RAM_DISK) if os.access(RAM_DISK, os.W_OK) else tempfile.gettempdir()


def ratio(one: Sequence[Cost], other: Sequence[Cost]) -> float:
    """Processor time of `one` by that of `other`, run by turns: the median of the pairs."""
    return statistics.median(a.cpu / b.cpu for a, b in zip(one, other, strict=True))


def exponent(sizes: Sequence[int], costs: Sequence[float]) -> float:
    """The power of size by which costs grow: the slope of the best line through their logarithms."""
    fit = statistics.linear_regression(list(map(math.log, sizes)), list(map(math.log, costs)))
    return fit.slope


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def tell(report: str, file: Path) -> None:
    """Print a report, and leave it in `file`."""
    print(report)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(report, encoding="utf-8")


def peer(name: str, folder: Path) -> Path | None:
    """The command of another generator, installed from its package into `folder`; None without it."""
    venv.create(folder, with_pip=True)
    pip = [folder / "bin/python", "-m", "pip", "--quiet", "--disable-pip-version-check", "install", name]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"Skipped: {name}, which cannot be installed ({done.stderr.strip().splitlines()[-1]})")
        return None
    return folder / "bin" / name
