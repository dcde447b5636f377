"""The letterhead of documents: the company's name, address, logo and colour, and the paper.

The colour is the owner's as far as it can be read: on white, and on the dark of a screen, it is made darker
or lighter until letters in it are legible.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from markupsafe import Markup

from rolebook.options import LetterheadOptions

LEGIBLE = 4.5
"""The contrast that letters need (WCAG 1.4.3)."""
LIGHT, DARK = "#ffffff", "#0d1117"
"""What is behind a document: see assets/document.css."""
_STEPS = 50
_COLOURS = """\
:root {{ --brand: {light}; }}
@media screen and (prefers-color-scheme: dark) {{ :root {{ --brand: {dark}; }} }}
"""
_PAGE = "@page {{ size: {}; }}\n"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of each document."""

    name: str
    address: tuple[str, ...]
    """Its lines."""
    logo: str
    """The picture as a `data:` address; empty without one."""
    colour: str
    """The owner's; empty without one."""
    paper: str

    @property
    def client(self) -> str:
        """Name and address in one line, as a contract has them."""
        return ", ".join((self.name, *self.address))

    @property
    def style(self) -> Markup:
        """The rules of the style sheet for it."""
        return Markup("").join((_style(), self._colours, self._paper))

    @property
    def _colours(self) -> Markup:
        if not self.colour:
            return Markup("")
        light, dark = legible(self.colour, LIGHT), legible(self.colour, DARK)
        return Markup(_COLOURS.format(light=light, dark=dark))

    @property
    def _paper(self) -> Markup:
        return Markup(_PAGE.format(_SIZES[self.paper]) if self.paper else "")


_SIZES = {"a4": "A4", "letter": "letter"}


def letterhead(
    options: LetterheadOptions | None, organisation: str, picture: Callable[[str], str]
) -> Letterhead | None:
    """The letterhead that the owner wants; `picture` gives the `data:` address of a file."""
    if options is None:
        return None
    lines = (line.strip() for each in options.address for line in each.splitlines())
    return Letterhead(
        name=options.name or organisation,
        address=tuple(filter(None, lines)),
        logo=picture(options.logo) if options.logo else "",
        colour=options.colour,
        paper=options.paper,
    )


def legible(colour: str, behind: str) -> str:
    """`colour`, or the nearest to it on the way to black or white that is legible on what is `behind` it."""
    red_green_blue, end = _channels(colour), 0 if _luminance(_channels(behind)) > 0.5 else 255
    for step in range(_STEPS + 1):
        mixed = tuple(round(each + (end - each) * step / _STEPS) for each in red_green_blue)
        if _contrast(mixed, _channels(behind)) >= LEGIBLE:
            break
    return "#" + "".join(f"{each:02x}" for each in mixed)


Channels = tuple[int, ...]


def _channels(colour: str) -> Channels:
    digits = colour.lstrip("#")
    pairs = [each * 2 for each in digits] if len(digits) == 3 else [digits[at : at + 2] for at in (0, 2, 4)]
    return tuple(int(each, 16) for each in pairs)


def _luminance(channels: Channels) -> float:
    """How bright a colour is, as WCAG 2 defines it."""
    linear = (each / 255 for each in channels)
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in linear
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: Channels, other: Channels) -> float:
    darker, brighter = sorted((_luminance(one), _luminance(other)))
    return (brighter + 0.05) / (darker + 0.05)


@cache
def _style() -> Markup:
    return Markup((files("rolebook") / "assets" / "letterhead.css").read_text(encoding="utf-8"))
