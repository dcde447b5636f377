"""The secret by which a build knows the pages that an earlier build has left in `cache_dir`.

It is nowhere in the repository, so that nobody who can write there can have a page of their own put into the
site: on a person's machine it is a file of that person, in a workflow it is a secret of the repository's.
"""

import hashlib
import os
import secrets
from pathlib import Path

from platformdirs import user_state_path

VARIABLE = "ROLEBOOK_CACHE_KEY"
"""Names the secret where it is in the environment."""
_SIZE = 32


def cache_key() -> bytes | None:
    """The secret, made when there is none yet; None where it can neither be read nor kept."""
    if given := os.environ.get(VARIABLE):
        return hashlib.blake2b(given.encode(), digest_size=_SIZE).digest()
    folder = user_state_path("rolebook", appauthor=False)
    try:
        # Of a user without a home, as containers have, the folder's name begins with ~.
        return _kept(folder / "cache-key") if folder.is_absolute() else None
    except OSError:
        return None


def _kept(file: Path) -> bytes | None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        secret = file.read_bytes()
        return secret if len(secret) == _SIZE else None
    with os.fdopen(opened, "wb") as new:
        new.write(secrets.token_bytes(_SIZE))
    return _kept(file)
