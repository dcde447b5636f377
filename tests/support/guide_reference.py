"""The reference pages of the guide, written from the program's own declarations.

`make docs` writes them; a test compares them with what the program says now.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import click

from rolebook import checks
from rolebook.cli import main
from rolebook.options import Options
from rolebook.rendering import interface
from rolebook.rendering.environment import environment
from rolebook.rendering.own_templates import macros_of
from rolebook.schema.audience import Audience
from rolebook.schema.declarations import Group, declarations, shown_name
from rolebook.schema.kinds import AnyOf, Kind, ListOf
from rolebook.schema.own_fields import OwnField, OwnFields
from rolebook.schema.records import SECTIONS, BusinessModelFields, PersonFields, RoleFields
from rolebook.template_checks import signature

_FRONT = "---\nsearch:\n  boost: 0.0001 # below the handbook's own pages\n---\n\n"
WRITTEN = "<!-- Written from the program by `make docs`; changes here are lost. -->\n\n"
WHO = {
    Audience.PUBLIC: "everybody",
    Audience.CONTRACTOR: "whoever does the work",
    Audience.INTERNAL: "colleagues only",
}


def pages() -> dict[str, str]:
    """The text of each reference page by its name below `content/guide/`."""
    texts = {
        "fields.md": _fields(),
        "checks.md": _checks(),
        "options.md": _options(),
        "commands.md": _commands(),
    }
    return {name: _FRONT + "".join(parts) for name, parts in texts.items()} | {"looks.md": looks()}


# --- looks --------------------------------------------------------------------------------------

LOOKS = Path(__file__).parents[2] / "content/guide/looks.md"
_PART = re.compile(r"(<!-- from the program: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def looks() -> str:
    """The page on the interface of templates: its text as it is, its tables as the program has them."""
    tables = {"colours": _colours, "templates": _templates, "macros": _macros, "filters": _filters}
    return _PART.sub(
        lambda found: f"{found[1]}\n{''.join(tables[found[2]]())}\n{found[3]}",
        LOOKS.read_text(encoding="utf-8"),
    )


def _colours() -> Iterable[str]:
    return _table(("variable", "what has this colour"), _named(interface.COLOURS))


def _templates() -> Iterator[str]:
    everywhere = "; ".join(f"`{name}`: {value.meaning}" for name, value in interface.EVERYWHERE.items())
    yield f"On every page there are {everywhere}.\n"
    for name, template in interface.TEMPLATES.items():
        yield f"\n#### `{name}`\n\n{_sentence(template.of)}.\n\n"
        yield from _table(("block", "what it holds"), _named(template.blocks))
        if template.values:
            values = {each: value.meaning for each, value in template.values.items()}
            yield "\n"
            yield from _table(("value", "what it is"), _named(values))


def _macros() -> Iterable[str]:
    loader = environment().loader
    assert loader is not None
    written = macros_of(environment().parse(loader.get_source(environment(), interface.MACROS)[0]))
    rows = (
        (f"`{name}`", f"`{name}({signature(written[name])})`", meaning)
        for name, meaning in interface.SHARED.items()
    )
    return _table(("macro", "how it is called", "what it writes"), rows)


def _filters() -> Iterable[str]:
    rows = ((f"`{name}`", each.takes, each.writes) for name, each in interface.FILTERS.items())
    return _table(("filter", "what it takes", "what it writes"), rows)


def _named(meanings: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    return ((f"`{name}`", meaning) for name, meaning in meanings.items())


# --- fields --------------------------------------------------------------------------------------

_FIELDS = f"""\
# Fields

{WRITTEN}What can stand between the two lines `---` at the top of a file. Only a role's `title` and a person's
`name` are required. A field with nothing after its colon counts as absent. Where several values make a
list, one alone will do.

The last column says who may see a field in what is made for people outside. A handbook can have
[fields of its own](own-fields.md) beside these.

## Roles

One file for each role, anywhere below `roles/`.
"""
_PEOPLE = """
## People

One file for each person, in `people/`.
"""
_BUSINESS = """
## The business model

The page `business-model.md`, which can have any field of a page as well.
"""
_SECTIONS = """
## Sections of a role's page

What stands below the facts, under headings that begin with `##`. Any other section stays with colleagues.

"""


def _fields() -> Iterator[str]:
    yield _FIELDS
    yield from _record(RoleFields)
    yield _PEOPLE
    yield from _record(PersonFields)
    yield _BUSINESS
    yield from _record(BusinessModelFields)
    yield _SECTIONS
    rows = ((heading, WHO[audience]) for heading, audience in SECTIONS.items())
    yield from _table(("heading", "who may see it"), rows)


def _record(record: type, name: str = "") -> Iterator[str]:
    """The table of a record's fields, and below it those of the groups that it holds."""
    yield "\n"
    yield from _table(
        ("field", "meaning", "what to write", "who may see it"),
        (
            (
                f"`{shown_name(field)}`{' (required)' if each.required else ''}",
                _sentence(each.meaning),
                _kind(each.kind),
                WHO[each.audience],
            )
            for field, each in declarations(record).items()
        ),
    )
    for field, each in declarations(record).items():
        if (group := _group(each.kind)) is not None:
            path = f"{name}.{shown_name(field)}" if name else shown_name(field)
            yield f"\n#### `{path}`\n\n" if name else f"\n### `{path}`\n\n"
            yield f"{(group.record.__doc__ or '').splitlines()[0]}\n"
            yield from _record(group.record, path)


