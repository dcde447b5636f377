"""How this program was installed, as another machine can install it again."""

import base64
import hashlib
import io
import json
import zipfile
from importlib.metadata import Distribution, distribution
from pathlib import PurePosixPath

NAME = "mkdocs-rolebook"
WHEELS = "wheels"
"""Folder of a handbook for a program that is on no package index."""
_NOT_SHIPPED = frozenset(("INSTALLER", "RECORD", "REQUESTED", "direct_url.json"))
"""What an installer adds to a distribution (PyPA's specification of installed projects)."""


def requirement() -> tuple[str, dict[str, bytes]]:
    """Make a line for `requirements.txt`, and the files that it names.

    From git: the commit (PEP 610 says which). From anywhere else: a wheel made of what is installed, with its
    hash. A path of this machine helps no other, and an index may have another file under the same version.
    """
    found = distribution(NAME)
    origin = json.loads(found.read_text("direct_url.json") or "{}")
    if commit := origin.get("vcs_info", {}).get("commit_id"):
        return f"{NAME} @ {origin['vcs_info']['vcs']}+{origin['url']}@{commit}", {}
    file = f"{WHEELS}/{NAME.replace('-', '_')}-{found.version}-py3-none-any.whl"
    wheel = wheel_of(found)
    return f"./{file} --hash=sha256:{hashlib.sha256(wheel).hexdigest()}", {file: wheel}


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
