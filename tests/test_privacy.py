"""What outsiders get holds no address that was not meant for them."""

from pathlib import Path

from hostile import every_field, page
from projects import opened, write
from rolebook.schema.records import PersonFields, RoleFields

OUTSIDE = ("job", "jobs-list")
"""Kinds of pages that are given to outsiders."""


def test_an_email_address_is_given_only_in_an_open_posting(tmp_path: Path) -> None:
    person = every_field(PersonFields, "Ada") | {"email": "ada@inside.example"}
    shut = every_field(RoleFields, "Ada") | {"parent": "", "status": "filled"}
    open_ = every_field(RoleFields, "Ada") | {"parent": "shut", "status": "open"}
    shut["posting"] = {"apply_email": "old@jobs.example"}
    open_["posting"] = {"apply_email": "apply@jobs.example"}
    files = {"people/ada.md": page(person), "roles/shut.md": page(shut), "roles/open.md": page(open_)}
    handbook = opened(write(tmp_path, files))
    plan = handbook.plan()
    renderer = handbook.renderer(plan)
    text = "".join(renderer.page(each) for each in plan if each.kind in OUTSIDE)
    assert "apply@jobs.example" in text
    assert "old@jobs.example" not in text
    assert "inside.example" not in text
