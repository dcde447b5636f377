"""What stops while somebody is away, and who covers it."""

from pathlib import Path

import pytest

from projects import opened, write
from rolebook.analysis.absence import Absence, absences
from rolebook.analysis.promises import business_model

MODEL = "---\ndeliverables: [{id: fast, name: Fast}, {id: fresh, name: Fresh}]\n---\n"
ANN, BO = "Ann Hill", "Bo Low"


def found(folder: Path, *roles: str) -> dict[str, Absence]:
    """What stops without each person, by name; `roles` are the fields of R0, R1 and so on."""
    files = {"content/business-model.md": MODEL, "roles/boss.md": "---\ntitle: Boss\n---\n"}
    for number, fields in enumerate(roles):
        files[f"roles/r{number}.md"] = f"---\ntitle: R{number}\nparent: boss\n{fields}\n---\n"
    organisation = opened(write(folder, files)).organisation
    each = absences(organisation, business_model(organisation).promises).values()
    return {absence.person.name: absence for absence in each}


def covered(absence: Absence) -> list[tuple[str, str]]:
    """The roles that stop, each with who covers it."""
    return [(role.title, cover.name if cover else "") for role, cover in absence.roles]


@pytest.mark.parametrize(
    ("fields", "stops"),
    [
        ("owner: Ann Hill", {ANN: [("R0", "")]}),
        ("owner: Ann Hill\nbackup: Bo Low", {ANN: [("R0", BO)]}),
        ("owner: Ann Hill\nbackup: Ann Hill", {ANN: [("R0", "")]}),
        ("performed_by: [Ann Hill]", {ANN: [("R0", "")]}),
        ("performed_by: [Ann Hill]\nbackup: Bo Low", {ANN: [("R0", BO)]}),
        ("performed_by: [Ann Hill]\nbackup: Ann Hill", {ANN: [("R0", "")]}),
        ("performed_by: [Ann Hill, Bo Low]", {ANN: [], BO: []}),
        ("owner: Ann Hill\nperformed_by: [Bo Low]", {ANN: [], BO: [("R0", "")]}),
        ("owner: Ann Hill\nperformed_by: [Bo Low]\nbackup: Ann Hill", {ANN: [], BO: [("R0", ANN)]}),
        (
            "owner: Ann Hill\nbackup: Bo Low\nweekly_hours: 9\n"
            "performed_by: [{person: Bo Low, weekly_hours: 4}]",
            {ANN: [("R0", BO)], BO: []},
        ),
        ("kind: team\nmembers: [{person: Ann Hill, weekly_hours: 2}]", {ANN: []}),
        ("owner: Ann Hill\nstatus: retired", {}),
        ("backup: Ann Hill", {}),
    ],
)
def test_a_role_stops_without_its_holder_and_without_whoever_does_it_alone(
    fields: str, stops: dict[str, list[tuple[str, str]]], tmp_path: Path
) -> None:
    assert {name: covered(absence) for name, absence in found(tmp_path, fields).items()} == stops


@pytest.mark.parametrize(
    ("fields", "own"),
    [
        ("owner: Ann Hill", False),
        ("owner: Ann Hill\nbackup: Bo Low", False),
        ("owner: Ann Hill\nbackup: Ann Hill", True),
        ("backup: Ann Hill", False),
        ("performed_by: [Ann Hill]\nbackup: Ann Hill", True),
        ("performed_by: [Ann Hill, Bo Low]\nbackup: Ann Hill", False),
        ("owner: Bo Low\nperformed_by: [Ann Hill]\nbackup: Ann Hill", True),
    ],
)
def test_a_role_covers_itself_if_its_cover_holds_it_or_does_it_alone(
    fields: str, own: bool, tmp_path: Path
) -> None:
    files = {"roles/boss.md": "---\ntitle: Boss\n---\n", "roles/r.md": f"---\nparent: boss\n{fields}\n---\n"}
    role = opened(write(tmp_path, files)).organisation.roles["r"]
    assert role.covers_itself == own
    assert role.cover == (None if own else role.backup)


def test_the_largest_role_comes_first_and_a_person_who_is_missed_most(tmp_path: Path) -> None:
    works = "deliverable: {outcome: x, for: fresh}"
    each = found(
        tmp_path,
        "owner: Ann Hill\nweekly_hours: 2\nbackup: Bo Low",
        "owner: Ann Hill\nweekly_hours: 5\nbackup: Bo Low",
        "owner: Bo Low\nweekly_hours: 1",
        f"owner: Cy Dow\nweekly_hours: 1\n{works}",
        "owner: Di Fox\nbackup: Bo Low",
        "owner: Ed Orr\nperformed_by: [Ann Hill, Bo Low]",
    )
    assert list(each) == ["Cy Dow", BO, ANN, "Di Fox", "Ed Orr"]
    assert covered(each[ANN]) == [("R1", BO), ("R0", BO)]
    assert [promise.name for promise in each["Cy Dow"].promises] == ["Fresh"]
    assert [name for name, absence in each.items() if absence.is_single_point_of_failure] == ["Cy Dow", BO]
    assert [role.title for role in each[BO].without_cover] == ["R2"] and each[ANN].without_cover == ()


def test_a_promise_alone_makes_a_single_point_of_failure(tmp_path: Path) -> None:
    part = "performed_by: [Ann Hill]\nbackup: Ann Hill\ndeliverable: {outcome: x, for: fast}"
    assert found(tmp_path, part)[ANN].is_single_point_of_failure


@pytest.mark.parametrize(
    ("roles", "covers"),
    [
        (["owner: Ann Hill"], []),
        (["owner: Ann Hill\nbackup: Bo Low", "owner: Cy Dow\nbackup: Bo Low"], [BO]),
        (["owner: Ann Hill\nbackup: Bo Low", "owner: Bo Low\nbackup: Ann Hill"], [BO, ANN]),
        (["owner: Ann Hill\nbackup: Ann Hill"], []),
    ],
)
def test_a_promise_is_covered_by_whoever_covers_its_roles_and_does_not_do_them(
    roles: list[str], covers: list[str], tmp_path: Path
) -> None:
    files = {"content/business-model.md": MODEL, "roles/boss.md": "---\ntitle: Boss\n---\n"}
    for number, fields in enumerate(roles):
        work = f"{fields}\ndeliverable: {{outcome: Speed, for: fast}}"
        files[f"roles/r{number}.md"] = f"---\ntitle: R{number}\nparent: boss\n{work}\n---\n"
    fast, _ = business_model(opened(write(tmp_path, files)).organisation).promises
    assert [person.name for person in fast.covers] == covers
