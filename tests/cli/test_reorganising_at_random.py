"""Commands that change an organisation, on random ones: what was asked is said, the rest stays."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from projects import write
from random_organisations import DAY, organisation
from restyled import parts, restyled
from rolebook import checks
from rolebook.cli import main
from rolebook.handbook import Handbook, open_handbook
from rolebook.organisation import Person, Role
from rolebook.parse import ParseCache
from rolebook.problems import Problem, Severity
from rolebook.site_config import find_project

SEEDS, LONG = 80, 5_000
_EPOCH = str(int(dt.datetime.combine(DAY, dt.time(12), dt.UTC).timestamp()))

ASSIGNED = {"owner", "performed_by", "status", "posting", "backup", "outsource", "weekly_hours", "review_by"}
VACATED = {"owner", "status", "backup", "outsource", "performed_by"}
Said = Callable[[Handbook], bool]


def opener(root: Path) -> Callable[[], Handbook]:
    project, _ = find_project(root / "mkdocs.yml", checks.CODES)
    assert project
    known = ParseCache()
    return lambda: open_handbook(project, DAY, known)


def texts(root: Path) -> dict[str, str]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode() for path in sorted(root.rglob("*.*"))
    }


def cases(book: Handbook, dice: random.Random) -> Iterator[tuple[list[str], set[str], Said]]:
    """Commands, the fields that each may write, and what is true of the organisation afterwards."""
    roles = [*book.organisation.roles.values()]
    people = [each for each in book.organisation.people.values() if each.file]
    role, parent, person = dice.choice(roles), dice.choice(roles), dice.choice(people)
    yield ["assign", role.id, dice.choice((person.id, person.name))], ASSIGNED, holds(role, person)
    gone = dice.choice(people)
    yield ["leave", gone.id, "--on", str(DAY)], VACATED | {"lead", "members", "ends"}, has_left(gone)
    later = dice.choice(people)
    yield (
        ["leave", later.name, "--on", "2026-09-30"],
        {"performed_by", "members", "ends", "outsource"},
        ends(later),
    )
    yield ["vacate", dice.choice(roles).id], VACATED, lambda book: True
    yield ["move", role.id, parent.id], {"parent"}, reports(role, parent)
    yield ["retire", parent.id], {"status"}, retired(parent)
    yield ["hire", "Newt New", "--capacity", "5"], set(), hired
    part = ["--hours", "0.5", *(["--deliverable", "1"] if role.fields.deliverable else [])]
    yield ["split", role.id, "A new one", *part], {"weekly_hours", "deliverable"}, split_off(role)


def holds(role: Role, person: Person) -> Said:
    def said(book: Handbook) -> bool:
        now = book.organisation.roles[role.id]
        plan = now.fields.outsource
        is_done = plan is None or person.founder or (plan.fit, plan.by) == ("done", None)
        return (
            now.owner is not None
            and now.owner.id == person.id
            and not (now.fields.status or now.fields.posting or (now.backup and now.backup.id == person.id))
            and is_done
            and now.fields.review_by == DAY + dt.timedelta(days=182)
        )

    return said


def has_left(person: Person) -> Said:
    def said(book: Handbook) -> bool:
        now = book.organisation.people[person.id]
        named = [
            role.id
            for role in book.organisation.roles.values()
            if person.id in {each.id for each in (*role.people, role.backup) if each}
        ]
        return now.fields.ends == DAY and not named

    return said


def ends(person: Person) -> Said:
    last = dt.date(2026, 9, 30)

    def said(book: Handbook) -> bool:
        entries = [
            entry
            for role in book.organisation.roles.values()
            for entry in (*role.fields.performed_by, *role.fields.members)
            if (named := book.organisation.named(entry.person)) and named.id == person.id
        ]
        held = [
            role.fields.outsource
            for role in book.organisation.roles.values()
            if role.active and role.owner and role.owner.id == person.id
        ]
        now = book.organisation.people[person.id]
        return (
            now.fields.ends == last
            and all(each.until and each.until <= last for each in entries)
            and all(plan and plan.fit == "next" and plan.by and plan.by <= last for plan in held)
        )

    return said


def reports(role: Role, parent: Role) -> Said:
    return lambda book: book.organisation.parents[role.id].id == parent.id


def retired(role: Role) -> Said:
    return lambda book: not book.organisation.roles[role.id].active


def hired(book: Handbook) -> bool:
    return book.organisation.people["newt"].fields.weekly_capacity == 5


def split_off(role: Role) -> Said:
    def said(book: Handbook) -> bool:
        new, rest = book.organisation.roles["a-new-one"], book.organisation.roles[role.id]
        assert new.fields.weekly_hours
        assert rest.fields.weekly_hours
        assert role.fields.weekly_hours
        return (
            new.fields.weekly_hours.max == 0.5
            and round(rest.fields.weekly_hours.max + 0.5, 9) == role.fields.weekly_hours.max
            and (*new.fields.deliverable, *rest.fields.deliverable) == role.fields.deliverable
            and new.fields.parent == (role.fields.parent or role.id)
            and new.owner == book.organisation.roles[role.id].owner
        )

    return said


def worse(before: Handbook, after: Handbook) -> list[str]:
    """Errors and warnings of a new kind in a file, of which nothing was said of any other before."""

    def serious(book: Handbook) -> list[Problem]:
        return [each for each in book.problems if each.rule.severity is not Severity.ADVICE]

    kinds = {(each.path, each.rule) for each in serious(before)}
    said = {each.message for each in serious(before)}
    # Of a role that was only planned, nothing was said yet.
    silent = {role.file.path for role in before.organisation.roles.values() if not role.active}
    return [
        str(each)
        for each in serious(after)
        if (each.path, each.rule) not in kinds and each.message not in said and each.path not in silent
    ]


def assert_kept(before: str, after: str, allowed: set[str]) -> None:
    """Every field but those allowed, every comment and the body are as they were.

    A comment beside a value that goes gets a line of its own.
    """
    (was, comments, body), (now, same_comments, same_body) = parts(before), parts(after)
    assert [each for each in same_comments if each in comments] == comments
    assert all(f" {each.strip()}" in before for each in same_comments if each not in comments)
    assert body == same_body
    assert {name: each for name, each in was.items() if name not in allowed} == {
        name: each for name, each in now.items() if name not in allowed
    }
    assert [name for name in was if name in now] == [name for name in now if name in was]
    assert ("\r\n" in before) == ("\r\n" in after)
    assert "\r\n" not in before or "\n" not in after.replace("\r\n", "")


def test_random_organisations(
    tmp_path: Path, long: bool, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", _EPOCH)
    done: dict[str, int] = {}
    start = random.randrange(10**6) if long else 0
    for seed in range(start, start + (LONG if long else SEEDS)):
        dice = random.Random(seed)
        files, _ = organisation(seed)
        styled = {
            path: restyled(text, dice) if path.startswith(("roles/", "people/")) else text
            for path, text in files.items()
        }
        root = write(tmp_path / str(seed), styled)
        handbook = opener(root)
        before, book = texts(root), handbook()
        all_cases = [*cases(book, dice)]
        for at in range(len(all_cases)):
            if not long and at % 4 != seed % 4:
                continue
            words, allowed, said = all_cases[at]
            ran = CliRunner().invoke(main, [words[0], "-f", str(root / "mkdocs.yml"), *words[1:]])
            assert ran.exception is None or isinstance(ran.exception, SystemExit), (seed, words, ran.output)
            after, now = texts(root), handbook()
            if ran.exit_code:
                assert after == before, (seed, words)
            else:
                done[words[0]] = done.get(words[0], 0) + 1
                assert said(now), (seed, words, ran.output)
                assert worse(book, now) == [], (seed, words, ran.output)
                for path in before:
                    if after[path] != before[path]:
                        assert_kept(before[path], after[path], allowed)
            before, book = after, now
            all_cases = [*cases(book, random.Random(dice.random()))]
    assert min(done.values()) > 3
    print(done)
