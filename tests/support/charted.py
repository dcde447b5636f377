"""Organisations for tests of charts: random trees, each way of holding, and texts that are hard to draw."""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from rolebook.charts.model import Chart
from rolebook.charts.reporting import department, neighbourhood, overview
from rolebook.organisation import Organisation, PersonFile, Role, RoleFile, organise
from rolebook.schema.records import Hours, Member, PersonFields, RoleFields

TODAY = dt.date(2027, 1, 15)


def role_file(role_id: str, **values: Any) -> RoleFile:
    fields = RoleFields(**{"title": role_id.upper(), **values})
    return RoleFile(role_id, f"roles/{role_id}.md", fields, {})


def organisation_of(parents: dict[str, str]) -> Organisation:
    return organise([role_file(role, parent=parent) for role, parent in parents.items()], today=TODAY)


def name(number: int) -> str:
    return f"r{number:03}"


@dataclass(frozen=True)
class Shape:
    """Of a random organisation: its size, how far a role reaches for the one above it, and the dice."""

    roles: int
    reach: int
    deep: bool
    rooted: bool
    seed: int

    def organisation(self) -> Organisation:
        dice = random.Random(self.seed)
        parents = {name(0): ""}
        for number in range(1, self.roles):
            pull = dice.randrange(self.reach)
            above = number - 1 - pull if self.deep else pull - 1
            parents[name(number)] = name(above) if 0 <= above < number else name(0) if self.rooted else ""
        return organisation_of(parents)


SHAPES = st.builds(
    Shape, st.integers(1, 150), st.integers(1, 40), st.booleans(), st.booleans(), st.integers(0, 10**6)
)


def few(organisation: Organisation) -> list[Role]:
    """The first roles of an organisation and some further ones."""
    roles = list(organisation.roles.values())
    return [*roles[:4], *roles[4::20]]


def charts_of(organisation: Organisation) -> Iterator[Chart]:
    yield overview(organisation, "Us")
    for role in few(organisation):
        yield department(organisation, role)
        yield neighbourhood(organisation, role)


def every_holding() -> Organisation:
    """A small organisation in which each way of holding a seat occurs."""
    hours = Hours(min=8, max=10)
    return organise(
        [
            role_file("owner", title="Owner", owner="ada", weekly_hours=hours),
            role_file("support", title="Customer support", parent="owner", owner="Bo", seats=3),
            role_file("ppc", title="PPC (Google & Meta)", parent="owner", owner="agency", weekly_hours=hours),
            role_file("ppc-eu", title="PPC in direction EU", parent="ppc"),
            role_file("video", title='"Video"]; end', parent="owner", status="planned"),
            role_file("fax", title="Fax", parent="support", status="retired", owner="Bo"),
            role_file(
                "safety",
                title="Safety [committee]",
                parent="owner",
                kind="team",
                lead=("Bo", "Cleo", "Dara"),
                members=(Member(person="Eoin", weekly_hours=hours),),
            ),
        ],
        [
            PersonFile("ada", "people/ada.md", PersonFields(name="Ada", founder=True), {}),
            PersonFile("agency", "people/agency.md", PersonFields(name="Ads R Us", kind="agency"), {}),
        ],
        today=TODAY,
    )


ADVERSARIAL = [
    "\"quoted\" 'twice' `thrice`",
    "[a] (b) {c} <d>",
    "x]] --> y",
    '"]; click n0 call alert()',
    "end",
    "graph subgraph style class click default",
    "%%{init: {'securityLevel': 'loose'}}%%",
    "%% comment",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "direction TB",
    "a direction  TBD",
    "direction\tLR",
    "style: a#b;",
    "\u202eright to left\u202c \u2066isolate\u2069 \u200e\u200f\u061c",
    "zero\u200bwidth\ufeff joiner\u200d\u200c",
    "👩‍🚀 🏳️‍🌈 ❤️",
    "\ud800 lone \udfff",
    "nul \x00 bell \x07 escape \x1b next\x85",
    "line\nbreak\r\nand\ttab\u2028and\u2029more",
    "x" * 10_000,
    "#" * 10_000,
    "#lt;b#gt; #35; #quot;",
    "&lt;b&gt; &amp;#60;",
    "ﬂ°°35¶ß ﬂ°lt¶ß",
    "ß ẞ groß",
    "e\u0301 \u0041\u030a ｆｕｌｌ",
    '\\n \\" \\u0022',
    "__proto__ constructor",
    "{{ 7*7 }} **bold**",
    "$$x$$ $$$ $\u200b$",
    "",
    " \n ",
    "\u200b",
]
