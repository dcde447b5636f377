"""Small businesses of every kind, for tests that work their figures out anew."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from rolebook.organisation import Organisation, PersonFile, RoleFile, organise
from rolebook.schema.records import (
    BusinessDeliverable,
    BusinessModelFields,
    Deliverable,
    Hours,
    Offer,
    Outsource,
    PersonFields,
    Rate,
    RoleFields,
    Skills,
    Tool,
    TrialTask,
    Work,
)

TODAY = dt.date(2027, 1, 15)
OUTSIDE = ("contractor", "agency", "automation")

PEOPLE = {
    "maya": PersonFields(name="Maya", founder=True, weekly_capacity=20.0),
    "leo": PersonFields(name="Leo", founder=True),
    "ines": PersonFields(
        name="Ines",
        engagement="contractor",
        weekly_capacity=10.0,
        rate=Rate(amount=30.0, currency="EUR", per="hour"),
    ),
    "bot": PersonFields(
        name="Bot", kind="automation", rate=Rate(min=100.0, max=150.0, currency="EUR", per="month")
    ),
    "tomasz": PersonFields(name="Tomasz", engagement="employee", weekly_capacity=40.0),
}
"""Those with a file; `orla` has none."""
WHO = st.sampled_from([*PEOPLE, "orla"])
DELIVERABLES = ("d1", "d2", "d3", "d4")
BUSINESS = BusinessModelFields(
    offers=(Offer(id="o1", name="One"), Offer(id="o2")),
    deliverables=(
        BusinessDeliverable(id="d1", name="First", offer="o1"),
        BusinessDeliverable(id="d2", offer="o1"),
        BusinessDeliverable(id="d3", offer="o2"),
        BusinessDeliverable(id="d4", offer="gone"),
    ),
    functions=("R1", "r2", "Law"),
)

_QUARTERS = st.integers(0, 200).map(lambda quarters: quarters / 4)
_HOURS = st.builds(lambda low, more: Hours(min=low, max=low + more), _QUARTERS, st.sampled_from([0.0, 4.0]))
_RATES = st.builds(
    Rate,
    amount=st.sampled_from([None, None, 45.0]),
    min=st.sampled_from([None, 20.0]),
    max=st.sampled_from([None, 24.0]),
    currency=st.sampled_from(["EUR", "GBP", ""]),
    per=st.sampled_from(["hour", "hour", "month", "fixed", "deliverable", ""]),
)
_PRODUCED = st.builds(
    Deliverable,
    outcome=st.just("something"),
    measure=st.sampled_from(["", "counted"]),
    acceptance=st.sampled_from([(), ("it is there",)]),
    for_=st.sampled_from(["", "", "unheard of", *DELIVERABLES]),
    receiver=st.sampled_from(["", "customers", "r1", "R2", "r3"]),
)
_PLANS = st.builds(
    Outsource,
    fit=st.sampled_from(["", "no", "maybe", "next", "next", "done"]),
    by=st.none() | st.dates(TODAY, TODAY + dt.timedelta(days=90)),
    to=st.sampled_from(["", "ines", "Tomasz", "somebody new"]),
)
_ROLES = st.builds(
    RoleFields,
    owner=st.just("") | WHO,
    performed_by=st.lists(
        st.builds(Work, person=WHO, weekly_hours=st.none() | _HOURS), max_size=2, unique_by=lambda w: w.person
    ).map(tuple),
    backup=st.just("") | WHO,
    weekly_hours=st.none() | _HOURS,
    seats=st.sampled_from([1, 1, 1, 3]),
    deliverable=st.lists(_PRODUCED, max_size=3).map(tuple),
    status=st.sampled_from(["", "", "", "planned", "open", "filled", "paused", "retired"]),
    outsource=st.none() | _PLANS,
    engagement=st.sampled_from(["", "", "employee", "contractor"]),
    skills=st.builds(Skills, must=st.sampled_from([(), ("a",), tuple("abcdefg")])),
    tools=st.sampled_from([(), (Tool(name="Xero"),)]),
    rate=st.none() | _RATES,
    trial_task=st.sampled_from([None, TrialTask(brief="Try it")]),
    review_by=st.none() | st.dates(TODAY - dt.timedelta(days=9), TODAY + dt.timedelta(days=9)),
)
_BODIES = st.sampled_from(
    [
        "",
        "## Procedure\n\n1. Do it.\n",
        "## Procedure\n\n",
        "## Procedure\n\n1. To do: this\n\n",
        "## how to  do IT\n\nSo.\n",
    ]
)


@st.composite
def role_files(draw: st.DrawFn, most: int = 6) -> list[RoleFile]:
    """Roles named r0, r1 …, each below one with a lower number or at the top."""
    files = []
    for number in range(draw(st.integers(0, most))):
        parent = draw(st.integers(-1, number - 1)) if number else -1
        fields: Any = draw(_ROLES)
        values = {name: getattr(fields, name) for name in fields.__dataclass_fields__}
        values |= {"title": f"R{number}", "parent": f"r{parent}" if parent >= 0 else ""}
        body = draw(_BODIES)
        files.append(RoleFile(f"r{number}", f"roles/r{number}.md", RoleFields(**values), {}, body))
    return files


def company(files: list[RoleFile]) -> Organisation:
    """The business that has these roles."""
    people = [PersonFile(who, f"people/{who}.md", fields, {}) for who, fields in PEOPLE.items()]
    return organise(files, people, BUSINESS, "content/business-model.md", today=TODAY)
