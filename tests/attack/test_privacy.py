"""What outsiders get holds no address that was not meant for them."""

from pathlib import Path

import pytest

from hostile import every_field, page
from projects import MKDOCS_YML, opened, write
from rolebook.schema.audience import Audience
from rolebook.schema.records import PersonFields, RoleFields

RECEIVERS = ("Zoe Quint, the CFO", "ZOE  quint", "zoe", "zoe@inside.example", "@zoe", "Quint & co")


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.CONTRACTOR])
@pytest.mark.parametrize("receiver", RECEIVERS)
def test_whoever_gets_a_deliverable_is_no_person_to_outsiders(
    receiver: str, audience: Audience, tmp_path: Path
) -> None:
    role = {"title": "Shop", "deliverable": [{"outcome": "Cakes", "receiver": receiver}]}
    person = {"name": "Zoe Quint", "email": "zoe@inside.example"}
    handbook = opened(write(tmp_path, {"roles/shop.md": page(role), "people/zoe.md": page(person)}))
    (deliverable,) = handbook.view_for(audience).organisation.roles["shop"].fields.deliverable
    assert (deliverable.outcome, deliverable.receiver) == ("Cakes", "")


PUBLIC = MKDOCS_YML.replace("rolebook:", "rolebook:\n      audience: public", 1)


@pytest.mark.parametrize(("config", "kinds"), [(MKDOCS_YML, {"job", "jobs-list"}), (PUBLIC, set())])
def test_an_email_address_is_given_only_in_an_open_posting(
    config: str, kinds: set[str], tmp_path: Path
) -> None:
    person = every_field(PersonFields, "Ada") | {"email": "ada@inside.example"}
    shut = every_field(RoleFields, "Ada") | {"parent": "", "status": "filled"}
    open_ = every_field(RoleFields, "Ada") | {"parent": "shut", "status": "open"}
    shut["posting"] = {"apply_email": "old@jobs.example"}
    open_["posting"] = {"apply_email": "apply@jobs.example"}
    files = {"people/ada.md": page(person), "roles/shut.md": page(shut), "roles/open.md": page(open_)}
    handbook = opened(write(tmp_path, {"mkdocs.yml": config, **files}))
    plan = handbook.plan()
    renderer = handbook.renderer(plan)
    given = [each for each in plan if not kinds or each.kind.template in kinds]
    assert {each.kind.template for each in given} >= {"job", "jobs-list"}
    text = "".join(renderer.page(each) for each in given)
    assert "apply@jobs.example" in text
    assert "old@jobs.example" not in text
    assert "inside.example" not in text
