"""How a form is arranged: the fields that come first, and the parts that are folded below them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from rolebook.language import N_, gettext
from rolebook.schema.declarations import Declaration, declarations
from rolebook.schema.own_fields import own_declarations
from rolebook.schema.records import BusinessModelFields, PersonFields, RoleFields


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a kind of file."""

    record: type
    first: tuple[str, ...] = ()
    """Fields that come first, in this order; all of them where there are no parts."""
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Other fields, by the heading that they are folded under."""
    required: tuple[str, ...] = ()

    def field(self, name: str) -> Declaration:
        return declarations(self.record)[name]

    def folded(self) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        """The parts: a key that no field has, the heading and the fields."""
        for number, (heading, names) in enumerate(self.parts.items(), 1):
            yield f"part{number}", gettext(heading), names

    @property
    def names(self) -> tuple[str, ...]:
        """All fields, in the order of the form."""
        return (*self.first, *(name for names in self.parts.values() for name in names))


OWN = N_("More facts")
"""The heading of the owner's own fields."""


def with_own(form: Form, record: type) -> Form:
    """The form with the own fields of `record`, a class with all that the form has."""
    own = tuple(own_declarations(record))
    return replace(form, record=record, parts={**form.parts, OWN: own} if own else form.parts)


ROLE = Form(
    RoleFields,
    # What a role's card shows, and what `rolebook new` asks for.
    ("title", "parent", "owner", "weekly_hours", "deliverable"),
    {
        N_("People"): ("performed_by", "backup", "engagement", "seats", "also_reports_to"),
        N_("What it is for"): ("purpose", "out_of_scope", "skills", "tools", "reporting"),
        N_("Handing it over"): ("outsource", "status", "review_by"),
        N_("Pay and job post"): ("rate", "location", "posting", "trial_task"),
        N_("For a team"): ("kind", "lead", "members"),
        N_("For finding it"): ("tags", "search", "icon", "hide", "aliases"),
    },
    ("title",),
)
PERSON = Form(
    PersonFields,
    ("name", "kind", "engagement", "weekly_capacity", "email"),
    {
        N_("How to reach them"): ("phone", "chat", "calendar", "working_hours", "timezone"),
        N_("Pay and dates"): ("rate", "starts", "ends"),
        N_("More"): ("pronouns", "languages", "founder", "photo", "search", "icon", "hide", "aliases"),
    },
    ("name",),
)
BUSINESS = Form(BusinessModelFields, tuple(declarations(BusinessModelFields)))
