"""The fields as snippets of Visual Studio Code, which completes them without any extension.

Its own completion knows nothing of front matter, and its YAML extension does not look into Markdown
(redhat-developer/vscode-yaml#207); snippets work in every Markdown file.
"""

from collections.abc import Iterator
from typing import Any

from rolebook.schema.declarations import Declaration, Group, declarations, shown_name
from rolebook.schema.kinds import AnyOf, Choice, Kind, ListOf, YesNo
from rolebook.schema.own_fields import BUILT_IN, Records


def snippets(records: Records = BUILT_IN) -> dict[str, dict[str, Any]]:
    """A snippet for each field of a role and of a person, in the editor's own form."""
    return {
        f"{what}: {shown_name(name)}": {
            "scope": "markdown",
            "prefix": shown_name(name),
            "description": f"{what.capitalize()}: {each.meaning}",
            "body": list(_Body().field(shown_name(name), each)),
        }
        for what, record in (("role", records.role), ("person", records.person))
        for name, each in declarations(record).items()
    }


class _Body:
    """The lines of a snippet, with numbered places to fill in."""

    def __init__(self) -> None:
        self._places = 0

    def field(self, name: str, declaration: Declaration) -> Iterator[str]:
        kind = declaration.kind
        if isinstance(kind, AnyOf):
            kind = kind.plain
        items = isinstance(kind, ListOf)
        kind = kind.kind if isinstance(kind, ListOf) else kind
        if not isinstance(kind, Group):
            place = self._place(kind)
            yield from (f"{name}:", f"  - {place}") if items else (f"{name}: {place}",)
            return
        yield f"{name}:"
        lines = (
            line
            for inner, each in declarations(kind.record).items()
            for line in self.field(shown_name(inner), each)
        )
        for at, line in enumerate(lines):
            indent = ("  - " if at == 0 else "    ") if items else "  "
            yield f"{indent}{line}"

    def _place(self, kind: Kind[Any]) -> str:
        self._places += 1
        if isinstance(kind, Choice):
            return f"${{{self._places}|{','.join(kind.words)}|}}"
        if isinstance(kind, YesNo):
            return f"${{{self._places}|yes,no|}}"
        return f"${self._places}"
