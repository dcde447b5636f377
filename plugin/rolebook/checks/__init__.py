"""What can be wrong with an organisation: an ordered table of small pure functions, one rule each."""

from collections.abc import Iterable, Iterator

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
from rolebook.organisation import Organisation
from rolebook.problems import Problem, Rule, in_order
from rolebook.schema import declarations, kinds

CHECKS: tuple[Check, ...] = (
    structure.unknown_parent,
    structure.unknown_role,
    structure.repeated_reporting_line,
    structure.parent_cycle,
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
    upkeep.come_back,
    upkeep.own_cover,
    placeholders.placeholder,
    posts.posting_closed,
    posts.posting_filled,
    posts.incomplete_pay,
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


def problems_of(organisation: Organisation, disabled_checks: Iterable[str] = ()) -> Iterator[Problem]:
    """What the checks find, but for those whose code is switched off."""
    off = frozenset(disabled_checks)
    for each in CHECKS:
        if each.rule.code not in off:
            for found in each.find(organisation):
                line = found.line or _line(found)
                yield Problem(each.rule, found.file.path, line, found.message, found.hint)


def _line(found: Finding) -> int:
    place = found.field
    while place and place not in found.file.lines:
        place = place.rpartition(".")[0]
    return found.file.lines.get(place, 0)


def without(problems: Iterable[Problem], disabled_checks: Iterable[str]) -> tuple[Problem, ...]:
    """`problems` in order, without those whose code is switched off."""
    off = frozenset(disabled_checks)
    return in_order(problem for problem in problems if problem.rule.code not in off)
