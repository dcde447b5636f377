"""Every figure of an organisation, worked out from the guide's page "What the figures mean" and nothing else.

Plain dictionaries go in: an organisation has `day` (a date), `options` (as in `mkdocs.yml`), `roles` and
`people` (each the front matter of a file with its `id`, roles with their `body` as well) and `promises` (the
`deliverables` of the business model). Figures come out as plain dictionaries of exact fractions.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Fields = dict[str, Any]
Pair = tuple[Fraction, Fraction]

ZERO: Pair = (Fraction(0), Fraction(0))
WEIGHTS = {"plan": 3, "holder": 3, "hours": 2, "deliverable": 2, "procedure": 2, "independence": 1}
OUTSIDE_ENGAGEMENTS = ("contractor", "agency", "automation")
OUTSIDE_KINDS = ("agency", "automation")
KINDS_OF_HOLDER = ("founder", "in-house", "outsourced", "vacant")


@dataclass
class Part:
    """What one person does of a role; without a person it is nobody's, without hours these cannot be said."""

    person: str | None
    hours: Pair | None


# Reading what is written


def fraction(number: int | float | str) -> Fraction:
    """Say the number as it is written, so that 0.1 is a tenth."""
    return Fraction(str(number))


def listed(value: Any) -> list[Any]:
    """Make a list of what may be absent, one thing or several."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def pair(value: Any) -> Pair | None:
    """Read hours, which are a number or a range."""
    if value is None:
        return None
    if isinstance(value, dict):
        return fraction(value["min"]), fraction(value["max"])
    return fraction(value), fraction(value)


def plan(role: Fields) -> Fields:
    """Read `outsource`, which may be the fit alone."""
    value = role.get("outsource") or {}
    return value if isinstance(value, dict) else {"fit": value}


def rate(fields: Fields) -> Fields | None:
    """Read `rate`, which may be the amount alone."""
    value = fields.get("rate")
    return value if value is None or isinstance(value, dict) else {"amount": value}


def amount(paid: Fields) -> Pair:
    """Read a rate's amount, which may be a range."""
    if "amount" in paid:
        return fraction(paid["amount"]), fraction(paid["amount"])
    return fraction(paid["min"]), fraction(paid["max"])


def known(value: Any) -> Pair | None:
    """Read hours of which 0 says nothing."""
    hours = pair(value)
    return hours if hours is not None and hours[1] else None


def helpers(role: Fields) -> list[Fields]:
    """Read `performed_by`, where each may be the person alone."""
    return [each if isinstance(each, dict) else {"person": each} for each in listed(role.get("performed_by"))]


def members(team: Fields) -> list[Fields]:
    """Read `members`, where each may be the person alone."""
    return [each if isinstance(each, dict) else {"person": each} for each in listed(team.get("members"))]


def is_team(role: Fields) -> bool:
    """Say whether a file describes a team."""
    return role.get("kind") == "team"


def deliverables(role: Fields) -> list[Fields]:
    """Read `deliverable`, where each may be the outcome alone."""
    return [each if isinstance(each, dict) else {"outcome": each} for each in listed(role.get("deliverable"))]


# Reckoning


def plus(one: Pair, other: Pair) -> Pair:
    """Add two ranges, end by end."""
    return one[0] + other[0], one[1] + other[1]


def times(one: Pair, factor: Fraction | int) -> Pair:
    """Multiply both ends of a range."""
    return one[0] * factor, one[1] * factor


def total(pairs: list[Pair]) -> Pair:
    """Add up ranges."""
    result = ZERO
    for each in pairs:
        result = plus(result, each)
    return result


def halves_up(number: Fraction) -> int:
    """Round to a whole number, halves up."""
    return (2 * number.numerator + number.denominator) // (2 * number.denominator)


def percent(part: Fraction | int, whole: Fraction | int) -> int:
    """Say a part in percent; of nothing it is 0."""
    return halves_up(Fraction(part) * 100 / Fraction(whole)) if whole else 0


