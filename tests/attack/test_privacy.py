"""What outsiders get holds no address that was not meant for them."""

from pathlib import Path

import pytest

from hostile import every_field, page
from projects import MKDOCS_YML, opened, reported, write
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


WRITTEN = [
    "Ask Inês Carvalho.",
    "Ask INES CARVALHO.",
    "Ask Carvalho, Inês.",
    "Ask In<b>ê</b>s Carvalho.",
    "Ask I<wbr>nês <span>Carv</span>alho.",
    "Ask **Inês** *Carvalho*.",
    "Ask 𝐈𝐧𝐞𝐬 𝐂𝐚𝐫𝐯𝐚𝐥𝐡𝐨.",
    "Ask ⓘⓝⓔⓢ carvalho.",
    "Ask In&ecirc;s&nbsp;Carvalho.",
    "[mail](mailto:ines.c@acme.example)",
    "[mail](mailto:ines.c%40acme.example)",
    "[mail](mailto:Ines.C@ACME.example?subject=x)",
    "Write to ines.c&#64;acme.example.",
    "[x](https://e.example/ines-carvalho)",
    "[x](https://e.example/In%C3%AAs%20Carvalho)",
    "[x][y]\n\n[y]: https://e.example/ines_carvalho",
    '<a href="https://e.example/?who=ines+carvalho">x</a>',
    "![Inês Carvalho](x.png)",
    '[x](https://e.example "Inês Carvalho")',
    '<abbr title="Inês Carvalho">IC</abbr>',
]
WRITTEN += [
    f"Ask {name}."
    for name in (
        *("*In*ês Carvalho", "In**ês** Carvalho", "**I**nês **C**arvalho", "Inês C**arv**alho"),
        *("[In](https://e.example)ês Carvalho", "Inês [C](https://e.example 'x')arvalho", "`In`ês Carvalho"),
        *("In<!-- x -->ês Carvalho", "In![](pic.png)ês Carvalho", "In<foo>ês</foo> Carvalho"),
        *("In<button>ês</button> Carvalho", "In<input>ês Carvalho"),
        *("ines.**c**@acme.example", "*ines*.c@acme.example", "`ines.c`@acme.example"),
        *(
            "[ines.c](https://e.example)@acme.example",
            "ines.c<!-- -->@acme.example",
            "ines.c@<br>acme.example",
        ),
        *("ines.c\u200b@acme.example", "ines.c＠acme.example", "ines.c![](pic.png)@acme.example"),
    )
]
WRITTEN += [
    "[In][1]ês Carvalho\n\n[1]: https://e.example",
    "| a | b |\n| - | - |\n| *In*ês Carvalho | x |",
    "- a\n- **I**nês Carvalho",
    "### *In*ês Carvalho\n\nx",
]
HARMLESS = [
    "Ask the shop manager.",
    "Carve the ham; see [x](https://e.example/ines).",
    "Ask In<b>s</b> Carva.",
]


def named_in(body: str, tmp_path: Path) -> bool:
    person = page({"name": "Inês Carvalho", "email": "ines.c@acme.example"})
    text = page({"title": "Shop"}) + f"\n## Responsibilities\n\n{body}\n"
    files = {"people/ines.md": person, "roles/shop.md": text}
    return "[name-in-public-text]" in reported(write(tmp_path, files))


@pytest.mark.parametrize("body", WRITTEN)
def test_a_person_in_a_public_section_is_found_however_they_are_written(body: str, tmp_path: Path) -> None:
    assert named_in(body, tmp_path)


@pytest.mark.parametrize("body", HARMLESS)
def test_what_names_nobody_is_let_through(body: str, tmp_path: Path) -> None:
    assert not named_in(body, tmp_path)


def test_an_address_to_apply_at_names_nobody_in_disguise(tmp_path: Path) -> None:
    person = page({"name": "Inês Carvalho", "email": "ines.c@acme.example"})
    for address in ("https://e.example/?m=ines.c%40acme.example", "https://e.example/In%C3%AAs-Carvalho"):
        role = page({"title": "Shop", "posting": {"apply_url": address}})
        said = reported(write(tmp_path, {"people/ines.md": person, "roles/shop.md": role}))
        assert "[name-in-public-text]" in said
