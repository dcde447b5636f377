"""How rows point at each other: an id for every post, and the post that each reports to."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rolebook.organisation import RESERVED_IDS, cut_id, name_key, slug
from rolebook.problems import Rule, Severity
from rolebook.schema.typos import did_you_mean
from rolebook.spreadsheet.findings import rows_in_words
from rolebook.spreadsheet.holders import LONGEST_NAME, ME, remark, turned
from rolebook.spreadsheet.matching import KnownRole
from rolebook.spreadsheet.post import Conventions, Post, PostReport
from rolebook.spreadsheet.table import shortened

DUPLICATE_ID = Rule(
    "duplicate-id", Severity.WARNING, "What reports to an id that two posts have may mean either."
)
CHANGED_ID = Rule("changed-id", Severity.WARNING, "Two ids that make the same file name need two files.")
UNKNOWN_PARENT = Rule(
    "unknown-parent", Severity.WARNING, "A post that reports to no row is at the top of all."
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

_MISSES, _COMPARED = 20, 2_000
"""Unknown names that are compared with the known ones, and posts up to which that is quick."""
_SHOWN = 12
"""Posts of a circle that are named."""
_GUID = re.compile(r"\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_WHOLE_NUMBER = re.compile(r"(\d+)[.,]0+")
_NAMES_PEOPLE = re.compile(r".*\bname|employee|person|worker|holder|mitarbeiter|who", re.IGNORECASE)
"""What a column of people's names is called."""
_WITH_ID = re.compile(r"(\S+)\s+[-–—:|]\s*(\S.*)|(\S.*\S)\s*[|#]\s*(\S+)")
"""`101 - Orla Quint`, `Orla Quint | 101`."""


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
        if not 0 < len(post.reference) <= LONGEST_NAME or post.cells.as_exported:
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
    found = {each: whole for each in references if (whole := _whole(each)) != each}
    fractions = [each for each in references if re.fullmatch(r"\d+[.,]\d+", each)]
    return found if len(found) == len(fractions) else {}


def tell_ids(reports: Sequence[PostReport], identified: Identified) -> None:
    """Report references that were used before, and those that could not become the id."""
    by_id = {report.id: report for report in reports}
    for at, report in enumerate(reports):
        reference, wanted = report.post.reference, identified.stems[at]
        if not reference:
            continue
        first = reports[identified.firsts[reference]]
        if first is not report:
            if wanted or report.post.cells.as_exported:
                _tell_duplicate(report, first)
        elif at not in identified.given and report.id != wanted and (wanted or not slug(reference)):
            other = by_id.get(wanted)
            why = "cannot be a file's name"
            if other:
                place = f"'{shortened(other.post.reference)}' in {other.place_for(report)}"
                why = f"makes the same file name as {place}"
            message = f"the id '{shortened(reference)}' {why}"
            done = f"It was written as {report.id}.md"
            report.tell(CHANGED_ID, message, done, "the id cannot be the file's name", reference)


def _tell_duplicate(report: PostReport, first: PostReport) -> None:
    reference = shortened(report.post.reference)
    same = report.post.row.cells == first.post.row.cells and report.post.cells == first.post.cells
    also = ", and the rows are the same" if same else ""
    message = f"the id '{reference}' is that of {first.place_for(report)}{also}"
    below = f"who reports to '{reference}' is below {first.id}.md"
    report.tell(
        DUPLICATE_ID,
        message,
        f"It was written as {report.id}.md; {below}",
        f"the id is that of an earlier row{also}",
        reference,
        done_for_all="All were written; who reports to such an id is below the first",
    )
    report.note("", "id", reference, f"the id of {first.place_for(report)}{also}")


@dataclass(frozen=True, slots=True)
class _Layer:
    """One thing that other rows may call posts by."""

    called: str
    exact: Mapping[str, Sequence[int]]
    loose: Mapping[str, Sequence[int]]

    def find(self, wanted: str) -> Sequence[int]:
        """The places of the posts that are called `wanted`; spelt exactly so, or else nearly."""
        return self.exact.get(wanted) or self.loose.get(_loose(wanted)) or ()


