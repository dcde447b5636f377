"""The folder that a table is imported into: its role files, and what was imported last."""

import contextlib
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from rolebook import checks, files, parse
from rolebook.cli.common import refuse
from rolebook.diff.pairs import alias_id
from rolebook.language import gettext
from rolebook.organisation import RoleFile, name_key, slug
from rolebook.project import Project
from rolebook.schema.records import TEAM_KIND, RoleFields
from rolebook.site_config import find_project
from rolebook.spreadsheet import merge
from rolebook.spreadsheet.known_role import FILLED, KnownRole, KnownRoles
from rolebook.spreadsheet.merge import LAST_IMPORT


@dataclass(frozen=True, slots=True)
class RoleThere:
    """A role file that is there."""

    path: str
    text: str
    role: RoleFile
    last: merge.LastImport | None
    """What was imported last; None where that is not known."""

    def cells(self, columns: frozenset[str]) -> dict[str, str]:
        return merge.cells_of_role(self.role.fields, self.role.body, columns)

    @property
    def known(self) -> KnownRole:
        fields, last = self.role.fields, self.last or merge.LastImport("", "", {})
        return KnownRole(
            self.role.id,
            fields.title or self.role.id,
            fields.owner,
            fields.parent,
            last.reference,
            last.cells.get("title", ""),
            last.cells.get("owner", ""),
            last.digest,
            (*fields.lead, *(each.person for each in fields.members)),
            last.table,
            is_team=fields.kind == TEAM_KIND,
            was_team=last.cells.get("kind") == TEAM_KIND,
            is_unnamed=not fields.owner and fields.status == FILLED,
            is_corrected=merge.names_others(fields, last.cells),
        )


@dataclass(frozen=True, slots=True)
class Folder:
    """The role files of a folder, and what was imported into it last."""

    path: Path
    roles: Mapping[str, RoleThere]
    last_text: str | None
    """The text of the file that keeps it; None where there is none."""
    last: Mapping[str, merge.LastImport]
    is_updated: bool
    """Whether roles that are there may be changed."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The names of people who have a file in the handbook, by the id of the file."""
    record: type[RoleFields] = RoleFields
    """What declares the fields of a role in the handbook, its own ones among them."""

    @property
    def people(self) -> dict[str, str]:
        """The ids of people's files by what a file may call them, as `slug` has it."""
        return {slug(name): each for each, name in self.names.items()} | {each: each for each in self.names}


def open_folder(path: Path, *, with_roles: bool, without: Container[str] = ()) -> Folder:
    """Read the folder `with_roles`, if they may be changed; roles in `without` are about to go.

    Ends the program if it cannot be read.
    """
    try:
        last_text = _text(path / LAST_IMPORT) if files.is_there(path, LAST_IMPORT) else None
        names = files.markdown_files(path, ".") if with_roles and path.is_dir() else ()
        texts = {name: _text(path / name) for name in names if Path(name).as_posix() not in without}
    except (OSError, ValueError) as error:
        refuse(
            gettext(
                "%(folder)s cannot be read (%(reason)s). Correct or remove what is wrong, then import again.",
                folder=path,
                reason=error,
            )
        )
    try:
        last = merge.parse_last(last_text) if last_text is not None else {}
    except ValueError as error:
        file = path / LAST_IMPORT
        refuse(
            gettext(
                "%(file)s cannot be read (%(reason)s). Correct it or take it from git, then import again.",
                file=file,
                reason=error,
            )
        )
    roles: dict[str, RoleThere] = {}
    project = project_of(path.resolve())
    record = project.records.role if project else RoleFields
    for name, text in texts.items():
        role = parse.role_file(name, text.encode(), record)
        if role is None or role.id in roles:
            refuse(
                gettext(
                    "%(file)s is not readable as a role, or is there twice: see rolebook check.",
                    file=path / name,
                )
            )
        roles[role.id] = RoleThere(name, text, role, last.get(role.id))
    last = _under_todays_ids(last, roles)
    known = {each: replace(role, last=last.get(each)) for each, role in sorted(roles.items())}
    return Folder(path, known, last_text, last, with_roles, dict(_names_of_people(project)), record)


def _names_of_people(project: Project | None) -> Iterator[tuple[str, str]]:
    """Read who has a file in the handbook `project`, by the id of the file."""
    if project is None or not (people := project.root / project.options.people_dir).is_dir():
        return
    for name in files.markdown_files(people, "."):
        with contextlib.suppress(OSError, ValueError):
            if person := parse.person_file(name, _text(people / name).encode()):
                yield person.id, person.fields.name or person.id


