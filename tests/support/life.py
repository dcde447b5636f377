"""Sixty commits of a small business, for tests of what is said of each."""

from collections.abc import Sequence
from pathlib import Path

from projects import write

DAY_ONE = {
    "mkdocs.yml": (
        "site_name: The Patient Loaf\ndocs_dir: content\nplugins:\n  - rolebook:\n"
        "      disabled_checks: [no-deliverable, no-acceptance, section-stays-inside]\n"
    ),
    "content/index.md": "# Home\n",
    "content/business-model.md": (
        "---\noffers:\n  - {id: course, name: Course, price: 149, currency: EUR}\n"
        "deliverables:\n  - {id: lessons, name: Lessons, promise: Six lessons, offer: course}\n---\n"
    ),
    "people/maya.md": "---\nname: Maya Brennan\nfounder: yes\nweekly_capacity: 40\n---\n",
    "roles/owner.md": "---\ntitle: Owner\nowner: maya\nweekly_hours: 5\n---\n",
    "roles/marketing.md": "---\ntitle: Marketing\nparent: owner\nowner: maya\nweekly_hours: 10\n---\n",
    "roles/ppc.md": "---\ntitle: PPC\nparent: marketing\nowner: maya\nweekly_hours: 10\n---\n\nText.\n",
    "roles/shipping.md": "---\ntitle: Shipping\nparent: owner\nowner: maya\nweekly_hours: 12\n---\n",
    "roles/course.md": (
        "---\ntitle: Course\nparent: owner\nowner: maya\nweekly_hours: 8\n"
        "deliverable: [{outcome: Six lessons are online, for: lessons}]\n---\n"
    ),
}

Edit = tuple[str, str, str]
"""A file, what is in it, and what stands there instead. Without a second part the third is the whole file;
without a third the second is the path that the file has afterwards, and without either it is deleted."""


def role(title: str, parent: str, *lines: str) -> str:
    return "\n".join(["---", f"title: {title}", f"parent: {parent}", *lines, "---", ""])


PPC, SHIP, COURSE, MODEL = "roles/ppc.md", "roles/shipping.md", "roles/course.md", "content/business-model.md"
INES = "people/ines.md"

