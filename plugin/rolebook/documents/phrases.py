"""Writes what a role's fields say, in the words that a post and a pack share."""

from markupsafe import Markup, escape

from rolebook.documents.document import joined, named, paragraph, points
from rolebook.language import N_, gettext, ngettext
from rolebook.organisation.facts import Fact
from rolebook.schema.records import Deliverable, Hours, Location, RoleFields, Skills, TrialTask
from rolebook.wording import either, number

_ENGAGEMENTS = {
    "employee": N_("as an employee"),
    "contractor": N_("as a contractor"),
    "agency": N_("as an agency"),
    "volunteer": N_("as a volunteer"),
    "automation": N_("as an automation"),
}


def hours(fields: RoleFields) -> str:
    """Such as `8–10 hours a week each, for 2 equal seats`; empty when unknown."""
    if not fields.weekly_hours:
        return ""
    week = _week(fields.weekly_hours)
    if fields.seats == 1:
        return week
    return ngettext(
        "%(hours)s each, for %(number)s seat",
        "%(hours)s each, for %(number)s equal seats",
        fields.seats,
        hours=week,
    )


def _week(hours: Hours) -> str:
    low, high = number(hours.min), number(hours.max)
    figures = low if low == high else f"{low}–{high}"
    return ngettext("%(hours)s hour a week", "%(hours)s hours a week", _form(figures), hours=figures)


def _form(figures: str) -> int:
    """The number whose form of a noun follows `figures`: parts of an hour and ranges have that of several."""
    return int(figures) if figures.isdecimal() else 2


def engagement(fields: RoleFields) -> str:
    """Such as `as a contractor`; empty when unknown."""
    return gettext(_ENGAGEMENTS[fields.engagement]) if fields.engagement else ""


def place(location: Location) -> str:
    """Say where the work is done and which hours are shared."""
    where, overlap = _where(location), location.timezone_overlap
    if not overlap:
        return where
    if where:
        return gettext("%(where)s; shared working hours: %(hours)s", where=where, hours=overlap)
    return gettext("Shared working hours: %(hours)s", hours=overlap)


def _where(location: Location) -> str:
    town, countries = location.place, either(location.countries)
    if location.remote:
        if countries and town:
            return gettext("Remote, from %(countries)s, or at %(place)s", countries=countries, place=town)
        if countries:
            return gettext("Remote, from %(countries)s", countries=countries)
        if town:
            return gettext("Remote, from anywhere, or at %(place)s", place=town)
        return gettext("Remote, from anywhere")
    if town:
        return gettext("At %(place)s", place=town)
    if countries:
        return gettext("In %(countries)s", countries=countries)
    return gettext("On site") if location.remote is False else ""


def deliverables(produced: tuple[Deliverable, ...], receivers: bool = False) -> Markup:
    """Say what is produced, how often, how it is accepted, and for whom if `receivers` are to be named."""
    if len(produced) == 1 and not _conditions(produced[0], receivers):
        return paragraph(produced[0].outcome)
    return points(
        (
            Markup(f"<strong>{escape(each.outcome)}</strong>{_conditions(each, receivers)}")
            for each in produced
        ),
        "rb-deliverables",
    )


def _conditions(each: Deliverable, receivers: bool) -> Markup:
    return named(
        (
            (gettext("How often"), each.cadence),
            (gettext("Delivered to"), each.receiver if receivers else ""),
            (gettext("Measured by"), each.measure),
            (gettext("Accepted when"), points(each.acceptance)),
        )
    )


_LINK = Markup('<a href="{}">{}</a>')


def fact(own: Fact) -> Markup:
    """Say what a field of the owner's holds."""
    values = (_LINK.format(each.address, each.text) if each.address else each.text for each in own.values)
    return Markup(", ").join(values)


def skills(asked: Skills) -> Markup:
    """What the holder can do."""
    return joined(
        points(asked.must),
        joined(paragraph(gettext("Nice to have:")), points(asked.nice)) if asked.nice else "",
        paragraph(gettext("Languages: %(languages)s.", languages=", ".join(asked.languages)))
        if asked.languages
        else "",
    )


def trial_task(task: TrialTask) -> Markup:
    """The small test."""
    passed = gettext("You pass if: %(test)s", test=task.pass_) if task.pass_ else ""
    return joined(*map(paragraph, (task.brief, _terms(task), passed)))


def _terms(task: TrialTask) -> str:
    if task.hours is None:
        return "" if task.paid is None else gettext("Paid.") if task.paid else gettext("Unpaid.")
    figures = number(task.hours)
    form = _form(figures)
    if task.paid is None:
        return ngettext("About %(hours)s hour.", "About %(hours)s hours.", form, hours=figures)
    if task.paid:
        return ngettext("About %(hours)s hour, paid.", "About %(hours)s hours, paid.", form, hours=figures)
    return ngettext("About %(hours)s hour, unpaid.", "About %(hours)s hours, unpaid.", form, hours=figures)