def _kind(kind: Kind[Any]) -> str:
    if isinstance(kind, ListOf):
        return f"{_kind(kind.kind)}; several make a list"
    if isinstance(kind, AnyOf):
        return f"{_kind(kind.plain)}; or {_kind(kind.group)}"
    if isinstance(kind, Group):
        alone = f", or `{shown_name(kind.shorthand)}` alone" if kind.shorthand else ""
        return f"the fields below{alone}"
    return kind.expects


def _group(kind: Kind[Any]) -> Group[Any] | None:
    if isinstance(kind, ListOf):
        return _group(kind.kind)
    if isinstance(kind, AnyOf):
        return _group(kind.plain) or _group(kind.group)
    return kind if isinstance(kind, Group) else None


# --- checks, options, commands -------------------------------------------------------------------

_CHECKS = f"""\
# Checks

{WRITTEN}An **error** stops a build, a pack and an export of the pages: what they show would be
wrong. A **warning** is probably a mistake, and stops a build that is strict. **Advice** stops nothing:
all is right as it stands, and could serve the business better. In `mkdocs.yml`, any check can be switched
off, or made more or less severe, in all files or in some:

```yaml
plugins:
  - rolebook:
      disabled_checks: [no-hours]
      severities:
        - {{check: no-deliverable, severity: error}}
        - {{check: no-deliverable, severity: ignore, files: [roles/volunteers]}}
```

A folder stands for all that is in it, and `*` for any letters. Of several lines that fit, the last one
counts. Files that fit nothing are reported. A name or an address that a site for outsiders would show
stays an error there.

## A check of your own

What only your business knows can be a check, too. It is a function in a Python file beside `mkdocs.yml`,
which gets what is in [`rolebook.json`](leaving.md) and gives what it finds:

```python
def staff_have_cover(handbook):
    # Customers get an answer on every working day.
    for role in handbook["roles"]:
        if role.get("function") == "support" and not role.get("backup"):
            yield {{
                "role": role["id"],
                "field": "owner",
                "message": f"{{role['title']}} has no cover",
                "hint": "Write 'backup: …'",
            }}
```

```yaml
plugins:
  - rolebook:
      own_checks: [checks.py:staff_have_cover]
```

`message` is needed. `role` or `person` is the id of whom it is about, and `field` the field whose line is
shown; `severity` is `warning` unless it says `advice` or `error`. The check is called `staff-have-cover`, and
can stand under `severities`. `rolebook check` and a build run this code: look at it before you check or
build a handbook of somebody else's. No other command runs it.

## The checks of the program

"""
_OPTIONS = f"""\
# Options

{WRITTEN}What can stand under `rolebook` in the list of plugins in `mkdocs.yml`:

```yaml
plugins:
  - rolebook:
      navigation: functions
```

"""
_COMMANDS = f"""\
# Commands

{WRITTEN}Each command explains itself, with examples: `rolebook check --help`.
"""


def _checks() -> Iterator[str]:
    yield _CHECKS
    rows = ((f"`{rule.code}`", rule.severity.value, rule.reason) for rule in checks.RULES)
    yield from _table(("check", "severity", "why"), rows)


def _options() -> Iterator[str]:
    yield _OPTIONS
    yield from _table(("option", "default", "meaning", "what to write"), _rows(Options))
    for name, each in declarations(Options).items():
        if (group := _group(each.kind)) is not None:
            yield from _group_of_options(f"## `{name}`", group.record)
            if group.record is OwnFields:
                yield from _group_of_options("### Each field", OwnField)


def _group_of_options(heading: str, record: type) -> Iterator[str]:
    yield f"\n{heading}\n\n{(record.__doc__ or '').splitlines()[0]}\n\n"
    yield from _table(("field", "default", "meaning", "what to write"), _rows(record))


def _rows(record: type) -> Iterator[tuple[str, ...]]:
    defaults = {each.name: each.default for each in fields(record)}
    for name, each in declarations(record).items():
        default = "none" if each.required else _default(defaults[name])
        meaning = each.meaning + (f" (formerly `{each.formerly}`)" if each.formerly else "")
        yield f"`{shown_name(name)}`", default, _sentence(meaning), _kind(each.kind)


def _default(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if is_dataclass(value):
        return "as below"
    if isinstance(value, tuple):
        return ", ".join(f"`{each}`" for each in value) or "none"
    return f"`{value}`" if value else "none"


def _commands() -> Iterator[str]:
    yield _COMMANDS
    yield from (_help(name, command) for name, command in main.commands.items())


def _help(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=f"rolebook {name}", terminal_width=80, **main.context_settings)
    return f"\n## rolebook {name}\n\n```text\n{command.get_help(context)}\n```\n"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |\n|{' --- |' * len(head)}\n"
    for row in rows:
        cells = (cell.replace("|", "\\|") for cell in row)
        yield f"| {' | '.join(cells)} |\n"
