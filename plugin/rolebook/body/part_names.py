"""The names of the parts of an HTML text, to which links lead."""

import re
from collections.abc import Iterable

_ID = re.compile(r'(?<= id=")([^"]*)(?=")')


def names_in(html: str) -> list[str]:
    """The names that parts of `html` have."""
    return _ID.findall(html)


def with_own_names(html: str, taken: Iterable[str]) -> str:
    """Rename parts of `html` whose names are `taken`, and the links to them within it."""
    names = set(taken)
    renamed: dict[str, str] = {}
    for name in dict.fromkeys(names_in(html)):
        number = 1
        while f"{name}_{number}" in names:
            number += 1
        if name in names:
            renamed[name] = f"{name}_{number}"
        names.add(renamed.get(name, name))
    for name, other in renamed.items():
        html = html.replace(f' id="{name}"', f' id="{other}"')
        html = html.replace(f' href="#{name}"', f' href="#{other}"')
    return html
