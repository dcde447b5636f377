"""Made-up organisations of any size for measuring: the same files from the same seed, on every machine."""

import random
from collections.abc import Iterator
from pathlib import Path

SEED = 7
MKDOCS_YML = """\
site_name: Made up
docs_dir: content
theme:
  name: material
  font: false
  features: [navigation.indexes, navigation.prune]
markdown_extensions: [admonition, attr_list, tables, {toc: {permalink: true}}]
plugins:
"""
PLUGINS = "  - search\n  - rolebook\n"

_CRAFTS = ("Marketing", "Sales", "Support", "Design", "Delivery", "Finance", "Research", "Product", "Data")
_SEATS = ("lead", "manager", "specialist", "editor", "analyst", "assistant", "engineer", "planner")
_VERBS = ("Collect", "Check", "Send", "Write", "Agree", "Publish", "Measure", "Compare", "File", "Review")
_THINGS = ("the orders", "the weekly list", "each invoice", "the open questions", "the figures", "the plan")
_FIRST = ("Ada", "Ben", "Cleo", "Dana", "Emil", "Fay", "Gus", "Hana", "Ivo", "Jana", "Kofi", "Lena", "Milo")
_LAST = ("Abel", "Berg", "Cruz", "Dietz", "Ek", "Fox", "Grau", "Holm", "Ito", "Jung", "Kay", "Lind", "Moro")


def write_organisation(root: Path, roles: int, plugins: str = PLUGINS) -> Path:
    """The project of an organisation with `roles` roles of about 40 lines each, in the new folder `root`."""
    files = {
        "mkdocs.yml": MKDOCS_YML + plugins,
        "content/index.md": "# Home\n\nHow we work.\n\n<!-- rolebook: numbers -->\n",
        **dict(role_files(roles)),
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", newline="\n")
    return root


def role_files(roles: int) -> Iterator[tuple[str, str]]:
    """Path and text of each role's file; the organisation is a tree of at most eight levels or so."""
    chance = random.Random(SEED)
    parents: list[int] = []
    for number in range(roles):
        # Each role but the first reports to one of the earlier ones: four to seven to a superior.
        parent = max(0, (number - 1) // chance.randint(4, 7)) if number else -1
        parents.append(parent)
        folder = f"roles/team-{number // 50:03}"
        yield f"{folder}/role-{number:05}.md", _role(chance, number, parent)


def person(number: int) -> str:
    """A name, another one for each number."""
    last, first = divmod(number, len(_FIRST))
    rest, last = divmod(last, len(_LAST))
    return f"{_FIRST[first]} {_LAST[last]}" + (f" {rest + 1}" if rest else "")


def title(number: int) -> str:
    """A role's title."""
    return f"{_CRAFTS[number % len(_CRAFTS)]} {_SEATS[number // 3 % len(_SEATS)]} {number}"


def _role(chance: random.Random, number: int, parent: int) -> str:
    held = number == 0 or chance.random() < 0.85
    front = [
        f"title: {title(number)}",
        *([f"parent: role-{parent:05}"] if number else []),
        # Some hold several hats.
        *([f"owner: {person(number if chance.random() < 0.7 else number // 3)}"] if held else []),
        f"weekly_hours: {chance.choice([4, 8, 10, 16, 20, 32, 38])}",
        f"deliverable: {_sentence(chance)} for {chance.randint(5, 90)} customers",
        f"purpose: {_sentence(chance)}",
        f"skills: {{must: [{_sentence(chance)}, {_sentence(chance)}]}}",
    ]
    link = (
        f"Ask [{title(parent)}](../team-{parent // 50:03}/role-{parent:05}.md) when in doubt."
        if number
        else ""
    )
    body = [
        "## Responsibilities",
        "",
        *(f"- {_sentence(chance)}" for _ in range(4)),
        "",
        "## Procedure",
        "",
        _paragraph(chance),
        "",
        *(f"{step}. {_sentence(chance)}, and note **what changed**" for step in range(1, 6)),
        "",
        link,
        "",
        "| What | How often |",
        "| --- | --- |",
        *(f"| {_sentence(chance)} | {often} |" for often in ("daily", "weekly", "monthly")),
        "",
        "## Done when",
        "",
        _paragraph(chance),
    ]
    return "\n".join(["---", *front, "---", "", *body, ""])


def _sentence(chance: random.Random) -> str:
    return f"{chance.choice(_VERBS)} {chance.choice(_THINGS)} before {chance.randint(1, 12)} o'clock"


def _paragraph(chance: random.Random) -> str:
    return ". ".join(_sentence(chance) for _ in range(3)) + "."
