"""Makes the environment of the templates: what came from a file is escaped here, never where it is used."""

import json
from functools import cache

import jinja2
from markupsafe import Markup

from rolebook.charts.model import WORDS, Style
from rolebook.escaping import in_front_matter, in_html, in_markdown, without_braces
from rolebook.organisation.words import belongs, counted_units, detail
from rolebook.rendering.raw_html import finished
from rolebook.wording import hours_text, money, number, price, unbroken_day


@cache
def environment() -> jinja2.Environment:
    """The templates beside this module, with the filters they use; read once."""
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("rolebook.rendering"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_ready_to_escape,
        auto_reload=False,
    )
    templates.filters |= {
        "hours": hours_text,
        "holding": lambda holding: WORDS[Style.of(holding)],
        "detail": detail,
        "belongs": belongs,
        "count": lambda each: counted_units({"role": each.roles, "team": each.teams}),
        "plain": in_markdown,
        "finished": finished,
        "field": _field,
        "inert": without_braces,
        "number": number,
        "money": money,
        "price": price,
        "day": unbroken_day,
    }
    return templates


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
