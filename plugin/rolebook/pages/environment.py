"""The templates' environment: what came from a file is escaped here, never where it is used."""

import json
import re
from functools import cache

import jinja2
from markupsafe import Markup

from rolebook.charts import model
from rolebook.charts.text import in_html
from rolebook.decisions.money import Money
from rolebook.pages.parts import ready

_NOT_YAML = re.compile("[^\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that may not stand in YAML (YAML 1.1, 5.1: the production c-printable)."""


@cache
def environment() -> jinja2.Environment:
    """The templates beside this module, with the filters they use; read once."""
    templates = jinja2.Environment(
        loader=jinja2.PackageLoader("rolebook.pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_ready_to_escape,
        auto_reload=False,
    )
    templates.filters |= {
        "hours": model.hours_text,
        "holding": lambda holding: model.WORDS[model.Style.of(holding)],
        "detail": model.detail,
        "plain": plain,
        "ready": ready,
        "field": _field,
        "inert": inert,
        "number": model.figure,
        "money": _money,
        "price": _price,
        "day": lambda day: f"{day.day}{model.NO_BREAK}{day:%B %Y}",
    }
    return templates


def _field(value: str | tuple[str, ...]) -> Markup:
    """`value` in a page's front matter: HTML, since themes print it as it is, written as JSON in YAML."""
    html = front(value) if isinstance(value, str) else [front(item) for item in value]
    # YAML reads JSON but for its pairs of surrogate escapes, so characters stay as they are.
    return Markup(json.dumps(html, ensure_ascii=False))


def front(text: str) -> str:
    """`text` in a page's front matter, as whoever reads that gets it."""
    return _NOT_YAML.sub(" ", str(in_html(text)))


def _price(amount: float) -> str:
    """A price as somebody pays it: whole, or with both digits of its cents."""
    return f"{amount:,.2f}".removesuffix(".00")


def _money(amount: Money) -> str:
    """An amount, such as `EUR 1,950` or `EUR 1,040–1,248`."""
    low, high = f"{amount.min:,.0f}", f"{amount.max:,.0f}"
    figures = low if low == high else f"{low}–{high}"
    return f"{amount.currency}{model.NO_BREAK}{figures}" if amount.currency else figures


def plain(text: str) -> Markup:
    """`text` where Markdown is read, as a heading: nothing in it is markup."""
    return Markup("".join(char if char.isalnum() or char == " " else f"&#{ord(char)};" for char in text))


def inert(html: Markup) -> Markup:
    """`html` for a page that other plugins read: braces would be a macro to some."""
    return Markup(str(html).replace("{", "&#123;").replace("}", "&#125;"))


def _ready_to_escape(value: object) -> str:
    """`value` as text that becomes what `in_html` gives once the environment has escaped it."""
    if isinstance(value, Markup):
        return value
    text = "" if value is None else str(value)
    return in_html(text) if "{" in text or "}" in text else text
