"""Random organisations that are hard to count: the files of a project, and the same as dictionaries."""

from __future__ import annotations

import datetime
import random
from typing import Any

import yaml

Fields = dict[str, Any]

DAY = datetime.date(2026, 3, 31)
NAMES = ("Ada Stone", "Bela", "Cleo", "Dara Quinn", "Eoin", "Fay", "Gus Hale", "Hana")
STRANGERS = ("Zed", "Yuki Moor")
TITLES = ("Sales", "Support", "Books", "Baking", "Design", "Repairs", "Hiring", "Driving", "Press", "Stock")
HOURS = (0, 0.1, 0.5, 2, 3, 5, 7.25, 7.5, 10, 12, 15, 15.1, 20, 27, 27.625, 33.3, 40, 45)
PROCEDURES = (
    "",
    "",
    "## Procedure\n\nDo this first.\n",
    "## How to do it\n\n1. Open the shop.\n",
    "## Procedure\n\n<!-- say how -->\n",
    "## Procedure\n\n<!-- two\n\nlines -->\n\nTODO: say how\n",
    "## How to do it\n\nTo do\n\nTBD\n",
    "## Procedure\n\nLorem ipsum dolor sit amet.\n",
    "## Procedure\n\nTBD\n\nAsk the baker.\n",
    "## Procedure\n\n## Tools\n\nA hammer.\n",
    "## Responsibilities\n\nMany things.\n",
    "## procedure\n\n### Mornings\n\nOpen the door.\n",
)


