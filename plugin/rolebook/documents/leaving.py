"""Composes a leaving list: what to take back from somebody who leaves, and what to pass on."""

import datetime as dt
from dataclasses import dataclass

from markupsafe import Markup

from rolebook.analysis.leaving import Access, Leaving
from rolebook.analysis.scenario import Change
from rolebook.documents.document import Document, Part, paragraph
from rolebook.language import N_, gettext
from rolebook.organisation import Person, Role, Share
from rolebook.organisation.words import belongs, detail, titles
from rolebook.visibility.sections import TASK
from rolebook.wording import day, hours_text, listed

AUDIENCE = N_("Internal: for colleagues only")


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
        (gettext("Take back access"), (_access(each) for each in leaving.access if each.admins)),
        (
            gettext("Take back access (no admin is named)"),
            (_access(each) for each in leaving.access if not each.admins),
        ),
        (
            gettext("Name another admin"),
            (Item(tool.name, gettext("for %(role)s", role=role.title)) for role, tool in leaving.admin_of),
        ),
        (gettext("Hand over roles"), (Item(role, _cover(cover)) for role, cover in leaving.held)),
        (gettext("Pass on shared work"), map(_share, leaving.shares)),
        (gettext("Remove from teams"), (Item(team, belongs(each)) for team, each in leaving.memberships)),
        (gettext("Name another cover"), (Item(role, detail(role)) for role in leaving.covers)),
        (gettext("Review job posts"), map(_post, leaving.posts)),
        (gettext("Review planned hand-overs"), map(_change, leaving.hand_overs)),
    )
    made = (Group(heading, tuple(items)) for heading, items in found)
    return tuple(group for group in made if group.items)


def compose(leaving: Leaving, organisation: str, today: dt.date) -> Document:
    """The list as a document; `organisation` is its name."""
    parts = tuple(Part(group.heading, _boxes(group)) for group in groups(leaving))
    nothing = paragraph(_nothing(leaving.person, today))
    lead = gettext("Internal: for colleagues only. What to take back, and what to pass on.")
    if ends := leaving.person.fields.ends:
        lead += " " + gettext("Last day: %(day)s.", day=day(ends))
    kind = gettext("Leaving list · %(organisation)s · internal", organisation=organisation)
    return Document(leaving.person.name, kind, lead, parts or (Part(gettext("Nothing to do"), nothing),))


def _nothing(person: Person, today: dt.date) -> str:
    ends = person.fields.ends
    if ends is None or ends >= today:
        return gettext("No role, team or tool in the handbook names them.")
    return gettext(
        "%(name)s left on %(day)s, and nothing in the handbook names them any more. The history of the"
        " files shows what access they had.",
        name=person.name,
        day=day(ends),
    )


def _boxes(group: Group) -> Markup:
    """A list of things to tick off, each with what is said of it."""
    lines = (
        Markup('<li class="{}">☐ <strong>{}</strong>{}</li>').format(
            TASK, name, gettext(": ") + said if said else ""
        )
        for name, said in (item.words for item in group.items)
    )
    return Markup("<ul>{}</ul>").format(Markup("").join(lines))


def _access(access: Access) -> Item:
    roles, given = titles(access.roles), access.tool.access
    if given:
        role = gettext("for %(roles)s (access: %(access)s)", roles=roles, access=given)
    else:
        role = gettext("for %(roles)s", roles=roles)
    by = gettext("taken back by %(names)s", names=listed(access.admins)) if access.admins else ""
    return Item(access.tool.name, gettext("; ").join(filter(None, (role, by))))


def _cover(cover: Person | None) -> str:
    return gettext("%(name)s covers", name=cover.name) if cover else gettext("no cover")


def _share(share: Share) -> Item:
    role = share.role
    hours = gettext("%(hours)s a week", hours=hours_text(share.hours)) if share.hours else ""
    if role.owner:
        holder = gettext("held by %(name)s", name=role.owner.name)
    else:
        holder = gettext("vacant") if role.vacant else ""
    return Item(role, ", ".join(filter(None, (hours, holder))))


def _post(role: Role) -> Item:
    posting = role.fields.posting
    closes = gettext("closes on %(day)s", day=day(posting.closes)) if posting and posting.closes else ""
    to = (
        gettext("applications go to %(email)s", email=posting.apply_email)
        if posting and posting.apply_email
        else ""
    )
    return Item(role, ", ".join(filter(None, (closes, to))))


def _change(change: Change) -> Item:
    # Translators: whom a role goes to.
    to = gettext("to %(name)s", name=change.to) if change.to else gettext("no new holder is named")
    return Item(change.role, gettext("%(to)s, by %(day)s", to=to, day=day(change.by)) if change.by else to)
