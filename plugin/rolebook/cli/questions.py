"""Asks which role a row describes, where only the owner knows, and takes the answers of `--match`."""

import re
import shlex
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import click

from rolebook.cli.common import id_meant, is_terminal, refuse
from rolebook.cli.role_folder import Folder
from rolebook.escaping import printable
from rolebook.language import N_, gettext, ngettext
from rolebook.spreadsheet.known_role import KnownRole
from rolebook.spreadsheet.matching import Common, Question
from rolebook.spreadsheet.table import Row

_NEW = "new"
_MOST_NAMED = 5
"""Roles that a question names."""
_IN_COMMON = {
    Common.TITLE: N_("%(row)s has the same title as %(roles)s."),
    Common.HOLDER: N_("%(row)s has the same holder as %(roles)s."),
    Common.MEMBERS: N_("%(row)s has the same members as %(roles)s."),
    Common.ID: N_("%(row)s has the same id as %(roles)s."),
    Common.ID_AND_TITLE: N_("%(row)s has the title of the first and the id of the second of %(roles)s."),
}


def with_ids(answers: Mapping[str, str], folder: Folder) -> dict[str, str]:
    """The answers with the ids of files: a role may be named by its id in the table, such as `1.1`."""
    by_reference: dict[str, list[str]] = {}
    for role_id, there in folder.roles.items():
        if there.last and there.last.reference:
            by_reference.setdefault(there.last.reference, []).append(role_id)
    found = {role: by_reference.get(role, []) for role in answers.values() if role not in folder.roles}
    return {
        place: found[role][0] if len(found.get(role, ())) == 1 else role for place, role in answers.items()
    }


def refuse_wrong(answers: Mapping[str, str], rows: Iterable[Row], folder: Folder) -> None:
    """End the program if an answer names a row or a role that does not exist, or a role that has a row."""
    rows = tuple(rows)
    places = Counter(place for row in rows for place in (str(row.number), f"{row.file}:{row.number}"))
    taken = Counter(role for role in answers.values() if role)
    for place, role in answers.items():
        said = f"--match {place}={role}"
        if place not in places:
            refuse(gettext("%(option)s: there is no row %(row)s.", option=said, row=place))
        if places[place] > 1:
            file = next(row.file for row in rows if str(row.number) == place)
            refuse(
                gettext(
                    "%(option)s: several tables have a row %(row)s. Write, say, %(instead)s.",
                    option=said,
                    row=place,
                    instead=match_option(f"{file}:{place}", role),
                )
            )
        if role and role not in folder.roles:
            titles = {each: there.role.fields.title for each, there in folder.roles.items()}
            meant = id_meant(role, titles) or gettext(
                "%(folder)s has no %(file)s.", folder=folder.path, file=f"{role}.md"
            )
            refuse(gettext("%(option)s: there is no role '%(role)s'.", option=said, role=role), meant)
        if taken[role] > 1:
            refuse(
                ngettext(
                    "%(option)s: '%(role)s' is given to %(number)s row.",
                    "%(option)s: '%(role)s' is given to %(number)s rows.",
                    taken[role],
                    option=said,
                    role=role,
                )
            )


def asked(questions: Sequence[Question], *, several_tables: bool) -> dict[str, str]:
    """Ask the owner what only they know; ends the program where nobody can be asked.

    Rows of `several_tables` are named with their file.
    """
    if not is_terminal():
        offered: Counter[str] = Counter()
        for each in questions:
            likely = [role for role in each.roles if role.table == each.roles[0].table]
            row = place_of(each.row, several_tables=several_tables)
            role = likely[offered[likely[0].id] % len(likely)]
            offered[likely[0].id] += 1
            words = gettext(
                "Add %(option)s, or %(other)s for a new role.",
                option=match_option(row, role.id),
                other=match_option(row, ""),
            )
            click.echo(printable(f"{_in_words(each)} {words}"), err=True)
        refuse(
            ngettext(
                "%(number)s row may be about a role that is there already. Only you know.",
                "%(number)s rows may be about a role that is there already. Only you know.",
                len(questions),
            )
        )
    answers = {}
    for each in questions:
        choices = click.Choice([*(role.id for role in each.roles), _NEW])
        question = gettext("Which is it?")
        given = click.prompt(printable(f"{_in_words(each)} {question}"), type=choices)
        answers[f"{each.row.file}:{each.row.number}"] = "" if given == _NEW else given
    return answers


def place_of(row: Row, *, several_tables: bool) -> str:
    """How `--match` names a row: of `several_tables` with its file."""
    return f"{row.file}:{row.number}" if several_tables else str(row.number)


def match_option(place: str, role: str) -> str:
    """The option that says that the row at `place` is `role`, as it is typed."""
    word = f"{place}={role}"
    if re.fullmatch(r"[\w.:=/@+,-]+", word):
        return f"--match {word}"
    return f"--match {shlex.quote(word)}" if re.search(r'["$`\\!]', word) else f'--match "{word}"'


def _in_words(question: Question) -> str:
    roles = ", ".join(f"{role.id} ({role.title}, {_held(role)})" for role in question.roles[:_MOST_NAMED])
    if (others := len(question.roles) - _MOST_NAMED) > 0:
        # Translators: names of roles, of which the last ones are not given.
        roles = ngettext(
            "%(names)s and %(number)s more", "%(names)s and %(number)s more", others, names=roles
        )
    holder = question.owner or _nobody(is_unnamed=question.is_unnamed)
    row = f"{question.row.file}:{question.row.number}: '{question.title}' ({holder})"
    return gettext(_IN_COMMON[question.why], row=row, roles=roles)


def _held(role: KnownRole) -> str:
    return gettext("a team") if role.is_team else role.owner or _nobody(is_unnamed=role.is_unnamed)


def _nobody(*, is_unnamed: bool) -> str:
    return gettext("not named") if is_unnamed else gettext("vacant")
