"""Composes a leaving list: what to take back from somebody who leaves, and what to pass on."""

from dataclasses import dataclass

from markupsafe import Markup

from rolebook.analysis.leaving import Access, Leaving
from rolebook.analysis.scenario import Change
from rolebook.documents.document import Document, Part, paragraph
from rolebook.organisation import Person, Role, Share
from rolebook.organisation.words import belongs, detail, titles
from rolebook.visibility.sections import TASK
from rolebook.wording import day, hours_text, listed

AUDIENCE = "Internal: for colleagues only"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do something about."""

    subject: Role | str
    detail: str = ""

    @property
    def words(self) -> tuple[str, str]:
        """What it is called, and what is said of it."""
        return self.subject if isinstance(self.subject, str) else self.subject.title, self.detail


@dataclass(frozen=True, slots=True)
class Group:
    """Things about which the same is to be done."""

    heading: str
    items: tuple[Item, ...]


def groups(leaving: Leaving) -> tuple[Group, ...]:
    """What is to be done, without what is empty."""
    found = (
        ("Take back access", map(_access, leaving.access)),
        ("Name another admin", (Item(tool.name, f"for {role.title}") for role, tool in leaving.admin_of)),
        ("Hand over roles", (Item(role, _cover(cover)) for role, cover in leaving.held)),
        ("Pass on shared work", map(_share, leaving.shares)),
        ("Remove from teams", (Item(team, belongs(each)) for team, each in leaving.memberships)),
        ("Name another cover", (Item(role, detail(role)) for role in leaving.covers)),
        ("Review job posts", map(_post, leaving.posts)),
        ("Review planned hand-overs", map(_change, leaving.hand_overs)),
    )
    made = (Group(heading, tuple(items)) for heading, items in found)
    return tuple(group for group in made if group.items)


def compose(leaving: Leaving, organisation: str) -> Document:
    """The list as a document; `organisation` is its name."""
    parts = tuple(Part(group.heading, _boxes(group)) for group in groups(leaving))
    nothing = Part("Nothing to do", paragraph("No role, team or tool in the handbook names them."))
    lead = f"{AUDIENCE}. What to take back, and what to pass on."
    return Document(
        leaving.person.name, f"Leaving list · {organisation} · internal", lead, parts or (nothing,)
    )


def _boxes(group: Group) -> Markup:
    """A list of things to tick off, each with what is said of it."""
    lines = (
        Markup('<li class="{}">☐ <strong>{}</strong>{}</li>').format(TASK, name, f": {said}" if said else "")
        for name, said in (item.words for item in group.items)
    )
    return Markup("<ul>{}</ul>").format(Markup("").join(lines))


def _access(access: Access) -> Item:
    by = f"taken back by {listed(access.admins)}" if access.admins else "name who takes it back"
    facts = (access.tool.access, f"for {titles(access.roles)}", by)
    return Item(access.tool.name, "; ".join(filter(None, facts)))


def _cover(cover: Person | None) -> str:
    return f"{cover.name} covers" if cover else "no cover"


def _share(share: Share) -> Item:
    role = share.role
    hours = f"{hours_text(share.hours)} a week" if share.hours else ""
    holder = f"held by {role.owner.name}" if role.owner else "vacant" if role.vacant else ""
    return Item(role, ", ".join(filter(None, (hours, holder))))


def _post(role: Role) -> Item:
    posting = role.fields.posting
    closes = f"closes on {day(posting.closes)}" if posting and posting.closes else ""
    to = f"applications go to {posting.apply_email}" if posting and posting.apply_email else ""
    return Item(role, ", ".join(filter(None, (closes, to))))


def _change(change: Change) -> Item:
    to = f"to {change.to}" if change.to else "to nobody yet"
    return Item(change.role, f"{to}, by {day(change.by)}" if change.by else to)
