"""A vacancy for search engines: schema.org's `JobPosting` as JSON-LD, by the rules that Google publishes.

https://schema.org/JobPosting, https://developers.google.com/search/docs/appearance/structured-data/job-posting
Google asks for title, description, date, organisation and place, where a country from which applicants may
work counts as the place of remote work. Without one of these there is no posting at all.
"""

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import nh3

from rolebook.language import gettext
from rolebook.organisation import name_key
from rolebook.schema.records import Location, Rate, RoleFields

if TYPE_CHECKING:  # the checks ask what is lacking, and load nothing that writes documents
    from rolebook.documents.job_post import JobPost

_PART_TIME = 35
"""Hours a week below which employment is part-time, as the OECD and the BLS count it from 30 or 35."""
_UNITS = {"hour": "HOUR", "month": "MONTH"}
"""Google knows no price for a whole task."""
_UNIONS = frozenset(("eu", "european union", "eea", "european economic area", "efta", "emea"))
"""Areas of several countries that people write among countries."""
_KEPT = {"p", "ul", "ol", "li", "br"}
"""Elements of a description that Google reads."""


def lacking(fields: RoleFields) -> Iterator[str]:
    """What to write in a vacancy so that search engines list it; empty when nothing is missing."""
    if fields.posting is None or fields.posting.opens is None:
        yield gettext("'opens' under 'posting'")
    location = fields.location
    if location.remote and not location.place and not location.countries:
        yield gettext("'countries' under 'location'")
    elif not location.remote and not location.countries:
        yield gettext("'countries' under 'location', or 'remote: yes' with them")
    if not fields.deliverable and not fields.purpose:
        yield gettext("'deliverable'")


def job_posting(post: "JobPost", site: str) -> str:
    """JSON-LD of an open `post`; empty when something is lacking. `site` is the organisation's address."""
    if post.posting is None or any(lacking(post.fields)):
        return ""
    return _as_script(dict(_properties(post, site)))


def _properties(post: "JobPost", site: str) -> Iterator[tuple[str, Any]]:
    fields, posting = post.fields, post.posting
    assert posting is not None and posting.opens is not None
    yield "@context", "https://schema.org/"
    yield "@type", "JobPosting"
    yield "title", post.title
    yield "description", _description(post)
    yield "datePosted", posting.opens.isoformat()
    if posting.closes:
        # The last day counts: a date alone would end where it begins.
        yield "validThrough", f"{posting.closes.isoformat()}T23:59:59"
    organisation = {"@type": "Organization", "name": post.organisation}
    yield "hiringOrganization", organisation | ({"sameAs": site} if site else {})
    yield "identifier", {"@type": "PropertyValue", "name": post.organisation, "value": post.id}
    # An address elsewhere is not a way to apply from this page.
    yield "directApply", bool(posting.apply_email and not posting.apply_url)
    yield from _where(fields.location)
    if kind := _employment(fields):
        yield "employmentType", kind
    if fields.rate and (salary := _salary(fields.rate)):
        yield "baseSalary", salary
    if fields.seats > 1:
        yield "totalJobOpenings", fields.seats


def _where(location: Location) -> Iterator[tuple[str, Any]]:
    countries = [{"@type": _area(name), "name": name} for name in location.countries]
    if location.remote:
        yield "jobLocationType", "TELECOMMUTE"
        if countries:
            yield "applicantLocationRequirements", _one_or_all(countries)
    if not location.remote or location.place:
        town = {"addressLocality": location.place} if location.place else {}
        places = [
            {"@type": "Place", "address": {"@type": "PostalAddress"} | town | {"addressCountry": name}}
            for name in location.countries
        ]
        if places:
            yield "jobLocation", _one_or_all(places)


def _area(name: str) -> str:
    """The schema.org type of a place where somebody may live who applies."""
    return "AdministrativeArea" if name_key(name) in _UNIONS else "Country"


def _one_or_all(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _employment(fields: RoleFields) -> str:
    match fields.engagement:
        case "contractor" | "agency":
            return "CONTRACTOR"
        case "volunteer":
            return "VOLUNTEER"
        case "employee" if fields.weekly_hours:
            return "PART_TIME" if fields.weekly_hours.max < _PART_TIME else "FULL_TIME"
    return ""


def _salary(rate: Rate) -> dict[str, Any]:
    unit = _UNITS.get(rate.per)
    if rate.amount is not None:
        figures = {"value": rate.amount}
    else:
        ends = {"minValue": rate.min, "maxValue": rate.max}
        figures = {name: value for name, value in ends.items() if value is not None}
    if not (unit and rate.currency and figures):
        return {}
    value = {"@type": "QuantitativeValue"} | figures | {"unitText": unit}
    return {"@type": "MonetaryAmount", "currency": rate.currency.upper(), "value": value}


def _description(post: "JobPost") -> str:
    """Write the post in the few elements that Google reads: headings and cells become text of their own."""
    html = str(post.document.article(pictures=False)).split("</h1>\n", 1)[1]
    html = re.sub(r"</t[hd]>\s*<t[hd][^>]*>", " · ", html)
    html = re.sub(r"</?(?:table|thead|tbody|tfoot|t[hd]|code)\b[^>]*>\n?", "", html)
    html = re.sub(r"<(/?)(?:h[2-6]|tr|pre|div)>", r"<\1p>", html)
    return nh3.clean(html, tags=_KEPT, attributes={}, clean_content_tags=set())


def _as_script(properties: dict[str, Any]) -> str:
    """Write JSON so that no text in it can end it, neither as HTML nor as a template of another plugin."""
    text = json.dumps(properties, ensure_ascii=False)
    quoted = re.compile(r'"(?:[^"\\]|\\.)*"')
    braces = str.maketrans({"{": "\\u007b", "}": "\\u007d", "<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
    return quoted.sub(lambda found: found[0].translate(braces), text)