class Maker:
    """Makes one organisation, always the same for the same seed."""

    def __init__(self, seed: int) -> None:
        """Take the seed."""
        self.random = random.Random(seed)
        self.people: list[Fields] = []
        self.roles: list[Fields] = []
        self.promises: list[Fields] = []

    def chance(self, probability: float) -> bool:
        """Say yes as often as asked."""
        return self.random.random() < probability

    def hours(self) -> Any:
        """Make hours: a number or a range, now and then nothing."""
        if self.chance(0.05):
            return 0
        if self.chance(0.6):
            return self.random.choice(HOURS)
        one, other = sorted(self.random.sample(HOURS, 2))
        return {"min": one, "max": other}

    def day(self) -> datetime.date:
        """Make a day before, at or after today."""
        return DAY + datetime.timedelta(days=self.random.choice((-400, -30, -1, 0, 0, 1, 30, 400)))

    def rate(self) -> Any:
        """Make a rate of any kind."""
        if self.chance(0.1):
            return self.random.choice((45, 1200.5))
        result: Fields = {}
        if self.chance(0.6):
            result["amount"] = self.random.choice((0.1, 7.25, 30, 33.33, 1200.5))
        else:
            result["min"], result["max"] = sorted(self.random.sample((10, 12.35, 40, 55.5, 900), 2))
        if self.chance(0.85):
            result["currency"] = self.random.choice(("EUR", "EUR", "USD"))
        if self.chance(0.9):
            result["per"] = self.random.choice(
                ("hour", "hour", "hour", "month", "month", "fixed", "deliverable")
            )
        return result

    def somebody(self) -> str:
        """Write somebody by name or by id, now and then somebody without a file."""
        if self.chance(0.08):
            return self.random.choice(STRANGERS)
        person = self.random.choice(self.people)
        return str(person["name"] if self.chance(0.5) else person["id"])

    def person(self, name: str) -> Fields:
        """Make a person."""
        result: Fields = {"id": name.split()[0].casefold(), "name": name}
        if self.chance(0.3):
            result["kind"] = self.random.choice(("person", "person", "agency", "automation"))
        if self.chance(0.5):
            result["engagement"] = self.random.choice(
                ("employee", "contractor", "contractor", "agency", "volunteer", "automation")
            )
        if self.chance(0.25):
            result["founder"] = self.chance(0.8)
        if self.chance(0.6):
            result["weekly_capacity"] = self.random.choice((5, 10, 12.5, 20, 40, 60))
        if self.chance(0.5):
            result["rate"] = self.rate()
        return result

    def helper(self, role: Fields) -> Any:
        """Make somebody under `performed_by`."""
        who = role["owner"] if "owner" in role and self.chance(0.25) else self.somebody()
        if self.chance(0.15):
            return who
        result: Fields = {"person": who}
        if self.chance(0.6):
            result["weekly_hours"] = self.hours()
        if self.chance(0.25):
            result["since"] = self.day()
        if self.chance(0.25):
            result["until"] = max(self.day(), result.get("since", DAY - datetime.timedelta(days=500)))
        return result

    def deliverable(self, number: int) -> Any:
        """Make something that a role produces."""
        if self.chance(0.1):
            return f"Thing {number} is done every week"
        result: Fields = {"outcome": f"Thing {number} is done every week"}
        if self.chance(0.4):
            result["measure"] = "by counting"
        if self.chance(0.2):
            result["acceptance"] = ["somebody", "says so"] if self.chance(0.5) else "somebody says so"
        if self.chance(0.5) and self.promises:
            result["for"] = self.random.choice(self.promises)["id"]
        if self.chance(0.7):
            receiver = self.random.choice(self.roles)
            result["receiver"] = self.random.choice(
                (
                    receiver["id"],
                    receiver["title"],
                    receiver["title"].upper(),
                    receiver["id"].upper(),
                    "customers",
                )
            )
        return result

    def place(self, number: int, several: bool) -> None:
        """Make a role with its place in the org chart."""
        title = self.random.choice(TITLES)
        if not self.chance(0.1):
            title = f"{title} {number}"
        role: Fields = {"id": f"role-{number}", "title": title}
        if self.chance(0.2):
            role["kind"] = "team"
        if self.roles and not (several and self.chance(0.2)):
            role["parent"] = self.random.choice(self.roles[-6:])["id"]
        self.roles.append(role)

    def member(self) -> Any:
        """Make somebody who belongs to a team."""
        if self.chance(0.3):
            return self.somebody()
        result: Fields = {"person": self.somebody()}
        if self.chance(0.3):
            result["as"] = self.random.choice(("secretary", "facilitator"))
        if self.chance(0.6):
            result["weekly_hours"] = self.hours()
        if self.chance(0.2):
            result["since"] = self.day()
        if self.chance(0.2):
            result["until"] = max(self.day(), result.get("since", DAY - datetime.timedelta(days=500)))
        return result

    def gather(self, team: Fields) -> None:
        """Write everything else of a team."""
        if self.chance(0.6):
            leads = [self.somebody() for _ in range(self.random.choice((1, 1, 2)))]
            team["lead"] = leads[0] if len(leads) == 1 else leads
        if self.chance(0.8):
            team["members"] = [self.member() for _ in range(self.random.choice((1, 2, 3, 5)))]
        if self.chance(0.2):
            team["status"] = self.random.choice(("planned", "paused", "retired"))
        if self.chance(0.4):
            team["deliverable"] = [self.deliverable(number) for number in range(self.random.choice((1, 2)))]
        team["body"] = ""

    def fill(self, role: Fields) -> None:
        """Write everything else of a role."""
        if self.chance(0.7):
            role["owner"] = self.somebody()
        if self.chance(0.35):
            role["status"] = self.random.choice(("planned", "open", "filled", "paused", "retired"))
        if self.chance(0.75):
            role["weekly_hours"] = self.hours()
        if self.chance(0.25):
            role["seats"] = self.random.choice((1, 2, 3, 7))
        if self.chance(0.45):
            several = [self.helper(role) for _ in range(self.random.choice((1, 1, 2, 2, 3, 4)))]
            if self.chance(0.15):
                several.append(self.random.choice(several))
            role["performed_by"] = several[0] if len(several) == 1 and self.chance(0.5) else several
        if self.chance(0.6):
            role["outsource"] = self.outsource()
        if self.chance(0.35):
            role["engagement"] = self.random.choice(
                ("employee", "contractor", "agency", "volunteer", "automation", "employee")
            )
        if self.chance(0.5):
            role["rate"] = self.rate()
        if self.chance(0.7):
            several = [self.deliverable(number) for number in range(self.random.choice((1, 1, 2, 3)))]
            role["deliverable"] = several[0] if len(several) == 1 and self.chance(0.5) else several
        role["body"] = self.random.choice(PROCEDURES)

    def outsource(self) -> Any:
        """Make the plan for a role."""
        fit = self.random.choice(("no", "maybe", "next", "next", "next", "done"))
        if self.chance(0.2):
            return fit
        result: Fields = {"fit": fit}
        if self.chance(0.5):
            result["by"] = self.day()
        if self.chance(0.5):
            result["to"] = self.random.choice(STRANGERS) if self.chance(0.3) else self.somebody()
        return result

    def options(self) -> Fields:
        """Make the options under `rolebook`."""
        result: Fields = {"allow_multiple_roots": True}
        if self.chance(0.4):
            result["founders"] = [self.random.choice(self.people)["name"]]
            if self.chance(0.3):
                result["founders"].append(self.random.choice(self.people)["name"])
            if self.chance(0.1):
                result["founders"].append(STRANGERS[0])
            result["founders"] = list(dict.fromkeys(result["founders"]))
        if self.chance(0.4):
            reasons = ("plan", "holder", "hours", "deliverable", "procedure", "independence")
            weights = {reason: self.random.choice((0, 1, 2, 5, 7)) for reason in reasons if self.chance(0.7)}
            if len(weights) < len(reasons) or any(weights.values()):
                result["hand_over_weights"] = weights
        return result

    def make(self) -> Fields:
        """Make the organisation as plain dictionaries."""
        self.people = [self.person(name) for name in NAMES[: self.random.randint(1, 8)]]
        self.promises = [{"id": f"promise-{number}", "name": f"Promise {number}"} for number in range(3)]
        several = self.chance(0.5)
        for number in range(self.random.randint(3, 25)):
            self.place(number, several)
        for role in self.roles:
            if role.get("kind") == "team":
                self.gather(role)
            else:
                self.fill(role)
        return {
            "day": DAY,
            "options": self.options(),
            "roles": self.roles,
            "people": self.people,
            "promises": self.promises,
        }


