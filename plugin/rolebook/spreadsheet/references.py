"""How rows point at each other: an id for every post, and the post that each reports to."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rolebook.organisation import RESERVED_IDS, name_key, slug
from rolebook.problems import Rule, Severity
from rolebook.spreadsheet.post import Post, PostReport
from rolebook.spreadsheet.table import shortened

DUPLICATE_ID = Rule(
    "duplicate-id", Severity.WARNING, "What reports to an id that two posts have may mean either."
)
CHANGED_ID = Rule("changed-id", Severity.WARNING, "Two ids that make the same file name need two files.")
UNKNOWN_PARENT = Rule(
    "unknown-parent", Severity.WARNING, "A post that reports to no row stands at the top of all."
)
AMBIGUOUS_PARENT = Rule("ambiguous-parent", Severity.WARNING, "Only you know which of the posts is meant.")
PARENT_BY_CASE = Rule(
    "parent-by-case", Severity.ADVICE, "Two spellings of one id may be two posts after all."
)
SELF_PARENT = Rule("self-parent", Severity.WARNING, "Nobody reports to themselves.")
PARENT_CYCLE = Rule(
    "parent-cycle", Severity.WARNING, "When posts report in a circle, nobody is in charge of any."
)
RULES = (
    *(DUPLICATE_ID, CHANGED_ID, UNKNOWN_PARENT, AMBIGUOUS_PARENT, PARENT_BY_CASE, SELF_PARENT),
    PARENT_CYCLE,
)

_SHOWN = 12
"""Posts of a circle that are named."""


class _Stems:
    """Hands out file names, none twice."""

    def __init__(self) -> None:
        self._taken = {_key(each) for each in RESERVED_IDS}
        self._next: dict[str, int] = {}

    def free(self, wanted: str) -> bool:
        return _key(wanted) not in self._taken

    def take(self, wanted: str) -> str:
        """`wanted`, or with the first number from 2 that makes it free."""
        given, number = wanted, self._next.get(wanted, 2)
        while not self.free(given):
            given, number = f"{wanted}-{number}", number + 1
        self._next[wanted] = number
        self._taken.add(_key(given))
        return given


def _key(name: str) -> str:
    # Disks that disregard case disregard the Unicode form as well.
    return unicodedata.normalize("NFC", name.casefold())


def first_of_each(posts: Iterable[Post]) -> dict[str, int]:
    """The place of the first post with each reference; posts without one are passed over."""
    found: dict[str, int] = {}
    for at, post in enumerate(posts):
        if post.reference:
            found.setdefault(post.reference, at)
    return found


def identify(posts: Sequence[Post]) -> tuple[str, ...]:
    """An id for every post, each its own.

    The first post of each reference chooses first, so that a number that is added to another's id
    never takes the id that a row asks for; then come repeated references, then titles.
    """
    stems = _Stems()
    firsts = first_of_each(posts)
    ids: dict[int, str] = {}
    waiting: list[int] = []
    for at, post in enumerate(posts):
        wanted = slug(post.reference)
        if wanted and firsts[post.reference] == at and stems.free(wanted):
            ids[at] = stems.take(wanted)
        else:
            waiting.append(at)
    for at in sorted(waiting, key=lambda at: (not posts[at].reference, at)):
        post = posts[at]
        ids[at] = stems.take(slug(post.reference) or slug(post.title) or "untitled-post")
    return tuple(ids[at] for at in range(len(posts)))


def tell_ids(reports: Sequence[PostReport]) -> None:
    """Tell of references that were used before, and of those that could not become the id."""
    firsts = first_of_each(report.post for report in reports)
    by_id = {report.id: report for report in reports}
    for report in reports:
        reference = report.post.reference
        if not reference:
            continue
        first = reports[firsts[reference]]
        if first is not report:
            _tell_duplicate(report, first)
        elif report.id != slug(reference):
            other = by_id.get(slug(reference))
            why = "cannot be a file's name"
            if other:
                place = f"'{shortened(other.post.reference)}' in {other.place_for(report)}"
                why = f"makes the same file name as {place}"
            message = f"the id '{shortened(reference)}' {why}"
            report.tell(CHANGED_ID, message, f"It was written as {report.id}.md")


def _tell_duplicate(report: PostReport, first: PostReport) -> None:
    reference = shortened(report.post.reference)
    same = report.post.row.cells == first.post.row.cells and report.post.cells == first.post.cells
    also = ", and the rows are the same" if same else ""
    message = f"the id '{reference}' is that of {first.place_for(report)}{also}"
    below = f"who reports to '{reference}' stands below {first.id}.md"
    report.tell(DUPLICATE_ID, message, f"It was written as {report.id}.md; {below}")
    report.note("", "id", reference, f"the id of {first.place_for(report)}{also}")


@dataclass(frozen=True, slots=True)
class _Names:
    """Finds posts by what other rows call them."""

    by_title: bool
    """Whether titles are the names, for want of ids; posts of one title are then not told apart."""
    exact: Mapping[str, Sequence[int]]
    folded: Mapping[str, Sequence[str]]
    """The spellings of a name that differ in case only."""

    @property
    def named(self) -> str:
        return "title" if self.by_title else "id"


def _names(posts: Sequence[Post], by_title: bool) -> _Names:
    exact: dict[str, list[int]] = {}
    folded: dict[str, list[str]] = {}
    for at, post in enumerate(posts):
        name = post.title if by_title else post.reference
        if name and name not in exact:
            folded.setdefault(name.casefold(), []).append(name)
        if name:
            exact.setdefault(name, []).append(at)
    return _Names(by_title, exact, folded)


def add_parents(reports: Sequence[PostReport], root: frozenset[str], by_title: bool) -> None:
    """Add the parent to every report that has one; what cannot be followed is kept and told."""
    names = _names([report.post for report in reports], by_title)
    parents: dict[int, int] = {}
    for at, report in enumerate(reports):
        wanted = report.post.cell("parent")
        own = report.post.title if by_title else report.post.reference
        if wanted and name_key(wanted) not in root:
            found = _find(report, own, wanted, names)
            if found is not None:
                parents[at] = found
    for cycle in tuple(cycles(parents)):
        _tell_cycle([reports[at] for at in cycle])
        del parents[cycle[0]]
    for at, parent in parents.items():
        reports[at].fields.append(("parent", reports[parent].id))


def _find(report: PostReport, own: str, wanted: str, names: _Names) -> int | None:
    """The place of the post that `report` reports to; None, told, where there is no one such."""
    spellings = [wanted] if wanted in names.exact else names.folded.get(wanted.casefold(), ())
    parent = f"parent is '{shortened(wanted)}'"
    if not spellings:
        why = f"no row has this {names.named}"
        report.keep("parent", UNKNOWN_PARENT, f"{parent}: {why}", wanted, why)
    elif own in spellings:
        why = "the row itself"
        report.keep("parent", SELF_PARENT, f"{parent}, {why}", wanted, why)
    elif len(spellings) > 1 or (names.by_title and len(names.exact[spellings[0]]) > 1):
        rows = sum(len(names.exact[each]) for each in spellings)
        why = f"{rows} rows have this {names.named}"
        report.keep("parent", AMBIGUOUS_PARENT, f"{parent}: {why}", wanted, why)
    else:
        if spellings[0] != wanted:
            message = f"{parent}: no row has this {names.named}"
            done = f"It was taken for '{shortened(spellings[0])}', which differs in case only"
            report.tell(PARENT_BY_CASE, message, done)
        return names.exact[spellings[0]][0]
    return None


def _tell_cycle(cycle: Sequence[PostReport]) -> None:
    shown = [f"{each.id} ({each.place_for(cycle[0])})" for each in cycle]
    if len(shown) > _SHOWN:
        shown = [*shown[: _SHOWN - 3], f"… {len(shown) - _SHOWN} more …", *shown[-3:]]
    message = f"the reporting line is a circle: {' → '.join([*shown, cycle[0].id])}"
    cycle[0].keep("parent", PARENT_CYCLE, message, cycle[0].post.cell("parent"), "a circle")


def cycles(parents: Mapping[int, int]) -> Iterator[tuple[int, ...]]:
    """Each circle of posts once, beginning with its first post."""
    done: set[int] = set()
    for start in sorted(parents):
        walked: dict[int, None] = {}
        at: int | None = start
        while at is not None and at not in done and at not in walked:
            walked[at] = None
            at = parents.get(at)
        if at is not None and at in walked:
            members = list(walked)
            circle = members[members.index(at) :]
            first = circle.index(min(circle))
            yield tuple(circle[first:] + circle[:first])
        done.update(walked)
