"""An id for every post, which names its role file."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rolebook.organisation import RESERVED_IDS, cut_id, name_key, slug
from rolebook.problems import Rule, Severity
from rolebook.spreadsheet.conventions import Conventions
from rolebook.spreadsheet.holders import MAX_NAME
from rolebook.spreadsheet.post import Post
from rolebook.spreadsheet.post_report import PostReport
from rolebook.spreadsheet.table import shortened, whole_number

DUPLICATE_ID = Rule(
    "duplicate-id", Severity.WARNING, "What reports to an id that two posts have may mean either."
)
CHANGED_ID = Rule("changed-id", Severity.WARNING, "Two ids that make the same file name need two files.")
_GUID = re.compile(r"\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_NAMES_PEOPLE = re.compile(r".*\bname|employee|person|worker|holder|mitarbeiter|who", re.IGNORECASE)
"""What a column of people's names is called."""


class _Stems:
    """Hands out file names, none twice."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {_key(each) for each in (*RESERVED_IDS, *taken)}
        self._next: dict[str, int] = {}

    def free(self, wanted: str) -> bool:
        return _key(wanted) not in self._taken

    def take(self, wanted: str) -> str:
        """`wanted`, or with the first number from 2 that makes it free."""
        given, number = wanted, self._next.get(wanted, 2)
        while not self.free(given):
            suffix = f"-{number}"
            given, number = cut_id(wanted, room=len(suffix)) + suffix, number + 1
        self._next[wanted] = number
        self._taken.add(_key(given))
        return given


def _key(name: str) -> str:
    # Disks that disregard case disregard the Unicode form as well.
    return unicodedata.normalize("NFC", name.casefold())


@dataclass(frozen=True, slots=True)
class Identified:
    """The ids of posts, and what they were made from."""

    ids: tuple[str, ...]
    firsts: Mapping[str, int]
    """The place of the first post with each reference."""
    stems: tuple[str, ...]
    """What the id of each post should be; several posts may ask for the same."""
    given: Mapping[int, str]
    """Those that were there already."""
    from_titles: int
    notes: tuple[str, ...]


def identify(
    posts: Sequence[Post], conventions: Conventions, given: Mapping[int, str], taken: Iterable[str] = ()
) -> Identified:
    """An id for every post, each its own, whatever the order of the rows.

    Ids are in addresses that the public may see, so they are made from titles where the references are
    names or addresses of people, or say nothing to a reader. The first post of each reference chooses
    first, so that a number that is added to another's id never takes the id that a row asks for; then come
    repeated references, then titles. Posts that ask for the same id are ordered by what their rows hold.
    Posts with an id that is `given` have it already; ids that are `taken` are nobody's.
    """
    order = sorted(range(len(posts)), key=lambda at: (posts[at].reference, *_content(posts[at]), at))
    firsts: dict[str, int] = {}
    for at in order:
        if posts[at].reference:
            firsts.setdefault(posts[at].reference, at)
    unfit = {} if conventions.keep_ids else _unfit(posts, conventions)
    whole = _whole_numbers(firsts)
    by_reference = tuple(
        "" if at in unfit else slug(whole.get(post.reference, post.reference))
        for at, post in enumerate(posts)
    )
    wanted = tuple(
        reference or slug(post.title) or "untitled-post"
        for reference, post in zip(by_reference, posts, strict=True)
    )
    repeated = {at for at, post in enumerate(posts) if firsts.get(post.reference, at) != at}
    stems = _Stems((*taken, *given.values()))
    ids = dict(given)
    for by_title in (False, True):
        waiting = []
        for at in order:
            if at in given or by_title == bool(by_reference[at]):
                continue
            if stems.free(wanted[at]) and (by_title or at not in repeated):
                ids[at] = stems.take(wanted[at])
            else:
                waiting.append(at)
        ids |= {at: stems.take(wanted[at]) for at in waiting}
    reasons = dict.fromkeys(why for why in unfit.values() if why)
    notes = tuple(f"Ids that are {why} are in no file name; to keep them, add --keep-ids." for why in reasons)
    titled = sum(not each for at, each in enumerate(by_reference) if at not in given)
    return Identified(tuple(ids[at] for at in range(len(posts))), firsts, by_reference, given, titled, notes)


def _content(post: Post) -> tuple[object, ...]:
    """What makes a post another than one of the same title, wherever its row is."""
    return post.owner.casefold(), post.row.cells


def _unfit(posts: Sequence[Post], conventions: Conventions) -> dict[int, str]:
    """The places of posts whose references should not be ids, each with what they are."""
    found = {}
    for at, post in enumerate(posts):
        if not 0 < len(post.reference) <= MAX_NAME or post.cells.as_exported:
            continue
        if name_key(post.reference) in conventions.retired:
            found[at] = ""
        elif _GUID.fullmatch(post.reference):
            found[at] = "long numbers of a program"
        elif _EMAIL.fullmatch(post.reference):
            found[at] = "e-mail addresses"
        elif _names_holder(post):
            found[at] = "names of people"
    return found


def _names_holder(post: Post) -> bool:
    key = name_key(post.reference)
    if post.owner and key in (name_key(post.owner), name_key(post.cell("owner"))):
        return True
    called = post.cells.names["id"]
    return bool(_NAMES_PEOPLE.fullmatch(called)) and not any(char.isdigit() for char in post.reference)


def _whole_numbers(references: Iterable[str]) -> dict[str, str]:
    """`101.0` as `101`, where no reference has another fraction."""
    found = {each: whole for each in references if (whole := whole_number(each)) != each}
    fractions = [each for each in references if re.fullmatch(r"\d+[.,]\d+", each)]
    return found if len(found) == len(fractions) else {}


def report_ids(reports: Sequence[PostReport], identified: Identified) -> None:
    """Report references that were used before, and those that could not become the id."""
    by_id = {report.id: report for report in reports}
    for at, report in enumerate(reports):
        reference, wanted = report.post.reference, identified.stems[at]
        if not reference:
            continue
        first = reports[identified.firsts[reference]]
        if first is not report:
            if wanted or report.post.cells.as_exported:
                _report_duplicate(report, first)
        elif at not in identified.given and report.id != wanted and (wanted or not slug(reference)):
            other = by_id.get(wanted)
            why = "cannot be a file's name"
            if other:
                place = f"'{shortened(other.post.reference)}' in {other.place_for(report)}"
                why = f"makes the same file name as {place}"
            message = f"the id '{shortened(reference)}' {why}"
            done = f"It was written as {report.id}.md"
            report.add_finding(CHANGED_ID, message, done, "the id cannot be the file's name", reference)


def _report_duplicate(report: PostReport, first: PostReport) -> None:
    reference = shortened(report.post.reference)
    same = report.post.row.cells == first.post.row.cells and report.post.cells == first.post.cells
    also = ", and the rows are the same" if same else ""
    message = f"the id '{reference}' is that of {first.place_for(report)}{also}"
    below = f"who reports to '{reference}' is below {first.id}.md"
    report.add_finding(
        DUPLICATE_ID,
        message,
        f"It was written as {report.id}.md; {below}",
        f"the id is that of an earlier row{also}",
        reference,
        done_for_all="All were written; who reports to such an id is below the first",
    )
    report.note("", "id", reference, f"the id of {first.place_for(report)}{also}")
