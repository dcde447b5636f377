"""Finds the examples of `rolebook init` that nobody has changed: roles and facts."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath

from rolebook.files import plain_line_ends
from rolebook.organisation import Organisation, PersonFile, RoleFile
from rolebook.parse import business_model, person_file, role_file
from rolebook.schema.records import BusinessModelFields

_FILLED_IN = re.compile(r"\{\{.*?\}\}")
_SOMETHING = "Something"
"""Replaces, in a template, a name that is filled in."""
Unchanged = tuple[str, PersonFile | RoleFile | None, tuple[str, ...]]


def is_untouched(path: str, text: str) -> bool:
    """Whether the role file at `path` is an example, word by word as `rolebook init` wrote it."""
    example = _role_texts().get(PurePosixPath(path).name)
    return example is not None and _pattern(example).fullmatch(plain_line_ends(text)) is not None


def unchanged(organisation: Organisation) -> Iterator[Unchanged]:
    """Find files whose example facts are all still there: path, file (none for the model), fields."""
    examples = [_facts(example) for example in _roles().values()]
    for role in organisation.roles.values():
        # A file that was renamed says what it said before.
        if _facts(role.file) in examples:
            yield role.file.path, role.file, _OF_ROLES
    body, capacity = _person()
    for person in organisation.people.values():
        if person.file and body.fullmatch(person.file.body.strip()):
            fields = ("weekly_capacity",) if person.fields.weekly_capacity == capacity else ()
            yield person.file.path, person.file, (*fields, "text")
    model = _model()
    business = organisation.business
    same = [each for each in ("offers", "deliverables") if getattr(business, each) == getattr(model, each)]
    if same:
        yield organisation.business_path, None, tuple(same)


_OF_ROLES = ("weekly_hours", "deliverable")
"""What every example role has made up."""


def _facts(role: RoleFile) -> tuple[object, ...]:
    return tuple(getattr(role.fields, each) for each in _OF_ROLES)


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
def _model() -> BusinessModelFields:
    text = _starter("common", "content", "business-model.md.jinja")
    plain = re.sub(r"^\{%.*\n", "", text, flags=re.MULTILINE)
    return business_model("x.md", plain.encode()) or BusinessModelFields()


def _starter(*names: str) -> str:
    return files("rolebook").joinpath("starter", *names).read_text(encoding="utf-8")


def _filled(template: str) -> bytes:
    return _FILLED_IN.sub(_SOMETHING, template).encode()


def _pattern(template: str) -> re.Pattern[str]:
    """Make a pattern for texts made of a template: what was filled in may be anything on its line."""
    return re.compile(".+".join(map(re.escape, _FILLED_IN.split(template))))
