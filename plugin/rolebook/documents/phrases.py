"""Writes what a role's fields say, in the words that a post and a pack share."""

from markupsafe import Markup, escape

from rolebook.documents.document import joined, named, paragraph, points
from rolebook.schema.records import Deliverable, Location, RoleFields, Skills, TrialTask
from rolebook.wording import NO_BREAK, hours_text

_ENGAGEMENTS = {
    "employee": "an employee",
    "contractor": "a contractor",
    "agency": "an agency",
    "volunteer": "a volunteer",
    "automation": "an automation",
}


def hours(fields: RoleFields) -> str:
    """Such as `8–10 hours a week each, for 2 equal seats`; empty when unknown."""
    if not fields.weekly_hours:
        return ""
    figure = hours_text(fields.weekly_hours).removesuffix(f"{NO_BREAK}h")
    unit = "hour" if figure == "1" else "hours"
    each = f" each, for {fields.seats} equal seats" if fields.seats > 1 else ""
    return f"{figure} {unit} a week{each}"


def engagement(fields: RoleFields) -> str:
    """Such as `as a contractor`; empty when unknown."""
    return f"as {_ENGAGEMENTS[fields.engagement]}" if fields.engagement else ""


def place(location: Location) -> str:
    """Say where the work is done and which hours are shared."""
    countries = _either(location.countries)
    if location.remote:
        where = f"Remote, from {countries}" if countries else "Remote, from anywhere"
        where += f", or at {location.place}" if location.place else ""
    elif location.place or countries:
        where = f"At {location.place}" if location.place else f"In {countries}"
    elif location.remote is False:
        where = "On site"
    else:
        where = ""
    if location.timezone_overlap:
        overlap = f"shared working hours: {location.timezone_overlap}"
        return f"{where}; {overlap}" if where else f"S{overlap[1:]}"
    return where


def _either(words: tuple[str, ...]) -> str:
    return " or ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


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
            ("How often", each.cadence),
            ("Delivered to", each.receiver if receivers else ""),
            ("Measured by", each.measure),
            ("Accepted when", points(each.acceptance)),
        )
    )


def skills(asked: Skills) -> Markup:
    """What the holder can do."""
    return joined(
        points(asked.must),
        joined(paragraph("Nice to have:"), points(asked.nice)) if asked.nice else "",
        paragraph(f"Languages: {', '.join(asked.languages)}.") if asked.languages else "",
    )


def trial_task(task: TrialTask) -> Markup:
    """The small test."""
    hours = "" if task.hours is None else f"{task.hours:,.4g} hour{'' if task.hours == 1 else 's'}"
    paid = "" if task.paid is None else "paid" if task.paid else "unpaid"
    if hours:
        terms = f"About {hours}{f', {paid}' if paid else ''}."
    else:
        terms = f"{paid.capitalize()}." if paid else ""
    passed = f"You pass if: {task.pass_}" if task.pass_ else ""
    return joined(*map(paragraph, (task.brief, terms, passed)))
