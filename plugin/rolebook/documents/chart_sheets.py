"""An org chart as a document: on sheets of paper as PDF, or as one picture."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from rolebook.charts.layout import Layout
from rolebook.charts.model import Chart
from rolebook.charts.reporting import branch, whole
from rolebook.charts.sheets import Paper, Sheet, landscape, sheets
from rolebook.charts.svg import in_cards_of_html, picture
from rolebook.documents.pdf import as_pdf
from rolebook.documents.png import LEGIBLE, as_png, sharpness
from rolebook.escaping import in_html
from rolebook.language import N_, current, gettext
from rolebook.options import PAPERS
from rolebook.organisation import Organisation, Role
from rolebook.wording import day, first_of

INTERNAL = N_("Internal")
"""The note on a chart that names people."""
_SIZES = dict(zip(PAPERS, ((297.0, 210.0), (420.0, 297.0), (279.4, 215.9)), strict=True))
"""Width and height of a sheet in landscape, in millimetres."""
_MARGIN, _HEAD = 10.0, 15.0
"""The margin of a sheet, and the room for the heading above a chart, in millimetres."""
_PIXELS = 96 / 25.4
"""CSS pixels in a millimetre."""
_NAMED = 4
"""A sheet names so many of those whose teams it shows."""
_FRAME = Markup("""\
<!doctype html>
<html {language}>
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
{size}
{style}</style>
</head>
<body>
{sections}</body>
</html>
""")
_SECTION = Markup("""\
<section class="{turn}">
<header><h1>{title}</h1><p>{facts}</p>
<ul>{legend}</ul></header>
{drawing}
</section>
""")


def chart_pdf(organisation: Organisation, role: Role | None, name: str, paper: str, note: str) -> bytes:
    """The chart of `role` and all below it, or of everybody, on sheets of `paper`; each has the `note`."""
    width, height = _SIZES[paper]
    across, down = width - 2 * _MARGIN, height - 2 * _MARGIN - _HEAD
    room = Paper(across * _PIXELS, down * _PIXELS, _HEAD * _PIXELS)
    found = sheets(organisation, role, role.title if role else name, room)
    size = (
        f"@page {{ size: {width}mm {height}mm; margin: {_MARGIN}mm }}\n"
        f"@page portrait {{ size: {height}mm {width}mm }}"
    )
    return as_pdf(_html(found, organisation.day, size, note))


@dataclass(frozen=True, slots=True)
class Png:
    """A picture, and whether its letters are large enough to be read."""

    data: bytes
    is_legible: bool


def chart_png(organisation: Organisation, role: Role | None, name: str, note: str) -> Png:
    """The same chart as one picture."""
    chart, layout = _one(organisation, role, name)
    sheet = Sheet(chart, layout, 1.0, is_portrait=False, heads=(role,) if role else ())
    margins = 2 * _MARGIN * _PIXELS
    width, height = max(layout.width, 600.0) + margins, layout.height + _HEAD * _PIXELS + margins + 1
    size = f"@page {{ size: {width}px {height}px; margin: {_MARGIN}mm }}"
    sharp = sharpness(width, height)
    pdf = as_pdf(_html((sheet,), organisation.day, size, note))
    return Png(as_png(pdf, sharp), sharp >= LEGIBLE)


def chart_svg(organisation: Organisation, role: Role | None, name: str) -> bytes:
    """The same chart as one drawing, with text that stays text."""
    return picture(*_one(organisation, role, name)).encode()


def _one(organisation: Organisation, role: Role | None, name: str) -> tuple[Chart, Layout]:
    chart = branch(organisation, role) if role else whole(organisation, name)
    return chart, landscape(chart)


def _html(found: Sequence[Sheet], today: dt.date, size: str, note: str) -> str:
    as_of = gettext("As of %(day)s", day=day(today))
    return str(
        _FRAME.format(
            language=current().attributes,
            title=found[0].chart.title,
            size=Markup(size),
            style=_style(),
            sections=Markup().join(
                _section(sheet, number, len(found), (as_of, gettext(note) if note else ""))
                for number, sheet in enumerate(found, 1)
            ),
        )
    )


def _section(sheet: Sheet, number: int, of: int, facts: Sequence[str]) -> Markup:
    if of > 1:
        facts = (
            gettext("Sheet %(number)s of %(all)s", number=number, all=of),
            *((_teams(sheet.heads),) if number > 1 else ()),
            *facts,
        )
    return _SECTION.format(
        turn="portrait" if sheet.is_portrait else "landscape",
        title=sheet.chart.title,
        facts=" · ".join(filter(None, facts)),
        legend=_legend(sheet.chart.holdings),
        drawing=in_cards_of_html(sheet.chart, sheet.layout, sheet.scale),
    )


def _teams(heads: Sequence[Role]) -> str:
    return first_of([head.title for head in heads], _NAMED)


def _legend(holdings: Iterable[tuple[str, str]]) -> Markup:
    return Markup().join(
        Markup(f'<li><i class="{style}"></i>{in_html(words)}</li>') for style, words in holdings
    )


@cache
def _style() -> Markup:
    return Markup((files("rolebook") / "assets" / "chart-sheets.css").read_text(encoding="utf-8"))
