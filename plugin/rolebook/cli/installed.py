"""How this program was installed, as another machine can install it again."""

import base64
import hashlib
import io
import json
import os
import zipfile
from http.client import HTTPException
from importlib.metadata import Distribution, distribution
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

NAME = "mkdocs-rolebook"
_FILE = NAME.replace("-", "_")
WHEELS = "wheels"
"""Folder of a handbook for a program that is on no package index."""
_NOT_SHIPPED = frozenset(("INSTALLER", "RECORD", "REQUESTED", "direct_url.json"))
"""What an installer adds to a distribution (PyPA's specification of installed projects)."""

_PYPI = "https://pypi.org/simple"
_INDEXES = ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL")
"""Variables that name another index."""
_AS_JSON = "application/vnd.pypi.simple.v1+json"
_PATIENCE = 5
"""Seconds for which an index is waited for."""


class EditableError(Exception):
    """The program is installed as a link to its sources."""


def requirement() -> tuple[str, dict[str, bytes]]:
    """Make a line for `requirements.txt`, and the files that it names.

    PEP 610 says where the program came from. From git: the commit, unless the repository is on this machine.
    From an index: the version, with the hashes that the index gives for it. From anywhere else, or if the
    index does not answer: a wheel made of what is installed, with its hash. A path of this machine helps no
    other.

    Raises:
        EditableError: the program runs from its sources, of which no wheel can be made here.
    """
    found = distribution(NAME)
    origin = json.loads(found.read_text("direct_url.json") or "{}")
    if origin.get("dir_info", {}).get("editable"):
        raise EditableError
    if of_git := _of_git(origin):
        return of_git, {}
    if not origin and (hashes := _hashes_of_index(found)):
        return " ".join([f"{NAME}=={found.version}", *(f"--hash=sha256:{each}" for each in hashes)]), {}
    file = f"{WHEELS}/{_FILE}-{found.version}-py3-none-any.whl"
    wheel = wheel_of(found)
    return f"./{file} --hash=sha256:{hashlib.sha256(wheel).hexdigest()}", {file: wheel}


def _of_git(origin: dict[str, Any]) -> str:
    """The commit that the program was installed from; empty where other machines cannot reach it."""
    vcs = origin.get("vcs_info", {})
    address = urlsplit(origin.get("url", ""))
    if not vcs.get("commit_id") or address.scheme in ("", "file"):
        return ""
    # What is before the @ may be somebody's password; over ssh it is the same name for all.
    host = address.netloc if address.scheme == "ssh" else address.netloc.rpartition("@")[2]
    inside = f"#subdirectory={origin['subdirectory']}" if origin.get("subdirectory") else ""
    return f"{NAME} @ {vcs['vcs']}+{address._replace(netloc=host).geturl()}@{vcs['commit_id']}{inside}"


def _hashes_of_index(found: Distribution) -> list[str]:
    """The hashes of the installed wheel, as its index gives them (PEP 691); none if it does not answer.

    The index says what the metadata of each wheel hash to (PEP 714): under the same name and version, another
    index may have somebody else's program.
    """
    metadata = hashlib.sha256((found.read_text("METADATA") or "").encode()).hexdigest()
    index = next(filter(None, map(os.environ.get, _INDEXES)), _PYPI)
    try:
        request = Request(f"{index.rstrip('/')}/{NAME}/", headers={"Accept": _AS_JSON})
        with urlopen(request, timeout=_PATIENCE) as answer:
            files = json.load(answer)["files"]
        return sorted(
            file["hashes"]["sha256"]
            for file in files
            if file["filename"].startswith(f"{_FILE}-{found.version}-")
            and file["filename"].endswith(".whl")
            and (file.get("core-metadata") or {}).get("sha256") == metadata
        )
    except (OSError, HTTPException, ValueError, LookupError, TypeError, AttributeError):
        return []


def wheel_of(found: Distribution) -> bytes:
    """Make a wheel of the installed files (PyPA's specification of the binary distribution format)."""
    contents: dict[str, bytes] = {}
    record = ""
    for path in sorted(found.files or (), key=str):
        name = PurePosixPath(path).as_posix()
        by_installer = path.name in _NOT_SHIPPED and len(path.parts) == 2
        if name.startswith("..") or "__pycache__" in path.parts or by_installer:
            if path.name == "RECORD":
                record = name
            continue
        contents[name] = path.read_binary()
    lines = [f"{name},{_digest(data)},{len(data)}\n" for name, data in contents.items()]
    contents[record] = "".join((*lines, f"{record},,\n")).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, data in contents.items():
            wheel.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _digest(data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=")
    return f"sha256={digest.decode()}"
