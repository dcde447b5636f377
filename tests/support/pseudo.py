"""A language that nobody speaks: every text of the catalogue, longer and with accents on all its letters."""

import re
from importlib.resources.abc import Traversable
from pathlib import Path

from babel.messages.pofile import read_po, write_po

CODE = "eo"
"""A language that has no catalogue lends its code, figures and dates."""
_KEPT = re.compile(r"(%\(\w+\)s|%%|<[^<>]*>|&#?\w+;)")
_ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "àƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÀƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ",
)


def accented(text: str) -> str:
    """`text` as it is in the language: its words with accents, and a third longer."""
    parts = [part if at % 2 else part.translate(_ACCENTED) for at, part in enumerate(_KEPT.split(text))]
    last = max((at for at, part in enumerate(parts) if not at % 2 and part.strip()), default=0)
    parts[last] += "·" * (len(text) // 3)
    return "".join(parts)


def write_catalogue(template: Traversable, folder: Path, code: str = CODE) -> None:
    """Write the catalogue of the language below `folder`, from the `template` of all catalogues."""
    with template.open("rb") as file:
        catalogue = read_po(file, locale=code)
    for message in catalogue:
        if isinstance(message.id, tuple):
            message.string = tuple(map(accented, message.id))
        elif message.id:
            message.string = accented(message.id)
    catalogue.fuzzy = False
    goal = folder / code / "LC_MESSAGES" / "rolebook.po"
    goal.parent.mkdir(parents=True)
    with goal.open("wb") as file:
        write_po(file, catalogue)