def _layer(called: str, names: Iterable[str]) -> _Layer:
    exact: dict[str, list[int]] = {}
    loose: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        if name:
            exact.setdefault(name, []).append(at)
            loose.setdefault(_loose(name), []).append(at)
    return _Layer(called, exact, loose)


def _loose(name: str) -> str:
    """`name` without case, leading zeros and the fraction that programs add to whole numbers."""
    key = _whole(name_key(name).strip("{}"))
    return key.lstrip("0") or "0" if key.isdecimal() else key


def _whole(number: str) -> str:
    """`101.0`, as programs write it, as `101`; anything else as it is."""
    found = _WHOLE_NUMBER.fullmatch(number)
    return found[1] if found else number


@dataclass(frozen=True, slots=True)
class _Match:
    places: Sequence[int]
    layer: _Layer
    spelling: str
    """The part of the cell that was found."""


class _Names:
    """Finds posts by what other rows call them: by id, else by title, else by holder."""

    def __init__(self, posts: Sequence[Post], others: Sequence[KnownRole], by_title: bool) -> None:
        self.size = len(posts) + len(others)
        known: list[Post | KnownRole] = [*posts, *others]
        ids = [_layer("id", [_reference(each) for each in known])]
        titles = _layer("title", [each.title for each in known])
        holders = _layer("holder", [each.owner for each in known])
        self.layers = [*([] if by_title else ids), titles, holders]
        self.main = self.layers[0]
        self._misses = 0

    def find(self, wanted: str) -> _Match | None:
        """What `wanted` names: as a whole, or by its parts if they agree."""
        for spelling in (wanted, turned(wanted)):
            for layer in self.layers:
                if places := layer.find(spelling):
                    return _Match(places, layer, spelling)
        return self._by_parts(wanted) if len(wanted) <= LONGEST_NAME else None

    def near(self, wanted: str) -> str:
        """What may be meant by a name that nothing has, in words; empty where nobody can tell."""
        self._misses += 1
        if self._misses > _MISSES or self.size > _COMPARED or len(wanted) > LONGEST_NAME:
            return ""
        return did_you_mean(wanted, (name for layer in self.layers for name in layer.exact))

    def _by_parts(self, wanted: str) -> _Match | None:
        """What `Name (ID)`, `ID - Name` and their like name."""
        name, note = remark(wanted)
        parts = [name, note] if note else []
        if not parts and (found := _WITH_ID.fullmatch(wanted)):
            parts = [part for part in found.groups() if part]
        matches = [match for part in parts if (match := self.find(part))]
        if len(matches) < 2:
            return matches[0] if matches else None
        both = [at for at in matches[0].places if at in matches[1].places]
        places = both or sorted({*matches[0].places, *matches[1].places})
        return _Match(places, matches[0].layer, matches[0].spelling)


def add_parents(
    reports: Sequence[PostReport], conventions: Conventions, by_title: bool, others: Sequence[KnownRole] = ()
) -> int:
    """Add the parent to every report that has one; what cannot be followed is kept and reported.

    `others` are roles that are in no row and may be parents, too. Gives how many posts say that they report
    to nobody.
    """
    names = _Names([report.post for report in reports], others, by_title)
    callers: list[PostReport | KnownRole] = [*reports, *others]
    parents: dict[int, int] = {}
    tops = 0
    for at, report in enumerate(reports):
        wanted = report.post.cell("parent")
        if name_key(wanted) in ME:
            wanted = conventions.me or wanted
        found = names.find(wanted) if wanted else None
        if not wanted or (not found and name_key(wanted) in conventions.root):
            tops += 1
        elif (parent := _parent(callers, report, at, wanted, found, names)) is not None:
            parents[at] = parent
    for cycle in tuple(cycles(parents)):
        _tell_cycle([reports[at] for at in cycle])
        del parents[cycle[0]]
    for at, parent in parents.items():
        reports[at].fields.append(("parent", callers[parent].id))
    return tops