class Organisation:
    """The figures of one organisation, as it is or after its plan."""

    def __init__(self, plain: Fields, specialists: frozenset[str] = frozenset()) -> None:
        """Take an organisation; the specialists are those who have no file and are outside all the same."""
        self.day: datetime.date = plain["day"]
        self.options: Fields = plain["options"]
        self.roles: dict[str, Fields] = {role["id"]: role for role in plain["roles"]}
        self.people: dict[str, Fields] = {person["id"]: person for person in plain["people"]}
        self.promises: list[Fields] = plain["promises"]
        self.specialists = specialists

    # Who is who

    def person(self, written: str) -> str:
        """Find the id of a person who is written by id or by name; without a file it is made of the name."""
        for identifier, fields in self.people.items():
            if written.casefold() in (identifier.casefold(), fields["name"].casefold()):
                return identifier
        return re.sub(r"[^a-z0-9]+", "-", written.casefold()).strip("-")

    def founder(self, person: str) -> bool:
        """Say whether somebody is a founder, by their file or by the option."""
        named = [self.person(name) for name in listed(self.options.get("founders"))]
        return self.people.get(person, {}).get("founder") is True or person in named

    def outside(self, person: str) -> bool:
        """Say whether somebody is a specialist outside."""
        fields = self.people.get(person, {})
        written = fields.get("engagement") in OUTSIDE_ENGAGEMENTS or fields.get("kind") in OUTSIDE_KINDS
        return not self.founder(person) and (written or person in self.specialists)

    def side(self, person: str) -> str:
        """Say whether somebody is the founder, in-house or outsourced."""
        if self.founder(person):
            return "founder"
        return "outsourced" if self.outside(person) else "in-house"

    # Which roles count, and who holds them

    def counting(self) -> list[Fields]:
        """List the roles that count."""
        return [role for role in self.roles.values() if self.counts(role) and not is_team(role)]

    def teams(self) -> list[Fields]:
        """List the teams that count."""
        return [role for role in self.roles.values() if self.counts(role) and is_team(role)]

    def together(self, team: Fields) -> list[Fields]:
        """List the members of a team whose first day has come and whose last day has not passed."""
        return [
            each
            for each in members(team)
            if each.get("since", self.day) <= self.day <= each.get("until", self.day)
        ]

    def belonging(self, team: Fields) -> set[str]:
        """Name everybody who leads a team or belongs to it today."""
        names = [*listed(team.get("lead")), *(each["person"] for each in self.together(team))]
        return {self.person(name) for name in names}

    def counts(self, role: Fields) -> bool:
        """Say whether a role counts."""
        return role.get("status") not in ("planned", "retired")

    def owner(self, role: Fields) -> str | None:
        """Say who owns a role."""
        return self.person(role["owner"]) if role.get("owner") else None

    def holding(self, role: Fields) -> str:
        """Say who holds a role, in the words of `rolebook.json`."""
        owner = self.owner(role)
        if not self.counts(role):
            return str(role["status"])
        if is_team(role):
            return "team"
        if owner is not None:
            return self.side(owner)
        return "in-house" if role.get("status") == "filled" else "vacant"

    # Whose hours

    def written(self, role: Fields) -> Pair | None:
        """Say the hours that are written for a role, of all its seats."""
        hours = known(role.get("weekly_hours"))
        return None if hours is None else times(hours, role.get("seats", 1))

    def working(self, role: Fields) -> list[Fields]:
        """List those under `performed_by` whose first day has come and whose last day has not passed."""
        return [
            helper
            for helper in helpers(role)
            if helper.get("since", self.day) <= self.day <= helper.get("until", self.day)
        ]

    def own(self, role: Fields) -> list[Pair]:
        """List the hours that people under `performed_by`, or of a team, have of their own today."""
        people = self.together(role) if is_team(role) else self.working(role)
        return [hours for each in people if (hours := known(each.get("weekly_hours"))) is not None]

    def hours(self, role: Fields) -> Pair | None:
        """Say the hours that a role takes: those written, and at least those of its people."""
        written, own = self.written(role), self.own(role)
        if written is None:
            return total(own) if own else None
        people = total(own)
        return max(written[0], people[0]), max(written[1], people[1])

    def left(self, role: Fields) -> Pair | None:
        """Say what is left when people have their own hours, the lower figure first."""
        written = self.written(role)
        if written is None:
            return None
        people = total(self.own(role))
        ends = sorted((max(written[0] - people[0], Fraction(0)), max(written[1] - people[1], Fraction(0))))
        return ends[0], ends[1]

    def parts(self, role: Fields) -> list[Part]:
        """Divide a role among those who do its work today; a team among those with hours in it."""
        if is_team(role):
            return [
                Part(self.person(each["person"]), hours)
                for each in self.together(role)
                if (hours := known(each.get("weekly_hours"))) is not None
            ]
        owner, there, left = self.owner(role), self.working(role), self.left(role)
        if not there:
            return [Part(owner, left)]
        parts = []
        without = [helper for helper in there if known(helper.get("weekly_hours")) is None]
        for helper in there:
            hours = known(helper.get("weekly_hours"))
            if hours is None and left is not None:
                hours = times(left, Fraction(1, len(without)))
            parts.append(Part(self.person(helper["person"]), hours))
        if not without and left is not None and left[1] > 0:
            parts.append(Part(owner, left))
        return parts

    def shares(self, role: Fields) -> dict[str, Pair | None]:
        """Add up the parts of each person in a role; a person who is named twice has both."""
        result: dict[str, Pair | None] = {}
        for part in self.parts(role):
            if part.person is None:
                continue
            before = result.get(part.person)
            if before is None or part.hours is None:
                result[part.person] = before if part.hours is None else part.hours
            else:
                result[part.person] = plus(before, part.hours)
        return result

    def inside(self, role: Fields) -> set[str]:
        """Name everybody in a role: who has a part in it, and who owns it."""
        owner = self.owner(role)
        return set(self.shares(role)) | ({owner} if owner is not None else set())

    def nobodys(self, role: Fields) -> Pair:
        """Say which hours of a role are nobody's."""
        return total(
            [part.hours for part in self.parts(role) if part.person is None and part.hours is not None]
        )

    # People

    def hats(self, person: str) -> list[Fields]:
        """List the roles that count and somebody is in."""
        return [role for role in self.counting() if person in self.inside(role)]

    def persons_hours(self, person: str) -> Pair | None:
        """Add up somebody's parts."""
        units = [*self.counting(), *self.teams()]
        parts = [hours for role in units if (hours := self.shares(role).get(person)) is not None]
        return total(parts) if parts else None

    def over(self, person: str) -> bool:
        """Say whether somebody has too much work."""
        capacity = self.people.get(person, {}).get("weekly_capacity")
        hours = self.persons_hours(person)
        return capacity is not None and hours is not None and hours[0] > fraction(capacity)

    def everybody(self) -> set[str]:
        """Name everybody who wears a hat or belongs to a team."""
        hats = {person for role in self.counting() for person in self.inside(role)}
        return hats | {person for team in self.teams() for person in self.belonging(team)}

    def named(self) -> set[str]:
        """Name everybody whom a role or a team names, in whatever way and on whatever days."""
        found = set()
        for role in self.roles.values():
            names = [role.get("owner"), role.get("backup"), *listed(role.get("lead"))]
            names += [each["person"] for each in (*helpers(role), *members(role))]
            found |= {self.person(name) for name in names if name}
        return found

    # Functions

    def below(self, role: Fields) -> list[Fields]:
        """List the roles that report to a role."""
        return [other for other in self.roles.values() if other.get("parent") == role["id"]]

    def function(self, role: Fields) -> str:
        """Say the id of a role's function, or nothing."""
        chain = [role]
        while chain[-1].get("parent"):
            chain.append(self.roles[chain[-1]["parent"]])
        heads = [each for each in self.roles.values() if not each.get("parent") and self.below(each)]
        if chain[-1] not in heads:
            return ""
        if len(heads) > 1:
            return str(chain[-1]["id"])
        return str(chain[-2]["id"]) if len(chain) > 1 else ""

    # What to hand over next

    def at_the_top(self, role: Fields) -> bool:
        """Say whether a role is at the top."""
        roots = [each for each in self.roles.values() if not each.get("parent")]
        return not role.get("parent") and (bool(self.below(role)) or len(roots) == 1)

    def ranked(self, role: Fields) -> bool:
        """Say whether a role is ranked."""
        fit, holding = plan(role).get("fit"), self.holding(role)
        if (
            not self.counts(role)
            or is_team(role)
            or self.at_the_top(role)
            or holding == "outsourced"
            or fit == "no"
        ):
            return False
        return not (fit == "done" and holding == "in-house")

    def receivers(self, role: Fields) -> set[str]:
        """Say the ids of the roles that count and receive something from a role."""
        result = set()
        for deliverable in deliverables(role):
            written = str(deliverable.get("receiver", "")).casefold()
            for other in self.counting():
                title = other["title"].casefold()
                alone = [each["title"].casefold() for each in self.counting()].count(title) == 1
                if written == other["id"].casefold() or (alone and written == title):
                    result.add(other["id"])
        return result

    def hours_value(self, role: Fields) -> int:
        """Say the value of a role's size."""
        hours = pair(role.get("weekly_hours"))
        if hours is None or hours[1] <= 0:
            return 0
        return min(100, max(0, halves_up((40 - hours[1]) * 100 / 25)))

    def deliverable_value(self, role: Fields) -> int:
        """Say the value of what a role produces."""
        measured = [bool(each.get("measure") or each.get("acceptance")) for each in deliverables(role)]
        if not measured:
            return 0
        return 100 if all(measured) else 70 if any(measured) else 40

    def procedure_value(self, role: Fields) -> int:
        """Say whether the procedure is written down."""
        body = re.sub(r"<!--.*?-->", "", role.get("body", ""), flags=re.DOTALL)
        there = False
        for line in body.splitlines():
            if line.startswith("## "):
                there = line[3:].strip().casefold() in ("procedure", "how to do it")
            elif (
                there
                and line.strip()
                and not re.match(r"(?i)\W*(to do(:|$)|(todo|tbd|tba|lorem ipsum)\b)", line.strip())
            ):
                return 100
        return 0

    def independence_value(self, role: Fields) -> int:
        """Say how few other roles hang on a role."""
        if any(self.counts(other) for other in self.below(role)):
            return 0
        others = self.receivers(role) | {
            each["id"] for each in self.counting() if role["id"] in self.receivers(each)
        }
        return max(0, 100 - 20 * len(others - {role["id"], role.get("parent")}))

    def holder_value(self, role: Fields) -> int:
        """Say the value of whose week a role would relieve."""
        if self.holding(role) == "vacant" or any(self.over(person) for person in self.inside(role)):
            return 100
        return 80 if any(self.founder(person) for person in self.inside(role)) else 20

    def values(self, role: Fields) -> dict[str, int]:
        """Say the six values of a role."""
        return {
            "plan": {"next": 100, "maybe": 50}.get(plan(role).get("fit", ""), 25),
            "holder": self.holder_value(role),
            "hours": self.hours_value(role),
            "deliverable": self.deliverable_value(role),
            "procedure": self.procedure_value(role),
            "independence": self.independence_value(role),
        }

    def score(self, role: Fields) -> Fraction:
        """Say the exact score of a role."""
        weights = WEIGHTS | (self.options.get("hand_over_weights") or {})
        return Fraction(sum(value * weights[reason] for reason, value in self.values(role).items())) / sum(
            weights.values()
        )

    def frees(self, role: Fields) -> Pair | None:
        """Say the parts of those who work inside, or that they are not known."""
        parts = [hours for person, hours in self.shares(role).items() if not self.outside(person)]
        return total(parts) if all(hours is not None for hours in parts) else None

    def cost(self, role: Fields) -> tuple[Pair, str] | None:
        """Say what handing a role over costs a month, and in which currency."""
        goes_to = plan(role).get("to")
        paid = rate(role) or (rate(self.people.get(self.person(goes_to), {})) if goes_to else None)
        hours = self.hours(role)
        if not paid or not paid.get("currency"):
            return None
        if paid.get("per") == "month":
            return times(amount(paid), role.get("seats", 1)), paid["currency"]
        if paid.get("per") == "hour" and hours is not None and hours[1]:
            return self.month(paid, hours), paid["currency"]
        return None

    def month(self, paid: Fields, hours: Pair) -> Pair:
        """Say what hours a week cost a month at a rate by the hour."""
        by = amount(paid)
        return by[0] * hours[0] * 52 / 12, by[1] * hours[1] * 52 / 12

    def candidates(self) -> list[Fields]:
        """List the roles that are ranked, the best first."""
        ranked = sorted(
            (role for role in self.roles.values() if self.ranked(role)),
            key=lambda role: (
                -self.score(role),
                plan(role).get("by", datetime.date.max),
                role["title"].casefold(),
            ),
        )
        return [
            {
                "role": role["id"],
                "score": halves_up(self.score(role)),
                "exact": self.score(role),
                "by": plan(role).get("by"),
                "title": role["title"],
                "values": self.values(role),
                "frees": self.frees(role),
                "cost": self.cost(role),
            }
            for role in ranked
        ]

    # What specialists outside cost

    def specialists_cost(self) -> tuple[dict[str, Pair], int]:
        """Say what specialists outside cost a month by currency, and in how many roles that is unknown."""
        costs: dict[str, Pair] = {}
        without: set[str] = set()
        months: dict[tuple[str, str], tuple[Pair, str]] = {}
        for role in [*self.counting(), *self.teams()]:
            held = self.holding(role) == "outsourced"
            shares = self.shares(role)
            those = {person for person in shares if self.outside(person)}
            by_role = rate(role)
            if held and by_role and by_role.get("per") == "month":
                those |= {str(self.owner(role))}
            for person in sorted(those):
                by_person = rate(self.people.get(person, {}))
                first, second = (("role", by_role), ("person", by_person))[:: 1 if held else -1]
                source, paid = first if first[1] else second
                if not paid or not paid.get("currency") or paid.get("per") not in ("hour", "month"):
                    without.add(role["id"])
                elif paid["per"] == "month" and source == "role":
                    months["role", role["id"]] = times(amount(paid), role.get("seats", 1)), paid["currency"]
                elif paid["per"] == "month":
                    months["person", person] = amount(paid), paid["currency"]
                elif paid["per"] == "hour":
                    hours = shares.get(person)
                    if hours is None:
                        without.add(role["id"])
                    else:
                        money = self.month(paid, hours)
                        costs[paid["currency"]] = plus(costs.get(paid["currency"], ZERO), money)
        for money, currency in months.values():
            costs[currency] = plus(costs.get(currency, ZERO), money)
        return costs, len(without)

    # Totals

    def totals(self) -> Fields:
        """Say the totals, with those that only pages show."""
        counting, everybody = self.counting(), self.everybody()
        held = {kind: [role for role in counting if self.holding(role) == kind] for kind in KINDS_OF_HOLDER}
        units = [*counting, *self.teams()]
        hours = total([each for role in units if (each := self.hours(role)) is not None])
        nobodys = total([self.nobodys(role) for role in counting])
        by_side = {
            side: total(
                [
                    each
                    for person in everybody
                    if self.side(person) == side and (each := self.persons_hours(person)) is not None
                ]
            )
            for side in ("founder", "in-house", "outsourced")
        } | {"vacant": nobodys}
        costs, without = self.specialists_cost()
        return {
            "roles": len(counting),
            "people": len(everybody),
            "teams": len(self.teams()),
            "vacant": len(held["vacant"]),
            "hours": hours,
            "founder_roles_percent": percent(len(held["founder"]), len(counting)),
            "founder_hours_percent": percent(sum(by_side["founder"]), sum(hours)),
            "specialists_cost": costs,
            "specialists_without_cost": without,
            "over": sum(self.over(person) for person in everybody),
            "held": {kind: len(roles) for kind, roles in held.items()},
            "held_percent": {kind: percent(len(roles), len(counting)) for kind, roles in held.items()},
            "side_hours": by_side,
            "side_percent": {side: percent(sum(each), sum(hours)) for side, each in by_side.items()},
        }

    # Promises and the plan

    def kept_by(self, promise: Fields) -> list[str]:
        """List the ids of the roles that keep a promise."""
        return sorted(
            role["id"]
            for role in (*self.counting(), *self.teams())
            if any(each.get("for") == promise["id"] for each in deliverables(role))
        )

    def has_name(self, promise: Fields) -> bool:
        """Say whether a promise has somebody's name."""
        return any(
            bool(self.belonging(self.roles[each]))
            if is_team(self.roles[each])
            else self.holding(self.roles[each]) != "vacant"
            and (self.owner(self.roles[each]) is not None or bool(helpers(self.roles[each])))
            for each in self.kept_by(promise)
        )

    def changes(self) -> list[Fields]:
        """List the roles that go next, in the order of their dates."""
        going = [
            role
            for role in self.roles.values()
            if plan(role).get("fit") == "next" and role.get("status") != "retired"
        ]
        going.sort(key=lambda role: (plan(role).get("by", datetime.date.max), role["title"].casefold()))
        return [
            {"role": role["id"], "to": plan(role).get("to"), "by": plan(role).get("by")} for role in going
        ]

    def after(self) -> Organisation:
        """Make the organisation after its plan."""
        changes = self.changes()
        unnamed = [change["role"] for change in changes if not change["to"]]
        roles, specialists = dict(self.roles), set()
        for change in changes:
            new = change["to"]
            if not new:
                new = (
                    "New contractor"
                    if len(unnamed) == 1
                    else f"New contractor {unnamed.index(change['role']) + 1}"
                )
            role = dict(self.roles[change["role"]], owner=new, status="filled")
            role.pop("performed_by", None)
            roles[role["id"]] = role
            person = self.person(new)
            if person not in self.people and role.get("engagement") not in ("employee", "volunteer"):
                specialists.add(person)
        plain = {
            "day": self.day,
            "options": self.options,
            "roles": list(roles.values()),
            "people": list(self.people.values()),
            "promises": self.promises,
        }
        return Organisation(plain, frozenset(specialists))


def figures(plain: Fields) -> Fields:
    """Work out everything that `rolebook.json` holds as a figure, and some that only pages show."""
    now = Organisation(plain)
    return {
        "totals": now.totals(),
        "roles": {
            role["id"]: {
                "holding": now.holding(role),
                "counts": now.counts(role),
                "function": now.function(role),
                "hours": now.hours(role),
                "shares": now.shares(role),
                "members": now.belonging(role) if is_team(role) else set(),
            }
            for role in now.roles.values()
        },
        "people": {
            person: {
                "roles": len(now.hats(person)),
                "teams": sum(person in now.belonging(team) for team in now.teams()),
                "hours": now.persons_hours(person),
                "over": now.over(person),
                "outside": now.outside(person),
                "founder": now.founder(person),
            }
            for person in sorted(now.named() | set(now.people))
        },
        "candidates": now.candidates(),
        "changes": now.changes(),
        "after": now.after().totals(),
        "promises": {
            each["id"]: {"roles": now.kept_by(each), "named": now.has_name(each)} for each in now.promises
        },
    }
