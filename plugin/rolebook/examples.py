"""Finds the examples of `rolebook init` and of the library that nobody has changed: roles and facts."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath

from rolebook.files import plain_line_ends
from rolebook.library.kind import general, kinds
from rolebook.library.role import library_role
from rolebook.organisation import Organisation, PersonFile, RoleFile
from rolebook.parse import business_model, person_file, role_file
from rolebook.schema.records import BusinessModelFields, Deliverable, Hours, RoleFields

_FILLED_IN = re.compile(r"\{\{.*?\}\}")
_SOMETHING = "Something"
"""Replaces, in a template, a name that is filled in."""
Unchanged = tuple[str, PersonFile | RoleFile | None, tuple[str, ...]]


def is_untouched(path: str, text: str) -> bool:
    """Whether the role file at `path` is an example, word by word as `rolebook init` wrote it."""
    text = plain_line_ends(text)
    name = PurePosixPath(path).name
    example, known = _role_texts().get(name), library_role(name.removesuffix(".md"))
    if example is not None and _pattern(example).fullmatch(text):
        return True
    return known is not None and known.is_written_as(text)


def is_of_guide(path: str, text: str) -> bool:
    """Whether the page at `path` is one of the guide, word by word as `rolebook init` wrote it."""
    page = files("rolebook") / "starter" / "guide" / PurePosixPath(path).name
    return page.is_file() and page.read_text(encoding="utf-8") == plain_line_ends(text)


def unchanged(organisation: Organisation) -> Iterator[Unchanged]:
    """Find files whose example facts are all still there: path, file (none for the model), fields."""
    examples = [_facts(example) for example in _roles().values()]
    for role in organisation.roles.values():
        # A file that was renamed says what it said before.
        if _facts(role.file) in examples or is_of_library(role.file):
            yield role.file.path, role.file, _OF_ROLES
    body, capacity = _person()
    for person in organisation.people.values():
        if person.file and body.fullmatch(person.file.body.strip()):
            fields = ("weekly_capacity",) if person.fields.weekly_capacity == capacity else ()
            yield person.file.path, person.file, (*fields, "text")
    if same := _same_model(organisation.business):
        yield organisation.business_path, None, same


_OF_ROLES = ("weekly_hours", "deliverable")
"""What every example role has made up."""


def _facts(role: RoleFile) -> tuple[object, ...]:
    return tuple(getattr(role.fields, each) for each in _OF_ROLES)


def is_of_library(role: RoleFile) -> bool:
    """Whether hours and deliverables are those of the library, whomever they are for."""
    known = library_role(role.id)
    return known is not None and _made_up(known.file.fields) == _made_up(role.fields)


def _made_up(fields: RoleFields) -> tuple[Hours | None, tuple[Deliverable, ...]]:
    return fields.weekly_hours, tuple(replace(each, for_="", receiver="") for each in fields.deliverable)


def _same_model(business: BusinessModelFields) -> tuple[str, ...]:
    """What of a business model is still that of a new handbook."""
    if not business.offers and not business.deliverables:
        return ()
    for model in _models():
        pairs = ((each, getattr(business, each), getattr(model, each)) for each in ("offers", "deliverables"))
        if same := tuple(name for name, ours, theirs in pairs if ours == theirs):
            return same
    return ()


@cache
def _role_texts() -> dict[str, str]:
    """The templates of the example roles by the names of their files."""
    folder = files("rolebook") / "starter" / "roles" / "roles"
    return {each.name.removesuffix(".jinja"): each.read_text(encoding="utf-8") for each in folder.iterdir()}


@cache
def _roles() -> dict[str, RoleFile]:
    found = (role_file(f"roles/{name}", _filled(text)) for name, text in _role_texts().items())
    return {role.id: role for role in found if role}


@cache
def _person() -> tuple[re.Pattern[str], float | None]:
    """The text of the owner's file, and the hours that it gives them."""
    text = _starter("roles", "people", "ID.md.jinja")
    person = person_file("people/x.md", _filled(text))
    _, _, body = text.split("---\n", 2)
    return _pattern(body.strip()), person.fields.weekly_capacity if person else None


@cache
def _models() -> tuple[BusinessModelFields, ...]:
    text = _starter("common", "content", "business-model.md.jinja")
    texts = (
        re.sub(r"^\{%.*\n", "", text, flags=re.MULTILINE),
        *(each.business_model for each in (*kinds().values(), general())),
    )
    models = (business_model("x.md", each.encode()) for each in texts)
    return tuple(model for model in models if model is not None)


def _starter(*names: str) -> str:
    return files("rolebook").joinpath("starter", *names).read_text(encoding="utf-8")


def _filled(template: str) -> bytes:
    return _FILLED_IN.sub(_SOMETHING, template).encode()


def _pattern(template: str) -> re.Pattern[str]:
    """Make a pattern for texts made of a template: what was filled in may be anything on its line."""
    return re.compile(".+".join(map(re.escape, _FILLED_IN.split(template))))
