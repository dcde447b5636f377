"""Whom a promise to customers rests on."""

from pathlib import Path

import pytest

from projects import opened, write
from rolebook.analysis.promises import business_model

MODEL = "---\ndeliverables: [{id: fast, name: Fast}]\n---\n"


@pytest.mark.parametrize(
    ("roles", "alone"),
    [
        (["owner: Ann Hill"], "Ann Hill"),
        (["owner: Ann Hill", "owner: Ann Hill"], "Ann Hill"),
        (["owner: Ann Hill", "owner: Bob Low"], None),
        (["owner: Ann Hill\nbackup: Bob Low"], None),
        (["owner: Ann Hill", "owner: Ann Hill\nbackup: Bob Low"], None),
        (["owner: Ann Hill\nbackup: Ann Hill"], "Ann Hill"),
        (["owner: Ann Hill\nperformed_by: [{person: Bob Low}]"], None),
        (["kind: team\nmembers: [{person: Ann Hill}]"], None),
        ([], None),
    ],
)
def test_a_promise_rests_on_whoever_does_all_its_work_without_cover(
    roles: list[str], alone: str | None, tmp_path: Path
) -> None:
    files = {"content/business-model.md": MODEL, "roles/boss.md": "---\ntitle: Boss\n---\n"}
    for number, fields in enumerate(roles):
        work = f"{fields}\ndeliverable: {{outcome: Speed, for: fast}}"
        files[f"roles/r{number}.md"] = f"---\ntitle: R{number}\nparent: boss\n{work}\n---\n"
    (promise,) = business_model(opened(write(tmp_path, files)).organisation).promises
    assert (promise.rests_on.name if promise.rests_on else None) == alone


@pytest.mark.parametrize(
    ("roles", "waits_for"),
    [
        (["owner: Ann Hill", ""], ["R1"]),
        (["owner: Ann Hill", "owner: Bob Low"], []),
        (["owner: Ann Hill", "status: paused"], ["R1"]),
        (["", ""], []),
        (["owner: Ann Hill", "status: retired"], []),
    ],
)
def test_a_promise_waits_for_vacant_roles_that_deliver_it_as_well(
    roles: list[str], waits_for: list[str], tmp_path: Path
) -> None:
    files = {"content/business-model.md": MODEL, "roles/boss.md": "---\ntitle: Boss\n---\n"}
    for number, fields in enumerate(roles):
        work = f"{fields}\ndeliverable: {{outcome: Speed, for: fast}}"
        files[f"roles/r{number}.md"] = f"---\ntitle: R{number}\nparent: boss\n{work}\n---\n"
    model = business_model(opened(write(tmp_path, files)).organisation)
    assert [role.title for role in model.promises[0].waits_for] == waits_for
    assert [role.title for role in model.waited_for] == waits_for