def project_of(folder: Path) -> Project | None:
    """The handbook that a folder is in."""
    config = next((file for above in folder.parents if (file := above / "mkdocs.yml").is_file()), None)
    return find_project(config, checks.CODES)[0] if config else None


def _under_todays_ids(
    last: Mapping[str, merge.LastImport], roles: Mapping[str, RoleThere]
) -> dict[str, merge.LastImport]:
    """What was imported last by today's ids.

    A role that was renamed names its former file in `aliases`; else a title tells, if only one role has it.
    """
    new = _only_titles({each: roles[each].role.fields.title for each in roles if each not in last})
    gone = _only_titles({each: last[each].cells.get("title", "") for each in last if each not in roles})
    now = {gone[title]: each for title, each in new.items() if title in gone}
    now |= {alias_id(alias): each for each, there in roles.items() for alias in there.role.fields.aliases}
    renamed = {each: now[each] for each in last if each not in roles and now.get(each, each) not in last}
    return {renamed.get(each, each): _with_todays_ids(imported, renamed) for each, imported in last.items()}


_REPORTING_LINES = ("parent", "also_reports_to")


def _with_todays_ids(imported: merge.LastImport, renamed: Mapping[str, str]) -> merge.LastImport:
    """What was imported of a role, with today's ids of the roles to which it reports."""
    lines = {
        field: "; ".join(renamed.get(each, each) for each in text.split("; "))
        for field, text in imported.cells.items()
        if field in _REPORTING_LINES
    }
    return replace(imported, cells={**imported.cells, **lines}) if renamed else imported


def _only_titles(titles: Mapping[str, str]) -> dict[str, str]:
    """The ids of roles by their titles, where only one has it."""
    often = Counter(map(name_key, titles.values()))
    return {name_key(title): each for each, title in titles.items() if often[name_key(title)] == 1}


def known_roles(folder: Folder, gone: Container[str] = ()) -> tuple[KnownRoles, frozenset[str]]:
    """The roles that an import has to know, and the ids of those whose files were moved out of the folder.

    Files in `gone` are about to be removed.
    """
    elsewhere = tuple(_roles_elsewhere(folder.path))
    missed = {each for each, last in folder.last.items() if last.is_missed}
    imported = folder.last.keys() - folder.roles.keys() if folder.is_updated else frozenset[str]()
    moved = {each.id: each for each in elsewhere if each.id in imported}
    deleted = (_deleted(each, folder.last[each]) for each in sorted(imported - moved.keys() - missed))
    changing = (*(each.known for each in folder.roles.values()), *moved.values(), *deleted)
    staying = () if folder.is_updated else tuple(_roles_there(folder, without=gone))
    others = tuple(each for each in elsewhere if each.id not in moved)
    return KnownRoles(changing, staying, others, (*folder.names.values(), *folder.names)), frozenset(moved)


def _deleted(role_id: str, last: merge.LastImport) -> KnownRole:
    """A role as its table had it last, whose file is not there any more."""
    title, owner, parent = (last.cells.get(each, "") for each in ("title", "owner", "parent"))
    known = KnownRole(role_id, title or role_id, owner, parent, last.reference, title, owner, last.digest)
    return replace(known, table=last.table, is_deleted=True)


def _roles_there(folder: Folder, without: Container[str] = ()) -> Iterator[KnownRole]:
    """Read roles of a folder that stay as they are, and may be parents; other files are passed over."""
    if not folder.path.is_dir():
        return
    for name in files.markdown_files(folder.path, "."):
        if Path(name).as_posix() not in without:
            with contextlib.suppress(OSError, ValueError):
                text = _text(folder.path / name)
                if role := parse.role_file(name, text.encode()):
                    yield RoleThere(name, text, role, folder.last.get(role.id)).known


def _roles_elsewhere(folder: Path) -> Iterator[KnownRole]:
    """Read the roles of the handbook that a folder of roles is in, but for those in the folder itself."""
    folder = folder.resolve()
    project = project_of(folder)
    roles = project.root / project.options.roles_dir if project else folder
    if roles in folder.parents:
        inside = files.markdown_files(folder, ".")
        here = {Path(f"{folder.relative_to(roles)}/{name}").as_posix() for name in inside}
        yield from _roles_there(Folder(roles, {}, None, {}, is_updated=False), without=here)


def _text(path: Path) -> str:
    if path.is_symlink():
        raise OSError(gettext("%(file)s is a link, and links are not followed", file=path.name))
    return path.read_bytes().decode("utf-8")
