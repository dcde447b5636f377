"""Makes the environment of the templates: what came from a file is escaped here, never where it is used."""

import json
import re
from functools import cache

import jinja2
from markupsafe import Markup

from rolebook.escaping import in_front_matter, in_html, in_markdown, without_braces
from rolebook.language import (
    current,
    forms_of,
    gettext,
    gettext_html,
    ngettext_html,
    npgettext_html,
    pgettext_html,
    signs,
)
from rolebook.organisation.words import belongs, counted_units, detail, engagement, status
from rolebook.rendering.raw_html import finished
from rolebook.wording import (
    NO_BREAK,
    hours_text,
    money,
    number,
    percent,
    price,
    some_hours,
    table_day,
    unbroken_day,
    with_currency,
)

_RANGE = re.compile("([0-9][0-9.,]*–[0-9.,]*[0-9](?:\u00a0h)?)")


@cache
def environment() -> jinja2.Environment:
    """The templates beside this module, with the filters they use; read once."""
    return set_up(jinja2.Environment, jinja2.PackageLoader("rolebook.rendering"))


def set_up(kind: type[jinja2.Environment], loader: jinja2.BaseLoader | None) -> jinja2.Environment:
    """An environment for templates of pages, with the filters they use."""
    templates = kind(
        loader=loader,
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_ready_to_escape,
        auto_reload=False,
    )
    templates.filters |= {
        "hours": hours_text,
        "status": status,
        "detail": detail,
        "belongs": belongs,
        "count": lambda each: counted_units({"role": each.roles, "team": each.teams}),
        "plain": in_markdown,
        "finished": finished,
        "field": _field,
        "inert": without_braces,
        "number": number,
        "percent": percent,
        "money": money,
        "price": price,
        "in_currency": lambda figures, currency, space=NO_BREAK: with_currency(currency, figures, space),
        "in_hours": some_hours,
        "engagement": engagement,
        "day": unbroken_day,
        "table_day": table_day,
        "unbroken_ranges": _unbroken_ranges,
    }
    # What `{% trans %}` calls. It is HTML, and escapes its values itself; `_` is text, as a value is.
    templates.newstyle_gettext = True  # type: ignore[attr-defined]
    templates.globals |= {
        "_": gettext,
        "gettext": gettext_html,
        "ngettext": ngettext_html,
        "pgettext": pgettext_html,
        "npgettext": npgettext_html,
        "forms_of": forms_of,
        "signs": signs,
        "language_tag": lambda: current().tag,
    }
    return templates


def _unbroken_ranges(text: str) -> Markup:
    """Write `text` so that no line ends after the dash of a range of figures."""
    return Markup(_RANGE.sub(r'<span class="rb-whole">\1</span>', str(in_html(text))))


def _field(value: str | tuple[str, ...]) -> Markup:
    """Write `value` for front matter: HTML, since themes print it as it is, written as JSON in YAML."""
    html = in_front_matter(value) if isinstance(value, str) else [in_front_matter(item) for item in value]
    # YAML reads JSON but for its pairs of surrogate escapes, so characters stay as they are.
    return Markup(json.dumps(html, ensure_ascii=False))


def _ready_to_escape(value: object) -> str:
    """Prepare `value`: once the environment has escaped it, it is what `in_html` gives."""
    if isinstance(value, Markup):
        return value
    text = "" if value is None else str(value)
    return in_html(text) if "{" in text or "}" in text else text