STEPS: Sequence[tuple[str, Sequence[Edit]]] = (
    (
        "A role is planned",
        [("roles/seo.md", "", role("SEO", "marketing", "status: planned", "weekly_hours: 4"))],
    ),
    (
        "It gets a text",
        [("roles/seo.md", "---\n", "---\n"), ("roles/seo.md", "hours: 4\n---\n", "hours: 4\n---\n\nHow.\n")],
    ),
    ("PPC is advertised while she does it", [(PPC, "owner: maya", "owner: maya\nstatus: open")]),
    (
        "The advertisement gets a posting",
        [(PPC, "status: open", "status: open\nposting: {opens: 2026-10-01, apply_email: a@example.org}")],
    ),
    (
        "Ines comes",
        [(INES, "", "---\nname: Ines Duarte\nengagement: contractor\nweekly_capacity: 10\n---\n")],
    ),
    (
        "Ines takes PPC",
        [
            (
                PPC,
                "owner: maya\nstatus: open\nposting: {opens: 2026-10-01, apply_email: a@example.org}",
                "owner: ines",
            )
        ],
    ),
    (
        "Ines asks for a rate",
        [(INES, "weekly_capacity", "rate: {amount: 30, currency: EUR, per: hour}\nweekly_capacity")],
    ),
    ("PPC takes longer", [(PPC, "weekly_hours: 10", "weekly_hours: 12")]),
    ("PPC is made smaller again", [(PPC, "weekly_hours: 12", "weekly_hours: {min: 6, max: 8}")]),
    ("SEO begins without anybody", [("roles/seo.md", "status: planned", "status: open")]),
    ("Ines takes SEO as well", [("roles/seo.md", "status: open", "owner: ines")]),
    ("Ines gets more hours", [(INES, "weekly_capacity: 10", "weekly_capacity: 20")]),
    ("Only a text is changed", [(PPC, "Text.", "Another text.")]),
    ("A title is changed", [(PPC, "title: PPC", "title: Paid search")]),
    ("A file is renamed", [(PPC, "roles/paid-search.md", "")]),
    (
        "A department is made",
        [("roles/growth.md", "", role("Growth", "owner", "owner: maya", "weekly_hours: 2"))],
    ),
    ("Marketing moves below it", [("roles/marketing.md", "parent: owner", "parent: growth")]),
    ("A misspelt parent", [("roles/seo.md", "parent: marketing", "parent: marketting")]),
    ("It is corrected", [("roles/seo.md", "parent: marketting", "parent: marketing")]),
    (
        "A helper for shipping",
        [(SHIP, "owner: maya", "owner: maya\nperformed_by: [{person: Tom, weekly_hours: 6}]")],
    ),
    ("The helper does more", [(SHIP, "weekly_hours: 6", "weekly_hours: 9")]),
    ("More than there is", [(SHIP, "weekly_hours: 9", "weekly_hours: 14")]),
    ("Shipping takes longer", [(SHIP, "]\nweekly_hours: 12", "]\nweekly_hours: 16")]),
    (
        "Tom takes it over",
        [(SHIP, "owner: maya\nperformed_by: [{person: Tom, weekly_hours: 14}]", "owner: Tom")],
    ),
    (
        "Tom gets a file",
        [("people/tom.md", "", "---\nname: Tom\nengagement: employee\nweekly_capacity: 16\n---\n")],
    ),
    (
        "A promise is added",
        [
            (
                MODEL,
                "offer: course}\n---",
                "offer: course}\n  - {id: box, name: The box, promise: A box in 2 days, offer: course}\n---",
            )
        ],
    ),
    (
        "Shipping keeps it",
        [
            (
                SHIP,
                "weekly_hours: 16",
                "weekly_hours: 16\ndeliverable: [{outcome: A box in two days, for: box}]",
            )
        ],
    ),
    ("The promise is changed", [(MODEL, "promise: A box in 2 days", "promise: A box in 1 day")]),
    (
        "An offer is added",
        [(MODEL, "EUR}\n", "EUR}\n  - {id: club, name: Club, price: 15.50, currency: EUR}\n")],
    ),
    ("A price goes up", [(MODEL, "price: 149", "price: 159")]),
    ("Cover for Ines", [("roles/paid-search.md", "owner: ines", "owner: ines\nbackup: maya")]),
    ("A role for two", [("roles/support.md", "", role("Support", "owner", "seats: 2", "weekly_hours: 5"))]),
    (
        "Maya helps there",
        [("roles/support.md", "seats: 2", "seats: 2\nperformed_by: [{person: maya, weekly_hours: 4}]")],
    ),
    ("Support takes longer", [("roles/support.md", "weekly_hours: 5", "weekly_hours: 7")]),
    (
        "Orla comes for support",
        [
            ("people/orla.md", "", "---\nname: Orla Quint\nweekly_capacity: 14\n---\n"),
            ("roles/support.md", "seats: 2", "owner: orla\nseats: 2"),
        ],
    ),
    ("The course pauses", [(COURSE, "owner: maya", "owner: maya\nstatus: paused")]),
    ("The course goes on", [(COURSE, "\nstatus: paused", "")]),
    (
        "The course is to be handed over",
        [(COURSE, "owner: maya", "owner: maya\noutsource: {fit: next, by: 2027-01-10}")],
    ),
    ("To Ines", [(COURSE, "fit: next", "fit: next, to: ines")]),
    (
        "It is done",
        [
            (
                COURSE,
                "owner: maya\noutsource: {fit: next, to: ines, by: 2027-01-10}",
                "owner: ines\noutsource: done",
            )
        ],
    ),
    ("Ines marries", [(INES, "name: Ines Duarte", "name: Ines Sousa")]),
    (
        "Her file follows",
        [
            (INES, "people/ines-sousa.md", ""),
            (COURSE, "owner: ines", "owner: ines-sousa"),
            ("roles/paid-search.md", "owner: ines", "owner: ines-sousa"),
            ("roles/seo.md", "owner: ines", "owner: ines-sousa"),
        ],
    ),
    ("Ines leaves", [("people/ines-sousa.md", "weekly_capacity", "ends: 2026-10-31\nweekly_capacity")]),
    ("The course is vacant", [(COURSE, "owner: ines-sousa\n", "")]),
    ("The plan is forgotten no more", [(COURSE, "outsource: done", "outsource: maybe")]),
    ("Maya takes it back", [(COURSE, "outsource: maybe", "owner: maya\noutsource: no")]),
    (
        "Orla takes paid search and SEO",
        [
            ("roles/paid-search.md", "owner: ines-sousa", "owner: orla"),
            ("roles/seo.md", "owner: ines-sousa", "owner: orla"),
        ],
    ),
    ("Ines's file goes", [("people/ines-sousa.md", "", "")]),
    (
        "Two roles become one",
        [
            ("roles/seo.md", "", ""),
            ("roles/paid-search.md", "title: Paid search", "title: Search\naliases: [roles/seo.md]"),
        ],
    ),
    ("Orla answers, Maya does", [("roles/paid-search.md", "owner: orla", "owner: orla\nperformed_by: maya")]),
    ("A deliverable is measured", [(SHIP, "for: box}", "for: box, measure: post office receipts}")]),
    (
        "It says more exactly what",
        [(SHIP, "outcome: A box in two days", "outcome: Each box posted in one day")],
    ),
    (
        "Skills and tools are listed",
        [(SHIP, "owner: Tom", "owner: Tom\nskills: [Packing]\ntools: [{name: Post office, admin: maya}]")],
    ),
    ("Growth is retired", [("roles/growth.md", "owner: maya", "owner: maya\nstatus: retired")]),
    ("Marketing reports to the owner", [("roles/marketing.md", "parent: growth", "parent: owner")]),
    ("Growth is deleted", [("roles/growth.md", "", "")]),
    (
        "Roles move into folders",
        [
            ("roles/marketing.md", "roles/marketing/marketing.md", ""),
            ("roles/paid-search.md", "roles/marketing/paid-search.md", ""),
        ],
    ),
    ("A second top role", [("roles/board.md", "", "---\ntitle: Board\nowner: maya\n---\n")]),
    ("It is above the owner", [("roles/owner.md", "title: Owner", "title: Owner\nparent: board")]),
    ("Nothing but a page of her own", [("content/index.md", "# Home", "# Welcome")]),
)


def live(root: Path, edits: Sequence[Edit]) -> None:
    """Makes the changes of one step in the project at `root`."""
    for path, before, after in edits:
        file = root / path
        if after and not before:
            write(root, {path: after})
        elif not before and not after:
            file.unlink()
        elif not after and before.endswith(".md"):
            (root / before).parent.mkdir(exist_ok=True)
            file.rename(root / before)
        else:
            text = file.read_text(encoding="utf-8")
            assert before in text, f"{path} has no {before!r}"
            file.write_text(text.replace(before, after, 1), encoding="utf-8")
