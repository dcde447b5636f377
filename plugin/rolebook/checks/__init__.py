"""What can be wrong with an organisation: an ordered table of small pure functions, one rule each."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fnmatch import fnmatchcase

from rolebook import (
    attachments,
    blocks,
    files,
    front_matter,
    history,
    load,
    options,
    photos,
    site_config,
    workflows,
)
from rolebook.checks import business, links, names, placeholders, posts, roles, structure, upkeep
from rolebook.checks.declaration import Check, Finding
from rolebook.options import IGNORE, Options
from rolebook.organisation import Organisation
from rolebook.problems import Problem, Rule, Severity, in_order
from rolebook.schema import declarations, kinds

CHECKS: tuple[Check, ...] = (
    structure.unknown_parent,
    structure.unknown_role,
    structure.repeated_reporting_line,
    structure.parent_cycle,
    structure.parent_retired,
    structure.several_roots,
    structure.unknown_person,
    structure.same_name,
    structure.second_founder,
    structure.vacant_by_name,
    structure.empty_team,
    structure.status_of_team,
    structure.ends_before_it_begins,
    structure.unknown_deliverable,
    names.name_in_address,
    names.name_in_public_text,
    names.first_or_last_name,
    roles.no_hours,
    roles.hours_of_people,
    roles.no_deliverable,
    roles.vague_deliverable,
    roles.full_time_seat,
    roles.all_rounder,
    roles.over_capacity,
    roles.section_stays_inside,
    roles.heading_level,
    roles.unclear_sections,
    roles.hidden_text,
    business.unkept_promise,
    business.empty_function,
    upkeep.stale_page,
    upkeep.long_vacancy,
    upkeep.former_holder,
    upkeep.late_hand_over,
    upkeep.secret_in_access,
    upkeep.come_back,
    upkeep.own_cover,
    placeholders.placeholder,
    posts.posting_closed,
    posts.posting_filled,
    posts.incomplete_pay,
    posts.no_posting,
    posts.no_way_to_apply,
    posts.no_acceptance,
    posts.no_trial_task,
    posts.several_crafts,
    posts.posting_not_listed,
)
"""In the order in which they are applied."""

RULES: tuple[Rule, ...] = (
    files.UNREADABLE_FILE,
    front_matter.INVALID_FRONT_MATTER,
    *attachments.RULES,
    *declarations.RULES,
    *kinds.RULES,
    *options.RULES,
    *site_config.RULES,
    *load.RULES,
    blocks.UNKNOWN_BLOCK,
    *photos.RULES,
    history.NO_HISTORY,
    workflows.OPEN_SITE,
    *links.RULES,
    *(each.rule for each in CHECKS),
)
"""Every rule of the program, in the order in which they are applied."""
CODES = frozenset(rule.code for rule in RULES)


def problems_of(organisation: Organisation, options: Options) -> Iterator[Problem]:
    """What the checks find, but for those that the owner switched off."""
    off = _switched_off(options)
    for each in CHECKS:
        if each.rule.code not in off:
            for found in each.find(organisation):
                yield problem_of(each.rule, found)


def problem_of(rule: Rule, found: Finding) -> Problem:
    """The problem that a rule has with what was found."""
    line = found.line or _line(found)
    return Problem(rule, found.file.path, line, found.message, found.hint, found.about)


def _line(found: Finding) -> int:
    place = found.field
    while place and place not in found.file.lines:
        place = place.rpartition(".")[0]
    lines = found.file.lines
    # What is missing is missing where the role begins; without a field, the file as a whole is meant.
    begins = (lines.get("title") or lines.get("name") or 0) if found.field else 0
    return lines.get(place) or begins


def as_wanted(problems: Iterable[Problem], options: Options) -> tuple[Problem, ...]:
    """`problems` in order and as severe as the owner wants them, without those of checks that are off."""
    off = _switched_off(options)
    severe = (_severe(each, options) for each in problems if each.rule.code not in off)
    return in_order(each for each in severe if each)


def _switched_off(options: Options) -> frozenset[str]:
    """The codes of the checks that report nothing in any file."""
    roots = (structure.several_roots.rule.code,) if options.allow_multiple_roots else ()
    return frozenset((*options.disabled_checks, *roots))


def _severe(problem: Problem, options: Options) -> Problem | None:
    """`problem` as severe as the owner wants it; None where nothing is to be reported."""
    rule = problem.rule
    wanted: str = rule.severity
    for each in options.severities:
        if each.check == rule.code and (not each.files or fits(problem.path, each.files)):
            wanted = each.severity
    if wanted == IGNORE:
        return None
    if options.audience == "public" and rule.code in _MUST_NOT_LEAVE:
        wanted = Severity.ERROR
    return (
        problem
        if wanted == rule.severity
        else replace(problem, rule=replace(rule, severity=Severity(wanted)))
    )


_MUST_NOT_LEAVE = (names.name_in_address.rule.code, names.name_in_public_text.rule.code)
"""Advice among colleagues; in an edition for outsiders an error, however severe the owner wants it."""


def fits(path: str, patterns: Iterable[str]) -> bool:
    """Whether a file is one of those that the owner names; a folder stands for all that is in it."""
    return any(
        fnmatchcase(path, pattern) or path.startswith(f"{pattern.rstrip('/')}/") for pattern in patterns
    )