def _parent(
    callers: Sequence[PostReport | KnownRole],
    report: PostReport,
    at: int,
    wanted: str,
    found: _Match | None,
    names: _Names,
) -> int | None:
    """The place of the post that the one `at` reports to; None, reported, where there is no one such."""
    parent = f"parent is '{shortened(wanted, 300)}'"
    if not found:
        called = "title or holder" if names.main.called == "title" else "id, title or holder"
        why = f"no row has this {called}"
        report.keep("parent", UNKNOWN_PARENT, f"{parent}: {why}", wanted, why, hint=names.near(wanted))
        return None
    others = [each for each in found.places if each != at]
    if not others or (at in found.places and found.layer.called != "holder"):
        report.keep("parent", SELF_PARENT, f"{parent}, the row itself", wanted, "the row itself")
    elif len(others) > 1 and not (first := _first_of_id(others, found, callers)):
        named = _in_words([callers[each] for each in others])
        kind = "rows" if all(isinstance(callers[each], PostReport) for each in others) else "roles"
        why = f"{len(others)} {kind} have this {found.layer.called}"
        hint = "Write the id or the title of one" if found.layer.called == "holder" else ""
        report.keep("parent", AMBIGUOUS_PARENT, f"{parent}: {why} ({named})", wanted, why, hint=hint)
    else:
        place = others[0] if len(others) == 1 else first[0]
        _tell_match(report, wanted, found, callers[place], names)
        return place
    return None


def _in_words(callers: Sequence[PostReport | KnownRole]) -> str:
    """The rows of some posts and the files of some roles."""
    rows = [each.post.row.number for each in callers if isinstance(each, PostReport)]
    files = [f"{each.id}.md" for each in callers if isinstance(each, KnownRole)]
    return ", ".join([*([rows_in_words(rows)] if rows else []), *files])


def _first_of_id(
    places: Sequence[int], found: _Match, callers: Sequence[PostReport | KnownRole]
) -> Sequence[int]:
    """The one of posts that share an id whose file is called by it; empty where it is not an id."""
    if found.layer.called != "id" or len({_reference(_post(callers[each])) for each in places}) > 1:
        return ()
    # Wherever its row is: the files of the others have a number at their ends.
    return [min(places, key=lambda each: (len(callers[each].id), callers[each].id))]


def _reference(caller: Post | KnownRole) -> str:
    return caller.reference or (caller.id if isinstance(caller, KnownRole) else "")


def _post(caller: PostReport | KnownRole) -> Post | KnownRole:
    return caller.post if isinstance(caller, PostReport) else caller


def _tell_match(
    report: PostReport, wanted: str, found: _Match, parent: PostReport | KnownRole, names: _Names
) -> None:
    """Report how a parent was found that is not written as its id, or its title where there are no ids."""
    title = _post(parent).title
    place = parent.place_for(report) if isinstance(parent, PostReport) else f"{parent.id}.md"
    if found.layer is not names.main or found.spelling != wanted:
        message = f"parent '{shortened(wanted)}' is read as the {found.layer.called} of {place}"
        what = f", '{shortened(title)}'" if found.layer.called != "title" else ""
        kind = f"parent by {found.layer.called}{' of a part' * (found.spelling != wanted)}"
        report.read(kind, f"{message}{what}")
    elif wanted not in found.layer.exact:
        own = _reference(_post(parent)) if found.layer.called == "id" else title
        if _whole(own) == _whole(wanted):
            return
        if name_key(own) != name_key(wanted):
            report.read("parent by number", f"parent '{shortened(wanted)}' is read as '{shortened(own)}'")
            return
        message = f"parent is '{shortened(wanted)}': no row has this {found.layer.called}"
        done = f"It was taken for '{shortened(own)}', which differs in case only"
        cause = f"parents differ in case only from the {found.layer.called} of a row"
        for_all = "They were taken for that row"
        report.tell(PARENT_BY_CASE, message, done, cause, wanted, done_for_all=for_all)


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
