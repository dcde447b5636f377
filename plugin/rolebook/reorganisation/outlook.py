"""What an organisation will be after a change, worked out before anything is written."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, replace

from rolebook import checks, files, parse
from rolebook.diff.compare import compare
from rolebook.diff.model import Changes, Followed, State
from rolebook.organisation import Organisation, organise
from rolebook.problems import Problem, Severity
from rolebook.project import Project
from rolebook.reorganisation.changes import Reorganisation

_NO_NAME_CHANGES = Followed({}, {})
"""A file that stays is about whom or what it was about, also where most of its text goes to a new one."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """The organisation before and after a change."""

    changes: Changes

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What would be wrong that is not wrong now."""
        return tuple(each for each in self.changes.new_problems if each.rule.severity is Severity.ERROR)


def outlook(project: Project, organisation: Organisation, change: Reorganisation) -> Outlook:
    """Join the files of `organisation` anew, those of `change` as they will be."""
    before = {each.path: each.before for each in change.changed}
    after = {each.path: each.after for each in change.changed} | dict(change.new)
    states = _state(project, organisation, before), _state(project, organisation, after)
    return Outlook(compare(*states, _NO_NAME_CHANGES))


def _state(project: Project, organisation: Organisation, texts: Mapping[str, str]) -> State:
    folder = f"{posixpath.normpath(project.options.people_dir)}/"
    roles = {role.file.path: role.file for role in organisation.roles.values()}
    people = {each.file.path: each.file for each in organisation.people.values() if each.file}
    reader = next((role.reader for role in roles.values()), None)
    problems: list[Problem] = []
    for path, text in texts.items():
        is_person = path in people or (path not in roles and path.startswith(folder))
        record = project.records.person if is_person else project.records.role
        parsed, found = parse.parse(path, files.plain_line_ends(text.removeprefix("\ufeff")), record)
        problems += found
        if parsed and is_person:
            people[path] = parsed.person()
        elif parsed:
            roles[path] = parsed.role(reader) if reader else parsed.role()
    joined = organise(
        roles.values(),
        people.values(),
        organisation.business,
        organisation.business_path,
        organisation.founders,
        project.options.sections,
        today=organisation.day,
    )
    joined = replace(joined, former=organisation.former)
    found_now = (*problems, *checks.problems_of(joined, project.options))
    return State(joined, checks.as_wanted(found_now, project.options))
