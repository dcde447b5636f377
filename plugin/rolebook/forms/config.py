"""The configuration of Sveltia CMS for a handbook, and where its names and ids lead."""

import posixpath
from typing import Any

from rolebook.forms.fields import Field, fields
from rolebook.forms.parts import BUSINESS, PERSON, ROLE, Form, with_own
from rolebook.forms.shape import shape
from rolebook.handbook import Handbook
from rolebook.language import gettext
from rolebook.organisation import Organisation
from rolebook.project import Project

FORMS: dict[str, Form] = {"rolebook-role": ROLE, "rolebook-person": PERSON, "yaml-frontmatter": BUSINESS}
"""By the name of the file format. A single file takes no format that Sveltia does not know, so the last one
is Sveltia's own name, under which ours is registered in its place."""


def settings(handbook: Handbook, backend: Field, prefix: str = "", is_local: bool = False) -> dict[str, Any]:
    """All that the page needs; `prefix` is where the handbook is below the top of its repository."""
    return {
        "isLocal": is_local,
        "config": _config(handbook.project, backend, prefix, _has_folders(handbook)),
        "shapes": {name: shape(form) for name, form in _forms(handbook.project).items()},
        "names": _names(handbook.project, handbook.organisation),
        "texts": texts(),
    }


def _forms(project: Project) -> dict[str, Form]:
    """The forms of a handbook, with the owner's own fields."""
    records = project.records
    own = dict(zip(FORMS, (records.role, records.person, records.business), strict=True))
    return {name: with_own(form, own[name]) for name, form in FORMS.items()}


def title(project: Project) -> str:
    """What the page is called."""
    return gettext("%(name)s: edit the handbook", name=project.name)


def texts() -> dict[str, str]:
    """What the scripts of the page say; `{}` is what they put in."""
    return {
        "unreadable": gettext("Cannot be shown in a form: run 'rolebook check'"),
        "unchangeable": gettext(
            "'%(field)s' is written in a way that a form cannot change. Change it in the file.", field="{}"
        ),
        "unshowable": gettext(
            "'%(field)s' is written in a way that a form cannot show. Change it in the file.", field="{}"
        ),
        "notSaved": gettext("Nothing was saved. %(reason)s", reason="{}"),
    }


def _config(project: Project, backend: Field, prefix: str, has_folders: bool) -> Field:
    def at(path: str) -> str:
        return posixpath.normpath(posixpath.join(prefix, path))

    role, person, business_model = _forms(project).values()
    roles: Field = {
        "name": "roles",
        "label": gettext("Roles"),
        "label_singular": gettext("Role"),
        "icon": "badge",
        "folder": at(project.options.roles_dir),
        "identifier_field": "title",
        "summary": "{{title}}",
        "slug": "{{title}}",
        "format": "rolebook-role",
        "fields": fields(role),
        "sortable_fields": ["title"],
    }
    if has_folders:
        roles["nested"] = {"subfolders": False}
    people: Field = {
        "name": "people",
        "label": gettext("People"),
        "label_singular": gettext("Person"),
        "icon": "group",
        "folder": at(project.options.people_dir),
        "identifier_field": "name",
        "summary": "{{name}}",
        "slug": "{{name}}",
        "format": "rolebook-person",
        "fields": fields(person),
        "sortable_fields": ["name"],
    }
    model = {
        "name": "business-model",
        "label": gettext("What the business sells and promises"),
        "file": at(project.business_path),
        "format": "yaml-frontmatter",
        "fields": fields(business_model),
    }
    business: Field = {
        "name": "business",
        "label": gettext("The business"),
        "icon": "storefront",
        "files": [model],
    }
    # A role that others report to is retired by its status; a file is deleted with git at hand.
    kept = {"duplicate": False, "delete": False}
    return {
        "load_config_file": False,
        "backend": backend,
        "app_title": title(project),
        "media_folder": at(posixpath.join(project.docs_dir, "img")),
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": 60},
        "output": {"omit_empty_optional_fields": True},
        "editor": {"preview": False},
        "show_preview_links": False,
        "collections": [roles | kept, people | kept, business],
    }


def _has_folders(handbook: Handbook) -> bool:
    folder = posixpath.normpath(handbook.project.options.roles_dir)
    return any(posixpath.dirname(role.file.path) != folder for role in handbook.organisation.roles.values())


def _names(project: Project, organisation: Organisation) -> dict[str, dict[str, str]]:
    """What a form calls a role or a person, by what files call them."""
    folder = posixpath.normpath(project.options.roles_dir)
    return {
        "role": {
            role.id: posixpath.relpath(role.file.path, folder).removesuffix(".md")
            for role in organisation.roles.values()
        },
        "person": {name: person.id for name, person in organisation.people_by_name.items() if person.file},
    }