def page(fields: Fields, body: str = "") -> str:
    """Write a page with its front matter; what the dictionaries add to it is left out."""
    kept = {key: value for key, value in fields.items() if key not in ("id", "body")}
    return f"---\n{yaml.dump(kept, Dumper=Plain, sort_keys=False, allow_unicode=True)}---\n\n{body}"


class Plain(yaml.SafeDumper):
    """Writes a thing that occurs twice twice, without references."""

    def ignore_aliases(self, data: Any) -> bool:
        """Never write a reference."""
        return True


def files(plain: Fields) -> dict[str, str]:
    """Write the files of a project."""
    settings = {
        "site_name": "Random",
        "docs_dir": "content",
        "theme": {"name": "material", "font": False},
        "plugins": [{"rolebook": plain["options"]}],
    }
    model = {"offers": [{"id": "bread", "name": "Bread"}], "deliverables": plain["promises"]}
    result = {
        "mkdocs.yml": yaml.dump(settings, Dumper=Plain, sort_keys=False),
        "content/index.md": "# Home\n\n<!-- rolebook: numbers -->\n",
        "content/business-model.md": page(model, "# Business model\n"),
    }
    for role in plain["roles"]:
        result[f"roles/{role['id']}.md"] = page(role, role["body"])
    for person in plain["people"]:
        result[f"people/{person['id']}.md"] = page(person)
    return result


def organisation(seed: int) -> tuple[dict[str, str], Fields]:
    """Make the organisation of a seed: the text of each file by its path, and the plain dictionaries."""
    plain = Maker(seed).make()
    return files(plain), plain
