"""Makes a tree of elements and text from cleaned HTML, to write it in another form."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from rolebook.body.events import INLINE, VOID, Close, Open, events

MAX_NESTING = 100
"""Levels of elements; below them only the text stays, so that no body exhausts whoever walks the tree."""
_IN_LINE = INLINE | {"br", "img", "wbr"}


@dataclass(slots=True)
class Element:
    """An element with what is in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)
    is_inline: bool = True
    """Whether it is a part of a line: it is no block and has none in it."""

    def all(self, *tags: str) -> Iterator["Element"]:
        """The elements called one of `tags` in this one, outermost first, and not those within them."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag in tags:
                    yield child
                else:
                    yield from child.all(*tags)

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)


Node = Element | str


def tree(html: str) -> Element:
    """The root of well-formed `html`; it has no tag."""
    root = Element("", is_inline=False)
    path = [root]
    below = 0
    """How many elements are open that are nested too deep to be in the tree."""
    for event in events(html):
        if isinstance(event, Close):
            if below:
                below -= 1
            else:
                closed = path.pop()
                path[-1].is_inline &= closed.is_inline
        elif not isinstance(event, Open):
            path[-1].children.append(event.text)
        elif event.tag in VOID or len(path) <= MAX_NESTING:
            element = Element(event.tag, event.attributes, [], event.tag in _IN_LINE)
            path[-1].children.append(element)
            if event.tag in VOID:
                path[-1].is_inline &= element.is_inline
            else:
                path.append(element)
        else:
            below += 1
    return root
